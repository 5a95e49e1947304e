"""OpenSanctions' simplified table of targets (``targets.simple.csv``); its full export is FollowTheMoney JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from records import WatchlistError
from watchlists.interchange.followthemoney import SCHEMA_OF
from watchlists.interchange.scripts import by_language
from watchlists.listfile import SCHEMATA, Entity

_NEEDED = ("id", "schema", "name", "aliases")


def read_opensanctions_csv(lines: Iterable[str], *, path: Path) -> tuple[Entity, ...]:
    """Read targets from the lines of the table; what cannot be watched is left out.

    Raises ``WatchlistError`` where a column is missing.
    """
    rows = csv.DictReader(lines)
    missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
    if missing:
        fix = "Take `targets.simple.csv` of a dataset; for `entities.ftm.json` import FollowTheMoney"
        raise WatchlistError(f"the columns {', '.join(missing)} are missing", path=path, key="line 1", fix=fix)
    entities = []
    for row in rows:
        schema = SCHEMA_OF.get(row["schema"], row["schema"])
        names = by_language([row["name"], *row["aliases"].split(";")])
        if schema in SCHEMATA and names:
            notes = "; ".join(part for part in (row.get("sanctions"), row.get("dataset")) if part)
            entities.append(
                Entity.model_validate(
                    {
                        "id": row["id"],
                        "schema": schema,
                        "caption": row["name"][:300],
                        "name": names,
                        "notes": notes or None,
                        "wikidata": row["id"] if row["id"].startswith("Q") and row["id"][1:].isdigit() else None,
                    }
                )
            )
    return tuple(entities)
