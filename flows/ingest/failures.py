"""The one place that turns what an outlet did wrong into a row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from records import FailureKind, FetchError, SourceError, StepFailure

if TYPE_CHECKING:
    from extractors.outlet import Outlet

PROMISES = "promises"
"""The step in which a run is held against ``assertions.min`` of the outlet's file."""


def failure_of(error: SourceError, *, run_id: str, step: str) -> StepFailure:
    """Return the row for an error that an outlet caused in ``step``; the outlet's other pages go on."""
    return StepFailure(
        run_id=run_id,
        outlet_id=error.outlet_id,
        step=step,
        url=error.url,
        kind=_kind(error),
        error=type(error).__name__,
        message=" ".join(error.problem.split()),
        at=datetime.now(UTC),
    )


def unkept_promise(broken: str, *, outlet: Outlet, run_id: str) -> StepFailure:
    """Return the row for less than the outlet's file promises."""
    return StepFailure(
        run_id=run_id,
        outlet_id=outlet.id,
        step=PROMISES,
        url=outlet.url,
        kind="content",
        error="OutletError",
        message=broken,
        at=datetime.now(UTC),
    )


def _kind(error: SourceError) -> FailureKind:
    if isinstance(error, FetchError):
        return "temporary" if error.retryable else "permanent"
    return "content"
