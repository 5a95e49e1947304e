"""From the keys found in one field to the places where a form of a name truly stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from records import Field
from watchlists.forms import Tail
from watchlists.matching import boundaries
from watchlists.matching.automaton import KeyAutomaton, Met
from watchlists.matching.clean import clean
from watchlists.matching.folding import Folded, fold_name
from watchlists.matching.people import beginnings_beside, is_named_like_it, sounded
from watchlists.matching.table import CASES, EDGES, FormTable

_TAIL_REACH = 60  # characters after a hit that a chain of Tajik endings may take
_CHINESE_REACH = 16  # characters on either side; the judge of Chinese looks at eight, and some may be dropped
_NO_TAIL = Tail(length=0, reasons=())
_WORD, _TAJIK, _CHINESE = (EDGES.index(edges) for edges in ("word", "tajik", "chinese"))
# What the forms of a key are: names that may count by themselves, weak ones, and weak ones that may grow to full names.
_NAME, _GIVEN, _WEAK, _SURNAME = range(4)
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


class _Known(NamedTuple):
    """A form as it is judged, put together when it is first met."""

    text: str
    only_in: tuple[str, ...]
    case: str
    edges: int
    weak: bool
    schema: str
    is_listed: bool


_Placed = tuple[Field, int, int, int]  # a place of a full name in a folded field, and the entity


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field of an article while it is being matched, and the keys met in it; ``language`` is the article's."""

    name: Field
    folded: Folded
    language: str | None
    met: Sequence[Met]


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of a table as views: Python reads single numbers from those three times faster than from arrays.

    ``kind`` is by key: what all its forms are alone, which then count only where more of the entity is named.
    """

    first: memoryview
    entity: memoryview
    only_in: memoryview
    case: memoryview
    edges: memoryview
    weak: memoryview
    name: memoryview
    reasons: memoryview
    kind: memoryview

    @classmethod
    def of(cls, table: FormTable) -> Rows:
        """Read the columns of a table."""
        return cls(
            first=table.first.data,
            entity=table.entity.data,
            only_in=table.only_in.data,
            case=table.case.data,
            edges=table.edges.data,
            weak=table.weak.data,
            name=table.name.data,
            reasons=table.reasons.data,
            kind=_kinds_of_keys(table).data,
        )


def _kinds_of_keys(table: FormTable) -> npt.NDArray[np.int64]:
    """Return for each key what all its forms are: names that may count by themselves, or weak ones that wait.

    With thousands of people on a list, most of what is met are parts of the names of somebody else.
    """
    if not len(table.weak):
        return np.zeros(0, dtype=np.int64)
    of_reasons = np.array([_kind_of(reasons) for reasons in table.reason_lists], dtype=np.int8)[table.reasons]
    has_context = np.array([bool(watched.context) for watched in table.watched])[table.entity]
    # Beside its context a weak name counts by itself, but for a given name.
    kinds = np.where((table.weak == 0) | (has_context & (of_reasons != _GIVEN)), _NAME, of_reasons)
    least, most = (reduce.reduceat(kinds, table.first[:-1]) for reduce in (np.minimum, np.maximum))
    found: npt.NDArray[np.int64] = np.where(least == _NAME, _NAME, most)
    return found


def _kind_of(reasons: Sequence[str]) -> int:
    if "given name alone" in reasons:
        return _GIVEN
    return _SURNAME if reasons[:1] == ("surname alone",) else _WEAK


class HitFinder:
    """Finds the places of one table's forms in a field."""

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.rows = Rows.of(table)
        self.automaton = KeyAutomaton(table.keys, table.anchors.tolist())
        self._beginnings_of: dict[int, frozenset[str]] = {}  # of the words of a name, by its number
        self._known: dict[int, _Known] = {}  # by the number of the form

    def find(self, fields: Sequence[FieldText]) -> list[Hit]:
        """Return every place of the fields where a form stands and counts, weak ones too."""
        kinds, of = self.rows.kind, self.rows.entity
        waiting: list[tuple[FieldText, Met]] = []
        hits: list[Hit] = []
        for text in fields:
            for met in text.met:
                if kinds[met[0]] == _NAME:
                    hits.extend(self._hits_of(text, met, self._all_forms_of(met[0])))
                else:
                    waiting.append((text, met))
        full = [(hit.field, hit.at, hit.until, of[hit.form]) for hit in hits if not hit.weak]
        growing = [(text, met) for text, met in waiting if kinds[met[0]] == _SURNAME]
        for text, met in growing:
            if forms := self._growing(text, met, _around(full, text, met)):
                hits.extend(self._hits_of(text, met, forms))
        if hits and waiting:
            named = {of[hit.form] for hit in hits}
            for text, met in waiting:
                if forms := self._forms_of(met[0], named - _around(full, text, met)):
                    hits.extend(self._hits_of(text, met, forms))
        return hits

    def _growing(self, text: FieldText, met: Met, inside: Collection[int]) -> Sequence[int]:
        """Return the rows of a surname's key whose given names may stand beside it, but for names it is ``inside``."""
        key, at, until = met
        folded = text.folded
        first, last = folded.span(at + 1, until - (folded.text[until - 1] == " "))
        beginnings = beginnings_beside(folded.original, first, last)
        if not beginnings:
            return ()
        rows, known = self.rows, self._beginnings
        return [
            form
            for form in self._all_forms_of(key)
            if not beginnings.isdisjoint(known(rows.name[form])) and rows.entity[form] not in inside
        ]

    def _beginnings(self, name: int) -> frozenset[str]:
        if name not in self._beginnings_of:
            words = fold_name(self.table.names[name]).split()
            plain = (word[:length] for word in words for length in (1, 3))
            self._beginnings_of[name] = frozenset((*plain, *(sounded(word)[:2] for word in words)))
        return self._beginnings_of[name]

    def _all_forms_of(self, key: int) -> range:
        return range(self.rows.first[key], self.rows.first[key + 1])

    def _forms_of(self, key: int, entities: Collection[int]) -> Sequence[int]:
        """Return the rows of a key that are of some entities: they stand in the order of the entities."""
        first, until = self.rows.first[key], self.rows.first[key + 1]
        of = self.rows.entity
        if until - first < len(entities):
            return [form for form in range(first, until) if of[form] in entities]
        return [
            form
            for entity in entities
            for form in range(bisect_left(of, entity, first, until), bisect_right(of, entity, first, until))
        ]

    def _hits_of(self, text: FieldText, met: Met, forms: Iterable[int]) -> list[Hit]:
        """Return the hits of some of a key's forms at a place of the folded text where one of them is the name."""
        _, at, until = met
        folded, language, known = text.folded, text.language, self._known
        # The spaces at the ends of a key are edges, not part of the name.
        at += folded.text[at] == " "
        until -= folded.text[until - 1] == " "
        first, last = folded.span(at, until)
        original = folded.original
        surface = original[first:last]
        touches = boundaries.touches_hyphen(original, first, last)
        ends_a_word = original[last : last + 1] in _ENDS_A_WORD
        hits: list[Hit] = []
        for number in forms:
            form = known.get(number) or self._read_form(number)
            if form.only_in and language is not None and language not in form.only_in:
                continue
            reasons = () if surface == form.text else _letters_and_gaps(folded, form, (at, until), (first, last))
            if reasons is None:
                continue
            # Most names stand between spaces: of those no edge need be asked.
            if (
                touches
                or form.edges == _CHINESE
                or form.schema == "Address"
                or not (ends_a_word or form.edges == _WORD)
            ):
                tail = _edges(text, first, last, form, touches=touches)
                if tail is None:
                    continue
                hits.append(
                    Hit(
                        text.name,
                        first,
                        last + tail.length,
                        number,
                        (*reasons, *tail.reasons),
                        tail.doubtful or form.weak,
                        at,
                        until,
                    )
                )
            else:
                hits.append(Hit(text.name, first, last, number, reasons, form.weak, at, until))
        return hits

    def _read_form(self, number: int) -> _Known:
        rows, table = self.rows, self.table
        text = table.texts[number]
        form = self._known[number] = _Known(
            text=text,
            only_in=table.language_lists[rows.only_in[number]],
            case=CASES[rows.case[number]],
            edges=rows.edges[number],
            weak=bool(rows.weak[number]),
            schema=table.watched[rows.entity[number]].schema,
            is_listed=text == table.names[rows.name[number]],
        )
        return form


