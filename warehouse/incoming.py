"""Rows that land, as the relation `incoming` of a statement.

Columns are lent to DuckDB as NumPy arrays: 50,000 mentions reach a table in a quarter of the time that they take as
lists in parameters, each value of which is copied twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.parameters import Columns
from warehouse.sqlfiles import sql_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def land_rows(
    connection: duckdb.DuckDBPyConnection, statement: str, columns: Columns, **values: object
) -> list[tuple[Any, ...]]:
    """Run a statement over rows given as columns, if there are any; return what it returns.

    The statement reads them from `incoming`. A column that it names as a parameter, too (`$reasons`), holds lists or
    bytes: the parameter has the distinct values and the column says which, counted from 1.
    """
    if not any(columns.values()):
        return []
    sql = sql_of("statements", statement)
    lent: dict[str, NDArray[Any]] = {}
    for name, column in columns.items():
        if f"${name}::" in sql:
            places, values[name] = _referred(column)
            lent[name] = _array(places)
        else:
            lent[name] = _array(column)
    connection.register("incoming", lent)
    returned = connection.execute(sql, values).fetchall()
    # Not when the statement fails: the transaction is undone then, and the view with it.
    connection.unregister("incoming")
    return returned


def _array(values: list[Any]) -> NDArray[Any]:
    # Only a landing needs it, not every command that reads the warehouse.
    import numpy as np  # noqa: PLC0415

    first = next((value for value in values if value is not None), None)
    if isinstance(first, datetime):
        # Each moment once: NumPy takes 5 microseconds for one, and those of a batch are few.
        places, moments = _referred(values)
        lent: NDArray[Any] = np.array(moments, dtype="datetime64[us]")[np.array(places) - 1]
        return lent
    if isinstance(first, bool | int | float) and None not in values:
        return np.array(values)
    if isinstance(first, float):
        return np.array(values, dtype=float)
    # As they are: text, or nulls; numbers with nulls among them are written as text, which the statement casts.
    return np.array(values, dtype=object)


def _referred(values: list[Any]) -> tuple[list[int], list[Any]]:
    """Return for each value its place among the distinct ones, counted from 1, and these."""
    places: dict[Any, int] = {}
    of_row = [
        places.setdefault(tuple(value) if isinstance(value, list) else value, len(places) + 1) for value in values
    ]
    return of_row, [list(value) if isinstance(value, tuple) else value for value in places]
