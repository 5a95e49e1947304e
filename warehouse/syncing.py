"""Keep what outlet files, list files and runs say of themselves beside the articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from records.landing import EntityRow, ListRow, OutletRow
from warehouse.opening import Warehouse
from warehouse.parameters import columns_of, utc
from warehouse.sqlfiles import sql_of
from warehouse.transactions import transaction

Outcome = Literal["done", "failed", "killed"]


def sync_outlets(warehouse: Warehouse, outlets: Sequence[OutletRow], *, now: datetime) -> None:
    """Make ``outlets`` what the files say; one whose file is gone is marked dropped and keeps all it brought."""
    columns = columns_of(
        outlets, "outlet_id", "title", "country", "languages", "url", "publisher", "publisher_kind", "timezone"
    )
    stamp: dict[str, Any] = {"now": utc(now)}
    _in_transaction(
        warehouse,
        ("sync_outlets", columns | stamp),
        ("drop_missing_outlets", {"outlet_id": columns["outlet_id"]} | stamp),
    )


def sync_lists(warehouse: Warehouse, lists: Sequence[ListRow], entities: Sequence[EntityRow], *, now: datetime) -> None:
    """Make lists, entities and names what the files say; what left them is marked dropped and still resolves."""
    stamp: dict[str, Any] = {"now": utc(now)}
    list_columns = columns_of(lists, "list_id", "title", "owner", "purpose", "review_by", "version")
    entity_columns = columns_of(
        entities,
        *("list_id", "entity_id", "schema", "caption", "priority", "notes", "source", "wikidata", "added", "retired"),
    )
    keys = {"key": [f"{entity.list_id}\x1f{entity.entity_id}" for entity in entities]}
    named = [(entity, name) for entity in entities for name in entity.names]
    name_columns = columns_of(
        named,
        list_id=lambda pair: pair[0].list_id,
        entity_id=lambda pair: pair[0].entity_id,
        name=lambda pair: pair[1].name,
        language=lambda pair: pair[1].language,
        kind=lambda pair: pair[1].kind,
    )
    _in_transaction(
        warehouse,
        ("sync_lists", list_columns | stamp),
        ("drop_missing_lists", {"list_id": list_columns["list_id"]} | stamp),
        ("sync_entities", entity_columns),
        ("drop_missing_entities", keys | stamp),
        ("forget_entity_names", keys),
        ("sync_entity_names", name_columns),
    )


def start_run(warehouse: Warehouse, run_id: str, *, kind: str, started_at: datetime) -> None:
    """Record that a run started; earlier ones of its kind that never said how they ended were killed."""
    _in_transaction(
        warehouse,
        ("start_run", {"run_id": run_id, "kind": kind, "started_at": utc(started_at)}),
        ("close_killed_runs", {"run_id": run_id, "kind": kind}),
    )


def finish_run(warehouse: Warehouse, run_id: str, *, finished_at: datetime, outcome: Outcome = "done") -> None:
    """Record that a run ended, and how."""
    _in_transaction(warehouse, ("finish_run", {"run_id": run_id, "finished_at": utc(finished_at), "outcome": outcome}))


def close_killed_runs(warehouse: Warehouse, *, kind: str) -> None:
    """Record of all runs of a kind that never said how they ended that they were killed."""
    _in_transaction(warehouse, ("close_killed_runs", {"run_id": "", "kind": kind}))


def _in_transaction(warehouse: Warehouse, *statements: tuple[str, dict[str, Any]]) -> None:
    with transaction(warehouse) as connection:
        for name, parameters in statements:
            connection.execute(sql_of("statements", name), parameters)
