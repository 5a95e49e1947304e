"""The flow ``ingest``: every outlet's two steps, under Prefect or plainly, by the same functions.

``list-outlet`` asks the sources and lands what they offer; ``read-outlet`` fetches the pages that are due, reads,
translates, matches and lands them in chunks. Both are worth a retry: the first when an outlet does not answer, the
second when the warehouse is held by another process. All else is a plain call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.console import say
from flows.door import WAIT_SECONDS
from flows.ingest.backlog import translate_backlog
from flows.ingest.collect import list_outlet, outlet_report, read_outlet
from flows.ingest.health import settle_doubts
from flows.ingest.memory import amend_reports, finish_run, start_run
from records import OutletReport, RunReport
from warehouse.publishing import publish

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.road import Road

Reports = Iterator[OutletReport]
Landed = Callable[[OutletReport], None]


def ingest(road: Road, *, landed: Landed, collect: Callable[[Road], Reports]) -> RunReport:
    """Collect every outlet of the road, translate what earlier runs left, publish, and return what became of each.

    The arguments are those of ``land_outlets``.
    """
    run = land_outlets(road, landed=landed, collect=collect)
    # What landed and alerted can be read before models begin, which may take minutes.
    publish(road.warehouse, road.settings.published, wait_seconds=WAIT_SECONDS)
    caught_up = translate_backlog(road)
    if caught_up.articles:
        run = _with_alerts(run, caught_up.alerts)
        amend_reports(road, run)
        publish(road.warehouse, road.settings.published, wait_seconds=WAIT_SECONDS)
    return run


def _with_alerts(run: RunReport, alerts: Mapping[str, int]) -> RunReport:
    """Return the report with the alerts counted that the backlog made of the articles of its outlets."""
    outlets = (replace(each, alerts=each.alerts + alerts.get(each.outlet_id, 0)) for each in run.outlets)
    return replace(run, outlets=tuple(outlets))


def land_outlets(road: Road, *, landed: Landed, collect: Callable[[Road], Reports]) -> RunReport:
    """Collect every outlet of the road and return what became of each.

    ``collect`` yields the outlets' reports as they are finished (plainly or under Prefect), ``landed`` is told of each.
    What one outlet does never holds up another. A run that is killed leaves what it landed; the next completes it.
    """
    start_run(road)
    reports = []
    with closing(collect(road)) as finished:  # type: ignore[type-var]  # both collectors are generators
        for report in finished:
            reports.append(report)
            landed(report)
    order = {outlet.id: position for position, outlet in enumerate(road.outlets)}
    run = RunReport(
        run_id=road.run_id,
        started_at=road.started_at,
        finished_at=datetime.now(UTC),
        outlets=tuple(sorted(reports, key=lambda report: order[report.outlet_id])),
    )
    settle_doubts(road)
    finish_run(road, run)
    return run


def collect_plainly(road: Road) -> Reports:
    """Yield the report of each outlet, several outlets at a time in threads.

    Stopped early, it lands what was read of the outlets under way, and asks for no further page.
    """
    pool = ThreadPoolExecutor(road.settings.fetch.parallel_outlets, thread_name_prefix="outlet")
    try:
        for future in as_completed([pool.submit(_collect_outlet, road, outlet) for outlet in road.outlets]):
            yield future.result()
    except (KeyboardInterrupt, GeneratorExit):
        say("Stopping; what was read lands first ...")
        raise
    finally:
        road.stopping.set()
        pool.shutdown(cancel_futures=True)


def _collect_outlet(road: Road, outlet: Outlet) -> OutletReport:
    return outlet_report(road, outlet, list_outlet(road, outlet), read_outlet(road, outlet))
