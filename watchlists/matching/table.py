"""All forms of all lists in arrays, keyed by their folded text: what names are looked up in, and what is cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from watchlists.forms import Form, context_words, forms_of, phrase_forms
from watchlists.listfile import Entity, WatchList
from watchlists.matching.folding import fold_name, fold_names

CASES = ("any", "capital", "exact")
EDGES = ("word", "tajik", "chinese")
_HAN_START, _HAN_END = "\u3040", "\ufaff"

Numbers = npt.NDArray[np.int32]


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
    ``edges`` into ``CASES`` and ``EDGES``. A key has a space at each end that must be the edge of a word.
    """

    keys: tuple[str, ...]
    first: Numbers
    texts: tuple[str, ...]
    entity: Numbers
    name: Numbers
    reasons: Numbers
    only_in: Numbers
    case: Numbers
    edges: Numbers
    weak: Numbers
    risky: Numbers
    watched: tuple[Watched, ...]
    names: tuple[str, ...]
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


def spell_out(entities: Iterable[Entity]) -> list[tuple[tuple[Form, ...], tuple[str, ...], tuple[str, ...]]]:
    """Return, for each entity, its forms and the keys of its context and of its ``not`` phrases: the slow part."""
    return [
        (
            forms_of(entity),
            _phrase_keys(entity.context, context_words),
            _phrase_keys(entity.excluded, phrase_forms),
        )
        for entity in entities
    ]


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


def build_table(
    entities: Sequence[tuple[WatchList, Entity]],
    spelt: Sequence[tuple[tuple[Form, ...], tuple[str, ...], tuple[str, ...]]],
) -> FormTable:
    """Put the forms of all entities into one table."""
    watched = tuple(
        Watched(entity.id, watch_list.id, watch_list.version, entity.schema_name, context, excluded)
        for (watch_list, entity), (_, context, excluded) in zip(entities, spelt, strict=True)
    )
    folded = iter(fold_names([form.text for forms, _, _ in spelt for form in forms]))
    rows: dict[tuple[str, int, int, int, int, int, int], tuple[int, str, int]] = {}
    names, reason_lists, language_lists = _Numbered(), _Numbered(), _Numbered()
    for number, (forms, _, _) in enumerate(spelt):
        for form in forms:
            row = (
                _edged(next(folded), form.edges),
                number,
                language_lists(form.only_in),
                CASES.index(form.case),
                EDGES.index(form.edges),
                int(form.weak),
                int(form.risky),
            )
            # Spellings that fold to one another are one row; the first is the nearest to the listed name.
            rows.setdefault(row, (names(form.name), form.text, reason_lists(form.reasons)))
    return _in_arrays(rows, watched, names, reason_lists, language_lists)


def _in_arrays(
    rows: Mapping[tuple[str, int, int, int, int, int, int], tuple[int, str, int]],
    watched: tuple[Watched, ...],
    names: _Numbered,
    reason_lists: _Numbered,
    language_lists: _Numbered,
) -> FormTable:
    ordered = sorted(rows, key=lambda row: row[0])
    keys: list[str] = []
    first: list[int] = []
    for place, row in enumerate(ordered):
        if not keys or keys[-1] != row[0]:
            keys.append(row[0])
            first.append(place)
    first.append(len(ordered))
    columns = np.array([row[1:] for row in ordered], dtype=np.int32).reshape(len(ordered), 6)
    values = [rows[row] for row in ordered]
    return FormTable(
        keys=tuple(keys),
        first=np.array(first, dtype=np.int32),
        texts=tuple(text for _, text, _ in values),
        entity=columns[:, 0],
        name=np.array([name for name, _, _ in values], dtype=np.int32),
        reasons=np.array([reasons for _, _, reasons in values], dtype=np.int32),
        only_in=columns[:, 1],
        case=columns[:, 2],
        edges=columns[:, 3],
        weak=columns[:, 4],
        risky=columns[:, 5],
        watched=watched,
        names=tuple(names.numbers),
        reason_lists=tuple(reason_lists.numbers),
        language_lists=tuple(language_lists.numbers),
    )
