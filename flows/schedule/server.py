"""Prefect's server as a child of ``wakhan up``: ``python -m flows.schedule.server`` serves until stdin ends.

``prefect server start`` would outlive a parent that is killed; a pipe that nobody holds any more ends this one.
"""

from __future__ import annotations

import os
import sys
import threading

import prefect.main  # noqa: F401 - resolves what the server's modules import from each other
import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings

from flows.lifeline import PARENT_GONE
from flows.logs import set_up_logging
from flows.settings import Settings


def main() -> None:
    """Serve API and pages where the environment says; settings come as JSON in the first line of stdin."""
    set_up_logging(Settings.model_validate_json(sys.stdin.readline()))
    threading.Thread(target=_end_with_parent, name="lifeline", daemon=True).start()
    where = get_current_settings().server.api
    uvicorn.run(
        create_app(),
        host=str(where.host),
        port=where.port,
        log_config=None,
        access_log=False,
        # A browser that keeps a page open must not hold up the end.
        timeout_graceful_shutdown=3,
    )


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(PARENT_GONE)


if __name__ == "__main__":
    main()
