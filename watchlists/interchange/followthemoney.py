"""FollowTheMoney entities, one JSON object a line, as Aleph, yente and OpenSanctions read and write them.

Names have no language there. Ours are written to ``name`` and ``alias`` all the same, so that other programs find them,
and once more under ``wakhan``, which others pass over and reading back takes first: a list survives the round trip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from records import WatchlistError
from watchlists.interchange.outcomes import (
    LONGEST,
    Outcome,
    Reading,
    Taken,
    entity_from,
    gather,
    of_schema,
    without_name,
)
from watchlists.interchange.scripts import SortedNames, sort_names
from watchlists.listfile import SCHEMATA, WatchList

# FollowTheMoney's finer schemata, and ours that stands for them; Event is in both, Country and Topic are ours alone.
SCHEMA_OF = {
    "LegalEntity": "Organization",
    "Vessel": "Asset",
    "Airplane": "Asset",
    "Vehicle": "Asset",
    "RealEstate": "Address",
    "Position": "Topic",
    "CryptoWallet": "Asset",
    "Security": "Asset",
    "Territory": "Address",
    "Thing": "Topic",
}
# Territory came to FollowTheMoney late; older readers stop at a schema they do not know.
_SCHEMA_FOR = {"Topic": "Thing", "Country": "Thing"}
_FIX = "One FollowTheMoney entity a line, with `id`, `schema` and `properties`"
# JSON's kinds of value in plain words.
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def write_ftm(watch_list: WatchList) -> Iterator[str]:
    """Yield a line of JSON for each entity of a list."""
    for entity in watch_list.entities:
        names = [name for listed in entity.name.values() for name in listed]
        properties: dict[str, list[str]] = {"name": names[:1], "alias": names[1:]}
        properties["weakAlias"] = [name for listed in entity.weak.values() for name in listed]
        for key, value in (("notes", entity.notes), ("sourceUrl", entity.source), ("wikidataId", entity.wikidata)):
            if value:
                properties[key] = [value]
        yield json.dumps(
            {
                "id": entity.id,
                "caption": entity.caption,
                "schema": schema_for(entity.schema_name),
                "properties": {key: values for key, values in properties.items() if values},
                "wakhan": entity.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            },
            ensure_ascii=False,
        )


def schema_for(schema: str) -> str:
    """Return what FollowTheMoney calls a schema of ours."""
    return _SCHEMA_FOR.get(schema, schema)


def read_ftm(lines: Iterable[str], *, path: Path) -> Reading:
    """Read entities from lines of JSON, flat or with related entities nested in them; a bare string is one value.

    Those of schemata that cannot be watched (ownership, documents) are left out. A line with the keys of our own list
    file, as ``wakhan lists show --json`` prints it, is an entity, too.
    """
    return gather(_outcomes(lines, path), path=path)


def _outcomes(lines: Iterable[str], path: Path) -> Iterator[Outcome]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _outcome(line, f"line {number}", path)
            except WatchlistError as fault:
                yield fault


def _outcome(line: str, place: str, path: Path) -> Outcome:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "too deep, or a number too long"
        raise WatchlistError(f"this is not JSON: {problem}", path=path, key=place, fix=_FIX) from error
    if not isinstance(data, dict):
        raise WatchlistError(f"this is {_kind(data)}, no entity", path=path, key=place, fix=_FIX)
    if (own := _own_fields(data)) is not None:
        named = f"{place}, {own['id']}" if isinstance(own.get("id"), str) else place
        return Taken(entity=entity_from(own, path=path, place=named), place=place)
    return _foreign(_Line(data, place, path))


def _own_fields(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the keys of our list file, where the line has them; the rest is for other programs."""
    if isinstance(data.get("wakhan"), dict):
        return dict(data["wakhan"])
    if "properties" not in data and isinstance(data.get("name"), dict):
        return {key: value for key, value in data.items() if key != "list"}
    return None


def _foreign(line: _Line) -> Outcome:
    foreign_schema = line.text("schema")
    schema = SCHEMA_OF.get(foreign_schema, foreign_schema)
    if schema not in SCHEMATA:
        return of_schema(foreign_schema, place=line.place)
    listed = [*line.values("name"), *line.values("alias"), *line.values("previousName")]
    names, weak = sort_names(listed), sort_names(line.values("weakAlias"))
    if not names.by_language:
        return without_name(listed, place=line.place)
    entity_id = line.text("id")
    caption = line.text("caption") if line.data.get("caption") else _first_of(names)
    fields: dict[str, Any] = {
        "id": entity_id,
        "schema": schema,
        "caption": caption[:LONGEST],
        "name": names.by_language,
        "weak": weak.by_language,
        "notes": "; ".join(line.values("notes")) or None,
        "source": next(iter(line.values("sourceUrl")), None),
        "wikidata": next(iter(line.values("wikidataId")), None),
    }
    given = {key: value for key, value in fields.items() if value}
    entity = entity_from(given, path=line.path, place=f"{line.place}, {entity_id}")
    return Taken(entity=entity, place=line.place, names=(names, weak))


def _first_of(names: SortedNames) -> str:
    # Alerts call an entity what it is called in English, where a name is in Latin letters.
    listed = names.by_language
    return listed["en"][0] if "en" in listed else next(iter(listed.values()))[0]


class _Line:
    """A line's object, whose values are checked as they are asked for; each fault names the line and the key."""

    def __init__(self, data: Mapping[str, Any], place: str, path: Path) -> None:
        self.data, self.place, self.path = data, place, path
        self._properties = data.get("properties")
        if "schema" not in data:
            raise self._fault("schema", "`schema` is missing: this is no FollowTheMoney entity", _FIX)
        if not isinstance(self._properties, dict):
            lacks = "is missing" if self._properties is None else f"is {_kind(self._properties)}"
            raise self._fault("properties", f"`properties` {lacks}: this is no FollowTheMoney entity", _FIX)

    def text(self, key: str) -> str:
        """Return a text of the entity itself."""
        value = self.data.get(key)
        if isinstance(value, str) and value.strip():
            return value
        lacks = f"is {_kind(value)}, not text" if value not in (None, "") else "is missing"
        raise self._fault(key, f"`{key}` {lacks}", f'Write "{key}": "..."')

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values of a property: of a list, or the one that stands there bare."""
        assert isinstance(self._properties, dict)
        found = self._properties.get(key)
        values = found if isinstance(found, list) else [] if found is None else [found]
        for value in values:
            if not isinstance(value, str):
                raise self._fault(key, f"`{key}` holds {_kind(value)}, not text", f'Write "{key}": ["..."]')
        return tuple(values)

    def _fault(self, key: str, problem: str, fix: str) -> WatchlistError:
        known = self.data.get("id")
        where = (self.place, known, key) if isinstance(known, str) and known and key != "id" else (self.place, key)
        return WatchlistError(problem, path=self.path, key=", ".join(where), fix=fix)


def _kind(value: object) -> str:
    return "nothing" if value is None else _KINDS.get(type(value), "text")
