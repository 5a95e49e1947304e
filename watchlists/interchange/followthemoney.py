"""FollowTheMoney entities, one JSON object a line, as Aleph, yente and OpenSanctions read and write them.

Names have no language there. Ours are written to ``name`` and ``alias`` all the same, so that other programs find them,
and once more under ``wakhan``, which others pass over and reading back takes first: a list survives the round trip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from records import WatchlistError
from watchlists.interchange.scripts import by_language
from watchlists.listfile import SCHEMATA, Entity, WatchList

# FollowTheMoney's finer schemata, and ours that stands for them; Event is in both, Topic is ours alone.
SCHEMA_OF = {
    "LegalEntity": "Organization",
    "Vessel": "Asset",
    "Airplane": "Asset",
    "Vehicle": "Asset",
    "RealEstate": "Address",
    "Position": "Topic",
    "CryptoWallet": "Asset",
    "Security": "Asset",
    "Thing": "Topic",
}
_SCHEMA_FOR = {"Topic": "Thing"}


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
                "schema": _SCHEMA_FOR.get(entity.schema_name, entity.schema_name),
                "properties": {key: values for key, values in properties.items() if values},
                "wakhan": entity.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            },
            ensure_ascii=False,
        )


def read_ftm(lines: Iterable[str], *, path: Path) -> tuple[Entity, ...]:
    """Read entities from lines of JSON; those of schemata that cannot be watched (ownership, documents) are left out.

    Raises ``WatchlistError`` with ``path`` and the line of one that is not FollowTheMoney.
    """
    entities = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and (entity := _entity_of(line, number, path)) is not None:
            entities.append(entity)
    return tuple(entities)


def _entity_of(line: str, number: int, path: Path) -> Entity | None:
    key = f"line {number}"
    fix = "One FollowTheMoney entity a line, with `id`, `schema` and `properties`"
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise WatchlistError(f"this is not JSON: {error.msg}", path=path, key=key, fix=fix) from error
    if not isinstance(data, dict) or not isinstance(data.get("properties"), dict) or "schema" not in data:
        raise WatchlistError("this is no FollowTheMoney entity", path=path, key=key, fix=fix)
    fields = data["wakhan"] if isinstance(data.get("wakhan"), dict) else _fields(data)
    if fields is None:
        return None
    try:
        return Entity.model_validate(fields)
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise WatchlistError(f"this entity cannot be watched: {problem}", path=path, key=key, fix=fix) from error


def _fields(data: Mapping[str, Any]) -> dict[str, Any] | None:
    schema = SCHEMA_OF.get(data["schema"], data["schema"])
    properties: Mapping[str, list[str]] = data["properties"]
    names = by_language([*properties.get("name", ()), *properties.get("alias", ())])
    if schema not in SCHEMATA or not names:
        return None
    fields: dict[str, Any] = {
        "id": data["id"],
        "schema": schema,
        "caption": data.get("caption") or properties["name"][0],
        "name": names,
        "weak": by_language(properties.get("weakAlias", ())),
        "notes": "; ".join(properties.get("notes", ())) or None,
        "source": next(iter(properties.get("sourceUrl", ())), None),
        "wikidata": next(iter(properties.get("wikidataId", ())), None),
    }
    return {key: value for key, value in fields.items() if value}
