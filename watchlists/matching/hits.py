"""From the keys found in one field to the places where a form of a name truly stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from records import Field
from watchlists.forms import Tail
from watchlists.matching import boundaries
from watchlists.matching.automaton import KeyAutomaton, Met
from watchlists.matching.clean import clean
from watchlists.matching.folding import Folded
from watchlists.matching.people import beginnings_beside, beginnings_of, grown, is_named_like_it, sounded, sounds_beside
from watchlists.matching.table import CASES, EDGES, FormTable

_TAIL_REACH = 60  # characters after a hit that a chain of Tajik endings may take
_CHINESE_REACH = 16  # characters on either side; the judge of Chinese looks at eight, and some may be dropped
_NO_TAIL = Tail(length=0, reasons=())
_WORD, _TAJIK, _CHINESE = (EDGES.index(edges) for edges in ("word", "tajik", "chinese"))
# What the forms of a key are: names that may count by themselves, weak ones, weak ones that may grow to full names, and
# such among others that may count by themselves.
_NAME, _GIVEN, _WEAK, _SURNAME, _MIXED = range(5)
# After these no ending of a name comes, whatever the language.
_ENDS_A_WORD = frozenset(" \n\t.,;:!?()\u00a0\u2026")
_SURFACES_KEPT = 50_000  # with what was found out of them, some 50 MB


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

    number: int
    text: str
    name: str
    only_in: tuple[str, ...]
    case: str
    edges: int
    weak: bool
    schema: str
    is_listed: bool
    is_surname: bool


class _Judged(NamedTuple):
    """What the letters of a surface say of a form; ``reasons`` is ``None`` where its place has a say in that, too."""

    form: _Known
    reasons: tuple[str, ...] | None


class _OfEntity(NamedTuple):
    """The forms of an entity that a surface may be: ``all``, and those that matter where its edges are ``plain``.

    There the forms that count by themselves take the same place, and one of them is enough. ``plain`` is ``None``
    where the place must be asked whatever the edges.
    """

    all: tuple[_Judged, ...]
    plain: tuple[_Judged, ...] | None


class _Key(NamedTuple):
    """What is known of a key: its rows by entity, and the entities by how the given names of their people begin.

    ``by_sound`` has the first letters of those beginnings only, as they sound.
    """

    by_entity: dict[int, range]
    by_beginning: dict[str, set[int]]
    by_sound: dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field of an article while it is being matched, and the keys met in it; ``language`` is the article's."""

    name: Field
    folded: Folded
    language: str | None
    met: Sequence[Met]


class _Place(NamedTuple):
    """A place where a key was met: ``at`` and ``until`` in the folded text, ``start`` and ``end`` in the original.

    The spaces at the ends of a key are edges, not part of the name.
    """

    text: FieldText
    key: int
    at: int
    until: int
    start: int
    end: int


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
    kinds[(kinds == _NAME) & (table.weak != 0) & (of_reasons == _SURNAME)] = _MIXED
    least, most = (reduce.reduceat(kinds, table.first[:-1]) for reduce in (np.minimum, np.maximum))
    found: npt.NDArray[np.int64] = np.where((least == _NAME) & (most != _MIXED), _NAME, most)
    return found


def _kind_of(reasons: Sequence[str]) -> int:
    if "given name alone" in reasons:
        return _GIVEN
    return _SURNAME if reasons[:1] == ("surname alone",) else _WEAK


