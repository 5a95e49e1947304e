"""Answer ad-hoc SQL from the published copy: read-only, bounded, and with errors that point to the place."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from records import WarehouseError
from warehouse.opening import Warehouse

Format = Literal["table", "csv", "json"]

# Enough to look at in a terminal; files take as many as asked for.
MAX_ROWS = 1000

# Every worked question answers in a second; half a minute is a mistake in a join.
TIMEOUT_SECONDS = 30.0

# A cell of a table is a line of a terminal at most; csv, json and parquet hold the whole text.
_CELL_WIDTH = 60

_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


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
        raise WarehouseError(f"{path} does not exist. `wakhan db publish` makes it, and so does every run.")
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened for reading: {error}") from error
    try:
        connection.execute("set TimeZone = 'UTC'")
        if may_write is not None:
            connection.execute("set allowed_paths = $paths", {"paths": [str(may_write.absolute())]})
        if not allow_files:
            connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield Warehouse(path=path, connection=connection)
    finally:
        connection.close()


def ask(
    path: Path,
    query: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    max_rows: int = MAX_ROWS,
    timeout_seconds: float = TIMEOUT_SECONDS,
    allow_files: bool = False,
) -> Answer:
    """Answer one query; ``parameters`` fill its ``$name`` places.

    Raises ``WarehouseError`` saying what is wrong and where, when the query is not a reading one, or when it takes
    longer than ``timeout_seconds``.
    """
    started = time.monotonic()
    with open_reader(path, allow_files=allow_files) as reader, _explained(reader, timeout_seconds):
        cursor = reader.connection.execute(_only_statement(reader, query), dict(parameters or {}))
        rows = cursor.fetchmany(max_rows + 1)
        columns = tuple(str(column[0]) for column in cursor.description or ())
    return Answer(
        columns=columns,
        rows=tuple(rows[:max_rows]),
        cut=len(rows) > max_rows,
        seconds=time.monotonic() - started,
    )


def ask_to_parquet(
    path: Path,
    query: str,
    target: Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
    allow_files: bool = False,
) -> int:
    """Write all rows of a query to a Parquet file and return how many."""
    with (
        open_reader(path, allow_files=allow_files, may_write=target) as reader,
        _explained(reader, timeout_seconds),
    ):
        _only_statement(reader, query)
        relation = reader.connection.sql(query.strip().rstrip(";"), params=dict(parameters or {}))
        relation.write_parquet(str(target.absolute()), compression="zstd")
        ((rows,),) = reader.connection.read_parquet(str(target.absolute())).count("*").fetchall()
    return int(rows)


def text_of(answer: Answer, how: Format) -> str:
    """Return an answer as an aligned table, CSV or JSON, ending in a line break."""
    if how == "csv":
        return _csv(answer)
    if how == "json":
        rows = [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows]
        return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"
    return _table(answer)


def _only_statement(reader: Warehouse, query: str) -> duckdb.Statement:
    statements = reader.connection.extract_statements(query)
    if len(statements) != 1:
        raise WarehouseError(f"one query at a time, please: this is {len(statements)}.")
    (statement,) = statements
    if statement.type not in _ALLOWED:
        kind = str(statement.type).rpartition(".")[2]
        raise WarehouseError(
            f"only queries that read are answered; this is {kind}. The warehouse is written by `wakhan run` alone."
        )
    return statement


@contextmanager
def _explained(reader: Warehouse, timeout_seconds: float) -> Iterator[None]:
    timer = threading.Timer(timeout_seconds, reader.connection.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise WarehouseError(
            f"stopped after {timeout_seconds:g} s. Narrow the query, by dated_at for one, or allow it more time."
        ) from error
    except duckdb.PermissionException as error:
        raise WarehouseError(f"not allowed here: {_message(error)}. Files are read only when asked for.") from error
    except duckdb.Error as error:
        raise WarehouseError(_message(error)) from error
    finally:
        timer.cancel()


def _message(error: duckdb.Error) -> str:
    # "Binder Error: Referenced column ... LINE 1: select ... ^": what DuckDB says points to the place already.
    return re.sub(r"\n\s*\n", "\n", str(error)).strip()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(
            json.dumps(v, ensure_ascii=False, default=str) if isinstance(v, list | dict) else _plain(v) for v in row
        )
    return out.getvalue()


def _table(answer: Answer) -> str:
    cells = [[_cell(value) for value in row] for row in answer.rows]
    widths = [max([_width(name), *(_width(row[place]) for row in cells)]) for place, name in enumerate(answer.columns)]
    numbers = [
        all(isinstance(row[place], int | float) or row[place] is None for row in answer.rows)
        for place in range(len(answer.columns))
    ]
    lines = [_line(list(answer.columns), widths, numbers), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, numbers) for row in cells]
    count = f"{len(answer.rows):,}{' of more' if answer.cut else ''} row{'' if len(answer.rows) == 1 else 's'}"
    return "\n".join([*lines, f"({count}, {answer.seconds:.2f} s)"]) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    # A page's control characters must not drive the terminal.
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text)
    while _width(text) > _CELL_WIDTH:
        text = text[: max(1, min(len(text) - 2, _CELL_WIDTH))].rstrip("…") + "…"
    return text


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal: Chinese characters take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _line(cells: list[str], widths: list[int], numbers: list[bool]) -> str:
    padded = []
    for cell, width, number in zip(cells, widths, numbers, strict=True):
        room = " " * (width - _width(cell))
        padded.append(room + cell if number else cell + room)
    return "  ".join(padded).rstrip()
