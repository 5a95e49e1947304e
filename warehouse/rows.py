"""Rows of the queries that ship with the program, by column name."""

from __future__ import annotations

from typing import Any

from warehouse.opening import Warehouse
from warehouse.sqlfiles import sql_of


def rows_of(warehouse: Warehouse, query: str, **values: object) -> list[dict[str, Any]]:
    """Return the rows of ``queries/<query>.sql``; moments are naive UTC, as columns hold them."""
    cursor = warehouse.connection.execute(sql_of("queries", query), values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
