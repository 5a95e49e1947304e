"""An answer as a table for people: aligned by columns of the screen, folded to its width, driving no terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len

from warehouse.asking import Answer

# In a pipe a row is one line, for grep and less; csv, json and parquet hold the whole text.
_CELL_WIDTH = 60
# A cell folded on a screen: enough for a headline and its English, not for a text.
_CELL_LINES = 4
# Columns narrower than this are unreadable: rows are then shown one below the other, a line a column.
_LEAST_WIDTH = 12
# What a cell may take of a row shown so.
_RECORD_LINES = 12

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_NULL = "NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table is shown: folded to ``width`` columns (``None``: a row is one line), in colours or not.

    ``whole`` is for what is looked up letter by letter: no cell is cut.
    """

    width: int | None = None
    colours: bool = False
    whole: bool = False


def table_of(answer: Answer, look: Look | None = None) -> str:
    """Return an answer as an aligned table with its number of rows, ending in a line break."""
    look = look or Look()
    columns = [[row[place] for row in answer.rows] for place in range(len(answer.columns))]
    cells = [[clean(text) for text in map(_formatter(values), values)] for values in columns]
    numbers = [_are_numbers(values) for values in columns]
    widths = [max(map(cell_len, [name, *texts])) for name, texts in zip(answer.columns, cells, strict=True)]
    most = max(widths, default=0) if look.whole else _CELL_WIDTH
    fitting = _fit(widths, look.width) if look.width else [min(width, most) for width in widths]
    if fitting is None:
        lines = _records(answer.columns, list(zip(*cells, strict=True)), look)
    else:
        names = [cut(name, width) for name, width in zip(answer.columns, fitting, strict=True)]
        header = _line(names, fitting, numbers)
        rule = "  ".join("─" * width for width in fitting)
        lines = [_paint(header, _BOLD, look), _paint(rule, _DIM, look)]
        for row in zip(*cells, strict=True):
            lines += _row(row, fitting, numbers, look)
    return "\n".join([*lines, _paint(_count(answer), _DIM, look)]) + "\n"


def clean(text: str) -> str:
    """Return a text without what drives a terminal or hides in it: control and format characters become spaces."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text)


def cut(text: str, width: int) -> str:
    """Return a text of at most ``width`` columns, ending in an ellipsis where it was longer."""
    return text if cell_len(text) <= width else _head(text, width - 1) + "…"


def fold(text: str, width: int, lines: int) -> list[str]:
    """Return a text in at most ``lines`` lines of ``width`` columns, broken at spaces where there are any."""
    folded: list[str] = []
    while cell_len(text) > width and len(folded) < lines - 1:
        head = _head(text, width)
        space = head.rfind(" ") if not text[len(head)].isspace() else len(head)
        # A space in the first third would leave most of the line empty; Chinese has none at all.
        end = space if space > len(head) // 3 else len(head)
        folded.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*folded, cut(text, width)]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled with spaces to ``width`` columns."""
    room = " " * (width - cell_len(text))
    return room + text if right else text + room


def _head(text: str, width: int) -> str:
    """Return as much of the beginning of a text as stands in ``width`` columns."""
    taken = 0
    for place, char in enumerate(text):
        taken += cell_len(char)
        if taken > width:
            return text[:place]
    return text


def _formatter(values: Sequence[Any]) -> Callable[[Any], str]:
    """Return how the values of one column are written."""
    moments = [value for value in values if isinstance(value, datetime)]
    form = "%Y-%m-%d" if moments and all(moment.time() == time() for moment in moments) else "%Y-%m-%d %H:%M"

    return lambda value: value.strftime(form) if isinstance(value, datetime) else str_of(value)


def str_of(value: Any) -> str:
    """Return a value of DuckDB as a person writes it."""
    match value:
        case None:
            text = _NULL
        case bool():
            text = "true" if value else "false"
        case float():
            # 0.1 + 0.2 is 0.3 to who reads it; csv, json and parquet hold what was computed.
            text = f"{value:.3g}" if 0 < abs(value) < 0.001 else f"{value:.4f}".rstrip("0").rstrip(".")
        case datetime():
            text = f"{value:%Y-%m-%d %H:%M}"
        case bytes():
            text = value.hex()
        case list() | tuple():
            text = ", ".join(map(str_of, value))
        case dict():
            text = ", ".join(f"{key}: {str_of(each)}" for key, each in value.items())
        case _:
            text = str(value)
    return text


def _are_numbers(values: Sequence[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in known)


def _fit(widths: Sequence[int], room: int) -> list[int] | None:
    """Return widths that fit into ``room`` columns, the widest narrowed first; ``None`` when none do."""
    room -= 2 * (len(widths) - 1)
    for most in range(max(widths, default=0), _LEAST_WIDTH - 1, -1):
        if sum(min(width, most) for width in widths) <= room:
            return [min(width, most) for width in widths]
    return None if sum(widths) > room else list(widths)


def _row(row: Sequence[str], widths: Sequence[int], numbers: Sequence[bool], look: Look) -> list[str]:
    most = _CELL_LINES if look.width else 1
    folded = [fold(text, width, len(text) + 1 if look.whole else most) for text, width in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*folded, fillvalue=""):
        line = _line(parts, widths, numbers)
        lines.append(line.replace(_NULL, f"{_DIM}{_NULL}{_PLAIN}") if look.colours and _NULL in parts else line)
    return lines


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> str:
    padded = (pad(cell, width, right=right) for cell, width, right in zip(cells, widths, numbers, strict=True))
    return "  ".join(padded).rstrip()


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> list[str]:
    width = look.width or _CELL_WIDTH
    names = max(map(cell_len, columns))
    room = max(_LEAST_WIDTH, width - names - 2)
    lines = []
    for number, row in enumerate(rows, start=1):
        lines.append(_paint(f"── row {number} ".ljust(min(width, 40), "─"), _DIM, look))
        for name, text in zip(columns, row, strict=True):
            first, *rest = fold(text, room, len(text) + 1 if look.whole else _RECORD_LINES)
            shown = _paint(first, _DIM, look) if first == _NULL else first
            lines.append(f"{_paint(pad(name, names), _BOLD, look)}  {shown}".rstrip())
            lines += [f"{' ' * names}  {part}" for part in rest]
    return lines


def _count(answer: Answer) -> str:
    rows = f"{len(answer.rows):,} row{'' if len(answer.rows) == 1 else 's'}"
    return f"(the first {rows}; there are more: --limit N shows N)" if answer.cut else f"({rows})"


def _paint(text: str, style: str, look: Look) -> str:
    return f"{style}{text}{_PLAIN}" if look.colours else text
