"""From the keys found in one field to the places where a form of a name truly stands."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from records import Field
from watchlists.forms import Tail
from watchlists.matching import boundaries
from watchlists.matching.automaton import KeyAutomaton, Met
from watchlists.matching.clean import clean
from watchlists.matching.folding import Folded
from watchlists.matching.table import CASES, EDGES, FormTable

_TAIL_REACH = 60  # characters after a hit that a chain of Tajik endings may take
_CHINESE_REACH = 16  # characters on either side; the judge of Chinese looks at eight, and some may be dropped
_NO_TAIL = Tail(length=0, reasons=())
_WORD, _TAJIK, _CHINESE = (EDGES.index(edges) for edges in ("word", "tajik", "chinese"))
# After these no ending of a name comes, whatever the language.
_ENDS_A_WORD = frozenset(" \n\t.,;:!?()\u00a0\u2026")


class Hit(NamedTuple):
    """A place in a field where a form stands; ``form`` is its row in the table, ``reasons`` what the place adds.

    ``at`` and ``until`` are the same place in the folded text, where context is looked for.
    """

    field: Field
    start: int
    end: int
    form: int
    reasons: tuple[str, ...]
    weak: bool
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field of an article while it is being matched, and the keys met in it; ``language`` is the article's."""

    name: Field
    folded: Folded
    language: str | None
    met: Sequence[Met]


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of a table as lists: Python reads single numbers from those five times faster than from arrays.

    ``needs_more`` is by key: whether all its forms count only where their entity is named otherwise.
    """

    first: list[int]
    entity: list[int]
    only_in: list[int]
    case: list[int]
    edges: list[int]
    weak: list[int]
    name: list[int]
    reasons: list[int]
    needs_more: list[bool]

    @classmethod
    def of(cls, table: FormTable) -> Rows:
        """Read the columns of a table."""
        columns = (
            table.first,
            table.entity,
            table.only_in,
            table.case,
            table.edges,
            table.weak,
            table.name,
            table.reasons,
        )
        # A given name alone counts only where its bearer is named otherwise; with thousands of people on a list,
        # most of what is met are given names, of somebody else.
        given = np.array(["given name alone" in reasons for reasons in table.reason_lists] or [False])[table.reasons]
        needs_more = np.logical_and.reduceat(given, table.first[:-1]).tolist() if len(given) else []
        first, entity, only_in, case, edges, weak, name, reasons = (column.tolist() for column in columns)
        return cls(first, entity, only_in, case, edges, weak, name, reasons, needs_more)


class HitFinder:
    """Finds the places of one table's forms in a field."""

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.rows = Rows.of(table)
        self.automaton = KeyAutomaton(table.keys, table.anchors.tolist())

    def find(self, fields: Sequence[FieldText]) -> list[Hit]:
        """Return every place of the fields where a form stands and counts, weak ones too."""
        needs_more = self.rows.needs_more
        waiting: list[tuple[FieldText, Met]] = []
        hits: list[Hit] = []
        for text in fields:
            for met in text.met:
                if needs_more[met[0]]:
                    waiting.append((text, met))
                else:
                    hits.extend(self._hits_of(text, met, None))
        if hits and waiting:
            named = {self.rows.entity[hit.form] for hit in hits}
            for text, met in waiting:
                hits.extend(self._hits_of(text, met, named))
        return hits

    def _forms_of(self, key: int, entities: Collection[int] | None) -> Iterable[int]:
        """Return the rows of a key, or only those of some entities: they stand in the order of the entities."""
        first, until = self.rows.first[key], self.rows.first[key + 1]
        if entities is None:
            return range(first, until)
        of = self.rows.entity
        if until - first < len(entities):
            return [form for form in range(first, until) if of[form] in entities]
        ranges = (
            range(bisect_left(of, entity, first, until), bisect_right(of, entity, first, until)) for entity in entities
        )
        return itertools.chain.from_iterable(ranges)

    def _hits_of(self, text: FieldText, met: Met, entities: Collection[int] | None) -> Iterator[Hit]:
        """Yield the hits of a key's forms at a place of the folded text where one of them is the name."""
        key, at, until = met
        folded, rows, table = text.folded, self.rows, self.table
        # The spaces at the ends of a key are edges, not part of the name.
        at += folded.text[at] == " "
        until -= folded.text[until - 1] == " "
        first, last = folded.span(at, until)
        surface = folded.original[first:last]
        for form in self._forms_of(key, entities):
            only_in = table.language_lists[rows.only_in[form]]
            if only_in and text.language is not None and text.language not in only_in:
                continue
            as_typed = surface == table.texts[form]
            reasons = () if as_typed else self._letters_and_gaps(folded, form, at, until)
            tail = None if reasons is None else self._edges(text, first, last, form)
            if reasons is not None and tail is not None:
                why = (*reasons, *tail.reasons)
                yield Hit(text.name, first, last + tail.length, form, why, bool(rows.weak[form]), at, until)

    def _letters_and_gaps(self, folded: Folded, form: int, at: int, until: int) -> tuple[str, ...] | None:
        form_text, case = self.table.texts[form], CASES[self.rows.case[form]]
        if not boundaries.gaps_fit(folded, at, until, form_text):
            return None
        first, last = folded.span(at, until)
        around = boundaries.around_of(folded.original, first, last) if case == "exact" else ""
        return boundaries.letters_fit(folded.original[first:last], form_text, case, around)

    def _edges(self, text: FieldText, start: int, end: int, form: int) -> Tail | None:
        """Ask the rule of the form's edges; return what follows and belongs to it, or ``None`` to refuse the hit."""
        edges = self.rows.edges[form]
        if edges == _CHINESE:
            return self._chinese_edges(text, start, end, form)
        original = text.folded.original
        if boundaries.touches_hyphen(original, start, end):
            schema = self.table.watched[self.rows.entity[form]].schema
            if not boundaries.hyphens_fit(original, start, end, schema=schema, right=edges == _WORD):
                return None
        if edges == _WORD or original[end : end + 1] in _ENDS_A_WORD:
            return _NO_TAIL
        return _tajik_edges(original, end, self.table.texts[form], text.language)

    def _chinese_edges(self, text: FieldText, start: int, end: int, form: int) -> Tail | None:
        from watchlists.forms.chinese_edges import chinese_reasons  # noqa: PLC0415  it loads a dictionary of words

        original, weak = text.folded.original, bool(self.rows.weak[form])
        since = max(0, start - _CHINESE_REACH)
        tidy = clean(original[since : end + _CHINESE_REACH])
        place, until = tidy.places[start - since], tidy.places[end - since]
        reasons = chinese_reasons(tidy.text, place, until, language=text.language, weak=weak)
        return None if reasons is None else Tail(length=0, reasons=reasons)


def _tajik_edges(original: str, end: int, form_text: str, language: str | None) -> Tail | None:
    from watchlists.forms.tajik_endings import is_plainly_no_ending, tajik_tail  # noqa: PLC0415  lists without Tajik never need it

    after = original[end : end + _TAIL_REACH]
    if is_plainly_no_ending(after, language=language):
        return None
    rest = clean(after)
    tail = tajik_tail(rest.text, form_text=form_text, language=language)
    if tail is None or tail.length == 0:
        return tail
    taken = next(place for place, at in enumerate(rest.places) if at >= tail.length)
    return Tail(length=taken, reasons=tail.reasons)
