"""Open a warehouse for writing: lock, connect, recover, migrate."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from records import WarehouseError, WarehouseLockedError
from warehouse.locking import writer_lock
from warehouse.migrating import migrate

_log = logging.getLogger(__name__)

# The format clients of the 1.5 line still read; 2.0 writes its own by default and no 1.x opens that.
STORAGE_VERSION = "v1.5.0"


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open warehouse; the connection is this package's own.

    ``set_aside`` is where a write-ahead log that would not replay was put, ``None`` in all ordinary cases. What was in
    it is landed again by the next run, or read again from the archive.
    """

    path: Path
    connection: duckdb.DuckDBPyConnection
    set_aside: Path | None = None


@contextmanager
def open_warehouse(path: Path, *, wait_seconds: float = 30) -> Iterator[Warehouse]:
    """Open the one writable connection to a warehouse, making and migrating it as needed.

    Waits up to ``wait_seconds`` for another writer. Raises ``WarehouseLockedError``, ``MigrationError``, or
    ``WarehouseError`` when the file cannot be read at all.
    """
    _make_folder(path)
    deadline = time.monotonic() + wait_seconds
    with writer_lock(path, wait_seconds=wait_seconds):
        connection, set_aside = _connect_or_recover(path, deadline)
        try:
            migrate(connection, path)
            _commit_by_checkpoint(connection)
            # Columns of objects that land are text, whatever the first thousand values look like (see incoming).
            connection.execute("set pandas_analyze_sample = 0")
            if set_aside is not None:
                _record_recovery(connection, set_aside)
            yield Warehouse(path=path, connection=connection, set_aside=set_aside)
        finally:
            connection.close()


def need_warehouse(path: Path) -> None:
    """Raise ``WarehouseError`` where there is no warehouse: care of one that is not there is a slip in the settings."""
    if not path.exists():
        raise WarehouseError(f"{path} does not exist. `wakhan run` makes it.")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"{path.parent} cannot be made: {error}. Point `warehouse` to a folder of yours."
        ) from error


def _connect(path: Path, deadline: float) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            connection = duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION})
        except duckdb.IOException as error:
            holder = re.search(r"Conflicting lock is held in (.+?) \(PID (\d+)\)", str(error))
            if holder is None:
                raise
            if time.monotonic() < deadline:
                # A client that reads the live file instead of the published copy; usually it is gone in a moment.
                time.sleep(0.1)
                continue
            raise WarehouseLockedError(
                f"{path} is kept open by process {holder[2]} ({holder[1]}), which is not Wakhan's writer. "
                "Close it, or let it read the published copy instead."
            ) from error
        connection.execute("set TimeZone = 'UTC'")
        # Of statements of more than two seconds DuckDB draws a bar on stdout, which is for data.
        connection.execute("set enable_progress_bar = false")
        return connection


def _commit_by_checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Let every commit write the file itself and skip the log.

    A killed writer can leave a log that does not replay (duckdb#22044); so there is none. It also saves writing
    everything twice: a landing of 2,000 articles wrote 20 MB with log and checkpoint, and writes 6 so.
    """
    connection.execute("set checkpoint_threshold = '1b'")
    connection.execute("set auto_checkpoint_skip_wal_threshold = 0")


def _connect_or_recover(path: Path, deadline: float) -> tuple[duckdb.DuckDBPyConnection, Path | None]:
    wal = path.with_name(path.name + ".wal")
    try:
        return _connect(path, deadline), None
    except duckdb.Error as error:
        if not wal.exists():
            raise WarehouseError(
                f"{path} cannot be opened: {error}. `wakhan db restore` brings back the last backup."
            ) from error
        # duckdb#22044: a killed writer can leave a log that does not replay. Everything up to the last checkpoint is in
        # the file itself, and every landing ends with one.
        set_aside = wal.with_name(f"{wal.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        wal.rename(set_aside)
        try:
            connection = _connect(path, deadline)
        except duckdb.Error as second:
            set_aside.rename(wal)
            raise WarehouseError(
                f"{path} cannot be opened, with or without its write-ahead log: {second}. `wakhan db restore` brings "
                "back the last backup."
            ) from second
        _log.error(
            "%s: the write-ahead log of a killed writer would not replay (%s). It was set aside as %s; what the last "
            "batch landed is fetched again, or read from the archive with `wakhan db rebuild --from-archive`.",
            path,
            error,
            set_aside.name,
        )
        return connection, set_aside


def _record_recovery(connection: duckdb.DuckDBPyConnection, set_aside: Path) -> None:
    connection.execute(
        "insert into store.recoveries values ($recovered_at, $set_aside, 'the log would not replay')",
        {"recovered_at": datetime.now(UTC).replace(tzinfo=None), "set_aside": set_aside.name},
    )
