"""Put a warehouse that was rebuilt from the archive in the old one's place, with what no archive holds."""

from __future__ import annotations

from pathlib import Path

from records import WarehouseError
from warehouse.caring import check, move_aside
from warehouse.locking import writer_lock
from warehouse.opening import open_warehouse
from warehouse.sqlfiles import sql_names, sql_of
from warehouse.transactions import transaction


def take_place(rebuilt: Path, warehouse: Path, *, wait_seconds: float = 30) -> Path | None:
    """Give ``rebuilt`` what only the old warehouse knows, check it, swap it in; return where the old one was moved.

    Carried over are alerts as they were told, verdicts, mails sent and waiting, runs and their failures, translations
    of unchanged texts, and articles that the archive lacks. The old warehouse is locked meanwhile and not changed.
    Raises ``WarehouseError`` when a check of the rebuilt one fails; then nothing is swapped.
    """
    if warehouse.exists():
        with open_warehouse(warehouse, wait_seconds=wait_seconds):
            pass  # brought to this program's schema
    with writer_lock(warehouse, wait_seconds=wait_seconds):
        if warehouse.exists():
            _carry_over(warehouse, rebuilt)
        with open_warehouse(rebuilt) as opened:
            broken = [result for result in check(opened) if result.broken]
        if broken:
            raise WarehouseError(
                f"{rebuilt} was rebuilt but does not hold its rules: {broken[0].name}: {broken[0].rule} "
                f"First row: {broken[0].broken[0]}. {warehouse} stays as it is."
            )
        moved = move_aside(warehouse)
        rebuilt.replace(warehouse)
    return moved


def _carry_over(warehouse: Path, rebuilt: Path) -> None:
    with open_warehouse(rebuilt) as opened:
        opened.connection.execute("attach $old as old (read_only)", {"old": str(warehouse)})
        with transaction(opened) as connection:
            for name in sql_names("carrying"):
                connection.execute(sql_of("carrying", name))
        opened.connection.execute("detach old")
