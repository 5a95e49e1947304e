"""The way from ``wakhan up`` into its children, light enough for the parent, which imports no Prefect."""

from __future__ import annotations

from typing import Any

# Imported once by the process that children are forked from: what they need is there when they begin.
PRELOAD = "flows.schedule.child"


def run_job(*arguments: Any, **named: Any) -> None:
    """Call ``child.run_job``, in the child."""
    from flows.schedule.child import run_job as run  # noqa: PLC0415 - imports Prefect

    run(*arguments, **named)


def sweep(*arguments: Any, **named: Any) -> None:
    """Call ``child.sweep``, in the child."""
    from flows.schedule.child import sweep as run  # noqa: PLC0415 - imports Prefect

    run(*arguments, **named)
