"""What a bench tells: figures, each with the floor it is held to where it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; ``floor`` is what it is held to (for seconds, errors and sizes a ceiling) and ``passed`` if it is."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    passed: bool = True


def at_least(name: str, value: float, unit: str, floor: float | None) -> Result:
    """Return a figure that must reach its floor."""
    return Result(name, value, unit, floor, floor is None or value >= floor)


def at_most(name: str, value: float, unit: str, ceiling: float | None) -> Result:
    """Return a figure that must stay at or under its ceiling."""
    return Result(name, value, unit, ceiling, ceiling is None or value <= ceiling)
