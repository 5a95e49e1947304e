"""The same road under Prefect: a flow with a task for each outlet step that is worth a retry.

Nothing is decided here. Prefect is told when to run a step and how often to try it; the steps are those of
``flows.ingest.collect``, and a plain ``wakhan run`` calls them without it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from extractors.outlet import Outlet
from flows.ingest.collect import Listing, Reading, list_outlet, outlet_report, read_outlet
from flows.ingest.road import Road, open_road
from flows.ingest.run import Reports, ingest
from flows.settings import load_settings
from records import OutletReport, RunReport, WarehouseLockedError

# Records are handed on in memory: nothing is pickled to disk, nothing hashed for a cache.
_IN_MEMORY: dict[str, Any] = {"persist_result": False, "cache_policy": None}


def _locked(_task: object, _run: object, state: Any) -> bool:
    """Retry only what waiting can mend: another process writes the warehouse."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, WarehouseLockedError)


_THREADS: Any = ThreadPoolTaskRunner(max_workers=8)  # Prefect's own types do not fit each other


@task(
    name="list-outlet",
    task_run_name="list {outlet.id}",
    retries=3,
    retry_delay_seconds=10,
    retry_condition_fn=_locked,
    **_IN_MEMORY,
)
def list_outlet_task(road: Road, outlet: Outlet) -> Listing:
    """Ask the sources of one outlet."""
    return list_outlet(road, outlet)


@task(
    name="read-outlet",
    task_run_name="read {outlet.id}",
    retries=3,
    retry_delay_seconds=10,
    retry_condition_fn=_locked,
    **_IN_MEMORY,
)
def read_outlet_task(road: Road, outlet: Outlet, listing: Listing) -> tuple[Listing, Reading]:
    """Fetch, read and land the pages of one outlet that are due."""
    return listing, read_outlet(road, outlet)


def collect_with_prefect(road: Road) -> Reports:
    """Yield the report of each outlet, collected by tasks of the flow this is called in."""
    readings = {}
    for outlet in road.outlets:
        listing = list_outlet_task.submit(road, outlet)
        # Prefect waits for a future that is an argument, and hands on its result.
        readings[read_outlet_task.submit(road, outlet, listing)] = outlet  # type: ignore[call-overload]
    for future in as_completed(list(readings)):
        listing, reading = future.result()
        yield outlet_report(road, readings[future], listing, reading)


@flow(name="ingest", flow_run_name="ingest", task_runner=_THREADS, persist_result=False)
def ingest_flow(  # noqa: PLR0917 - Prefect passes by name
    settings_file: Path | None = None,
    outlet_ids: tuple[str, ...] = (),
    since: datetime | None = None,
    limit: int | None = None,
    due_only: bool = False,  # noqa: FBT001
    addresses: dict[str, tuple[str, int]] | None = None,
) -> RunReport:
    """Collect, read, translate, match and land, once; the arguments are those of ``flows.ingest.once.run_once``."""
    logger = get_run_logger()

    def tell(report: OutletReport) -> None:
        logger.info(
            "%s: %d new, %d alerts, %d failures", report.outlet_id, report.new, report.alerts, len(report.failures)
        )

    settings = load_settings(settings_file)
    with open_road(
        settings, outlet_ids=outlet_ids, since=since, limit=limit, due_only=due_only, addresses=addresses
    ) as road:
        return ingest(road, landed=tell, collect=collect_with_prefect)
