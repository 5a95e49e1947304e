"""From the keys found in one field to the places where a form of a name truly stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from records import Field
from watchlists.forms import Tail
from watchlists.matching import boundaries
from watchlists.matching.automaton import KeyAutomaton
from watchlists.matching.clean import clean
from watchlists.matching.folding import Folded
from watchlists.matching.table import CASES, EDGES, FormTable

_TAIL_REACH = 60  # characters after a hit that a chain of Tajik endings may take
_CHINESE_REACH = 16  # characters on either side; the judge of Chinese looks at eight, and some may be dropped
_NO_TAIL = Tail(length=0, reasons=())


@dataclass(frozen=True, slots=True)
class Hit:
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
    """A field of an article while it is being matched; ``language`` is the article's, if known."""

    name: Field
    folded: Folded
    language: str | None


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
    risky: list[int]
    needs_more: list[bool]

    @classmethod
    def of(cls, table: FormTable) -> Rows:
        """Read the columns of a table."""
        columns = (table.first, table.entity, table.only_in, table.case, table.edges, table.weak, table.risky)
        # A given name alone counts only where its bearer is named otherwise; with thousands of people on a list,
        # most of what is met are given names, of somebody else.
        given = np.array(["given name alone" in reasons for reasons in table.reason_lists] or [False])[table.reasons]
        first, entity, only_in, case, edges, weak, risky = (column.tolist() for column in columns)
        needs_more = np.logical_and.reduceat(given, table.first[:-1]).tolist() if len(given) else []
        return cls(first, entity, only_in, case, edges, weak, risky, needs_more)


class HitFinder:
    """Finds the places of one table's forms in a field."""

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.rows = Rows.of(table)
        self.automaton = KeyAutomaton(table.keys)

    def find(self, fields: Sequence[FieldText]) -> list[Hit]:
        """Return every place of the fields where a form stands and counts, weak ones too."""
        waiting: list[tuple[FieldText, int, int, int]] = []
        hits = [
            hit
            for text in fields
            for form, at, until in self._forms_in(text, waiting)
            if (hit := self._judged(text, form, at, until)) is not None
        ]
        if not hits:
            return hits
        named = {self.rows.entity[hit.form] for hit in hits}
        for text, key, at, until in waiting:
            forms = (form for form in range(*self.rows.first[key : key + 2]) if self.rows.entity[form] in named)
            hits.extend(hit for form in forms if (hit := self._judged(text, form, at, until)) is not None)
        return hits

    def _forms_in(
        self, text: FieldText, waiting: list[tuple[FieldText, int, int, int]]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the rows of the forms met in a field and where; put the keys that need more than themselves aside."""
        folded, rows = text.folded, self.rows
        for key, start, end in self.automaton.find(folded.text):
            # The spaces at the ends of a key are edges, not part of the name.
            at = start + (folded.text[start] == " ")
            until = end - (folded.text[end - 1] == " ")
            if rows.needs_more[key]:
                waiting.append((text, key, at, until))
                continue
            for form in range(rows.first[key], rows.first[key + 1]):
                yield form, at, until

    def _judged(self, text: FieldText, form: int, at: int, until: int) -> Hit | None:
        """Return the hit of a form at a place of the folded text, or ``None`` where it is not the name."""
        only_in = self.table.language_lists[self.rows.only_in[form]]
        if only_in and text.language is not None and text.language not in only_in:
            return None
        folded = text.folded
        first, last = folded.span(at, until)
        reasons: tuple[str, ...] | None = ()
        if folded.original[first:last] != self.table.texts[form]:
            reasons = self._letters_and_gaps(folded, form, at, until)
        tail = None if reasons is None else self._edges(text, first, last, form)
        if reasons is None or tail is None:
            return None
        why = (*reasons, *tail.reasons)
        return Hit(text.name, first, last + tail.length, form, why, bool(self.rows.weak[form]), at, until)

    def _letters_and_gaps(self, folded: Folded, form: int, at: int, until: int) -> tuple[str, ...] | None:
        form_text, case = self.table.texts[form], CASES[self.rows.case[form]]
        if not boundaries.gaps_fit(folded, at, until, form_text):
            return None
        first, last = folded.span(at, until)
        around = boundaries.around_of(folded.original, first, last) if case == "exact" else ""
        return boundaries.letters_fit(folded.original[first:last], form_text, case, around)

    def _edges(self, text: FieldText, start: int, end: int, form: int) -> Tail | None:
        """Ask the rule of the form's edges; return what follows and belongs to it, or ``None`` to refuse the hit."""
        edges = EDGES[self.rows.edges[form]]
        if edges == "chinese":
            return self._chinese_edges(text, start, end, form)
        original = text.folded.original
        schema = self.table.watched[self.rows.entity[form]].schema
        if edges == "word":
            return _NO_TAIL if boundaries.hyphens_fit(original, start, end, schema=schema) else None
        if not boundaries.hyphens_fit(original, start, end, schema=schema, right=False):
            return None
        return _tajik_edges(original, end, self.table.texts[form], text.language)

    def _chinese_edges(self, text: FieldText, start: int, end: int, form: int) -> Tail | None:
        if not self.rows.risky[form]:
            return _NO_TAIL
        from watchlists.forms.chinese_edges import chinese_reasons  # noqa: PLC0415  it loads a dictionary of words

        original, weak = text.folded.original, bool(self.rows.weak[form])
        since = max(0, start - _CHINESE_REACH)
        tidy = clean(original[since : end + _CHINESE_REACH])
        place, until = tidy.places[start - since], tidy.places[end - since]
        reasons = chinese_reasons(tidy.text, place, until, language=text.language, weak=weak)
        return None if reasons is None else Tail(length=0, reasons=reasons)


def _tajik_edges(original: str, end: int, form_text: str, language: str | None) -> Tail | None:
    from watchlists.forms.tajik_endings import tajik_tail  # noqa: PLC0415  lists without Tajik never need it

    rest = clean(original[end : end + _TAIL_REACH])
    tail = tajik_tail(rest.text, form_text=form_text, language=language)
    if tail is None or tail.length == 0:
        return tail
    taken = next(place for place, at in enumerate(rest.places) if at >= tail.length)
    return Tail(length=taken, reasons=tail.reasons)
