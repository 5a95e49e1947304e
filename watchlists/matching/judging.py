"""Judge what is written at a place of a text: is it a form of a name, by its letters, its gaps and its edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from records import Field
from watchlists.forms import Tail
from watchlists.forms.chinese_middle_names import dotted_given_name_before
from watchlists.forms.tajik_endings import PLURALS_OF_PERSONS, is_plainly_no_ending, tajik_tail
from watchlists.matching import boundaries
from watchlists.matching.bearers import has_surname_shape, is_named_like_it
from watchlists.matching.characters import ENDS_A_WORD
from watchlists.matching.clean import clean
from watchlists.matching.folded import IN_A_WORD, PLAIN, Folded, Placed
from watchlists.matching.namesakes import can_name_others
from watchlists.matching.table import CASES, EDGES, FormTable, Rows, is_surname_alone

_ONE_OF_A_KIND = frozenset({"Company", "PublicBody"})
_TAIL_REACH = 60  # characters after a hit that a chain of Tajik endings may take
_CHINESE_REACH = 16  # characters on either side; the judge of Chinese looks at eight, and some may be dropped
_WORD, _TAJIK, _CHINESE = (EDGES.index(edges) for edges in ("word", "tajik", "chinese"))
_NO_TAIL = Tail(length=0, reasons=())
_SURFACES_KEPT = 20_000  # with what was found out of them, some 50 MB
_LONGEST_KEPT = 400  # characters; a listed name has 300 at most, and longer surfaces are blanks or marks


class FieldText(NamedTuple):
    """A field of an article while it is being matched, and the keys met in it; ``language`` is the article's."""

    name: Field
    folded: Folded
    language: str | None
    met: Sequence[Placed]


Place = tuple[FieldText, Placed]  # where a key was met


class KnownForm(NamedTuple):
    """A form and whose it is, put together when it is first met: ``number`` is its row, ``entity`` its owner's."""

    number: int
    entity: int
    entity_id: str
    list_id: str
    list_version: str
    schema: str
    name: str
    text: str
    reasons: tuple[str, ...]
    only_in: tuple[str, ...]
    case: str
    edges: int
    weak: bool
    is_listed: bool
    is_surname: bool
    can_name_others: bool


# A form that is written at a place; its reasons are what the place adds, ``None`` where that is still to be asked.
Written = tuple[KnownForm, tuple[str, ...]]
_Judged = tuple[KnownForm, tuple[str, ...] | None]


class _OfEntity(NamedTuple):
    """The forms of an entity that a surface may be: ``all``, and those that matter where its edges are ``plain``.

    There the forms that count by themselves take the same place, and one of them is enough. ``plain`` is ``None``
    where the place must be asked whatever the edges.
    """

    all: tuple[_Judged, ...]
    plain: tuple[Written, ...] | None


class _Surface:
    """What has been found out of a key written one way: by entity, and once it ``is_judged``, of all of them."""

    __slots__ = ("by_entity", "is_judged", "plain")

    def __init__(self) -> None:
        self.is_judged = False
        self.by_entity: dict[int, _OfEntity] = {}
        self.plain: tuple[Written, ...] | None = None


