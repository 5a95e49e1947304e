"""One piece of work in a process of its own: forked from one that has imported everything, ended when it is done.

So a run starts in a moment, memory it took is given back, and what crashes or hangs in it holds up nothing else.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.ingest.run import collect_plainly
from flows.ingest.turn import is_run_under_way
from flows.lifeline import end_with_parent
from flows.logs import set_up_logging
from flows.schedule.jobs import Call, look_at
from flows.schedule.orchestrated import collect_with_prefect, mark_crashed, run_as_flow
from flows.schedule.words import Word
from records import WakhanError
from records.counting import count_of
from warehouse.opening import open_warehouse
from warehouse.syncing import close_killed_runs

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import TracebackType

    from flows.settings import Settings

_log = logging.getLogger("flows.schedule")


def run_job(
    job: str,
    settings: Settings,
    *,
    undivided: bool,
    with_prefect: bool,
    addresses: Mapping[str, tuple[str, int]] | None,
    parent: Connection,
) -> None:
    """Look whether there is work and do it, as a flow run when Prefect's server answers."""
    _live_as_child(settings, undivided=undivided)
    call = Call(
        settings=settings,
        now=datetime.now(UTC),
        collect=collect_with_prefect if with_prefect else collect_plainly,
        addresses=addresses,
    )
    with _told(job, parent):
        work = look_at(job, call)
        if work is None:
            parent.send(Word(kind="idle"))
            return
        parent.send(Word(kind="began"))

        def do() -> str:
            said = work()
            # Said before Prefect takes note of it: what is done is done, whatever becomes of its server.
            parent.send(Word(kind="done", said=said))
            return said

        if with_prefect:
            run_as_flow(job, do, settings)
        else:
            do()


def sweep(settings: Settings, *, with_prefect: bool, parent: Connection) -> None:
    """Mark what ended without saying so: in the warehouse, unless a run is under way beside us, and in Prefect."""
    _live_as_child(settings, undivided=False)
    with _told("sweep", parent):
        if settings.warehouse.exists() and not is_run_under_way(settings):
            with open_warehouse(settings.warehouse) as warehouse:
                close_killed_runs(warehouse, kind="ingest")
        crashed = mark_crashed(settings) if with_prefect else 0
        parent.send(Word(kind="done", said=f"{count_of(crashed, 'flow run')} cut short" if crashed else ""))


def _live_as_child(settings: Settings, *, undivided: bool) -> None:
    end_with_parent()
    # Ctrl-C reaches the whole group; only the parent decides what becomes of its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN if undivided else signal.SIG_DFL)
    os.nice(5)  # the server's pages and an analyst's queries go before
    set_up_logging(settings)


class _told:  # noqa: N801 - used as a verb: `with _told(...)`
    """Tell the parent how a block failed: in a line what a user can mend, with a traceback in the log what is a bug."""

    def __init__(self, job: str, parent: Connection) -> None:
        self._job = job
        self._parent = parent

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, WakhanError):
            self._parent.send(Word(kind="failed", said=str(error)))
            return True
        if isinstance(error, Exception):
            _log.critical("%s: stopped by a bug: %s", self._job, error, exc_info=error, extra={"job": self._job})
            raise SystemExit(1) from None
        return False
