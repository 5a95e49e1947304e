"""How everything stands, from what lies in ``data_dir``: works without Prefect, and while anything else runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.schedule.clock import Every, next_look
from flows.schedule.journal import Journal, read_journal
from flows.schedule.plans import Plan, plans_of
from flows.schedule.prefect_home import prefect_home
from records.counting import count_of
from warehouse.asking import open_reader
from warehouse.locking import is_held, lock_path_of
from warehouse.standing import Standing, standing_of

if TYPE_CHECKING:
    from flows.settings import Settings

# Work is late when this much more than its pause has passed: less is a busy machine.
_PATIENCE = timedelta(minutes=5)
# With less room a copy of the warehouse, or an hour of archive, may not fit.
_LITTLE_ROOM = 2 * 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Sizes in bytes; ``sizes`` by what lies in ``data_dir``."""

    free: int
    total: int
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """One piece of work: ``late`` is how long it is overdue, ``None`` when it is not, or when no ``up`` runs."""

    name: str
    does: str
    looked_at: datetime | None
    next_at: datetime | None
    running_since: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    outcome: str | None
    said: str
    failures: int
    late: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything at one moment; ``standing`` is ``None`` before the first run has published."""

    at: datetime
    up: bool
    with_prefect: bool
    """Whether the settings wish for its server."""
    journal: Journal
    jobs: tuple[JobStatus, ...]
    published_at: datetime | None
    standing: Standing | None
    disk: Disk


def up_lock(data_dir: Path) -> Path:
    """Return the path whose lock a running ``wakhan up`` holds."""
    return data_dir / "up"


def read_status(settings: Settings, *, now: datetime, up: bool | None = None) -> Status:
    """Return how everything stands at ``now``; ``up`` is for a caller who knows whether ``wakhan up`` runs."""
    journal = read_journal(settings.data_dir)
    runs = is_held(lock_path_of(up_lock(settings.data_dir))) if up is None else up
    standing, published_at = None, None
    if settings.published.exists():
        with open_reader(settings.published) as reader:
            standing = standing_of(reader, now=now)
        published_at = datetime.fromtimestamp(settings.published.stat().st_mtime, now.tzinfo)
    return Status(
        at=now,
        up=runs,
        with_prefect=settings.schedule.prefect,
        journal=journal,
        jobs=tuple(_job_status(plan, journal, up=runs, now=now) for plan in plans_of(settings)),
        published_at=published_at,
        standing=standing,
        disk=_disk(settings),
    )


def troubles_of(status: Status) -> tuple[str, ...]:
    """Return what somebody should look at, a sentence each; empty when all is well."""
    found = []
    for job in status.jobs:
        if job.late is not None:
            found.append(f"{job.name} is {_span(job.late)} late")
        if job.outcome in {"failed", "killed"}:
            again = f", {job.failures} times in a row" if job.failures > 1 else ""
            found.append(f"{job.name} {job.outcome}{again}: {job.said}")
    if status.up and status.with_prefect and status.journal.prefect is None:
        found.append("Prefect's server does not answer; the work goes on without its pages")
    if status.standing is not None:
        failing = [each.outlet for each in status.standing.troubles if each.status in {"failing", "silent"}]
        if failing:
            shown = ", ".join(failing[:5]) + (f" and {len(failing) - 5} more" if len(failing) > 5 else "")
            failing_or_silent = "source fails or is silent" if len(failing) == 1 else "sources fail or are silent"
            found.append(f"{len(failing):,} {failing_or_silent}: {shown} (wakhan sql 'from outlet_health')")
        if status.standing.refused:
            refused = count_of(status.standing.refused, "message was", "messages were")
            found.append(f"{refused} refused in 24 hours (wakhan sql 'from digests')")
    if status.disk.free < _LITTLE_ROOM:
        found.append(f"only {status.disk.free / 1e9:.1f} GB are free")
    return tuple(found)


def _job_status(plan: Plan, journal: Journal, *, up: bool, now: datetime) -> JobStatus:
    state = journal.of(plan.name)
    due = next_look(plan.rhythm, looked_at=state.looked_at, failures=state.failures, now=now)
    began = state.looked_at or journal.up_since
    late = None
    if up and state.running_since is None and began is not None:
        allowed = _PATIENCE + (plan.rhythm.pause if isinstance(plan.rhythm, Every) else timedelta(0))
        overdue = now - (due if state.looked_at is not None else began)
        late = overdue if overdue > allowed else None
    return JobStatus(
        name=plan.name,
        does=plan.does,
        looked_at=state.looked_at,
        next_at=due if up else None,
        running_since=state.running_since if up else None,
        started_at=state.started_at,
        finished_at=state.finished_at,
        outcome=state.outcome,
        said=state.said,
        failures=state.failures,
        late=late,
    )


def _disk(settings: Settings) -> Disk:
    folder = next(
        each for each in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents) if each.exists()
    )
    room = shutil.disk_usage(folder)
    parts = {
        "warehouse": [settings.warehouse],
        "published": [settings.published],
        "archive": [settings.archive],
        "models": [settings.models],
        "backups": [settings.data_dir / "backups"],
        "prefect": [prefect_home(settings)],
    }
    sizes = {name: sum(map(_size, paths)) for name, paths in parts.items()}
    return Disk(free=room.free, total=room.total, sizes={name: size for name, size in sizes.items() if size})


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    # Files come and go while we look.
    found: Sequence[os.DirEntry[str]] = []
    try:
        with os.scandir(path) as entries:
            found = list(entries)
    except OSError:
        return 0
    total = 0
    for entry in found:
        try:
            total += _size(Path(entry.path)) if entry.is_dir(follow_symlinks=False) else entry.stat().st_size
        except OSError:
            continue
    return total


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"
