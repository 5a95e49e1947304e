"""Bring a warehouse to the schema of this program, one file and one transaction at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from records import MigrationError
from warehouse.sqlfiles import sql_names, sql_of

# A program that was killed between the two statements leaves a schema with nothing in it.
_LEDGER = """
create schema if not exists store;
create table store.schema_migrations (
    version integer primary key,
    name varchar not null,
    sha256 varchar not null,
    applied_at timestamp not null
)
"""
_APPLIED = "select version, sha256 from store.schema_migrations order by version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One DDL file: ``NNNN_name.sql``."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Return the hash that shows an edit of an applied file."""
        return hashlib.sha256(self.sql.encode("utf-8")).hexdigest()


def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations that ship with this program, in order."""
    return tuple(
        Migration(version=int(name[:4]), name=name[5:], sql=sql_of("migrations", name))
        for name in sql_names("migrations")
    )


def migrate(
    connection: duckdb.DuckDBPyConnection, path: Path, migrations: tuple[Migration, ...] | None = None
) -> tuple[Migration, ...]:
    """Apply what is missing and return it.

    Raises ``MigrationError`` when the database is newer than the program, when an applied file was edited since, when
    the file is not a warehouse, or when a migration fails (its transaction is undone; those before it stay).
    """
    known = known_migrations() if migrations is None else migrations
    applied = _applied(connection, path)
    by_version = {migration.version: migration for migration in known}
    newest = max(by_version)
    if applied and max(applied) > newest:
        raise MigrationError(
            f"{path} has schema version {max(applied)}, this program knows up to {newest}. "
            "A newer Wakhan wrote it: install that one, or open a backup from before the change."
        )
    for version, sha256 in applied.items():
        if by_version[version].sha256 != sha256:
            raise MigrationError(
                f"migration {version:04}_{by_version[version].name}.sql was edited after {path} applied it. "
                "Restore the file and put the change into a new migration."
            )
    missing = tuple(migration for migration in known if migration.version not in applied)
    for migration in missing:
        _apply(connection, path, migration)
    return missing


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether exactly the migrations of this program have been applied; nothing is written."""
    rows = connection.execute(_APPLIED).fetchall()
    return rows == [(each.version, each.sha256) for each in known_migrations()]


def _applied(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[int, str]:
    try:
        # The rule, and 10 times cheaper than to look what tables there are.
        rows = connection.execute(_APPLIED).fetchall()
    except duckdb.CatalogException:
        _make_ledger(connection, path)
        return {}
    return {int(version): str(sha256) for version, sha256 in rows}


def _make_ledger(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    tables = {
        str(name)
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = current_database()"
        ).fetchall()
    }
    if tables:
        raise MigrationError(
            f"{path} is a DuckDB file of another program (it has {', '.join(sorted(tables)[:3])}). "
            "Point the setting `warehouse` to another file."
        )
    connection.execute(_LEDGER)


def _apply(connection: duckdb.DuckDBPyConnection, path: Path, migration: Migration) -> None:
    connection.begin()
    try:
        connection.execute(migration.sql)
        connection.execute(
            "insert into store.schema_migrations values ($version, $name, $sha256, $applied_at)",
            {
                "version": migration.version,
                "name": migration.name,
                "sha256": migration.sha256,
                "applied_at": datetime.now(UTC).replace(tzinfo=None),
            },
        )
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise MigrationError(
            f"migration {migration.version:04}_{migration.name}.sql failed on {path} and was undone: {error}"
        ) from error
