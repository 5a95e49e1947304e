"""Settle which of an article's hits count: of each entity its full names, and parts beside them or their context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from records import Field
from watchlists.matching import namesakes
from watchlists.matching.bearers import has_another_bearer, stands_alone
from watchlists.matching.boundaries import TYPED_PLAIN
from watchlists.matching.brackets import spelt_in_brackets
from watchlists.matching.exclusions import Exclusions
from watchlists.matching.folded import Folded
from watchlists.matching.hits import Hit, Hits
from watchlists.matching.table import GIVEN_NAME_ALONE, SURNAME_ALONE, Watched

_CONTEXT_REACH = 200  # characters on either side of a weak name, of the format (docs: watch-list files)
_MAY_BE_A_WORD = "at the head of a sentence"
# Whose names are spelt in another script, not translated.
_SOUNDED = frozenset({"Person", "Address", "Country", "Asset"})

FoldedField = Callable[[Field], Folded]


class Settler:
    """Settles the hits of one table's entities."""

    def __init__(self, watched: Sequence[Watched]) -> None:
        self._watched = watched
        self._exclusions = Exclusions([each.excluded for each in watched])

    def settle(self, hits: Hits, folded: FoldedField) -> list[Hit]:
        """Return the hits that count, title first, in the order of the text; ``folded`` reads a field."""
        kept: list[Hit] = []
        for entity, of_entity in hits.items():
            watched = self._watched[entity]
            counting = _of_itself(of_entity, schema=watched.schema)
            if watched.excluded:
                counting = [hit for hit in counting if not self._exclusions.hold(entity, hit)]
            # Most names that are found are full ones: for those nothing else needs to be looked at.
            if [hit for hit in counting if hit.weak]:
                counting = self._strong_enough(entity, _outside_full(counting), folded)
            standing = _leftmost_longest(counting)
            kept += standing
            if [hit for hit in standing if "(" in hit.text.folded.original[hit.end : hit.end + 3]]:
                kept += _in_brackets(standing)
        return sorted(kept, key=_place_of) if len(kept) > 1 else kept

    def _strong_enough(self, entity: int, hits: Sequence[Hit], folded: FoldedField) -> list[Hit]:
        """Keep full names, and weak ones that stand beside one or beside their context."""
        full = any(not hit.weak for hit in hits)
        if not full and not self._watched[entity].context:
            return []
        kept = []
        for hit in hits:
            if not hit.weak:
                kept.append(hit)
            elif _is_of_another(hit):
                continue
            elif full:
                kept.append(hit._replace(reasons=(*hit.reasons, "full name in the article")))
            elif _kind(hit) == GIVEN_NAME_ALONE:
                continue  # a given name says nothing without its surname somewhere
            elif word := self._context_of(entity, hit, folded):
                kept.append(hit._replace(reasons=(*hit.reasons, f"near {word}")))
        return kept

    def _context_of(self, entity: int, hit: Hit, folded: FoldedField) -> str | None:
        """Return the first of an entity's words of context that stands near a hit, as the article writes it."""
        words = self._watched[entity].context
        if not words:
            return None
        near = [(hit.text.folded, max(0, hit.at - _CONTEXT_REACH), hit.until + _CONTEXT_REACH)]
        # The headline stands right before the text.
        if hit.field == "title":
            near.append((folded("text"), 0, _CONTEXT_REACH))
        elif hit.at < _CONTEXT_REACH:
            title = folded("title")
            near.append((title, 0, len(title.text)))
        return next(
            (
                _as_written(text, at, word)
                for word in words
                for text, since, until in near
                if (at := text.text.find(word, since, until)) >= 0
            ),
            None,
        )


def _as_written(text: Folded, at: int, word: str) -> str:
    """Return what stands in the original of a folded text where a key, with its spaces, begins at ``at``."""
    at += len(word) - len(word.lstrip())
    start, end = text.span(at, at + len(word.strip()))
    return text.original[start:end]


