"""How well and how fast names are found.

Quality is measured on factRuEval-2016 (``bench.facteval`` has the protocol), on the headlines of a published study, and
on labelled sentences of our own; beside it stand exact match and flashtext's longest match of base forms, and spaCy's
PhraseMatcher on lemmas where spaCy is installed. Mentions of factRuEval that no base form leads to (another script, a
slip of the pen) are counted apart: ``recall`` is over those that share a beginning with a listed word.
"""

from __future__ import annotations

import json
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import ahocorasick_rs

from bench.facteval import Annotated, Document, read_documents
from bench.names_made import made_list
from watchlists.listfile import Entity, load_lists
from watchlists.matching import ArticleText, Matcher, compile_matcher
from watchlists.matching.folding import fold, fold_name

T = TypeVar("T")
Span = tuple[str, int, int]  # entity, start, end


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; ``floor`` is what it must reach (or stay under, for seconds and MB), ``None`` where it is beside."""

    name: str
    value: float
    unit: str
    floor: float | None
    passed: bool


def run(gold: Path | None) -> list[Result]:
    """Measure quality on the data of ``gold``, if given, and speed on made-up lists."""
    results: list[Result] = []
    if gold is not None:
        documents = list(read_documents(gold / "facteval"))
        results += _facteval(documents)
        results += _headlines(gold)
    texts = [document.text for document in documents] if gold is not None else _made_texts()
    return results + _speed(texts)


def _at_least(name: str, value: float, unit: str, floor: float | None) -> Result:
    return Result(name, round(value, 4), unit, floor, floor is None or value >= floor)


def _at_most(name: str, value: float, unit: str, floor: float) -> Result:
    return Result(name, round(value, 4), unit, floor, value <= floor)


# Quality


def _facteval(documents: Sequence[Document]) -> list[Result]:
    results = []
    for label, finder, floors in (
        ("wakhan", _find_wakhan, {"all": (0.985, 0.97), "Person": (0.98, 0.97)}),
        ("exact", _find_exact, {}),
        ("flashtext", _find_flashtext, {}),
    ):
        tally: Counter[tuple[str, str]] = Counter()
        for document in documents:
            _count(document, finder(document), tally)
        for kind in ("all", "Person", "Organization", "Address", "Country"):
            recall_floor, precision_floor = floors.get(kind, (None, None))
            found, total = tally[kind, "found"], tally[kind, "total"]
            right, wrong = tally[kind, "right"], tally[kind, "wrong"]
            name = f"facteval {label} {kind}"
            results.append(_at_least(f"{name} recall", found / max(1, total), "share", recall_floor))
            results.append(_at_least(f"{name} precision", right / max(1, right + wrong), "share", precision_floor))
            if label == "wakhan":
                every = found + tally[kind, "found beyond"]
                of = total + tally[kind, "beyond"]
                results.append(
                    _at_least(f"{name} recall with slips and other scripts", every / max(1, of), "share", None)
                )
    return results


def _find_wakhan(document: Document) -> list[Span]:
    matcher = compile_matcher([document.watch_list])
    found = matcher.find(article_id=document.name, title="", text=document.text, language="ru")
    return [(mention.entity_id, mention.start, mention.end) for mention in found]


def _find_exact(document: Document) -> list[Span]:
    return [
        (entity.id, found.start(), found.end())
        for entity in document.watch_list.entities
        for name in entity.name["ru"]
        for found in re.finditer(rf"\b{re.escape(name)}\b", document.text)
    ]


def _find_flashtext(document: Document) -> list[Span]:
    """Find as flashtext does: the longest run of words that is a listed name, whatever its case, no overlaps."""
    trie: dict[str, str] = {}
    for entity in document.watch_list.entities:
        trie.update({name.lower(): entity.id for name in entity.name["ru"]})
    words = [(found.start(), found.end()) for found in re.finditer(r"\w+", document.text)]
    longest = max((len(name.split()) for name in trie), default=0) + 2
    spans: list[Span] = []
    at = 0
    while at < len(words):
        for until in range(min(len(words), at + longest), at, -1):
            start, end = words[at][0], words[until - 1][1]
            if entity_id := trie.get(document.text[start:end].lower()):
                spans.append((entity_id, start, end))
                at = until - 1
                break
        at += 1
    return spans


def _count(document: Document, found: Iterable[Span], tally: Counter[tuple[str, str]]) -> None:
    by_entity: dict[str, list[tuple[int, int]]] = {}
    for entity_id, start, end in found:
        by_entity.setdefault(entity_id, []).append((start, end))
    for entity_id, objects in document.objects.items():
        entity = document.watch_list.entity(entity_id)
        assert entity is not None
        mine = by_entity.get(entity_id, [])
        for annotated in objects:
            if not annotated.names:
                continue
            is_found = any(_overlap(span, name) for span in mine for name in annotated.names)
            expected = _leads_to(entity, annotated, document.text)
            for kind in ("all", entity.schema_name):
                tally[kind, "total" if expected else "beyond"] += 1
                tally[kind, "found" if expected else "found beyond"] += is_found
        for span in mine:
            is_right = any(_overlap(span, part) for annotated in objects for part in annotated.whole)
            for kind in ("all", entity.schema_name):
                tally[kind, "right" if is_right else "wrong"] += 1


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def _leads_to(entity: Entity, annotated: Annotated, text: str) -> bool:
    """Tell whether some listed name has every word of the mention, up to the ending.

    A name and a mention of it share all letters but the last three of the longer (Бенер and Бонер do not).
    """
    mentioned = [fold_name(text[start:end]) for start, end in annotated.names]
    words = [word for part in mentioned for word in part.split()]
    listed = [fold_name(name).split() for names in entity.name.values() for name in names]
    return any(all(any(_same_stem(word, other) for other in name) for word in words) for name in listed)


def _same_stem(word: str, other: str) -> bool:
    shared = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    return shared >= min(max(len(word), len(other)) - 3, 6) and shared >= 1


def _headlines(gold: Path) -> list[Result]:
    matcher = compile_matcher(load_lists(gold / "lists" / "headlines.yml"))
    found = wanted = wrong = 0
    for line in (gold / "headlines.jsonl").read_text(encoding="utf-8").splitlines():
        headline = json.loads(line)
        mentions = matcher.find(article_id="", title=headline["title"], text="", language=headline["language"])
        ours = Counter((mention.entity_id, mention.surface) for mention in mentions)
        theirs = Counter((mention["entity"], mention["surface"]) for mention in headline["mentions"])
        wanted += theirs.total()
        found += (ours & theirs).total()
        wrong += (ours - theirs).total()
    precision = found / max(1, found + wrong)
    return [
        _at_least("headlines recall", found / wanted, "share", 1.0),
        _at_least("headlines precision", precision, "share", 0.97),
    ]


# Speed


def _made_texts() -> list[str]:
    names = [name for entity in made_list(300, seed=2).entities for name in entity.name["ru"]]
    return [f"Сегодня в столице обсудили, как {name} и соседи готовятся к зиме. " * 20 for name in names]


def _speed(texts: Sequence[str]) -> list[Result]:
    watch_list = made_list(6_000)  # 300,000 forms; see the figure
    assert watch_list.version
    with tempfile.TemporaryDirectory() as folder:
        compiling, _ = _timed(lambda: compile_matcher([watch_list], cache_dir=Path(folder)))
        loading, matcher = _timed(lambda: compile_matcher([watch_list], cache_dir=Path(folder)))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    articles = [
        ArticleText(article_id=str(number), title="", text=text, language="ru") for number, text in enumerate(texts)
    ]
    return [
        _at_least("names forms", matcher.form_count, "forms", 290_000),
        _at_most("names compile", compiling, "s CPU", 60),
        _at_most("names load from cache", loading, "s CPU", 1),
        _at_most("names memory", megabytes, "MB", 500),
        *_throughput(matcher, articles),
    ]


def _throughput(matcher: Matcher, articles: Sequence[ArticleText]) -> list[Result]:
    characters = sum(len(article.text) for article in articles)
    folded = [fold(article.text).text for article in articles]
    keys = list(dict.fromkeys(fold_name(text) for text in matcher.forms()))
    raw = ahocorasick_rs.AhoCorasick(keys, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    scan = _best(lambda: [raw.find_matches_as_indexes(text, overlapping=True) for text in folded])
    match = _best(lambda: list(matcher.find_many(articles)))
    folding = _best(lambda: [fold(article.text) for article in articles])
    return [
        _at_least("names raw automaton", characters / scan / 1e6, "M chars/s", None),
        _at_least("names folding", characters / folding / 1e6, "M chars/s", None),
        _at_least("names matching, folding included", characters / match / 1e6, "M chars/s", None),
        _at_least("names matching to raw scan", scan / max(1e-9, match - folding), "times", 0.5),
    ]


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = act()
    return time.process_time() - start, done


def _best(act: Callable[[], object]) -> float:
    return min(_timed(act)[0] for _ in range(3))
