"""OpenSanctions' simplified table of targets (``targets.simple.csv``); its full export is FollowTheMoney JSON.

Ours has its columns in its order and, after them, what an entity of a list has besides; other programs pass over those.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from records import WatchlistError
from watchlists.interchange.followthemoney import SCHEMA_OF, schema_for
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
from watchlists.interchange.scripts import sort_names
from watchlists.listfile import SCHEMATA, Entity, WatchList

_NEEDED = ("id", "schema", "name", "aliases")
# As zavod/exporters/simplecsv.py of github.com/opensanctions/opensanctions writes them.
_THEIRS = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones",
    "emails", "dataset", "first_seen", "last_seen", "last_change",
)  # fmt: skip
_OURS = ("caption", "weak_aliases", "wikidata", "notes")
_ITEM = re.compile(r"Q[1-9]\d*")
_LIKE_AN_ITEM = re.compile(r"Q\d+")


def read_opensanctions_csv(lines: Iterable[str], *, path: Path) -> Reading:
    """Read targets from the lines of the table (with their ends); rows are numbered as a spreadsheet does.

    Raises ``WatchlistError`` where a column is missing, or the text is no table.
    """
    rows = csv.reader(lines)
    try:
        head = [column.strip() for column in next(rows, [])]
        missing = [column for column in _NEEDED if column not in head]
        if missing:
            are = "is" if len(missing) == 1 else "are"
            fix = "Take `targets.simple.csv` of a dataset; for `entities.ftm.json` import FollowTheMoney"
            columns = "column" if len(missing) == 1 else "columns"
            problem = f"the {columns} {', '.join(missing)} {are} missing"
            raise WatchlistError(problem, path=path, key="line 1", fix=fix)
        return gather(_outcomes(rows, head, path), path=path)
    except csv.Error as error:
        fix = "Save it as CSV with commas, values with a comma or a quote in double quotes"
        raise WatchlistError(f"not CSV: {error}", path=path, key=f"line {rows.line_num}", fix=fix) from error


def write_opensanctions_csv(lists: Iterable[WatchList]) -> str:
    """Return the table of the entities of lists; languages, context, ``not`` and priority have no place in it."""
    out = io.StringIO()
    table = csv.DictWriter(out, (*_THEIRS, *_OURS), restval="", dialect=csv.unix_dialect)
    table.writeheader()
    for watch_list in lists:
        table.writerows(_cells(entity, watch_list) for entity in watch_list.entities)
    return out.getvalue()


def _cells(entity: Entity, watch_list: WatchList) -> dict[str, str]:
    first, *others = (name for listed in entity.name.values() for name in listed)
    return {
        "id": entity.id,
        "schema": schema_for(entity.schema_name),
        "name": first,
        "aliases": _joined(others),
        "dataset": watch_list.title,
        "caption": entity.caption,
        "weak_aliases": _joined(name for listed in entity.weak.values() for name in listed),
        "wikidata": entity.wikidata or "",
        "notes": entity.notes or "",
    }


def _joined(names: Iterable[str]) -> str:
    """Return several names in one cell: parted by semicolons, one that has a semicolon itself in quotes."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(names)
    return out.getvalue()


def _parted(cell: str) -> list[str]:
    return next(csv.reader([" ".join(cell.split())], delimiter=";"), [])


def _outcomes(rows: Iterable[list[str]], head: list[str], path: Path) -> Iterator[Outcome]:
    for number, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            try:
                yield _outcome(_row(cells, head, f"row {number}", path), f"row {number}", path)
            except WatchlistError as fault:
                yield fault


def _row(cells: list[str], head: list[str], place: str, path: Path) -> dict[str, str]:
    if len(cells) < len(head) or any(cells[len(head) :]):
        counted = f"it has {len(cells)} {'cell' if len(cells) == 1 else 'cells'}, the head has {len(head)}"
        fix = "Look for a comma too many or too few, or a double quote that is not closed"
        raise WatchlistError(counted, path=path, key=place, fix=fix)
    return dict(zip(head, (cell.strip() for cell in cells), strict=False))


def _outcome(row: Mapping[str, str], place: str, path: Path) -> Outcome:
    schema = SCHEMA_OF.get(row["schema"], row["schema"])
    if schema not in SCHEMATA:
        return of_schema(row["schema"] or "(none)", place=place)
    listed = [row["name"], *_parted(row["aliases"])]
    names, weak = sort_names(listed), sort_names(_parted(row.get("weak_aliases", "")))
    if not names.by_language:
        return without_name(listed, place=place)
    if not row["id"]:
        raise WatchlistError("`id` is empty", path=path, key=f"{place}, id", fix="Give it an id that is never reused")
    fields: dict[str, Any] = {
        "id": row["id"],
        "schema": schema,
        "caption": (row.get("caption") or row["name"] or next(iter(names.by_language.values()))[0])[:LONGEST],
        "name": names.by_language,
        "weak": weak.by_language,
        "notes": _notes(row),
        "wikidata": row.get("wikidata") or _item_of(row["id"], place, path),
    }
    given = {key: value for key, value in fields.items() if value}
    entity = entity_from(given, path=path, place=f"{place}, {row['id']}")
    return Taken(entity=entity, place=place, names=(names, weak))


def _notes(row: Mapping[str, str]) -> str:
    # What a list of ours says of an entity comes back as it was; its title is no note.
    return row["notes"] if "notes" in row else "; ".join(row[key] for key in ("sanctions", "dataset") if row.get(key))


def _item_of(entity_id: str, place: str, path: Path) -> str | None:
    """Return the Wikidata item that an id of OpenSanctions is, where it is one."""
    if _ITEM.fullmatch(entity_id):
        return entity_id
    if _LIKE_AN_ITEM.fullmatch(entity_id):
        raise WatchlistError(
            f"`{entity_id}` is written like an item of Wikidata and is none",
            path=path,
            key=f"{place}, id",
            fix="Write it like Q1234567, or begin it with other letters",
        )
    return None
