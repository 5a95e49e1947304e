"""Wikidata entity files, as ``Special:EntityData/Q42.json`` gives them and as dumps have them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from records import WatchlistError
from watchlists.listfile import Entity

# Wikidata's language codes that are one of ours.
_LANGUAGES = {
    "en": "en", "ru": "ru", "tg": "tg", "tg-cyrl": "tg", "zh": "zh", "zh-hans": "zh", "zh-hant": "zh", "zh-cn": "zh",
    "zh-tw": "zh", "fa": "fa", "ky": "ky", "kk": "kk", "uz": "uz",
}  # fmt: skip
# What an item is (property P31, instance of), and the schema for it; anything else is an organisation.
_SCHEMA_OF_CLASS = {
    "Q5": "Person", "Q6256": "Country", "Q3624078": "Country", "Q7275": "Country", "Q515": "Address",
    "Q1549591": "Address",
    "Q5119": "Address", "Q486972": "Address", "Q8502": "Address", "Q23442": "Address", "Q4022": "Address",
    "Q46831": "Address", "Q15324": "Address", "Q1248784": "Address", "Q695850": "Address", "Q4830453": "Company",
    "Q783794": "Company", "Q6881511": "Company", "Q891723": "Company", "Q192350": "PublicBody", "Q327333": "PublicBody",
    "Q728": "Asset", "Q15142894": "Asset", "Q15056993": "Asset", "Q29048322": "Asset", "Q1656682": "Event",
    "Q645883": "Event",
}  # fmt: skip


def read_wikidata(content: bytes, *, path: Path) -> tuple[Entity, ...]:
    """Read the items of an entity file: labels and aliases in the languages of the beat become names.

    Aliases of up to three letters are weak: they stand for much else. Raises ``WatchlistError`` for another file.
    """
    try:
        data = json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise WatchlistError("this is not JSON", path=path, fix="Take the item's EntityData .json") from error
    items = data.get("entities") if isinstance(data, dict) and "entities" in data else {"": data}
    if not isinstance(items, dict) or not all(isinstance(item, dict) and "labels" in item for item in items.values()):
        raise WatchlistError("this is no Wikidata entity file", path=path, fix="Take the item's EntityData .json")
    return tuple(entity for item in items.values() if (entity := _entity_of(item)) is not None)


def _entity_of(item: Mapping[str, Any]) -> Entity | None:
    names: dict[str, dict[str, None]] = {}
    weak: dict[str, dict[str, None]] = {}
    for language, name, is_alias in _names(item):
        target = weak if is_alias and len(name) <= 3 and language != "zh" else names
        target.setdefault(language, {})[name] = None
    if not names:
        return None
    english = item["labels"].get("en", {}).get("value")
    fields = {
        "id": item["id"],
        "schema": next((schema for schema in map(_SCHEMA_OF_CLASS.get, _classes(item)) if schema), "Organization"),
        "caption": english or next(iter(next(iter(names.values())))),
        "name": {language: tuple(listed) for language, listed in names.items()},
        "weak": {language: tuple(listed) for language, listed in weak.items()},
        "notes": item.get("descriptions", {}).get("en", {}).get("value"),
        "wikidata": item["id"],
    }
    return Entity.model_validate(fields)


def _names(item: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for code, label in item["labels"].items():
        if code in _LANGUAGES:
            yield _LANGUAGES[code], label["value"], False
    for code, aliases in item.get("aliases", {}).items():
        if code in _LANGUAGES:
            for alias in aliases:
                yield _LANGUAGES[code], alias["value"], True


def _classes(item: Mapping[str, Any]) -> Iterator[str]:
    for claim in item.get("claims", {}).get("P31", ()):
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value", {})
        if isinstance(value, dict) and "id" in value:
            yield value["id"]
