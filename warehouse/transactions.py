"""One transaction: all of it, or nothing, and no log left behind."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from records import WarehouseError
from warehouse.opening import Warehouse


@contextmanager
def transaction(warehouse: Warehouse, *, keep: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Run what is inside in one transaction; with ``keep=False`` undo it at the end: a dry run.

    A warehouse commits by a checkpoint (see ``opening``), so that there is no log for a kill to break (duckdb#22044).
    Raises ``WarehouseError`` when the disk is full or the file cannot be written.
    """
    connection = warehouse.connection
    connection.begin()
    try:
        yield connection
        if keep:
            connection.commit()
        else:
            connection.rollback()
    except BaseException as error:
        # After a fatal error there is no transaction left to undo.
        with contextlib.suppress(duckdb.Error):
            connection.rollback()
        if isinstance(error, duckdb.IOException | duckdb.FatalException):
            raise WarehouseError(
                f"{warehouse.path} cannot be written: {error}. Nothing is half done: make room and run again."
            ) from error
        raise