class HitFinder:
    """Finds the places of one table's forms in a field.

    What a key and a surface are is worked out when they are first met, and kept: names come again and again.
    """

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.rows = Rows.of(table)
        self.automaton = KeyAutomaton(table.keys, table.anchors.tolist())
        self._keys: dict[int, _Key] = {}
        self._judged: dict[tuple[int, str, str | None], dict[int, _OfEntity]] = {}

    def find(self, fields: Sequence[FieldText]) -> dict[int, list[Hit]]:
        """Return every place of the fields where a form stands and counts, weak ones too, by entity."""
        kinds = self.rows.kind
        hits: dict[int, list[Hit]] = {}
        waiting: list[_Place] = []
        for text in fields:
            words, span = text.folded.text, text.folded.span
            for key, at, until in text.met:
                at += words[at] == " "  # noqa: PLW2901
                until -= words[until - 1] == " "  # noqa: PLW2901
                place = _Place(text, key, at, until, *span(at, until))
                if kinds[key] == _NAME:
                    self._add(hits, place, self._key(key).by_entity)
                else:
                    waiting.append(place)
        if waiting:
            self._add_waiting(hits, waiting)
        return hits

    def _add_waiting(self, hits: dict[int, list[Hit]], waiting: Iterable[_Place]) -> None:
        """Add surnames that grow to a full name, then all parts of names of whom a full name stands in the article."""
        kinds = self.rows.kind
        for place in waiting:
            kind = kinds[place.key]
            if kind == _MIXED:
                self._add(hits, place, self._key(place.key).by_entity)
            elif kind == _SURNAME and (growing := self._growing(place, hits)):
                self._add(hits, place, growing, only_full=True)
        if not hits:
            return
        for place in waiting:
            if kinds[place.key] != _MIXED:
                by_entity = self._key(place.key).by_entity
                fewer, more = (hits, by_entity) if len(hits) < len(by_entity) else (by_entity, hits)
                named = [entity for entity in fewer if entity in more and not _is_within(hits[entity], place)]
                if named:
                    self._add(hits, place, named)

    def _growing(self, place: _Place, hits: Mapping[int, Sequence[Hit]]) -> Collection[int]:
        """Return the entities of a surname's key whose given names or initials may stand beside it.

        Not those whose full name stands around it already.
        """
        key = self._key(place.key)
        folded = place.text.folded
        # Most surnames stand beside words that begin as nobody's given name does.
        entities = {
            entity
            for sound in sounds_beside(folded.text, place.at, place.until)
            for entity in key.by_sound.get(sound, ())
            if entity not in hits or not _is_within(hits[entity], place)
        }
        if not entities:
            return ()
        beginnings = beginnings_beside(folded.original, place.start, place.end)
        by_beginning = key.by_beginning
        return entities.intersection(*[set().union(*[by_beginning.get(each, ()) for each in beginnings])])

    def _key(self, key: int) -> _Key:
        return self._keys.get(key) or self._read_key(key)

    def _read_key(self, key: int) -> _Key:
        rows = self.rows
        first, until = rows.first[key], rows.first[key + 1]
        by_entity: dict[int, range] = {}
        for entity, of_entity in groupby(range(first, until), key=rows.entity.__getitem__):
            numbers = tuple(of_entity)
            by_entity[entity] = range(numbers[0], numbers[-1] + 1)
        by_beginning: dict[str, set[int]] = {}
        by_sound: dict[str, set[int]] = {}
        if rows.kind[key] == _SURNAME:
            for entity, name in {(rows.entity[form], rows.name[form]) for form in range(first, until)}:
                for beginning in beginnings_of(self.table.names[name]):
                    by_beginning.setdefault(beginning, set()).add(entity)
                    by_sound.setdefault(sounded(beginning[0]), set()).add(entity)
        found = self._keys[key] = _Key(by_entity, by_beginning, by_sound)
        return found

    def _add(
        self, hits: dict[int, list[Hit]], place: _Place, entities: Iterable[int], *, only_full: bool = False
    ) -> None:
        """Add the hits of some of a key's entities at a place where one of its forms is the name.

        A surname grows to what of the full name stands with it. With ``only_full`` what stays weak is left out.
        """
        text, key, at, until, first, last = place
        original, language = text.folded.original, text.language
        judged = self._judged_of(key, original[first:last], language)
        touches = boundaries.touches_hyphen(original, first, last)
        is_plain = not touches and original[last : last + 1] in _ENDS_A_WORD
        for entity in entities:
            forms = judged.get(entity)
            if forms is None:
                forms = judged[entity] = self._judge(self._key(key).by_entity[entity], place)
            may_grow = not (entity in hits and _is_within(hits[entity], place))
            # Most names stand between spaces: of those no edge need be asked.
            asks = not is_plain or forms.plain is None
            for form, reasons in forms.all if forms.plain is None or not is_plain else forms.plain:
                if reasons is None:
                    reasons = _letters_and_gaps(place, form)  # noqa: PLW2901  asked late
                tail = _edges(text, first, last, form, touches=touches) if asks else _NO_TAIL
                if reasons is None or tail is None:
                    continue
                start, end, weak = first, last + tail.length, form.weak or tail.doubtful
                reasons = (*reasons, *tail.reasons) if tail.reasons else reasons  # noqa: PLW2901  the same, told in full
                if form.is_surname and may_grow and (found := grown(original, start, end, name=form.name)):
                    start, end, why = found
                    reasons, weak = (*reasons, *why), False  # noqa: PLW2901
                if weak and only_full:
                    continue
                hit = Hit(text.name, start, end, form.number, reasons, weak, at, until)
                hits.setdefault(entity, []).append(hit)

    def _judged_of(self, key: int, surface: str, language: str | None) -> dict[int, _OfEntity]:
        """Return what has been found out of a surface, by entity."""
        judged = self._judged.get((key, surface, language))
        if judged is None:
            if len(self._judged) >= _SURFACES_KEPT:
                self._judged.clear()
            judged = self._judged[key, surface, language] = {}
        return judged

    def _judge(self, numbers: Iterable[int], place: _Place) -> _OfEntity:
        """Return which of an entity's forms of one key a surface may be, going by its letters and gaps."""
        language = place.text.language
        surface = place.text.folded.original[place.start : place.end]
        found: list[_Judged] = []
        for number in numbers:
            form = self._read_form(number)
            if form.only_in and language is not None and language not in form.only_in:
                continue
            if surface == form.text:
                found.append(_Judged(form, ()))
            elif form.case == "exact" or form.text.endswith("."):
                found.append(_Judged(form, None))  # for the capitals about it, and the dot behind it
            elif (reasons := _letters_and_gaps(place, form)) is not None:
                found.append(_Judged(form, reasons))
        asks = any(form.edges == _CHINESE or form.schema == "Address" or reasons is None for form, reasons in found)
        # Of the full names, the one that ``leftmost-longest`` would choose.
        full = [each for each in found if not each.form.weak]
        best = min(full, key=lambda each: (len(each.reasons or ()), each.form.number), default=None)
        plain = tuple(each for each in found if each.form.weak or each is best)
        return _OfEntity(tuple(found), None if asks else plain)

    def _read_form(self, number: int) -> _Known:
        rows, table = self.rows, self.table
        text, name = table.texts[number], table.names[rows.name[number]]
        return _Known(
            number=number,
            text=text,
            name=name,
            only_in=table.language_lists[rows.only_in[number]],
            case=CASES[rows.case[number]],
            edges=rows.edges[number],
            weak=bool(rows.weak[number]),
            schema=table.watched[rows.entity[number]].schema,
            is_listed=text == name,
            is_surname=bool(rows.weak[number]) and _kind_of(table.reason_lists[rows.reasons[number]]) == _SURNAME,
        )


def _letters_and_gaps(place: _Place, form: _Known) -> tuple[str, ...] | None:
    """Return what of the letters at a place differs from a form, or ``None`` where it is not the form."""
    folded, span = place.text.folded, (place.start, place.end)
    if not boundaries.gaps_fit(folded, place.at, place.until, form.text):
        return None
    surface = folded.original[slice(*span)]
    if surface[-1] in "ӣӢ\u0304" and form.text[-1] == "и" and not form.is_listed:
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


def _is_within(of_entity: Iterable[Hit], place: _Place) -> bool:
    """Tell whether a full name of an entity stands around a part of it, which then says nothing more.

    A surname that the full name begins with may still grow (Ятимов С., with the dot), and one that has grown in another
    spelling, too.
    """
    text, _, at, _, start, end = place
    for hit in of_entity:
        if hit.start < start and end <= hit.end and hit.at != at and not hit.weak and hit.field == text.name:
            return True
    return False
