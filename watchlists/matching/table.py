"""All forms of all lists in arrays, keyed by their folded text: what names are looked up in, and what is cached."""

from __future__ import annotations

import itertools
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from watchlists.forms import Form, context_words, forms_of, phrase_forms
from watchlists.forms.other_things import other_things
from watchlists.listfile import Entity, WatchList
from watchlists.matching.automaton import anchor_starts
from watchlists.matching.folding import fold_name, fold_names
from watchlists.matching.quotes import out_of_quotes

CASES = ("any", "capital", "exact")
EDGES = ("word", "tajik", "chinese")
_HAN_START, _HAN_END = "\u3040", "\ufaff"

_ENTITIES_AT_ONCE = 200  # enough to fold many forms in one go, few enough to keep them all in memory

Numbers = npt.NDArray[np.int32]


# What the forms of a key are: names that may count by themselves, weak ones, weak ones that may grow to full names, and
# such among others that may count by themselves.
NAME, GIVEN, WEAK, SURNAME, MIXED = range(5)
SURNAME_ALONE, GIVEN_NAME_ALONE = "surname alone", "given name alone"


class Texts:
    """Hundreds of thousands of short texts, kept as one: read in no time, and a third of the memory of so many."""

    def __init__(self, joined: str, starts: Numbers) -> None:
        self.joined = joined
        self.starts = starts
        self._starts = starts.data  # single numbers are read from it as fast as from a list, which takes time to make

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """Put texts together."""
        lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
        return cls("".join(texts), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        # Read for every hit: no check but the IndexError that ends a loop.
        return self.joined[self._starts[number] : self._starts[number + 1]]

    def __iter__(self) -> Iterator[str]:
        return (self.joined[start:end] for start, end in itertools.pairwise(self._starts))


@dataclass(frozen=True, slots=True)
class Watched:
    """What of an entity matters while matching; ``context`` and ``excluded`` are keys as in the table.

    Those that are excluded in quotes only have the mark of these before them."""

    entity_id: str
    list_id: str
    list_version: str
    schema: str
    context: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True)
