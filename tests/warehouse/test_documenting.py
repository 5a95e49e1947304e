from pathlib import Path

import duckdb
import pytest

from warehouse.documenting import question_of, schema_snapshot, sql_reference
from warehouse.migrating import migrate
from warehouse.sqlfiles import sql_names

ROOT = Path(__file__).parents[2]
RENEW = "renew it: python -m warehouse.documenting"


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    migrate(connection, Path("memory"))
    return connection


def test_the_reference_of_views_is_what_the_database_says():
    assert (ROOT / "docs" / "sql.md").read_text("utf-8") == sql_reference(), RENEW


def test_the_schema_snapshot_is_what_the_migrations_make():
    assert (ROOT / "warehouse" / "schema.sql").read_text("utf-8") == schema_snapshot(), RENEW


def test_every_view_column_and_macro_has_a_comment(empty):
    silent = empty.execute(
        """
        select table_name || '.' || column_name from duckdb_columns()
        where not internal and schema_name = 'main' and comment is null
        union all select view_name from duckdb_views() where not internal and comment is null
        union all select function_name from duckdb_functions() where not internal and comment is null
        """
    ).fetchall()
    assert silent == []


@pytest.mark.parametrize(
    "view",
    [
        "outlets",
        "outlet_health",
        "articles",
        "revisions",
        "translations",
        "entities",
        "entity_names",
        "mentions",
        "alerts",
        "stories",
        "digests",
        "runs",
        "failures",
    ],
)
def test_the_views_of_the_design_are_there_and_answer(empty, view):
    assert empty.execute(f"select * from {view}").fetchall() == []


@pytest.mark.parametrize("name", sql_names("questions"))
def test_a_question_asks_a_question_and_binds(empty, name):
    question, query = question_of(name)
    assert question.endswith("?")
    assert empty.execute(query).fetchall() == []


def test_there_are_questions_enough():
    assert len(sql_names("questions")) >= 25


def test_times_in_the_contract_are_plain_utc_timestamps(empty):
    zoned = empty.execute(
        "select table_name, column_name from duckdb_columns() where not internal and data_type like '%TIME ZONE%'"
    ).fetchall()
    assert zoned == []
