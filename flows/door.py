"""The warehouse as the threads of one run share it: opened late, handed on open to who waits, closed early."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.opening import Warehouse, open_warehouse

# How long a run waits for another writer (a publish, an import) before it gives up: longer than either takes.
WAIT_SECONDS = 120
# Opening and closing cost 0.1 s, which 55 outlets in 8 threads pay two hundred times. After so long other processes get
# their turn all the same.
_OPEN_SECONDS = 2.0


class Door:
    """Lets one thread at a time to the warehouse; safe to share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0
        self._held = ExitStack()
        self._warehouse: Warehouse | None = None
        self._opened_at = 0.0

    @contextmanager
    def opened(self) -> Iterator[Warehouse]:
        """Yield the warehouse when it is this thread's turn; raises as ``open_warehouse``."""
        with self._count:
            self._waiting += 1
        with self._turn:
            with self._count:
                self._waiting -= 1
            if self._warehouse is None:
                self._warehouse = self._held.enter_context(open_warehouse(self._path, wait_seconds=WAIT_SECONDS))
                self._opened_at = time.monotonic()
            try:
                yield self._warehouse
            finally:
                if not self._waiting or time.monotonic() - self._opened_at > _OPEN_SECONDS:
                    self._warehouse = None
                    self._held.close()
