"""What crosses between ``wakhan up`` and its children, light enough for the parent, which imports no Prefect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

# Imported once by the process that children are forked from: what they need is there when they begin.
PRELOAD = "flows.schedule.child"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a child tells its parent: that there is work (``began``), that there is none, or how it went."""

    kind: Literal["began", "idle", "done", "failed"]
    said: str = ""


def run_job(*arguments: Any, **named: Any) -> None:
    """Call ``child.run_job``, in the child."""
    from flows.schedule.child import run_job as run  # noqa: PLC0415 - imports Prefect

    run(*arguments, **named)


def sweep(*arguments: Any, **named: Any) -> None:
    """Call ``child.sweep``, in the child."""
    from flows.schedule.child import sweep as run  # noqa: PLC0415 - imports Prefect

    run(*arguments, **named)
