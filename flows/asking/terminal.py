"""How the terminal that stdout is wants tables to look."""

from __future__ import annotations

from flows.asking.tables import Look
from flows.console import stdout


def look_of_stdout() -> Look:
    """Return how stdout wants tables: folded and in colours on a terminal, a line a row in a pipe."""
    console = stdout()
    if not console.is_terminal:
        return Look()
    return Look(width=console.width, colours=console.color_system is not None and not console.no_color)
