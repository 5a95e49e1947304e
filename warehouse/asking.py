"""Answer ad-hoc SQL from the published copy: read-only, and bounded in time, memory and rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from traceback import clear_frames
from typing import Any, TypeVar

import duckdb

from records import WarehouseError
from warehouse.migrating import is_current
from warehouse.opening import Warehouse
from warehouse.refusing import explained, reading_statement

Found = TypeVar("Found")

# Enough to look at in a terminal; files take as many as asked for.
MAX_ROWS = 1000

# Every worked question answers in a second; half a minute is a mistake in a join.
TIMEOUT_SECONDS = 30.0

# How long a query that was told to stop may take to hear it. DuckDB listens between vectors of 2,048 rows: most stop at
# once, but `levenshtein` of two texts of 30,000 letters went on for 100 s.
_HEARING_SECONDS = 2.0

# What the thread of a query is called: the one that outlives its question is known by it.
QUERY_THREAD = "wakhan-query"

# A query that wants more is a mistake, or reads whole texts it does not need; and it shares the machine with the
# collector. Sorting spills to disk beyond the first limit.
LIMITS = {"memory_limit": "2GB", "max_temp_directory_size": "8GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows of a query; ``cut`` says that there are more than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool
    seconds: float


@contextmanager
def open_reader(path: Path, *, allow_files: bool = False, may_write: Path | None = None) -> Iterator[Warehouse]:
    """Open a published copy (or a backup) for reading alone.

    Nothing else can be reached from it, neither files nor addresses, unless ``allow_files``; ``may_write`` is the one
    file a result may go to. Raises ``WarehouseError`` when there is none.
    """
    if not path.exists():
        raise WarehouseError(f"{path} does not exist. `wakhan run` makes it, or `wakhan db publish` after one.")
    connection = _connect(path, allow_files=allow_files, may_write=may_write)
    try:
        yield Warehouse(path=path, connection=connection)
    finally:
        connection.close()


@contextmanager
def open_current(path: Path) -> Iterator[Warehouse]:
    """Open a published copy for the program's own queries, which know its tables.

    Raises ``WarehouseError`` as ``open_reader``, and for a copy that another version of the program has published.
    """
    with open_reader(path) as reader:
        if not is_current(reader.connection):
            raise WarehouseError(
                f"{path} was published by another version of Wakhan. `wakhan db publish` makes a new copy."
            )
        yield reader


def ask(
    path: Path,
    query: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    max_rows: int = MAX_ROWS,
    timeout_seconds: float = TIMEOUT_SECONDS,
    allow_files: bool = False,
) -> Answer:
    """Answer one query from the copy at ``path``; raises as ``ask_reader`` and ``open_reader``."""
    with open_reader(path, allow_files=allow_files) as reader:
        return ask_reader(reader, query, parameters=parameters, max_rows=max_rows, timeout_seconds=timeout_seconds)


def ask_reader(
    reader: Warehouse,
    query: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    max_rows: int = MAX_ROWS,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Answer:
    """Answer one query; ``parameters`` fill its ``$name`` places.

    Raises ``WarehouseError`` saying what is wrong and where, when the query is not a reading one, or when it takes
    longer than ``timeout_seconds``. A ``KeyboardInterrupt`` stops the query, and the reader can be asked again.
    """

    def fetch(cursor: duckdb.DuckDBPyConnection) -> Answer:
        started = time.monotonic()
        cursor.execute(reading_statement(cursor, query), dict(parameters or {}))
        rows = cursor.fetchmany(max_rows + 1)
        return Answer(
            columns=tuple(str(column[0]) for column in cursor.description or ()),
            rows=tuple(rows[:max_rows]),
            cut=len(rows) > max_rows,
            seconds=time.monotonic() - started,
        )

    with explained(reader.connection, query):
        return _within(reader, timeout_seconds, fetch)


def ask_to_parquet(
    path: Path,
    query: str,
    target: Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    max_rows: int | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
    allow_files: bool = False,
) -> int:
    """Write the rows of a query to a Parquet file and return how many."""

    def write(cursor: duckdb.DuckDBPyConnection) -> int:
        reading_statement(cursor, query)
        relation = cursor.sql(query.strip().rstrip(";"), params=dict(parameters or {}))
        if max_rows is not None:
            relation = relation.limit(max_rows)
        relation.write_parquet(str(target.absolute()), compression="zstd")
        ((rows,),) = cursor.read_parquet(str(target.absolute())).count("*").fetchall()
        return int(rows)

    with (
        open_reader(path, allow_files=allow_files, may_write=target) as reader,
        explained(reader.connection, query),
    ):
        return _within(reader, timeout_seconds, write)


def _connect(path: Path, *, allow_files: bool, may_write: Path | None) -> duckdb.DuckDBPyConnection:
    until = time.monotonic() + _HEARING_SECONDS
    while True:
        try:
            connection = duckdb.connect(path, read_only=True)
        except duckdb.Error as error:
            raise WarehouseError(f"{path} cannot be opened for reading: {error}") from error
        locked, files = connection.execute(
            "select current_setting('lock_configuration'), current_setting('enable_external_access')"
        ).fetchall()[0]
        if not locked:
            _restrict(connection, allow_files=allow_files, may_write=may_write)
            return connection
        if files == allow_files and may_write is None:
            return connection
        # Connections of one process to one file share their settings: another reader of ours is open, or a query that
        # did not hear goes on. One that has just ended is let go of by DuckDB's own threads a moment after.
        connection.close()
        if time.monotonic() > until:
            raise WarehouseError("another query of this process still reads this copy: wait for its end.")
        time.sleep(0.02)


def _restrict(connection: duckdb.DuckDBPyConnection, *, allow_files: bool, may_write: Path | None) -> None:
    connection.execute("set global TimeZone = 'UTC'")
    # `from rows` must say that there is no such view, not find a variable of this program.
    connection.execute("set global python_enable_replacements = false")
    connection.execute("set global autoinstall_known_extensions = false")
    for limit, amount in LIMITS.items():
        connection.execute(f"set global {limit} = '{amount}'")
    if may_write is not None:
        # DuckDB writes beside a file that exists, and puts the new one in its place when it is whole.
        paths = [may_write.absolute(), may_write.absolute().with_name(f"tmp_{may_write.name}")]
        connection.execute("set global allowed_paths = $paths", {"paths": [str(path) for path in paths]})
    if not allow_files:
        connection.execute("set global enable_external_access = false")
    connection.execute("set global lock_configuration = true")


def _within(reader: Warehouse, seconds: float, work: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
    """Do work on a connection of its own; what neither ends in time nor hears that it should is left to its thread."""
    # Not `connection.cursor()`: a connection cannot be closed while a cursor of its is busy.
    cursor = duckdb.connect(reader.path, read_only=True)
    outcome: Future[Found] = Future()

    def answer() -> None:
        try:
            try:
                found = work(cursor)
            finally:
                # Closing waits for the query, and one of which only the first rows were wanted goes on in the
                # background until it is told: endless recursion never ends.
                cursor.interrupt()
                cursor.close()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that asked, which raises it
            # What the frames of a failed query hold would keep the copy open until the garbage collector comes by.
            clear_frames(error.__traceback__)
            outcome.set_exception(error)
        else:
            outcome.set_result(found)

    Thread(target=answer, name=QUERY_THREAD, daemon=True).start()
    try:
        return outcome.result(seconds)
    except TimeoutError as error:
        _stop(cursor, outcome)
        raise WarehouseError(
            f"stopped after {seconds:g} s. Narrow the query, by dated_at for one, or allow it more time (--timeout)."
        ) from error
    except KeyboardInterrupt:
        _stop(cursor, outcome)
        raise


def _stop(cursor: duckdb.DuckDBPyConnection, outcome: Future[Found]) -> None:
    until = time.monotonic() + _HEARING_SECONDS
    while not outcome.done() and time.monotonic() < until:
        # The thread closes what has ended.
        with suppress(duckdb.ConnectionException):
            cursor.interrupt()
        time.sleep(0.02)