def _letters_and_gaps(
    folded: Folded, form: _Known, place: tuple[int, int], span: tuple[int, int]
) -> tuple[str, ...] | None:
    """Return what of the letters at a folded place differs from a form, or ``None`` where it is not the form."""
    if not boundaries.gaps_fit(folded, *place, form.text):
        return None
    surface = folded.original[slice(*span)]
    if surface[-1] in "ӣӢ" and form.text[-1] == "и" and not form.is_listed:
        return None  # Беларуси is a case form; беларусӣ, of the same letters but for one, a Belarusian
    around = boundaries.around_of(folded.original, *span) if form.case == "exact" else ""
    return boundaries.letters_fit(surface, form.text, form.case, around)


def _edges(text: FieldText, start: int, end: int, form: _Known, *, touches: bool) -> Tail | None:
    """Ask the rule of the form's edges; return what follows and belongs to it, or ``None`` to refuse the hit."""
    original = text.folded.original
    if form.edges == _CHINESE:
        return _chinese_edges(original, start, end, form, text.language)
    if form.schema == "Address" and is_named_like_it(original, start, end):
        return None
    if touches and not boundaries.hyphens_fit(original, start, end, schema=form.schema, right=form.edges == _WORD):
        return None
    if form.edges == _WORD or original[end : end + 1] in _ENDS_A_WORD:
        return _NO_TAIL
    return _tajik_edges(original, end, form.text, text.language)


def _chinese_edges(original: str, start: int, end: int, form: _Known, language: str | None) -> Tail | None:
    from watchlists.forms.chinese_edges import chinese_reasons, may_be_a_word  # noqa: PLC0415  it loads a dictionary

    since = max(0, start - _CHINESE_REACH)
    tidy = clean(original[since : end + _CHINESE_REACH])
    place, until = tidy.places[start - since], tidy.places[end - since]
    reasons = chinese_reasons(tidy.text, place, until, language=language, weak=form.weak)
    if reasons is None:
        return None
    doubtful = form.schema == "Person" and may_be_a_word(tidy.text, place, until)
    return Tail(length=0, reasons=reasons, doubtful=doubtful)


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


def _around(full: Sequence[_Placed], text: FieldText, met: Met) -> set[int]:
    """Return the entities whose full name stands around a key: a part of it says nothing more."""
    if not full:
        return set()
    _, at, until = met
    name, end_of_key = text.name, until - 1
    return {entity for field, start, end, entity in full if start <= at and end_of_key <= end and field == name}
