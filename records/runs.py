"""What a run did, and what went wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FailureKind = Literal["temporary", "permanent", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFailure:
    """One thing that failed in one step of a run; ``error`` is the class name, ``message`` one line for a person."""

    run_id: str
    outlet_id: str
    step: str
    url: str
    kind: FailureKind
    error: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletReport:
    """Counts of one outlet in one run.

    ``items`` are entries offered by the sources, ``fetched`` pages downloaded, ``unchanged`` 304 answers and equal
    bodies, ``failures`` everything that went wrong, ``broken`` the assertions that did not hold.
    """

    run_id: str
    outlet_id: str
    items: int
    fetched: int
    unchanged: int
    articles: int
    new: int
    revised: int
    mentions: int
    alerts: int
    failures: tuple[StepFailure, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run over all outlets asked for."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    outlets: tuple[OutletReport, ...]
