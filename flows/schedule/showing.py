"""A status for a person and for a script."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rich.text import Text

from flows.console import stdout, table
from records.counting import count_of

if TYPE_CHECKING:
    from rich.console import Console

    from flows.schedule.status import JobStatus, Status
    from warehouse.standing import Standing


def status_json(status: Status, troubles: Sequence[str]) -> dict[str, Any]:
    """Return a status as JSON values: times in ISO 8601, spans in seconds, sizes in bytes."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat(timespec="seconds")
        if isinstance(value, timedelta):
            return value.total_seconds()
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return value

    journal = status.journal
    return {
        "at": plain(status.at),
        "up": status.up,
        "pid": journal.pid if status.up else None,
        "up_since": plain(journal.up_since) if status.up else None,
        "prefect": journal.prefect if status.up else None,
        "next_digest_at": plain(journal.next_digest_at) if status.up else None,
        "troubles": list(troubles),
        "jobs": {job.name: plain(dataclasses.asdict(job)) for job in status.jobs},
        "published_at": plain(status.published_at),
        "warehouse": None if status.standing is None else plain(dataclasses.asdict(status.standing)),
        "disk": plain(dataclasses.asdict(status.disk)),
    }


def show_status(status: Status, troubles: Sequence[str]) -> None:
    """Print what should be looked at first, then everything."""
    out = stdout()
    if status.up:
        since = f" since {_clock(status.journal.up_since, status.at)}" if status.journal.up_since else ""
        pages = status.journal.prefect or ("down" if status.with_prefect else "not wanted")
        out.print(f"wakhan up: process {status.journal.pid}{since}; Prefect's pages: {pages}")
        if status.journal.next_digest_at:
            out.print(f"next digest: {_clock(status.journal.next_digest_at, status.at)}")
    else:
        out.print("wakhan up: does not run")
    for trouble in troubles:
        out.print(Text.assemble(("look: ", "bold red"), trouble))
    columns = [("work", "left"), ("looked", "left"), ("last done", "left"), ("took", "right"), ("outcome", "left")]
    out.print(table("Schedules", [*columns, ("said", "left")], [_job_row(job, status.at) for job in status.jobs]))
    if status.standing is None:
        out.print("Nothing has been published yet: wakhan run, or wakhan up.")
    else:
        _show_standing(out, status.standing, status)
    sizes = ", ".join(f"{name} {_size(size)}" for name, size in status.disk.sizes.items())
    out.print(f"disk: {_size(status.disk.free)} of {_size(status.disk.total)} free{'; ' + sizes if sizes else ''}")


def _show_standing(out: Console, standing: Standing, status: Status) -> None:
    columns = [("run", "left"), ("kind", "left"), ("began", "left"), ("outcome", "left"), ("outlets", "right")]
    columns += [("failing", "right"), ("new", "right"), ("alerts", "right")]
    rows = [
        (
            run.run_id,
            run.kind,
            _clock(run.started_at, status.at),
            run.outcome or "runs",
            run.outlets,
            run.outlets_with_failures,
            run.new,
            run.alerts,
        )
        for run in standing.runs
    ]
    out.print(table("Last runs", columns, rows))
    sources = ", ".join(f"{count} {name}" for name, count in sorted(standing.sources.items()))
    out.print(f"sources: {sources or 'none asked yet'}")
    for each in standing.troubles:
        if each.status in {"failing", "silent"}:
            since = f" since {_clock(each.since, status.at)}" if each.since else ""
            out.print(f"  {each.outlet}: {each.status}{since}. {each.message or ''}".rstrip(), markup=False)
    out.print(
        f"warehouse: {count_of(standing.articles, 'article')}, {count_of(standing.alerts, 'alert')}; "
        f"waiting for translation: {standing.untranslated:,}, only glossed: {standing.glossed:,}"
    )
    out.print(f"outbox: {standing.waiting} waiting, {standing.refused} refused in 24 hours")
    if status.published_at is not None:
        out.print(f"published copy: of {_clock(status.published_at, status.at)}")


def _job_row(job: JobStatus, now: datetime) -> tuple[str, ...]:
    if job.running_since is not None:
        took, outcome = _span(now - job.running_since), "runs"
    else:
        took = _span(job.finished_at - job.started_at) if job.finished_at and job.started_at else ""
        outcome = job.outcome or ""
    looked, done = (_clock(moment, now) if moment else "never" for moment in (job.looked_at, job.finished_at))
    return (job.name, looked, done, took, outcome, job.said)


def _clock(moment: datetime | None, now: datetime) -> str:
    """Return a moment in the zone of this machine; without the day when it is today's."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{local:%H:%M:%S}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
