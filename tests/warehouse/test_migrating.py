"""The release gate: a database made by any earlier schema comes to the newest with every row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.caring import check
from warehouse.migrating import known_migrations, migrate
from warehouse.opening import STORAGE_VERSION, Warehouse

ROWS = 3
KNOWN = known_migrations()

# A value of each type, different for each row; columns of one name agree, so that rows find each other.
VALUES = {
    "VARCHAR": "'{column}-' || i",
    "VARCHAR[]": "['{column}-' || i]",
    "TIMESTAMP": "timestamp '2026-11-22' + to_hours(i::integer)",
    "DATE": "date '2026-11-22' + i::integer",
    "INTEGER": "i::integer",
    "BIGINT": "i",
    "DOUBLE": "i / 10",
    "BOOLEAN": "i % 2 = 0",
    "BLOB": "('{column}-' || i)::blob",
}


def columns_of(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return the columns of every table that holds rows of ours, with their types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'store' "
        "and table_name not in ('schema_migrations', 'contract') order by table_oid, column_index"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    for table, columns in columns_of(connection).items():
        values = ", ".join(VALUES[kind].format(column=column) for column, kind in columns.items())
        connection.execute(f"insert into store.{table} select {values} from range(1, {ROWS + 1}) as r(i)")


def rows_of(connection: duckdb.DuckDBPyConnection, columns: dict[str, dict[str, str]]) -> dict[str, list[Any]]:
    return {
        table: connection.execute(f"select {', '.join(names)} from store.{table} order by all").fetchall()
        for table, names in columns.items()
    }


@pytest.mark.parametrize("version", [migration.version for migration in KNOWN[:-1]])
def test_a_database_of_an_earlier_version_comes_with_every_row(tmp_path: Path, version: int):
    path = tmp_path / "w.duckdb"
    with duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        migrate(connection, path, tuple(migration for migration in KNOWN if migration.version <= version))
        fill(connection)
        before = columns_of(connection)
        rows = rows_of(connection, before)
    with duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        applied = migrate(connection, path)
        assert [migration.version for migration in applied] == [m.version for m in KNOWN if m.version > version]
        assert rows_of(connection, before) == rows
        # What was filled in breaks rules of content (spans, states), but no key stands twice.
        results = {result.name: result.broken for result in check(Warehouse(path=path, connection=connection))}
        assert results["keys_stand_once"] == ()


def test_a_program_killed_before_the_first_table_stood_leaves_a_file_that_is_begun_anew(tmp_path: Path):
    path = tmp_path / "w.duckdb"
    with duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute("create schema store")
        assert migrate(connection, path) == KNOWN
