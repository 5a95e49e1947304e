"""What there is to ask: views with their columns, macros, the words of SQL, and the worked questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from warehouse.opening import Warehouse
from warehouse.sqlfiles import sql_names, sql_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a view, as its comment documents it."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view of the contract."""

    name: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Views by name, and macros: name to signature and what they return."""

    views: Mapping[str, View]
    macros: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A worked question of docs/sql.md."""

    name: str
    question: str
    query: str


def catalogue_of(reader: Warehouse) -> Catalogue:
    """Return what an open copy holds."""
    return read_catalogue(reader.connection)


def vocabulary_of(reader: Warehouse) -> tuple[str, ...]:
    """Return the keywords and functions of SQL that completion offers, sorted."""
    return tuple(str(word) for (word,) in reader.connection.execute(sql_of("queries", "vocabulary")).fetchall())


def read_catalogue(connection: duckdb.DuckDBPyConnection) -> Catalogue:
    """Return views and macros from the comments in the database."""
    abouts: dict[str, str] = {}
    columns: dict[str, list[Column]] = {}
    for view, about, name, kind, comment in connection.execute(sql_of("queries", "documented_columns")).fetchall():
        abouts[view] = str(about or "")
        columns.setdefault(view, []).append(Column(name=name, kind=str(kind).lower(), about=str(comment or "")))
    macros = [str(comment) for (comment,) in connection.execute(sql_of("queries", "documented_macros")).fetchall()]
    return Catalogue(
        views={name: View(name=name, about=about, columns=tuple(columns[name])) for name, about in abouts.items()},
        macros={comment.partition("(")[0]: comment for comment in macros},
    )


def worked_questions() -> dict[str, Question]:
    """Return the worked questions by name, in the order of docs/sql.md; a name is written with hyphens."""
    found = {}
    for file in sql_names("questions"):
        name = file.partition("_")[2].replace("_", "-")
        head, _, query = sql_of("questions", file).partition("\n")
        found[name] = Question(name=name, question=head.removeprefix("-- "), query=query.strip())
    return found
