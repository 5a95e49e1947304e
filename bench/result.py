"""What a bench tells: figures, each with the floor it is held to where it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; ``floor`` is a ceiling where ``at_most``, and ``None`` for a figure that is told beside."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    at_most: bool = False

    @property
    def passed(self) -> bool:
        """Whether the figure keeps its floor or ceiling."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.at_most else self.value >= self.floor


def at_least(name: str, value: float, unit: str, floor: float | None) -> Result:
    """Return a figure that must reach its floor."""
    return Result(name, value, unit, floor)


def at_most(name: str, value: float, unit: str, ceiling: float | None) -> Result:
    """Return a figure that must stay at or under its ceiling."""
    return Result(name, value, unit, ceiling, at_most=True)
