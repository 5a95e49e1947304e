"""All forms of all lists in arrays, keyed by their folded text: what names are looked up in, and what is cached."""

from __future__ import annotations

import itertools
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from watchlists.forms import Form, context_words, forms_of, phrase_forms
from watchlists.forms.other_things import other_things
from watchlists.listfile import Entity, WatchList
from watchlists.matching.automaton import anchor_starts
from watchlists.matching.folding import fold_name, fold_names

CASES = ("any", "capital", "exact")
EDGES = ("word", "tajik", "chinese")
_HAN_START, _HAN_END = "\u3040", "\ufaff"

_ENTITIES_AT_ONCE = 200  # enough to fold many forms in one go, few enough to keep them all in memory

Numbers = npt.NDArray[np.int32]


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
    """What of an entity matters while matching; ``context`` and ``excluded`` are keys as in the table."""

    entity_id: str
    list_id: str
    list_version: str
    schema: str
    context: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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
        tuple(
            dict.fromkeys(
                key for named in (entity.excluded, other_things(entity)) for key in _phrase_keys(named, phrase_forms)
            )
        ),
    )


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
                key = sys.intern(_edged(next(folded), form.edges))
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
