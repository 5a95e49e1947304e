"""A chart in the terminal: columns over time, one band a series, or bars by category; wide characters keep in line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from flows.asking.shapes import Chart
from flows.asking.tables import Look, cut, fold, pad, str_of

_UPWARD = " ▁▂▃▄▅▆▇█"
_RIGHTWARD = " ▏▎▍▌▋▊▉█"
# Lines a band takes: one series is seen best, eight still stand on one screen.
_HEIGHTS = {1: 10, 2: 6, 3: 5}
_LEAST_HEIGHT = 3
# As wide as a period is drawn at most; 12 months need no more.
_WIDEST = 6
# Blue, orange, green, magenta ...: the 16 colours every terminal has, in an order that neighbours are told apart.
_COLOURS = (34, 33, 32, 35, 36, 31, 94, 93)


def draw(chart: Chart, look: Look) -> str:
    """Return a chart as lines of text, ending in a line break. ``look.width`` is taken as 80 where there is none."""
    width = look.width or 80
    lines = [*fold(chart.title, width, 3), *_heading(chart, width), ""]
    lines += _bands(chart, width, look) if chart.step else _bars(chart, width, look)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(chart: Chart, width: int) -> list[str]:
    what = chart.y_name or ", ".join(series.name for series in chart.series)
    if chart.step is None:
        over = f"{what} by {chart.x_name}"
    elif len(chart.labels) == 1:
        # Of a single moment nobody can say whether it is a day or a week.
        over = f"{what}, {chart.labels[0]}"
    else:
        over = f"{what} a {chart.step}, {chart.labels[0]} to {chart.labels[-1]}"
    return fold("; ".join([over, *chart.notes]), width, 4)


def _bands(chart: Chart, width: int, look: Look) -> list[str]:
    values = [value for series in chart.series for value in series.values if value is not None]
    top, floor = max([*values, 0.0]) or 1.0, min([*values, 0.0])
    alone = len(chart.series) == 1
    names = 0 if alone else min(24, max(cell_len(series.name) for series in chart.series)) + 1
    scale = max(cell_len(str_of(number)) for number in (top, floor)) + 1
    room = max(10, width - names - scale - 2)
    points = len(chart.labels)
    each = max(1, min(_WIDEST, room // points))
    shares = -(-points // room)
    lines = [f"each column is the highest of {shares} {chart.step}s", ""] if shares > 1 else []
    height = _HEIGHTS.get(len(chart.series), _LEAST_HEIGHT)
    for number, series in enumerate(chart.series):
        columns = [
            None if value is None else _eighths((value - floor) / (top - floor), height)
            for value in _highest(series.values, shares)
        ]
        for level in range(height - 1, -1, -1):
            name = "" if alone or level < height - 1 else cut(series.name, names - 1)
            mark = str_of(top) if level == height - 1 else str_of(floor) if level == 0 else ""
            cells = "".join(_cell(share, level, each) for share in columns)
            axis = "┤" if mark else "│"
            lines.append(f"{pad(name, names)}{pad(mark, scale - 1, right=True)} {axis}{_paint(cells, number, look)}")
    drawn = -(-points // shares) * each
    left = names + scale
    lines += [" " * left + "└" + "─" * drawn, " " * (left + 1) + _ends(chart.labels, drawn)]
    if any(value is None for series in chart.series for value in series.values):
        lines.append(" " * (left + 1) + "· no value")
    return lines


def _highest(values: Sequence[float | None], shares: int) -> list[float | None]:
    grouped = [values[start : start + shares] for start in range(0, len(values), shares)]
    return [max((value for value in group if value is not None), default=None) for group in grouped]


def _eighths(share: float, length: int) -> int:
    """Return how many eighths of characters are filled: one article among hundreds must not look like none."""
    return max(1 if share > 0 else 0, round(share * length * 8))


def _cell(eighths: int | None, level: int, each: int) -> str:
    """Return what a value fills of one line of its band, counted from the floor."""
    if eighths is None:
        return "·".ljust(each) if level == 0 else " " * each
    mark = _UPWARD[max(0, min(8, eighths - level * 8))]
    return mark if each == 1 else mark * (each - 1) + " "


def _ends(labels: Sequence[str], drawn: int) -> str:
    """Return the labels that have room below a time axis: the first, the last, and some between."""
    last = labels[-1]
    if len(labels) == 1:
        return last
    size = cell_len(last) + 3
    end = max(drawn, 2 * size - 3)
    marks = max(1, min((end - size) // size, 5))
    line = ""
    for mark in range(marks):
        line = pad(line, mark * (end - size) // marks) + labels[mark * (len(labels) - 1) // marks]
    return pad(line, end - cell_len(last)) + last


def _bars(chart: Chart, width: int, look: Look) -> list[str]:
    alone = len(chart.series) == 1
    labels = min(max(cell_len(label) for label in chart.labels), width // 3)
    names = 0 if alone else min(24, max(cell_len(series.name) for series in chart.series)) + 2
    values = [value for series in chart.series for value in series.values if value is not None]
    most = max(abs(value) for value in values) or 1.0
    figures = max(cell_len(str_of(value)) for value in values) + 1
    room = max(10, width - labels - 2 - names - figures)
    lines = []
    for place, label in enumerate(chart.labels):
        for number, series in enumerate(chart.series):
            shown = pad(cut(label, labels) if number == 0 else "", labels)
            name = "" if alone else pad(cut(series.name, names - 2), names)
            value = series.values[place]
            bar = "· no value" if value is None else f"{_paint(_bar(value, most, room), number, look)} {str_of(value)}"
            lines.append(f"{shown}  {name}{bar}")
        if not alone:
            lines.append("")
    return lines


def _bar(value: float, most: float, room: int) -> str:
    eighths = _eighths(abs(value) / most, room)
    return "█" * (eighths // 8) + _RIGHTWARD[eighths % 8].strip()


def _paint(text: str, number: int, look: Look) -> str:
    return f"\x1b[{_COLOURS[number % len(_COLOURS)]}m{text}\x1b[0m" if look.colours else text
