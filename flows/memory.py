"""What a run remembers and what it lands: the warehouse, opened for a moment and closed again.

Opened late and closed early, so that other commands get their turn; threads of one run wait for each other here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from records import Batch, FeedItem, FetchState, Landed, RunReport
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.reading import fetch_states, pending_items, recheck_states
from warehouse.runs import finish_run as land_finish
from warehouse.runs import start_run as land_start
from warehouse.runs import sync_lists, sync_outlets

if TYPE_CHECKING:
    from flows.road import Road

# How long a run waits for another writer (a publish, an import) before it gives up: longer than either takes.
WAIT_SECONDS = 120

_turn = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A page to ask for: a new item, or (``item`` is ``None``) a landed article that may have changed."""

    url: str
    item: FeedItem | None
    state: FetchState | None
