"""The only package that imports `duckdb`: migrations, landing, reading, publishing, citing."""

from warehouse.digesting import read_edition
from warehouse.landing import land
from warehouse.opening import Warehouse, open_warehouse
from warehouse.reading import (
    fetch_states,
    known_articles,
    pending_items,
    recheck_urls,
    unidentified,
    unmatched,
    untranslated,
)
from warehouse.syncing import finish_run, start_run, sync_lists, sync_outlets

__all__ = [
    "Warehouse",
    "fetch_states",
    "finish_run",
    "known_articles",
    "land",
    "open_warehouse",
    "pending_items",
    "read_edition",
    "recheck_urls",
    "start_run",
    "sync_lists",
    "sync_outlets",
    "unidentified",
    "unmatched",
    "untranslated",
]
