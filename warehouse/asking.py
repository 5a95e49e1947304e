"""Ask a warehouse in SQL, read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The columns and rows of a query's result."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def ask(path: Path, sql: str, parameters: Mapping[str, object] | None = None) -> Answer:
    """Run one query."""
    with duckdb.connect(path, read_only=True) as connection:
        result = connection.execute(sql, parameters or {})
        columns = tuple(column[0] for column in result.description or ())
        return Answer(columns=columns, rows=tuple(result.fetchall()))