class FormTable:
    """Forms in the order of their keys: those of key ``k`` are ``first[k]`` to ``first[k + 1]``.

    ``entity``, ``name``, ``reasons`` and ``only_in`` are numbers into the tuples of the same matter; ``case`` and
    ``edges`` into ``CASES`` and ``EDGES``. ``anchors`` are the ``anchor_starts`` of the keys. A key has a space at
    each end that must be the edge of a word.
    """

    keys: Texts
    anchors: Numbers
    first: Numbers
    texts: Texts
    entity: Numbers
    name: Numbers
    reasons: Numbers
    only_in: Numbers
    case: Numbers
    edges: Numbers
    weak: Numbers
    watched: tuple[Watched, ...]
    names: Texts
    reason_lists: tuple[tuple[str, ...], ...]
    language_lists: tuple[tuple[str, ...], ...]

    def keys_of(self, entity: int) -> frozenset[int]:
        """Return the numbers of the keys that an entity has forms under."""
        found = self._keys_of.get(entity)
        if found is None:
            rows, starts = self._rows_by_entity
            numbers = rows[starts[entity] : starts[entity + 1]]
            keys = np.searchsorted(self.first, numbers, side="right") - 1
            found = self._keys_of[entity] = frozenset(keys.tolist())
        return found

    @cached_property
    def _keys_of(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _rows_by_entity(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The rows in the order of their entities, and where those of each begin."""
        rows = np.argsort(self.entity, kind="stable")
        return rows, np.searchsorted(self.entity[rows], np.arange(len(self.watched) + 1))


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of a table as views: Python reads single numbers from those three times faster than from arrays.

    Two are by key: ``kind`` is what all its forms are alone, which then count only where more of the entity is named,
    and ``takes_endings`` whether none but Tajik endings may follow all of them.
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
    takes_endings: memoryview

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
            takes_endings=_take_endings(table).data,
        )


def _kinds_of_keys(table: FormTable) -> npt.NDArray[np.int8]:
    """Return for each key what all its forms are: names that may count by themselves, or weak ones that wait.

    With thousands of people on a list, most of what is met are parts of the names of somebody else.
    """
    if not len(table.weak):
        return np.zeros(0, dtype=np.int8)
    of_reasons = np.array([_kind_of(reasons) for reasons in table.reason_lists], dtype=np.int8)[table.reasons]
    has_context = np.array([bool(watched.context) for watched in table.watched])[table.entity]
    # Beside its context a weak name counts by itself, but for a given name.
    kinds = np.where((table.weak == 0) | (has_context & (of_reasons != GIVEN)), NAME, of_reasons)
    kinds[(kinds == NAME) & (table.weak != 0) & (of_reasons == SURNAME)] = MIXED
    least, most = (reduce.reduceat(kinds, table.first[:-1]) for reduce in (np.minimum, np.maximum))
    found: npt.NDArray[np.int8] = np.where((least == NAME) & (most != MIXED), NAME, most).astype(np.int8)
    return found


def _take_endings(table: FormTable) -> npt.NDArray[np.bool_]:
    """Return for each key whether all its forms have the edges of Tajik."""
    if not len(table.edges):
        return np.zeros(0, dtype=bool)
    found: npt.NDArray[np.bool_] = np.logical_and.reduceat(table.edges == EDGES.index("tajik"), table.first[:-1])
    return found


def _kind_of(reasons: Sequence[str]) -> int:
    if GIVEN_NAME_ALONE in reasons:
        return GIVEN
    return SURNAME if is_surname_alone(reasons) else WEAK


def is_surname_alone(reasons: Sequence[str]) -> bool:
    """Tell whether a form is a person's surname alone, by the reasons that it carries."""
    return reasons[:1] == (SURNAME_ALONE,)


def key_of(text: str, *, edges: str) -> str:
    """Return a form's folded words with a space at each end where a word must start or end."""
    return _edged(fold_name(text), edges)


def _edged(folded: str, edges: str) -> str:
    before = "" if edges == "chinese" and _is_han(folded[0]) else " "
    after = "" if edges == "tajik" or (edges == "chinese" and _is_han(folded[-1])) else " "
    return f"{before}{folded}{after}"


def _is_han(character: str) -> bool:
    return _HAN_START <= character <= _HAN_END and not "\uac00" <= character <= "\ud7a3"


@dataclass(frozen=True, slots=True)
class Spelt:
    """An entity spelt out: its forms, and the keys of its context and of its ``not`` phrases."""

    forms: tuple[Form, ...]
    context: tuple[str, ...]
    excluded: tuple[str, ...]


def spell_out(entity: Entity) -> Spelt:
    """Return the forms and phrases of an entity: the slow part of compiling."""
    return Spelt(
        forms_of(entity),
        _phrase_keys(entity.context, context_words),
        tuple(dict.fromkeys([*_excluded_keys(entity.excluded), *_phrase_keys(other_things(entity), phrase_forms)])),
    )


def _excluded_keys(phrases: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the keys of ``not`` phrases, with the mark of the quotes before those that count in quotes only."""
    for language, listed in phrases.items():
        for inner, mark in map(out_of_quotes, listed):
            for key in _phrase_keys({language: (inner,)}, phrase_forms):
                yield mark + key


def _phrase_keys(phrases: Mapping[str, Sequence[str]], spell: Any) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for language, listed in phrases.items():
        # Tajik endings follow a word of the context; how they go on does not matter there.
        edges = "tajik" if language == "tg" else "chinese" if language == "zh" else "word"
        keys.update(dict.fromkeys(key_of(text, edges=edges) for phrase in listed for text in spell(phrase, language)))
    return tuple(keys)


class _Numbered:
    """Gives each distinct value a number."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


class _Columns:
    """The rows of a table while it grows, one number of each kind a row."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.texts: list[str] = []
        self.numbers = array("i")

    def add(self, key: str, text: str, numbers: tuple[int, ...]) -> None:
        self.keys.append(key)
        self.texts.append(text)
        self.numbers.extend(numbers)


def build_table(entities: Sequence[tuple[WatchList, Entity]]) -> FormTable:
    """Spell out all entities and put their forms into one table."""
    columns = _Columns()
    watched: list[Watched] = []
    names, reason_lists, language_lists = _Numbered(), _Numbered(), _Numbered()
    for start in range(0, len(entities), _ENTITIES_AT_ONCE):
        some = entities[start : start + _ENTITIES_AT_ONCE]
        spelt = [spell_out(entity) for _, entity in some]
        folded = iter(fold_names([form.text for each in spelt for form in each.forms]))
        for (watch_list, entity), each in zip(some, spelt, strict=True):
            seen: set[tuple[object, ...]] = set()
            for form in each.forms:
                if not (words := next(folded)):
                    continue
                key = sys.intern(_edged(words, form.edges))
                only_in = language_lists(form.only_in)
                judged = (CASES.index(form.case), EDGES.index(form.edges), int(form.weak))
                # Spellings that fold to one another are one row, but for what else stands between words (a dash, a
                # comma), which the text may have too. The first is the nearest to the listed name.
                marks = frozenset(letter for letter in form.text if not letter.isalnum() and letter != " ")
                if (key, only_in, judged, marks) not in seen:
                    seen.add((key, only_in, judged, marks))
                    numbers = (len(watched), names(form.name), reason_lists(form.reasons), only_in, *judged)
                    columns.add(key, form.text, numbers)
            watched.append(
                Watched(entity.id, watch_list.id, watch_list.version, entity.schema_name, each.context, each.excluded)
            )
    return _in_order(columns, tuple(watched), names, reason_lists, language_lists)


def _in_order(
    columns: _Columns, watched: tuple[Watched, ...], names: _Numbered, reasons: _Numbered, languages: _Numbered
) -> FormTable:
    order = sorted(range(len(columns.keys)), key=columns.keys.__getitem__)
    numbers = np.frombuffer(columns.numbers, dtype=np.int32).reshape(-1, 7)[order]
    keys: list[str] = []
    first: list[int] = []
    for place, row in enumerate(order):
        if not keys or keys[-1] != columns.keys[row]:
            keys.append(columns.keys[row])
            first.append(place)
    entity, name, reason, only_in, case, edges, weak = numbers.T.copy()
    return FormTable(
        keys=Texts.of(keys),
        anchors=np.array(anchor_starts(keys), dtype=np.int32),
        first=np.array([*first, len(order)], dtype=np.int32),
        texts=Texts.of([columns.texts[row] for row in order]),
        entity=entity,
        name=name,
        reasons=reason,
        only_in=only_in,
        case=case,
        edges=edges,
        weak=weak,
        watched=watched,
        names=Texts.of(tuple(names.numbers)),
        reason_lists=tuple(reasons.numbers),
        language_lists=tuple(languages.numbers),
    )
