"""The fallback: the element of a page that holds most of its sentences.

The idea is that of readability (Arc90, 2009): paragraphs vote for their parents. Here they vote by weight, so that
Chinese counts as Russian does, and the winner grows to the ancestor that holds the rest of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from extractors.reading.blocks import Block
from extractors.reading.weight import weight_of

# A vote fades from the paragraph to its ancestors: itself, parent, and so on. An article cut into sections, each
# paragraph in a box in a box (RIA), is still found four levels up.
_VOTES = (1.0, 1.0, 0.6, 0.4, 0.3)

# Lighter blocks without an end of sentence are labels: menus, dates, headlines in lists. About ten Russian words.
_LABEL_WEIGHT = 70
_SENTENCE_END = re.compile(r"[.!?…。！？；][\"”»’)）\]]*$")
_SENTENCE_MARKS = re.compile(r"[,.;:!?，。、；：！？]")

# An ancestor takes over when it adds at least this share of sentences to the winner's ...
_GROWTH = 1.08
# ... and at most this share of what it adds is links or labels: else it is the page around.
_GROWTH_LABELS = 0.35

# One candidate this much heavier than the next outside of it is beyond doubt.
_CLEAR_LEAD = 2.0


@dataclass(frozen=True, slots=True)
class Densest:
    """The winning element with its blocks; ``clear`` when no other part of the page comes near."""

    element: HtmlElement
    blocks: list[Block]
    weight: float
    clear: bool


def sentence_weight(block: Block) -> float:
    """Return how much article a block is: nothing for labels and links, its unlinked weight for sentences."""
    if block.is_links or block.heading:
        return 0.0
    weight = weight_of(block.text)
    if weight < _LABEL_WEIGHT and not (_SENTENCE_END.search(block.text) and _SENTENCE_MARKS.search(block.text)):
        return 0.0
    return weight * (1 - block.link_chars / len(block.text))


def densest_element(blocks: Sequence[Block]) -> Densest | None:
    """Return the element with most sentences, or ``None`` where a page has none."""
    weights = [sentence_weight(block) for block in blocks]
    votes: dict[HtmlElement, float] = {}
    sums: dict[HtmlElement, float] = {}
    labels: dict[HtmlElement, float] = {}
    for block, weight in zip(blocks, weights, strict=True):
        other = 0.0 if weight or block.heading else float(weight_of(block.text))
        ancestor: HtmlElement | None = block.parent
        level = 0
        while ancestor is not None:
            if weight:
                sums[ancestor] = sums.get(ancestor, 0.0) + weight
                if level < len(_VOTES):
                    votes[ancestor] = votes.get(ancestor, 0.0) + weight * _VOTES[level]
            elif other:
                labels[ancestor] = labels.get(ancestor, 0.0) + other
            ancestor = ancestor.getparent()
            level += 1
    if not votes:
        return None
    winner = max(votes, key=votes.__getitem__)
    winner = _grown(winner, sums, labels)
    inside = set(winner.iter())
    mine = [block for block in blocks if block.parent in inside]
    related = inside.union(winner.iterancestors())
    rest = max((vote for element, vote in votes.items() if element not in related), default=0.0)
    return Densest(winner, mine, sums[winner], sums[winner] > _CLEAR_LEAD * rest)


def _grown(winner: HtmlElement, sums: dict[HtmlElement, float], labels: dict[HtmlElement, float]) -> HtmlElement:
    element = winner
    while (parent := element.getparent()) is not None and parent.tag not in {"body", "html"}:
        gained = sums.get(parent, 0.0) - sums.get(winner, 0.0)
        added_labels = labels.get(parent, 0.0) - labels.get(winner, 0.0)
        if gained >= (_GROWTH - 1) * sums.get(winner, 0.0) and added_labels <= _GROWTH_LABELS * gained:
            winner = parent
        element = parent
    return winner
