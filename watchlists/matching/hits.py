"""From the keys found in the fields of an article to the places where a form of a name truly stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from records import Field
from watchlists.forms.chinese_middle_names import may_have_a_dot_before
from watchlists.matching.automaton import KeyAutomaton
from watchlists.matching.folded import PLAIN
from watchlists.matching.growing import (
    beginnings_before,
    beginnings_in,
    beginnings_of,
    grown,
    may_follow_a_given_name,
)
from watchlists.matching.judging import FieldText, Judge, KnownForm, Place
from watchlists.matching.table import MIXED, NAME, SURNAME, FormTable, Rows

_FEW = 8  # hits that are gone through sooner than they are sorted by where they stand
_WORDS_KEPT = 20_000  # before surnames, with whose they tell that they are
_STRETCH = 64  # folded characters; most names stand in one such stretch or two


class Hit(NamedTuple):
    """A place in a field where a form stands; ``reasons`` are what the place adds to those of the form.

    ``at`` and ``until`` are the same place in the folded ``text``, where context is looked for.
    """

    field: Field
    start: int
    end: int
    form: KnownForm
    reasons: tuple[str, ...]
    weak: bool
    at: int
    until: int
    text: FieldText


Hits = dict[int, list[Hit]]  # by entity


class _FullNames:
    """Tells where an article's ``hits`` are full names, however many: a roll of names has one in every line."""

    def __init__(self, hits: Hits) -> None:
        self.hits = hits
        self._seen: dict[int, int] = {}
        self._by_stretch: dict[tuple[int, int, int], list[Hit]] = {}

    def stand_around(self, place: Place, entity: int, *, begins: bool = False) -> bool:
        """Tell whether a full name of an entity stands around a part of it, which then says nothing more.

        A surname that the full name ``begins`` with may still grow: Ятимов С., with the dot.
        """
        of_entity: Sequence[Hit] = self.hits.get(entity, ())
        if len(of_entity) > _FEW:
            of_entity = self._near(place, entity, of_entity)
        text, (_, at, until, _, _, _) = place
        # A loop, since ``any`` with a generator takes twice the time.
        for hit in of_entity:
            if hit.at < at + begins and until <= hit.until and hit.text is text and not hit.weak:
                return True
        return False

    def _near(self, place: Place, entity: int, of_entity: Sequence[Hit]) -> Sequence[Hit]:
        """Return the full names of an entity that stand where a place begins."""
        by_stretch = self._by_stretch
        for hit in of_entity[self._seen.get(entity, 0) :]:
            if not hit.weak:
                for stretch in range(hit.at // _STRETCH, hit.until // _STRETCH + 1):
                    by_stretch.setdefault((entity, id(hit.text), stretch), []).append(hit)
        self._seen[entity] = len(of_entity)
        text, (_, at, *_) = place
        return by_stretch.get((entity, id(text), at // _STRETCH), ())


class _Beside(NamedTuple):
    """What a word before a surname tells of whose it is: entities, by whether it has a capital.

    ``bearers`` are all of the surname, by how their given names begin; where it ``goes_on`` those words matter, too,
    that stand before.
    """

    bearers: Mapping[str, Set[int]]
    small: Set[int]
    capital: Set[int]
    goes_on: bool


class HitFinder:
    """Finds the places of one table's forms in the fields of an article."""

    def __init__(self, table: FormTable) -> None:
        self.automaton = KeyAutomaton(table.keys, table.anchors.tolist())
        self._table = table
        self._rows = Rows.of(table)
        self._judge = Judge(table, self._rows)
        # The people of a surname's key, by how their given names begin.
        self._bearers: dict[int, dict[str, set[int]]] = {}
        self._beside = lru_cache(maxsize=_WORDS_KEPT)(self._read_beside)

    def find(self, fields: Sequence[FieldText]) -> Hits:
        """Return every place of the fields where a form stands and counts, weak ones too, by entity."""
        kinds, judge = self._rows.kind, self._judge
        hits: Hits = {}
        full = _FullNames(hits)
        waiting: list[Place] = []
        for text in fields:
            for met in text.met:
                key, at, until, start, end, edges = met
                place = text, met
                if kinds[key] != NAME:
                    if edges == PLAIN or not judge.is_in_another_word(place):
                        waiting.append(place)
                elif edges == PLAIN and (written := judge.plain(place)) is not None:
                    for form, reasons in written:
                        hit = Hit(text.name, start, end, form, reasons, form.weak, at, until, text)
                        hits.setdefault(form.entity, []).append(hit)
                elif edges == PLAIN or not judge.is_in_another_word(place):
                    self._add(full, place, judge.rows_of(key))
        if waiting:
            self._add_waiting(full, waiting)
        return hits

    def _add_waiting(self, full: _FullNames, waiting: Iterable[Place]) -> None:
        """Add surnames that grow to a full name, then all parts of names of whom a full name stands in the article."""
        kinds = self._rows.kind
        by_key: dict[int, list[Place]] = {}
        for place in waiting:
            key = place[1][0]
            kind = kinds[key]
            if kind == MIXED:
                self._add(full, place, self._judge.rows_of(key))
                continue
            by_key.setdefault(key, []).append(place)
            if kind == SURNAME and (growing := self._growing(place, full)):
                self._add(full, place, growing, only_full=True)
        for entity in full.hits:
            for key in self._table.keys_of(entity).intersection(by_key):
                for place in by_key[key]:
                    if not full.stand_around(place, entity, begins=True):
                        self._add(full, place, (entity,))

    def _growing(self, place: Place, full: _FullNames) -> Collection[int]:
        """Return the entities of a surname's key whose given names or initials may stand beside it.

        Not those whose full name stands around it already.
        """
        text, (key, at, until, start, _, _) = place
        folded = text.folded.text
        before = folded.rfind(" ", 0, at - 1) + 1
        beside = self._beside(key, folded[before : at - 1])
        entities: Iterable[int] = beside.small
        if beside.capital is not beside.small and text.folded.original[text.folded.place(before)].isupper():
            entities = beside.capital
        if folded[until + 2 : until + 3] == " ":
            entities = {*entities, *beside.bearers.get(folded[until + 1], ())}
        if beside.goes_on:
            further = [beside.bearers.get(beginning, ()) for beginning in beginnings_before(folded, before)]
            entities = {*entities, *chain.from_iterable(further)}
        if may_have_a_dot_before(text.folded.original, start):
            entities = {*entities, *self._judge.rows_of(key)}
        return [entity for entity in entities if not full.stand_around(place, entity)] if entities else ()

    def _read_beside(self, key: int, word: str) -> _Beside:
        bearers = self._bearers.get(key) or self._read_bearers(key)
        small, capital = (
            frozenset(
                chain.from_iterable(
                    bearers.get(beginning, ()) for beginning in beginnings_in(word, is_capital=is_capital)
                )
            )
            for is_capital in (False, True)
        )
        return _Beside(bearers, small, small if small == capital else capital, may_follow_a_given_name(word))

    def _read_bearers(self, key: int) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        table, rows = self._table, self._rows
        surname = table.keys[key]
        for entity, name in {
            (rows.entity[form], rows.name[form]) for form in range(rows.first[key], rows.first[key + 1])
        }:
            for beginning in beginnings_of(table.names[name], surname):
                found.setdefault(beginning, set()).add(entity)
        self._bearers[key] = found  # only when it is whole: other threads read it
        return found

    def _add(self, full: _FullNames, place: Place, entities: Iterable[int], *, only_full: bool = False) -> None:
        """Add the hits of some of a key's entities at a place where one of its forms is the name.

        A surname grows to what of the full name stands with it. With ``only_full`` what stays weak is left out.
        """
        text, (_, at, until, first, last, _) = place
        for entity in entities:
            for form, tail in self._judge.written(place, entity):
                start, end, weak, reasons = first, last + tail.length, form.weak or tail.doubtful, tail.reasons
                if (
                    form.is_surname
                    and not full.stand_around(place, entity)
                    and (found := grown(text.folded.original, start, end, name=form.name))
                ):
                    start, end, why = found
                    reasons, weak = (*reasons, *why), False
                if weak and only_full:
                    continue
                hit = Hit(text.name, start, end, form, reasons, weak, at, until, text)
                full.hits.setdefault(entity, []).append(hit)
