"""Care: checks that explain themselves, backups, restoring, and pruning by policy."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from records import MigrationError, WarehouseError
from warehouse.locking import writer_lock
from warehouse.migrating import known_migrations
from warehouse.opening import Warehouse
from warehouse.parameters import utc
from warehouse.publishing import Published, copy_file, publish
from warehouse.sqlfiles import sql_names, sql_of
from warehouse.transactions import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what must hold, and the first rows for which it does not."""

    name: str
    rule: str
    broken: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunePolicy:
    """How long what is not news is kept, in days; ``None`` keeps it for ever.

    ``articles`` removes articles that never alerted, with their mentions and revisions: nothing does so unless asked.
    """

    failures: int | None = 180
    reports: int | None = 730
    feed_items: int | None = 365
    fetch_states: int | None = 90
    polls: int | None = 400
    signatures: int | None = 30
    sentence_translations: int | None = 365
    articles: int | None = None


_PRUNED = tuple(each.name for each in fields(PrunePolicy))


def check(warehouse: Warehouse) -> tuple[Check, ...]:
    """Run every check and return it with what breaks it; nothing is changed."""
    results = []
    for name in sql_names("checks"):
        rule, _, query = sql_of("checks", name).partition("\n")
        rows = warehouse.connection.execute(query).fetchmany(10)
        results.append(Check(name=name, rule=rule.removeprefix("-- "), broken=tuple(rows)))
    return tuple(results)


def backup(warehouse: Path, folder: Path, *, wait_seconds: float = 30) -> Published:
    """Keep a complete copy in ``folder``, named by the moment; works between two landings of a run."""
    name = f"{warehouse.stem}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{warehouse.suffix}"
    return publish(warehouse, folder / name, wait_seconds=wait_seconds)


def restore(kept: Path, warehouse: Path, *, wait_seconds: float = 30) -> Path | None:
    """Put a backup in the warehouse's place and return where the present one was moved, if there was one.

    Raises ``WarehouseError`` when the backup is not a whole warehouse; then nothing is touched.
    """
    _refuse_what_is_no_warehouse(kept)
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with writer_lock(warehouse, wait_seconds=wait_seconds):
        part = warehouse.with_name(f".{warehouse.name}.restored.part")
        copy_file(kept, part)
        moved = move_aside(warehouse)
        part.replace(warehouse)
    return moved


def move_aside(warehouse: Path) -> Path | None:
    """Give a warehouse another name beside its own, if there is one, and return it; its lock must be held."""
    if not warehouse.exists():
        return None
    moved = warehouse.with_name(f"{warehouse.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    wal = warehouse.with_name(warehouse.name + ".wal")
    # The log first: beside another file it would be replayed into the wrong state.
    if wal.exists():
        wal.rename(moved.with_name(moved.name + ".wal"))
    warehouse.rename(moved)
    return moved


def prune(warehouse: Warehouse, policy: PrunePolicy, *, now: datetime, dry_run: bool = True) -> dict[str, int]:
    """Remove what is older than the policy keeps, in one transaction, and return rows by table.

    ``dry_run`` does it, counts, and undoes it.
    """
    removed: dict[str, int] = {}
    with transaction(warehouse, keep=not dry_run) as connection:
        for table in _PRUNED:
            days: int | None = getattr(policy, table)
            if days is not None:
                before = {"before": utc(now - timedelta(days=days))}
                for name in [name for name in sql_names("statements") if name.startswith(f"prune_{table}")]:
                    ((count,),) = connection.execute(sql_of("statements", name), before).fetchall()
                    removed[name.removeprefix("prune_")] = int(count)
    return removed


def _refuse_what_is_no_warehouse(kept: Path) -> None:
    if not kept.exists():
        raise WarehouseError(f"{kept} does not exist.")
    try:
        with duckdb.connect(kept, read_only=True) as connection:
            ((version,),) = connection.execute("select max(version) from store.schema_migrations").fetchall()
    except duckdb.Error as error:
        raise WarehouseError(f"{kept} is not a backup of a warehouse: {error}") from error
    newest = known_migrations()[-1].version
    if version > newest:
        raise MigrationError(f"{kept} has schema version {version}, this program knows up to {newest}.")
