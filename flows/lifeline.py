"""No orphans: a child ends when its parent does, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import threading

# As a shell would say of a program that was hung up on; nobody is left to read it.
PARENT_GONE = 129


def end_with_parent() -> None:
    """Make this process, started by ``multiprocessing``, end at once when the one that started it is gone.

    Nothing is tidied up: what has landed is safe, and a killed run is completed by the next.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a child has a parent to watch"

    def watch() -> None:
        parent.join()
        os._exit(PARENT_GONE)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
