"""The schedules' work under Prefect: a flow for each piece, and a task for each outlet step that is worth a retry.

Nothing is decided here. Prefect is told of the steps and how often to try them; they are those of
``flows.ingest.collect``, and a plain ``wakhan run`` calls them without it. The only module that imports ``prefect``,
besides the server's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prefect import flow, tags, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import State, StateType
from prefect.client.schemas.sorting import FlowRunSort, TaskRunSort
from prefect.futures import as_completed
from prefect.states import Crashed
from prefect.task_runners import ThreadPoolTaskRunner

from extractors.outlet import Outlet
from flows.ingest.collect import Listing, Reading, list_outlet, outlet_report, read_outlet
from flows.ingest.road import Road
from flows.ingest.run import Reports
from records import WarehouseLockedError

if TYPE_CHECKING:
    from flows.settings import Settings

# Records are handed on in memory: nothing is pickled to disk, nothing hashed for a cache.
_IN_MEMORY: dict[str, Any] = {"persist_result": False, "cache_policy": None}

# As many as the server hands out at a time.
_PAGE = 200
_UNFINISHED = [StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING, StateType.PAUSED]


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


def run_as_flow(job: str, work: Callable[[], str], settings: Settings) -> str:
    """Do a piece of work as a run of the flow that is named like it, and return what it said."""

    @flow(name=job, flow_run_name=job, task_runner=_THREADS, persist_result=False, validate_parameters=False)
    def scheduled() -> str:
        return work()

    with tags(_tag(settings)):
        return scheduled()


def mark_crashed(settings: Settings) -> int:
    """Mark the flow runs of this warehouse that a killed process left unfinished, and return how many there were."""
    ours = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[_tag(settings)]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED)),
    )
    steps = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=_UNFINISHED)))
    crashed: State[None] = Crashed(message="`wakhan up` ended while this ran; what had landed is safe.")
    marked = 0
    with get_client(sync_client=True) as client:
        # What is marked no longer matches, so each question gives the next page.
        while runs := client.read_flow_runs(flow_run_filter=ours, sort=FlowRunSort.ID_DESC, limit=_PAGE):
            for step in client.read_task_runs(
                flow_run_filter=ours, task_run_filter=steps, sort=TaskRunSort.ID_DESC, limit=_PAGE
            ):
                client.set_task_run_state(step.id, crashed, force=True)
            for run in runs:
                client.set_flow_run_state(run.id, crashed, force=True)
            marked += len(runs)
    return marked


def _tag(settings: Settings) -> str:
    # A PostgreSQL database may serve several warehouses.
    return f"wakhan:{settings.data_dir.absolute()}"
