"""The ``not`` lines of entities: longer phrases in which a name does not count, and quotes in which it does not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from watchlists.matching.hits import Hit
from watchlists.matching.quotes import QUOTES

_NAMES_KEPT = 20_000  # as they were written, of entities with ``not`` lines


class _Phrase(NamedTuple):
    """A folded phrase with a name in it: how far from its start, and the mark of the quotes it must stand in."""

    text: str
    before: int
    mark: str


class Exclusions:
    """The ``not`` lines of one table's entities.

    ``excluded`` are the keys of each, those that count in quotes only with their mark before them.
    """

    def __init__(self, excluded: Sequence[Sequence[str]]) -> None:
        self._excluded = excluded
        self._phrases_with = lru_cache(maxsize=_NAMES_KEPT)(self._read_phrases)

    def hold(self, entity: int, hit: Hit) -> bool:
        """Tell whether a hit stands inside a phrase of its entity's ``not`` lines."""
        text, at = hit.text.folded.text, hit.at
        return any(
            at >= phrase.before
            and text.startswith(phrase.text, at - phrase.before)
            and (not phrase.mark or _is_quoted(hit, phrase))
            for phrase in self._phrases_with(entity, text[at : hit.until])
        )

    def _read_phrases(self, entity: int, name: str) -> list[_Phrase]:
        """Return the phrases of an entity that a name stands in."""
        found = []
        for key in self._excluded[entity]:
            mark = key[0] if key[0] in QUOTES else ""
            text = key.removeprefix(mark)
            found += [
                _Phrase(text, before, mark)
                for before in range(len(text) - len(name) + 1)
                if text.startswith(name, before)
            ]
        return found


def _is_quoted(hit: Hit, phrase: _Phrase) -> bool:
    """Tell whether a phrase that stands at a hit is in quotes of its kind."""
    folded = hit.text.folded
    begun = hit.at - phrase.before
    first = begun + len(phrase.text) - len(phrase.text.lstrip())
    last = begun + len(phrase.text.rstrip()) - 1
    start, end = folded.span(first, last + 1)
    opening, closing = QUOTES[phrase.mark]
    return folded.original[max(0, start - 1) : start] in opening and folded.original[end : end + 1] in closing
