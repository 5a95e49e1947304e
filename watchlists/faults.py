"""Say where a list file is wrong: the line, the key, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import Node

from configfiles import compose, line_of
from configfiles.languages import language_fix
from records import WatchlistError

# What people write for a schema, and the one that is meant.
SCHEMA_SLIPS = {
    "place": "Address", "city": "Address", "location": "Address", "region": "Address", "weapon": "Asset",
    "equipment": "Asset", "vehicle": "Asset", "org": "Organization", "organisation": "Organization",
    "unit": "Organization", "ministry": "PublicBody", "people": "Person", "state": "Country", "exercise": "Event",
    "firm": "Company", "theme": "Topic", "legalentity": "Organization",
}  # fmt: skip
_PATTERNS = {"id": "Write it without spaces, like base-201", "wikidata": "Write it like Q1234567"}
_ENTITY_LINES = "Begin each entity with a line `- id: ...`, and set its other keys under the id"
_SHOWN = 40  # characters, enough to find a name by
_MOST_SHOWN = 5  # a screenful; the rest are probably the same slip repeated


def fault_of(
    error: ValidationError, *, text: str, data: Any, path: Path, models: Sequence[type[BaseModel]]
) -> WatchlistError:
    """Turn what pydantic found into one error: the first fault in full with its line, further ones in short.

    ``data`` is what the ``text`` says.
    """
    root = compose(text)
    known_keys = [[field.alias or name for name, field in model.model_fields.items()] for model in models]
    # A misspelt key is also a missing one; the misspelling is what helps.
    found = sorted(error.errors(), key=lambda details: details["type"] != "extra_forbidden")
    first, *others = (_described(details, root, data, known_keys) for details in found)
    if found[0]["type"] != "extra_forbidden":
        first, *others = sorted([first, *others], key=lambda fault: fault[0])
    line, key, problem, fix = first
    shown = "".join(f"; line {other[0]} [{other[1]}]: {other[2]}" for other in others[: _MOST_SHOWN - 1])
    more = f"; and {len(others) - _MOST_SHOWN + 1} more" if len(others) >= _MOST_SHOWN else ""
    return WatchlistError(f"{problem}{shown}{more}", path=path, key=f"{key}, line {line}", fix=fix)


def slip_of(error: ValidationError) -> tuple[str, str, str]:
    """Return of an entity that was not written in a file the key of its first fault, what is wrong, and the fix."""
    details = error.errors()[0]
    place = tuple(part for part in details["loc"] if part != "[key]")
    problem, fix = _worded(details, place, details["msg"].removeprefix("Value error, "), ())
    return str(place[0]) if place else "", problem, fix


def _described(
    details: ErrorDetails, root: Node | None, data: Any, known_keys: Sequence[Sequence[str]]
) -> tuple[int, str, str, str]:
    place: tuple[int | str, ...] = tuple(part for part in details["loc"] if part != "[key]")
    problem = details["msg"].removeprefix("Value error, ")
    # A check of the whole list names the place itself.
    if not place and problem.startswith("entities."):
        dotted, _, problem = problem.partition(": ")
        _, position, key = dotted.split(".")
        place = ("entities", int(position), key)
    known = known_keys[1] if place[:1] == ("entities",) else known_keys[0]
    if details["type"] == "missing" and _stands_in(data, place):
        problem, fix = f"`{place[-1]}` has nothing after it", "Write something after it"
    else:
        problem, fix = _worded(details, place, problem, known)
    return line_of(root, place), _spelled(data, place), problem, fix


def _worded(details: ErrorDetails, place: tuple[int | str, ...], problem: str, known: Sequence[str]) -> tuple[str, str]:
    last, value = str(place[-1]) if place else "", details["input"]
    what = "the name" if last.isdecimal() else f"`{last}`"
    fallback = f"Check {what}" if last else "See `wakhan lists check`"
    if "twice" in problem:
        return problem, "Ids are never reused: give the newer entity another one"
    if details["type"] == "literal_error":
        return f"`{value}` is not a {last}", _fix_of_choice(details, last)
    if shape := _misshapen(details["type"], last, value):
        return shape
    worded = {
        "extra_forbidden": (f"unknown key `{last}`", _did_you_mean(last, known) or f"The keys are {', '.join(known)}"),
        "missing": (f"`{last}` is missing", f"Add a line `{last}:`"),
        "string_too_short": (f"`{last}` is empty", "Write something after it, or remove the line"),
        "string_too_long": (f"{what} {_too_long(details)}", "Shorten it"),
        "control_character": (
            f"{what} has a control character in it ({details['msg']}), which nobody sees",
            "Write it anew, without that",
        ),
        "string_pattern_mismatch": (f"`{value}` cannot stand as {last}", _PATTERNS.get(last, fallback)),
        "date_from_datetime_parsing": (f"`{value}` is not a date", "Write it like 2026-11-22"),
        "date_parsing": (f"`{value}` is not a date", "Write it like 2026-11-22"),
        "language": (f"`{last}` is not a language code", language_fix(last)),
        "string_type": (f"`{value}` is read as {_yaml_type(value)}, not text", f'Put it in double quotes: "{value}"'),
        "dict_type": (f"`{last}` needs a language", f"Write {last}: {{ru: [...], zh: [...]}}"),
        "mapping_type": (f"`{last}` needs a language", f"Write {last}: {{ru: [...], zh: [...]}}"),
        "tuple_type": (f"`{last}` is not a list", "Put it between square brackets"),
    }
    return worded.get(details["type"], (problem, fallback))


def _misshapen(kind: str, key: str, value: object) -> tuple[str, str] | None:
    """Return what is wrong where nothing stands in place of a name, or entities are not written as a list of them."""
    if value is None:
        return {
            "string_type": ("an item of the list is empty", "Remove it"),
            "model_type": ("an item of the list is empty", "Remove it"),
            "tuple_type": (f"`{key}` has no names", "Remove the line, or add names"),
        }.get(kind)
    if kind == "string_type" and isinstance(value, dict) and len(value) == 1:
        pair = ": ".join(str(each) for each in next(iter(value.items())))
        return f"`{pair}` is read as a key and its value, not text", f'Put it in double quotes: "{pair}"'
    if kind == "model_type":
        return f"`{value}` is no entity", _ENTITY_LINES
    if kind == "tuple_type" and key == "entities":
        return "`entities` is not a list", _ENTITY_LINES
    return None


def _too_long(details: ErrorDetails) -> str:
    written, most = str(details["input"]), details.get("ctx", {}).get("max_length")
    return f"`{written[:_SHOWN]}...` is too long: {len(written):,} characters, where {most} are the most"


def _stands_in(data: Any, place: Sequence[int | str]) -> bool:
    """Tell whether a key is written in the file, with or without something after it."""
    for part in place[:-1]:
        data = data[part]
    return place[-1] in data


def _fix_of_choice(details: ErrorDetails, key: str) -> str:
    written = str(details["input"])
    allowed = details.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", ").split(", ")
    if key == "schema" and written.lower() in SCHEMA_SLIPS:
        return f"Did you mean `{SCHEMA_SLIPS[written.lower()]}`?"
    return _did_you_mean(written, allowed) or f"Write one of {', '.join(allowed)}"


def _did_you_mean(written: str, known: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(written.lower(), [key.lower() for key in known], n=1, cutoff=0.6)
    if not close:
        return None
    return f"Did you mean `{next(key for key in known if key.lower() == close[0])}`?"


def _yaml_type(value: object) -> str:
    names = {bool: "yes or no", int: "a number", float: "a number", type(None): "nothing"}
    return names.get(type(value), "a date" if hasattr(value, "isoformat") else "something else")


def _spelled(data: Any, place: Sequence[int | str]) -> str:
    """Spell a place with the id of the entity rather than its position: ``entities.base-201.name.ru``."""
    parts = [str(part) for part in place]
    if len(place) >= 2 and place[0] == "entities" and isinstance(place[1], int):
        entity = data["entities"][place[1]]
        if isinstance(entity, dict) and isinstance(entity.get("id"), str):
            parts[1] = entity["id"]
    return ".".join(parts)