def _of_itself(hits: Iterable[Hit], *, schema: str) -> list[Hit]:
    """Leave out hits of something that is only called like the entity; make those weak that may be a mere word."""
    kept = []
    has_words = False
    for hit in hits:
        _, start, end, form, reasons, weak, _, _, text = hit
        original = text.folded.original
        if form.can_name_others and namesakes.is_something_else(original, start, end, schema=schema):
            continue
        if reasons and TYPED_PLAIN in reasons and namesakes.is_another_word(original, start, end):
            continue
        if form.case != "capital" or not namesakes.may_be_a_word(original, start, end, schema=schema):
            kept.append(hit)
        elif schema not in namesakes.PLACES:
            has_words = has_words or not weak
            kept.append(hit._replace(weak=True, reasons=(*reasons, _MAY_BE_A_WORD)))
    if has_words and all(hit.weak or namesakes.is_quoted(hit.text.folded.original, hit.start) for hit in kept):
        # Where the name has its quotes, what has none is the word.
        kept = [hit for hit in kept if _MAY_BE_A_WORD not in hit.reasons]
    return kept


def _in_brackets(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the original spellings that stand in brackets behind full names and are not found by themselves.

    The ``hits`` are those of one entity, in the order of the text, and do not overlap.
    """
    for number, hit in enumerate(hits):
        original = hit.text.folded.original
        if hit.weak:
            continue
        is_sounded = hit.form.schema in _SOUNDED
        if not (span := spelt_in_brackets(original, hit.start, hit.end, is_sounded=is_sounded)):
            continue
        if not _is_found(span, hit.field, islice(hits, number + 1, None)):
            yield hit._replace(start=span[0], end=span[1], reasons=(*hit.reasons, "original spelling in brackets"))


def _is_found(span: tuple[int, int], field: Field, following: Iterable[Hit]) -> bool:
    """Tell whether one of the hits that follow, in the order of the text, overlaps a span of a field."""
    for hit in following:
        if hit.field != field or hit.start >= span[1]:
            return False
        if hit.end > span[0]:
            return True
    return False


def _kind(hit: Hit) -> str | None:
    """Tell whether a hit is a part of a person's name, also of one that is weak itself."""
    return next((kind for kind in (GIVEN_NAME_ALONE, SURNAME_ALONE) if kind in hit.form.reasons), None)


def _is_of_another(hit: Hit) -> bool:
    """Tell whether a part of a name stands in the name of somebody else."""
    kind, original = _kind(hit), hit.text.folded.original
    if kind == GIVEN_NAME_ALONE:
        return not stands_alone(original, hit.start, hit.end)
    return kind == SURNAME_ALONE and has_another_bearer(original, hit.start, hit.end, name=hit.form.name)


def _preferred_first(hit: Hit) -> tuple[Field, int, int, bool, int, int]:
    steps = len(hit.form.reasons) + len(hit.reasons)
    return hit.field, hit.start, -hit.end, hit.weak, steps, hit.form.number


def _place_of(hit: Hit) -> tuple[bool, int, int, int]:
    return hit.field == "text", hit.start, hit.end, hit.form.number


def _weak_first(hit: Hit) -> tuple[int, bool]:
    return hit.start, not hit.weak


def _outside_full(hits: list[Hit]) -> list[Hit]:
    """Leave out the weak hits of an entity that stand inside a full name: a surname, a given name."""
    full_count = sum(not hit.weak for hit in hits)
    if full_count in {0, len(hits)}:
        return hits
    kept = []
    reach: dict[Field, int] = {}  # of the full names that begin before
    for hit in sorted(hits, key=_weak_first):
        end = reach.get(hit.field, 0)
        if not hit.weak:
            reach[hit.field] = max(end, hit.end)
        if not hit.weak or hit.end > end:
            kept.append(hit)
    return kept


def _leftmost_longest(hits: list[Hit]) -> list[Hit]:
    """Of the hits of one entity that overlap, keep the leftmost, of those the longest, of those the full name."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    ends: dict[Field, int] = {}
    for hit in sorted(hits, key=_preferred_first):
        if hit.start >= ends.get(hit.field, 0):
            kept.append(hit)
            ends[hit.field] = hit.end
    return kept