class Judge:
    """Judges the forms of one table. What a key and a surface are is worked out once: names come again and again."""

    def __init__(self, table: FormTable, rows: Rows) -> None:
        self._table = table
        self._rows = rows
        self._surfaces: dict[tuple[int, str, str | None], _Surface] = {}
        self._by_entity: dict[int, dict[int, range]] = {}

    def rows_of(self, key: int) -> dict[int, range]:
        """Return the rows of a key by entity."""
        found = self._by_entity.get(key)
        if found is None:
            rows = self._rows
            found = {}
            for entity, of_entity in groupby(range(rows.first[key], rows.first[key + 1]), key=rows.entity.__getitem__):
                numbers = tuple(of_entity)
                found[entity] = range(numbers[0], numbers[-1] + 1)
            self._by_entity[key] = found  # only when it is whole: other threads read it
        return found

    def plain(self, place: Place) -> tuple[Written, ...] | None:
        """Return all forms that are written where a key was met with plain edges.

        ``None`` where more must be looked at all the same.
        """
        text, (key, _, _, start, end, _) = place
        surface = self._surfaces.get((key, text.folded.original[start:end], text.language))
        return surface.plain if surface and surface.is_judged else self._judge_all(place)

    def is_in_another_word(self, place: Place) -> bool:
        """Tell whether a key was met in a longer word that is no form of any of its names, beyond doubt."""
        text, (key, _, _, _, end, edges) = place
        if edges != IN_A_WORD or not self._rows.takes_endings[key]:
            return False
        return is_plainly_no_ending(text.folded.original, end, language=text.language)

    def written(self, place: Place, entity: int) -> list[tuple[KnownForm, Tail]]:
        """Return the forms of an entity that are written at a place, with what follows and belongs to each."""
        text, (key, _, _, start, end, edges) = place
        original = text.folded.original
        surface = self._surface(place)
        forms = surface.by_entity.get(entity)
        if forms is None:
            forms = surface.by_entity[entity] = self._judge(self.rows_of(key)[entity], place)
        if forms.plain is not None and edges == PLAIN:
            return [(form, Tail(length=0, reasons=reasons) if reasons else _NO_TAIL) for form, reasons in forms.plain]
        touches = boundaries.touches_hyphen(original, start, end)
        found = []
        for form, known in forms.all:
            reasons = _letters_and_gaps(place, form) if known is None else known
            if reasons is None:
                continue
            tail = _edges(text, start, end, form, touches=touches)
            if tail is not None:
                whole = Tail(length=tail.length, reasons=(*reasons, *tail.reasons), doubtful=tail.doubtful)
                found.append((form, whole))
        return found

    def _surface(self, place: Place) -> _Surface:
        text, (key, _, _, start, end, _) = place
        known = (key, text.folded.original[start:end], text.language)
        surface = self._surfaces.get(known)
        if surface is None:
            if len(self._surfaces) >= _SURFACES_KEPT:
                self._surfaces.clear()
            surface = _Surface()
            if end - start <= _LONGEST_KEPT:
                self._surfaces[known] = surface
        return surface

    def _judge_all(self, place: Place) -> tuple[Written, ...] | None:
        surface = self._surface(place)
        _, (key, *_) = place
        for entity, numbers in self.rows_of(key).items():
            if entity not in surface.by_entity:
                surface.by_entity[entity] = self._judge(numbers, place)
        plain = [forms.plain for forms in surface.by_entity.values()]
        surface.plain = None if None in plain else tuple(each for forms in plain for each in forms or ())
        surface.is_judged = True
        return surface.plain

    def _judge(self, numbers: Iterable[int], place: Place) -> _OfEntity:
        """Return which of an entity's forms of one key a surface may be, going by its letters and gaps."""
        text, (_, _, _, start, end, _) = place
        language, surface = text.language, text.folded.original[start:end]
        found: list[_Judged] = []
        for number in numbers:
            form = self._read_form(number)
            if form.only_in and language is not None and language not in form.only_in:
                continue
            if surface == form.text:
                found.append((form, ()))
            elif form.case == "exact" or form.text.endswith("."):
                found.append((form, None))  # for the capitals about it, and the dot behind it
            elif (reasons := _letters_and_gaps(place, form)) is not None:
                found.append((form, reasons))
        return _OfEntity(tuple(found), _plain(found, surface))

    def _read_form(self, number: int) -> KnownForm:
        rows, table = self._rows, self._table
        entity = rows.entity[number]
        watched = table.watched[entity]
        text, name = table.texts[number], table.names[rows.name[number]]
        reasons = table.reason_lists[rows.reasons[number]]
        return KnownForm(
            number=number,
            entity=entity,
            entity_id=watched.entity_id,
            list_id=watched.list_id,
            list_version=watched.list_version,
            schema=watched.schema,
            name=name,
            text=text,
            reasons=reasons,
            only_in=table.language_lists[rows.only_in[number]],
            case=CASES[rows.case[number]],
            edges=rows.edges[number],
            weak=bool(rows.weak[number]),
            is_listed=text == name,
            is_surname=bool(rows.weak[number]) and is_surname_alone(reasons),
            can_name_others=can_name_others(text, schema=watched.schema, takes_endings=rows.edges[number] == _TAJIK),
        )


