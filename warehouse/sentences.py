"""Sentences that were translated before, looked up and kept in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from warehouse.opening import Warehouse
from warehouse.parameters import columns_of, utc
from warehouse.sqlfiles import sql_of
from warehouse.transactions import transaction


def find_sentences(
    warehouse: Warehouse, sentences: Sequence[str], *, engine: str, model_version: str
) -> dict[str, str]:
    """Return the translations of those sentences that this engine and model version have translated."""
    values = {"source": list(sentences), "engine": engine, "model_version": model_version}
    rows = warehouse.connection.execute(sql_of("queries", "sentence_translations"), values).fetchall()
    return {str(source): str(translation) for source, translation in rows}


def keep_sentences(
    warehouse: Warehouse, translations: Mapping[str, str], *, engine: str, model_version: str, now: datetime
) -> None:
    """Keep translations by source sentence, in one transaction; those that are kept already stay as they are."""
    columns = columns_of(list(translations.items()), source=lambda pair: pair[0], translation=lambda pair: pair[1])
    values = columns | {"engine": engine, "model_version": model_version, "made_at": utc(now)}
    with transaction(warehouse) as connection:
        connection.execute(sql_of("statements", "land_sentences"), values)
