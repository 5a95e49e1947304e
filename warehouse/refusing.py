"""Which statements are answered, and what is said of the others: why, where, and what was meant perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches

import duckdb

from records import WarehouseError
from warehouse.cataloguing import read_catalogue

_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}

# Words that begin a statement which changes something. DuckDB 2.0 takes them inside `with x as (...)` too and calls the
# whole a SELECT, and EXPLAIN ANALYZE does what it explains.
_CHANGING = frozenset({
    "alter", "attach", "copy", "create", "delete", "drop", "export", "import", "insert", "install", "load", "merge",
    "truncate", "update",
})  # fmt: skip

_INSTEAD = {
    "PRAGMA": "`show tables` and `describe articles` list what there is.",
    "CALL": "Table functions are asked with `from name()`.",
    "SET": "Settings are fixed here; a parameter is given with --param NAME=VALUE.",
    "VARIABLE_SET": "A parameter is given with --param NAME=VALUE.",
    "COPY": "--format csv, json or parquet with --out FILE writes an answer to a file.",
    "EXPORT": "`wakhan db publish --parquet DIR` writes Parquet, `wakhan db backup` a copy.",
    "ATTACH": "--db FILE asks another published copy.",
}
_WRITTEN_BY = "The warehouse is written by `wakhan run`, and verdicts by `wakhan verdict`."

_UNKNOWN = re.compile(
    r"(?P<kind>Table|Table Function|Scalar Function) with name (?P<name>.+?) does not exist!(\s*Did you mean .*)?"
)
_NO_COLUMN = re.compile(r'Values list "(?P<table>.+?)" does not have a column named "(?P<name>.+?)"')
_EXTENSION = re.compile(r"required extension '(\w+)")
_NO_VALUE = re.compile(r"Values were not provided for the following parameters: (.+)")


def reading_statement(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.Statement:
    """Return the one statement of a query. Raises ``WarehouseError`` when it is none, several, or one that changes."""
    statements = connection.extract_statements(query)
    if not statements:
        raise WarehouseError("nothing is asked: the query is empty. `from articles limit 5` is one.")
    if len(statements) > 1:
        raise WarehouseError(f"one query at a time, please: this is {len(statements)}.")
    (statement,) = statements
    words = _words(query)
    # PIVOT without a list of its columns is several statements to DuckDB: it looks for the columns first.
    if statement.type not in _ALLOWED and not (statement.type == duckdb.StatementType.MULTI and "pivot" in words):
        kind = str(statement.type).rpartition(".")[2]
        raise WarehouseError(f"only queries that read are answered; this is {kind}. {_INSTEAD.get(kind, _WRITTEN_BY)}")
    hidden = _hidden_change(words)
    if hidden:
        raise WarehouseError(f"only queries that read are answered; this has {hidden.upper()} in it. {_WRITTEN_BY}")
    return statement


@contextmanager
def explained(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[None]:
    """Turn what DuckDB says of a query into a ``WarehouseError`` that a person can act on."""
    try:
        yield
    except duckdb.PermissionException as error:
        raise WarehouseError(
            f"not allowed here: {_message(error)}\nFiles and addresses are read only with --allow-files."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise WarehouseError(
            "stopped: it needs more memory than a query may have (2 GB, and 8 GB of disk to sort on). Ask for fewer "
            "columns (text and text_en are the large ones), for fewer days, or for groups instead of rows."
        ) from error
    except duckdb.Error as error:
        if extension := _EXTENSION.search(str(error)):
            raise WarehouseError(
                f"it needs the extension {extension[1]}, and extensions are not loaded here. Any DuckDB client opens "
                "the published copy with it."
            ) from error
        raise WarehouseError(_meant(connection, query, _message(error))) from error


def _words(query: str) -> list[str]:
    """Return keywords and operators of a query, in lower case; strings, quoted names and comments are left out."""
    encoded = query.encode()
    words = []
    for offset, kind in duckdb.tokenize(query):
        if kind in {duckdb.token_type.keyword, duckdb.token_type.identifier}:
            word = re.match(rb"\w+", encoded[offset:])
            words.append(word[0].decode("utf-8", "replace").lower() if word else '"')
        elif kind == duckdb.token_type.operator:
            words.append(chr(encoded[offset]))
        elif kind != duckdb.token_type.comment:
            words.append("'")
    return words


def _hidden_change(words: list[str]) -> str | None:
    before = {"("} | ({"explain", "analyze", "verbose", ")"} if words[:1] == ["explain"] else set())
    return next(
        (
            word
            for last, word, following in zip(words, words[1:], [*words[2:], ""], strict=False)
            # `(copy)` and `(copy, ...)` are a column of that name, `(load(...))` a function.
            if word in _CHANGING and last in before and following not in {")", ",", "(", ""}
        ),
        None,
    )


def _message(error: duckdb.Error) -> str:
    # "Binder Error: Referenced column ... LINE 1: select ... ^": what DuckDB says points to the place already.
    return re.sub(r"\n\s*\n", "\n", str(error)).strip()


def _meant(connection: duckdb.DuckDBPyConnection, query: str, message: str) -> str:
    """Return a message with the names that may have been meant: DuckDB's own guesses reach into its system tables."""
    catalogue = read_catalogue(connection)
    if unknown := _UNKNOWN.search(message):
        known = catalogue.views if unknown["kind"] == "Table" else catalogue.macros
        near = get_close_matches(unknown["name"].lower(), known, n=3)
        if near or unknown["kind"] == "Table":
            guess = f"Did you mean {_either(near)}?" if near else f"There are: {', '.join(catalogue.views)}."
            said = f"{unknown['kind']} with name {unknown['name']} does not exist!\n{guess}"
            return message.replace(unknown[0], said)
    if missing := _NO_COLUMN.search(message):
        asked = [view for view in catalogue.views.values() if re.search(rf"\b{view.name}\b", query, re.IGNORECASE)]
        columns = dict.fromkeys(column.name for view in asked for column in view.columns)
        near = get_close_matches(missing["name"].lower(), columns, n=3)
        return message.replace(missing[0], f"{missing[0]}\nDid you mean {_either(near)}?") if near else message
    if valueless := _NO_VALUE.search(message):
        names = valueless[1].split(", ")
        return f"no value for ${', $'.join(names)}. Give it: " + " ".join(f"--param {name}=VALUE" for name in names)
    return message


def _either(names: list[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)
