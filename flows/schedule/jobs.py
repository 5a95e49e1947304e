"""The work of the schedules as plain functions: each looks whether there is something to do, and returns what does it.

Looking is cheap and writes nothing; nothing here knows of Prefect. What is done is said in a line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.outlet import load_outlets
from flows.door import WAIT_SECONDS
from flows.ingest.backlog import backlog_waits, translate_backlog
from flows.ingest.engines import open_engines
from flows.ingest.opening import open_road
from flows.ingest.polling import due_outlets
from flows.ingest.reporting import wrongs_of
from flows.ingest.run import Reports, land_outlets
from flows.ingest.turn import turn_of_run
from flows.mail.mailing import anything_due, send_due
from flows.mail.notify import has_news, notify
from flows.schedule.journal import read_journal
from flows.schedule.status import read_status, troubles_of
from records import OutletReport, RunReport
from records.counting import count_of
from warehouse.caring import PrunePolicy, prune
from warehouse.opening import open_warehouse
from warehouse.publishing import publish
from warehouse.reading import next_polls, outlets_with_due_pages

if TYPE_CHECKING:
    from flows.ingest.road import Road
    from flows.settings import Settings

_log = logging.getLogger("flows.schedule")

# Copying takes at most this share of the time: a warehouse of a million articles is not copied every minute.
_PUBLISHING_SHARE = 0.05

Work = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a look is given; ``collect`` runs the outlets' steps, plainly or as tasks."""

    settings: Settings
    now: datetime
    collect: Callable[[Road], Reports]
    addresses: Mapping[str, tuple[str, int]] | None = None
    """Where hosts really are: the demo's press."""


def look_at(job: str, call: Call) -> Work | None:
    """Return what there is to do now, or ``None``. Raises ``WakhanError`` for what a user can mend."""
    return _LOOKS[job](call)


def _collect(call: Call) -> Work | None:
    settings = call.settings
    outlets = load_outlets(settings.outlets)
    polls: dict[tuple[str, str], datetime] = {}
    unread: frozenset[str] = frozenset()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
            polls = next_polls(warehouse)
            unread = outlets_with_due_pages(warehouse, now=call.now)
    due = due_outlets(outlets, polls, unread, now=call.now)
    if not due:
        return None

    def collect() -> str:
        with (
            turn_of_run(settings),
            open_road(settings, outlet_ids=due, due_only=True, addresses=call.addresses) as road,
        ):
            return _line(land_outlets(road, landed=_tell, collect=call.collect))

    return collect


def _tell(report: OutletReport) -> None:
    if report.new or report.alerts or report.failures:
        _log.info(
            "collect: %s: %d new, %d alerts%s",
            report.outlet_id,
            report.new,
            report.alerts,
            "".join(f"; {wrong}" for wrong in wrongs_of(report)),
            extra={"job": "collect", "run_id": report.run_id},
        )


def _line(run: RunReport) -> str:
    new, revised, alerts = (sum(getattr(each, name) for each in run.outlets) for name in ("new", "revised", "alerts"))
    failed = sum(1 for each in run.outlets if each.failures)
    return (
        f"{count_of(new, 'new article')}, {revised} revised, {count_of(alerts, 'alert')} from "
        f"{count_of(len(run.outlets), 'outlet')}"
        f"{f', {failed} of them with failures' if failed else ''} (run {run.run_id})"
    )


def _notify(call: Call) -> Work | None:
    if not has_news(call.settings, now=call.now):
        return None
    return lambda: "; ".join(f"{each.name}: {each.state}: {each.title}" for each in notify(call.settings, now=call.now))


def _digest(call: Call) -> Work | None:
    if not anything_due(call.settings, now=call.now):
        return None
    return lambda: "; ".join(
        f"{each.reader}: {each.state}: {each.subject}" for each in send_due(call.settings, now=call.now)
    )


def _publish(call: Call) -> Work | None:
    settings = call.settings
    if not settings.warehouse.exists():
        return None
    last = read_journal(settings.data_dir).of("publish")
    if settings.published.exists():
        # Who opens the warehouse and changes nothing leaves its time as it is.
        if settings.published.stat().st_mtime >= settings.warehouse.stat().st_mtime:
            return None
        if last.outcome == "done" and last.started_at is not None and last.finished_at is not None:
            pause = (last.finished_at - last.started_at) / _PUBLISHING_SHARE
            if last.finished_at <= call.now < last.finished_at + pause:
                return None

    def put_in_place() -> str:
        started = time.monotonic()
        published = publish(settings.warehouse, settings.published, wait_seconds=WAIT_SECONDS)
        return f"{published.bytes / 1e6:.1f} MB in {time.monotonic() - started:.1f} s"

    return put_in_place


def _translate(call: Call) -> Work | None:
    settings = call.settings
    if not settings.warehouse.exists():
        return None
    translators = open_engines(settings)
    with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
        if not backlog_waits(warehouse, translators, settings.translation.order):
            return None

    def translate() -> str:
        with open_road(settings, addresses=call.addresses) as road:
            return f"{count_of(translate_backlog(road).articles, 'article')} translated"

    return translate


def _health(call: Call) -> Work | None:
    def judge() -> str:
        status = read_status(call.settings, now=call.now, up=True)
        troubles = troubles_of(status)
        for trouble in troubles:
            _log.warning("health: %s", trouble, extra={"job": "health"})
        return f"{count_of(len(troubles), 'thing')} to look at" if troubles else "all is well"

    return judge


def _prune(call: Call) -> Work | None:
    settings = call.settings
    if not settings.warehouse.exists():
        return None

    def remove() -> str:
        with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
            removed = prune(warehouse, PrunePolicy(), now=datetime.now(UTC), dry_run=False)
        counts = ", ".join(f"{count:,} {name}" for name, count in removed.items() if count)
        return f"removed {counts}" if counts else "nothing was old enough to go"

    return remove


_LOOKS: dict[str, Callable[[Call], Work | None]] = {
    "collect": _collect,
    "notify": _notify,
    "digest": _digest,
    "publish": _publish,
    "translate": _translate,
    "health": _health,
    "prune": _prune,
}