def _plain(judged: Sequence[_Judged], surface: str) -> tuple[Written, ...] | None:
    """Return the forms of an entity that matter where the edges are plain, or ``None`` where a place must be asked."""
    may_be_named_like_it = has_surname_shape(surface)
    found: list[Written] = []
    for form, reasons in judged:
        if reasons is None or form.edges == _CHINESE or (form.schema == "Address" and may_be_named_like_it):
            return None
        found.append((form, reasons))
    # Of the full names, the one that the leftmost and longest would be.
    full = [each for each in found if not each[0].weak]
    best = min(full, key=lambda each: (len(each[0].reasons) + len(each[1]), each[0].number), default=None)
    return tuple(each for each in found if each[0].weak or each is best)


def _letters_and_gaps(place: Place, form: KnownForm) -> tuple[str, ...] | None:
    """Return what of the letters at a place differs from a form, or ``None`` where it is not the form."""
    text, (_, at, until, start, end, _) = place
    folded = text.folded
    surface = folded.original[start:end]
    if surface == form.text:
        return ()
    if not boundaries.gaps_fit(folded, at, until, form.text):
        return None
    if surface[-1] in "ӣӢ\u0304" and form.text[-1] == "и" and not form.is_listed:
        return None  # Беларуси is a case form; беларусӣ, of the same letters but for one, a Belarusian
    around = boundaries.around_of(folded.original, start, end) if form.case == "exact" else ""
    return boundaries.letters_fit(surface, form.text, form.case, around)


def _edges(text: FieldText, start: int, end: int, form: KnownForm, *, touches: bool) -> Tail | None:
    """Ask the rule of the form's edges; return what follows and belongs to it, or ``None`` to refuse the hit."""
    original = text.folded.original
    if form.edges == _CHINESE:
        return _chinese_edges(original, start, end, form, text.language)
    if form.schema == "Address" and is_named_like_it(original, start, end):
        return None
    if touches and not boundaries.hyphens_fit(original, start, end, schema=form.schema, right=form.edges == _WORD):
        return None
    if form.edges == _WORD or original[end : end + 1] in ENDS_A_WORD:
        return _NO_TAIL
    return _tajik_edges(original, end, form, text.language)


def _chinese_edges(original: str, start: int, end: int, form: KnownForm, language: str | None) -> Tail | None:
    from watchlists.forms.chinese_edges import chinese_reasons, may_be_a_word  # noqa: PLC0415  it loads a dictionary

    given_at = dotted_given_name_before(original, start, name=form.name) if form.is_surname else None
    if given_at is not None:
        start = given_at
    since = max(0, start - _CHINESE_REACH)
    tidy = clean(original[since : end + _CHINESE_REACH])
    place, until = tidy.places[start - since], tidy.places[end - since]
    weak = form.weak and given_at is None
    reasons = chinese_reasons(tidy.text, place, until, language=language, weak=weak, schema=form.schema)
    if reasons is None:
        return None
    doubtful = form.schema == "Person" and may_be_a_word(tidy.text, place, until)
    return Tail(length=0, reasons=reasons, doubtful=doubtful)


def _tajik_edges(original: str, end: int, form: KnownForm, language: str | None) -> Tail | None:
    if is_plainly_no_ending(original, end, language=language):
        return None
    rest = clean(original[end : end + _TAIL_REACH])
    tail = tajik_tail(rest.text, form_text=form.text, language=language)
    if tail is None or tail.length == 0:
        return tail
    if form.schema in _ONE_OF_A_KIND and tail.reasons[0] in PLURALS_OF_PERSONS:
        return None  # Барқи тоҷикон is the electricity of the Tajiks, and not the firm
    taken = next(place for place, at in enumerate(rest.places) if at >= tail.length)
    return Tail(length=taken, reasons=tail.reasons)
