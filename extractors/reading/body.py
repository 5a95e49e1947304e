"""The text of a page: several readers propose, the best one wins and says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.article_rules import ArticleRules
from extractors.reading.blocks import Block, article_lines, read_blocks
from extractors.reading.densest import Densest, densest_element
from extractors.reading.mined import mined_lines
from extractors.reading.page import Page
from extractors.reading.selecting import select_blocks
from extractors.reading.weight import one_line, weight_of

# From here on the first reader that can say so is believed: about five Russian sentences. Shorter news exist, but so
# do selectors that after a redesign still match a teaser; below it the readers are compared.
_CONVINCING = 420
# Selectors stay in the right against the others as long as those do not find this many times as much.
_STALE_FACTOR = 3.0
# Where two readers agree on this share of words, the one that keeps paragraphs wins.
_AGREEMENT = 0.9
# Less than this is a headline or a button.
_LEAST = 20

# What marks article text wherever it is met: schema.org's microdata, and two platforms that no reader of sentences can
# read: Telegram's previews (posts as short as a word) and Huanqiu (the article is escaped inside a textarea).
_MARKUP_WORDS = ("tgme_widget_message_text", "article-content", "articleBody")
_MARKUP = (".tgme_widget_message_text", "textarea.article-content", "[itemprop='articleBody']")

_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？；:：][\"”»’)）\]]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reader's proposal: its lines and their score, the weight of sentences less half that of labels."""

    reader: str
    lines: list[str]
    score: float


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that won, and the reader with the reason where it was not the first one asked.

    ``element`` is where a lead may stand before; ``None`` where the text did not come from one element.
    """

    lines: list[str]
    extractor: str


def read_body(page: Page, *, rules: ArticleRules, title: str) -> Body | None:
    """Return the text of a page, or ``None`` where no reader finds any.

    Order of belief: the outlet's selectors, JSON-LD, the densest element, trafilatura, all visible text. trafilatura
    costs more than the others together and is only asked where they leave a doubt.
    """
    chosen: Candidate | None = None
    passed_over: list[str] = []
    if rules.body:
        chosen = _candidate("selectors", article_lines(select_blocks(page.tree, rules.body), title=title))
        if chosen.score >= _CONVINCING:
            return Body(chosen.lines, "selectors")
        passed_over.append(f"selectors gave {sum(map(len, chosen.lines))} chars")
    if not rules.body and any(mark in page.source for mark in _MARKUP_WORDS):
        marked = _candidate("markup", article_lines(select_blocks(page.tree, _MARKUP), title=title))
        if marked.score >= _CONVINCING or (marked.lines and page.tree.find_class("tgme_widget_message_text")):
            return Body(marked.lines, "markup")
    blocks = read_blocks(page.tree)
    visible = [block.text for block in blocks if block.text != title]
    best = _best_unaided(page, rules, title, blocks)
    if chosen and chosen.lines and (best is None or best.score <= _STALE_FACTOR * chosen.score):
        return Body(chosen.lines, "selectors: short, and no other reader found much more" if best else "selectors")
    if best is not None and sum(map(weight_of, best.lines)) >= _LEAST:
        return Body(best.lines, _reason(best.reader, passed_over))
    if sum(map(weight_of, visible)) < _LEAST:
        return None
    return Body(visible, _reason("visible-text: no sentences found", passed_over))


def _reason(reader: str, passed_over: Sequence[str]) -> str:
    if not passed_over:
        return reader
    return f"{reader}{';' if ':' in reader else ':'} {', '.join(passed_over)}"


def _best_unaided(page: Page, rules: ArticleRules, title: str, blocks: Sequence[Block]) -> Candidate | None:
    """Return the best of the readers that need no selectors."""
    stated = _json_ld_candidate(page, rules)
    densest = densest_element(blocks)
    dense = _dense_candidate(densest, title)
    if stated.score >= _CONVINCING and stated.score > 1.1 * dense.score and not _contains(dense.lines, stated.lines):
        return stated
    if densest is not None and densest.clear and dense.score >= _CONVINCING:
        return dense
    mined = _candidate("trafilatura", mined_lines(page.tree, title=title))
    found = [candidate for candidate in (stated, dense, mined) if candidate.lines]
    if not found:
        return None
    best = max(found, key=lambda candidate: candidate.score)
    if best.score == 0:
        return None  # labels only: all visible text says as much, and in order
    if best.reader != "densest" and _contains(dense.lines, best.lines) and _contains(best.lines, dense.lines):
        return dense
    return best


def _candidate(reader: str, lines: list[str]) -> Candidate:
    score = 0.0
    for line in lines:
        weight = weight_of(line)
        score += weight if _SENTENCE_END.search(line) or weight >= 100 else -weight / 2
    return Candidate(reader, lines, max(score, 0.0))


def _json_ld_candidate(page: Page, rules: ArticleRules) -> Candidate:
    body = page.json_ld.body
    name = rules.json_ld.get("body")
    if name and isinstance(own := page.json_ld.properties.get(name), str):
        body = own
    if "<" in body and "</" in body:
        body = re.sub(r"<(?:br|/p|/div|/h\d|/li)[^>]*>", "\n", body)
        body = re.sub(r"<[^>]*>", "", body)
    lines = [line for part in body.splitlines() if (line := one_line(part))]
    return _candidate("json-ld", lines)


def _dense_candidate(densest: Densest | None, title: str) -> Candidate:
    return _candidate("densest", article_lines(densest.blocks, title=title) if densest else [])


def _contains(lines: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether nearly all words of ``other`` stand in ``lines``."""
    words, wanted = set(_words(lines)), list(_words(other))
    return bool(wanted) and sum(word in words for word in wanted) >= _AGREEMENT * len(wanted)


def _words(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from _WORD.findall(line.casefold())
