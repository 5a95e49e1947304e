"""What a person sees while a command works: progress and tables on stderr or stdout, colours only on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text


class Advance(Protocol):
    """Called when a piece of work is done; ``note`` is shown beside the bar."""

    def __call__(self, note: str = "") -> None: ...


@contextmanager
def progress(label: str, total: int) -> Iterator[Advance]:
    """Show a bar on stderr while the block runs; on something that is not a terminal, nothing is drawn."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(label, total=total, note="")

        def advance(note: str = "") -> None:
            bars.update(task, advance=1, note=note)

        yield advance


def table(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> Table:
    """Return a table; ``columns`` are (heading, justification). Cells are plain text, never markup."""
    shown = Table(title=title, title_justify="left", title_style="bold", header_style="bold", expand=False)
    for heading, justify in columns:
        shown.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return shown


def stdout() -> Console:
    """Return the console for data a person reads: as wide as the terminal, 110 columns in a pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=110)


def say(line: str) -> None:
    """Write one line about the work to stderr."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(line))
