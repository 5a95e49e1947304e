"""How a published copy stands: what it holds, what waits in it, how its sources and its last runs did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from records.digests import SourceTrouble
from warehouse.digesting import source_troubles
from warehouse.opening import Warehouse
from warehouse.parameters import utc
from warehouse.reading import named_rows

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as the view ``runs`` has it."""

    run_id: str
    kind: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    outlets: int
    outlets_with_failures: int
    new: int
    revised: int
    alerts: int
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Counts of the whole warehouse; ``refused``, ``killed_runs`` and ``failures`` are of the last 24 hours.

    ``waiting`` are messages that no server has taken yet, ``sources`` are counted by status.
    """

    articles: int
    alerts: int
    untranslated: int
    glossed: int
    waiting: int
    refused: int
    killed_runs: int
    failures: int
    sources: dict[str, int]
    troubles: tuple[SourceTrouble, ...]
    runs: tuple[Run, ...]


def standing_of(warehouse: Warehouse, *, now: datetime, most_runs: int = 5) -> Standing:
    """Return how a warehouse stands, with its last runs, newest first."""
    (counts,) = named_rows(warehouse, "status_counts", since=utc(now - _DAY))
    sources, troubles = source_troubles(warehouse)
    return Standing(
        **counts,
        sources=dict(sources),
        troubles=troubles,
        runs=tuple(Run(**row) for row in named_rows(warehouse, "status_runs", most=most_runs)),
    )
