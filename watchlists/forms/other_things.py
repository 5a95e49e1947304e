"""Longer names of other things that hold a listed name, kept as data in ``other_things.txt``.

An analyst who lists Судан means no mention in Южный Судан, and need not say so under ``not``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from watchlists.listfile import Entity


@cache
def _longer() -> dict[tuple[str, str], tuple[str, ...]]:
    text = resources.files("watchlists.forms").joinpath("other_things.txt").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            language, name, longer = (part.strip() for part in line.split("|"))
            key = (language, name.lower())
            found[key] = (*found.get(key, ()), *(each.strip() for each in longer.split(";")))
    return found


def other_things(entity: Entity) -> Mapping[str, Sequence[str]]:
    """Return by language what the entity is not: longer names of the data that it does not have itself."""
    own = [name.lower() for names in (entity.name, entity.weak) for listed in names.values() for name in listed]
    found: dict[str, list[str]] = {}
    for language, name in _names(entity):
        for longer in _longer().get((language, name), ()):
            if not any(longer.lower() in each for each in own):
                found.setdefault(language, []).append(longer)
    return found


def _names(entity: Entity) -> Iterable[tuple[str, str]]:
    for names in (entity.name, entity.weak):
        for language, listed in names.items():
            for name in listed:
                yield language, name.lower()
