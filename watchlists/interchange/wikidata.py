"""Wikidata entity files, as ``Special:EntityData/Q42.json`` gives them and as dumps have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from records import WatchlistError
from watchlists.interchange.outcomes import LONGEST, LeftOut, Outcome, Reading, Taken, entity_from, gather

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


# What else Wikidata has pages of.
_OTHER_KINDS = {"lexeme": "of Wikidata's lexemes, which are words", "property": "of Wikidata's properties"}
_FIX = "Take the item's EntityData .json once more"


def is_wikidata(data: object) -> bool:
    """Tell whether what a JSON file says is one entity of Wikidata, or several as ``Special:EntityData`` gives them."""
    if not isinstance(data, dict) or "properties" in data:
        return False
    return isinstance(data.get("entities"), dict | list) or any(key in data for key in ("labels", "lemmas"))


def read_wikidata(data: object, *, path: Path) -> Reading:
    """Read the items of an entity file: labels and aliases in the languages of the beat become names.

    Aliases of up to three letters are weak: they stand for much else. Raises ``WatchlistError`` for another file.
    """
    if not isinstance(data, dict) or not is_wikidata(data):
        raise WatchlistError("this is no Wikidata entity file", path=path, fix="Take the item's EntityData .json")
    found = data.get("entities", {str(data.get("id", "")): data})
    # PHP writes what is empty as a list, whatever it would be otherwise.
    items = found.items() if isinstance(found, dict) else enumerate(found)
    return gather(_outcomes(items, path), path=path)


def _outcomes(items: Iterable[tuple[object, object]], path: Path) -> Iterator[Outcome]:
    for key, item in items:
        try:
            yield _outcome(item, str(key), path)
        except WatchlistError as fault:
            yield fault


def _outcome(item: object, key: str, path: Path) -> Outcome:
    if not isinstance(item, dict) or not isinstance(item.get("id", key), str):
        raise WatchlistError("this is no item of Wikidata", path=path, key=key or None, fix=_FIX)
    item_id = item.get("id", key)
    if "missing" in item:
        raise WatchlistError("Wikidata has no such item", path=path, key=item_id, fix="Look its number up")
    kind = "lexeme" if "lemmas" in item else item.get("type", "item")
    if kind != "item":
        return LeftOut(place=item_id, what=_OTHER_KINDS.get(str(kind), "that are no items of Wikidata"))
    return _item(item, item_id, path)


def _item(item: Mapping[str, Any], item_id: str, path: Path) -> Outcome:
    names: dict[str, dict[str, None]] = {}
    weak: dict[str, dict[str, None]] = {}
    for language, name, is_alias in _names(item, item_id, path):
        target = weak if is_alias and len(name) <= 3 and language != "zh" else names
        target.setdefault(language, {})[name] = None
    if not names:
        return LeftOut(place=item_id, what="without a label in a language of the beat")
    english = next(iter(names.get("en", ())), None)
    fields = {
        "id": item_id,
        "schema": next((schema for schema in map(_SCHEMA_OF_CLASS.get, _classes(item)) if schema), "Organization"),
        "caption": (english or next(iter(next(iter(names.values())))))[:LONGEST],
        "name": {language: tuple(listed) for language, listed in names.items()},
        "weak": {language: tuple(listed) for language, listed in weak.items()},
        "notes": next((text for code, text in _terms(item, "descriptions", item_id, path) if code == "en"), None),
        "wikidata": item_id,
    }
    return Taken(entity=entity_from(fields, path=path, place=item_id), place=item_id)


def _names(item: Mapping[str, Any], item_id: str, path: Path) -> Iterator[tuple[str, str, bool]]:
    for key, is_alias in (("labels", False), ("aliases", True)):
        for code, name in _terms(item, key, item_id, path):
            if code in _LANGUAGES:
                yield _LANGUAGES[code], name, is_alias


def _terms(item: Mapping[str, Any], key: str, item_id: str, path: Path) -> Iterator[tuple[str, str]]:
    """Yield the language codes and texts of the labels, aliases or descriptions of an item."""
    terms = item.get(key) or {}
    if not isinstance(terms, dict):
        raise _no_texts(key, item_id, path)
    for code, listed in terms.items():
        for term in listed if isinstance(listed, list) else [listed]:
            if not isinstance(term, dict) or not isinstance(term.get("value"), str):
                raise _no_texts(f"{key}.{code}", item_id, path)
            yield code, term["value"]


def _no_texts(key: str, item_id: str, path: Path) -> WatchlistError:
    fix = f'{_FIX}; there, a label is {{"language": "en", "value": "..."}}'
    return WatchlistError(f"`{key}` holds no texts with their language", path=path, key=f"{item_id}, {key}", fix=fix)


def _classes(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an item is an instance of; what is not told in the usual shape tells nothing."""
    claims = item.get("claims")
    listed = claims.get("P31") if isinstance(claims, dict) else None
    for claim in listed if isinstance(listed, list) else ():
        value: object = claim
        for key in ("mainsnak", "datavalue", "value", "id"):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield value
