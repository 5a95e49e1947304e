"""What the schedules did, in a file: read by ``wakhan status`` at any time, and by the next ``wakhan up``."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from configfiles import replace_file

Outcome = Literal["done", "failed", "killed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """How one piece of work stands.

    It was looked at ``looked_at``; most looks find nothing to do. ``started_at`` up to ``failures`` tell of the last
    time there was something: ``failures`` is how many in a row ended badly. ``running_since`` is set while it runs.
    """

    looked_at: datetime | None = None
    running_since: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: Outcome | None = None
    said: str = ""
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """All pieces of work, and the ``wakhan up`` that does them."""

    pid: int = 0
    host: str = ""
    up_since: datetime | None = None
    seen_at: datetime | None = None
    prefect: str | None = None
    """Where Prefect's pages are; ``None`` while its server does not answer."""
    metrics: str | None = None
    next_digest_at: datetime | None = None
    jobs: Mapping[str, JobState] = field(default_factory=dict)

    def of(self, job: str) -> JobState:
        """Return how a piece of work stands, also one that was never looked at."""
        return self.jobs.get(job, JobState())

    def with_job(self, job: str, **changes: Any) -> Journal:
        """Return the journal with changes to one piece of work."""
        return replace(self, jobs={**self.jobs, job: replace(self.of(job), **changes)})


def journal_path(data_dir: Path) -> Path:
    """Return where the journal lies."""
    return data_dir / "schedule.json"


def begin_journal(earlier: Journal, *, now: datetime) -> Journal:
    """Return the journal of this process: what was running when the process before it ended was killed."""
    jobs = {name: _cut_short(state) for name, state in earlier.jobs.items()}
    return Journal(pid=os.getpid(), host=socket.gethostname(), up_since=now, seen_at=now, jobs=jobs)


def _cut_short(state: JobState) -> JobState:
    if state.running_since is None:
        return state
    return replace(
        state,
        running_since=None,
        started_at=state.running_since,
        finished_at=None,
        outcome="killed",
        said="it was running when `wakhan up` ended",
        # Not its own failure: the work is begun again at once.
        looked_at=None,
    )


def read_journal(data_dir: Path) -> Journal:
    """Return the journal; an empty one where there is none or it is of a version that cannot be read."""
    try:
        values = json.loads(journal_path(data_dir).read_text("utf-8"))
        jobs = {name: JobState(**_revived(state)) for name, state in values.pop("jobs").items()}
        return Journal(jobs=jobs, **_revived(values))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Journal()


def write_journal(data_dir: Path, journal: Journal) -> None:
    """Keep the journal; who reads meanwhile gets the one before."""
    plain = {name: getattr(journal, name) for name in Journal.__slots__}
    plain["jobs"] = {
        name: {key: getattr(state, key) for key in JobState.__slots__} for name, state in journal.jobs.items()
    }
    text = json.dumps(plain, ensure_ascii=False, indent=1, default=datetime.isoformat)
    replace_file(journal_path(data_dir), text.encode())


def _revived(values: dict[str, Any]) -> dict[str, Any]:
    moments = {name for name in values if name.endswith(("_at", "_since"))}
    return {
        name: datetime.fromisoformat(value) if name in moments and value is not None else value
        for name, value in values.items()
    }
