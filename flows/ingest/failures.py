"""The one place that turns an error of a source into a row."""

from __future__ import annotations

from datetime import UTC, datetime

from records import FailureKind, FetchError, SourceError, StepFailure


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


def _kind(error: SourceError) -> FailureKind:
    if isinstance(error, FetchError):
        return "temporary" if error.retryable else "permanent"
    return "content"
