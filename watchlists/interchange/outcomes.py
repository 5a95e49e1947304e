"""What becomes of each entity of a foreign file: taken, left out for what it is, or not understood.

None goes without a word, and one that is wrong does not stop the others: its fault is kept as a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from records import WatchlistError
from watchlists.faults import slip_of
from watchlists.interchange.scripts import SortedNames
from watchlists.listfile import Entity

LONGEST = 300  # letters of a caption; a name that is longer is a fault, told as the name's
_SHOWN = 40  # letters of a value that is too long to be shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A name whose language its letters do not settle, and why it is listed where it is."""

    entity_id: str
    name: str
    language: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is no entity to watch. ``what`` reads on after a count: ``of schema Ownership``."""

    place: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An entity, where it stands in the file, and how sure its names' languages are."""

    entity: Entity
    place: str
    names: tuple[SortedNames, ...] = ()


Outcome = Taken | LeftOut | WatchlistError


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that stands in a foreign file. ``unread`` are names in letters that are not matched, by the entity's id."""

    entities: tuple[Entity, ...]
    left_out: tuple[LeftOut, ...] = ()
    faults: tuple[WatchlistError, ...] = ()
    guesses: tuple[Guess, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Sheet:
    taken: dict[str, Taken] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    faults: list[WatchlistError] = field(default_factory=list)


def gather(outcomes: Iterable[Outcome], *, path: Path) -> Reading:
    """Sort the outcomes; of two entities with one id the first is taken, and the other is a fault if it differs."""
    sheet = _Sheet()
    for outcome in outcomes:
        match outcome:
            case LeftOut():
                sheet.left_out.append(outcome)
            case WatchlistError():
                sheet.faults.append(outcome)
            case Taken():
                _put(outcome, sheet, path)
    taken = tuple(sheet.taken.values())
    return Reading(
        entities=tuple(each.entity for each in taken),
        left_out=tuple(sheet.left_out),
        faults=tuple(sheet.faults),
        guesses=tuple(
            Guess(entity_id=each.entity.id, name=name, language=language, reason=reason)
            for each in taken
            for names in each.names
            for name, language, reason in names.guesses
        ),
        unread=tuple((each.entity.id, name) for each in taken for names in each.names for name in names.unread),
    )


def _put(taken: Taken, sheet: _Sheet, path: Path) -> None:
    first = sheet.taken.setdefault(taken.entity.id, taken)
    if first is taken:
        return
    if first.entity == taken.entity:
        sheet.left_out.append(LeftOut(place=taken.place, what="said twice"))
        return
    sheet.faults.append(
        WatchlistError(
            f"`{taken.entity.id}` stands for another entity in {first.place}, which is taken",
            path=path,
            key=f"{taken.place}, id",
            fix="Give one of them another id",
        )
    )


def entity_from(fields: Mapping[str, Any], *, path: Path, place: str) -> Entity:
    """Return the entity of the keys of a list file. Raises ``WatchlistError`` with its place in the foreign file."""
    try:
        return Entity.model_validate(fields)
    except ValidationError as error:
        key, problem, fix = _worded(error)
        raise WatchlistError(problem, path=path, key=f"{place}, {key}" if key else place, fix=fix) from error


def _worded(error: ValidationError) -> tuple[str, str, str]:
    """Return of the first fault the key, what is wrong and the fix, in words for a file that is not ours."""
    details = error.errors()[0]
    key, problem, fix = slip_of(error)
    value = details["input"]
    if details["type"] == "string_too_long":
        most = details.get("ctx", {}).get("max_length")
        return key, f"`{value[:_SHOWN]}...` has {len(value)} letters, {most} are the most", "Shorten it in the file"
    if details["type"] == "string_unicode":
        return key, "it holds half a letter, an escape like \\ud83d without its other half", "Write the letter itself"
    if problem.startswith("Input should"):  # what nobody has come across yet
        return key, f"`{str(value)[:_SHOWN]}` cannot stand there", f"Correct `{key}`"
    return key, problem, fix


def of_schema(schema: str, *, place: str) -> LeftOut:
    """Return the outcome of what is of a schema that cannot be watched: ownership, sanctions, documents."""
    return LeftOut(place=place, what=f"of schema {schema}")


def without_name(names: Iterable[str], *, place: str) -> LeftOut:
    """Return the outcome of an entity that has none of the ``names`` in letters that are matched."""
    return LeftOut(place=place, what="with names in no letters that are matched" if any(names) else "without a name")
