"""A chart as a PNG for a report: title, axes with their names, legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from flows.asking.shapes import Chart, Series
from flows.asking.typefaces import draw_text, lacking, text_width

# Large enough for a page of A4 at 200 dots an inch.
_WIDTH = 1600
_TITLE, _TEXT, _SMALL = 34, 24, 20
_EDGE = 48
_PLOT_HEIGHT = 560
_BAR, _BAR_GAP = 30, 22

# Lines of series that run together hide each other; side by side so many columns still have room.
_MOST_COLUMNS = 60

_INK, _QUIET, _GRID, _PAPER = "#222222", "#666666", "#dddddd", "#ffffff"
# Okabe and Ito's palette: told apart by eyes that see colours differently, and in that order on paper.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a6a00", "#444444")


@dataclass(frozen=True, slots=True)
class _Plot:
    """The rectangle that values are drawn in, and the values at its ends."""

    left: float
    top: float
    right: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def save_png(chart: Chart, file: Path) -> str | None:
    """Draw a chart into a PNG file; returns what is wrong with its letters on this machine, if anything."""
    head = _wrapped(chart.title, _TITLE, _WIDTH - 2 * _EDGE)
    foot = _wrapped("; ".join(chart.notes), _SMALL, _WIDTH - 2 * _EDGE) if chart.notes else []
    legend = _legend_rows(chart.series) if len(chart.series) > 1 else []
    top = _EDGE + len(head) * (_TITLE + 10) + len(legend) * (_TEXT + 16) + 64
    plot_height = _PLOT_HEIGHT if chart.step else len(chart.labels) * (len(chart.series) * _BAR + _BAR_GAP)
    height = top + plot_height + 100 + len(foot) * (_SMALL + 8) + _EDGE // 2
    image = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(head):
        draw_text(pen, (_EDGE, _EDGE + _TITLE + number * (_TITLE + 10) - 10), line, _TITLE, _INK)
    _draw_legend(pen, legend, top=_EDGE + len(head) * (_TITLE + 10) + 12)
    (_draw_time if chart.step else _draw_categories)(pen, chart, top, top + plot_height)
    for number, line in enumerate(foot):
        draw_text(pen, (_EDGE, top + plot_height + 116 + number * (_SMALL + 8)), line, _SMALL, _QUIET)
    image.save(file, format="PNG", optimize=True)
    return lacking("".join([chart.title, *chart.labels, *(series.name for series in chart.series)]))


def ticks_of(low: float, high: float, most: int = 6) -> list[float]:
    """Return round values (1, 2 or 5 times a power of ten apart) that reach from ``low`` to ``high``."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def _ticks(chart: Chart) -> list[float]:
    values = [value for series in chart.series for value in series.values if value is not None]
    ticks = ticks_of(min([*values, 0.0]), max([*values, 0.0]))
    whole = all(value == int(value) for value in values)
    return [tick for tick in ticks if tick == int(tick)] if whole and len(ticks) > 1 else ticks


def _figure(value: float) -> str:
    return f"{value:,.10g}"


def _draw_time(pen: ImageDraw.ImageDraw, chart: Chart, top: int, bottom: int) -> None:
    ticks = _ticks(chart)
    left = _EDGE + max(text_width(_figure(tick), _SMALL) for tick in ticks) + 14
    plot = _Plot(left, top, _WIDTH - _EDGE, bottom, ticks[0], ticks[-1])
    for tick in ticks:
        pen.line((left, plot.y(tick), plot.right, plot.y(tick)), fill=_GRID if tick else _QUIET, width=2)
        draw_text(pen, (left - 12, plot.y(tick) + 7), _figure(tick), _SMALL, _QUIET, align=1)
    draw_text(pen, (_EDGE, top - 22), chart.y_name, _TEXT, _QUIET)
    step = (plot.right - left) / len(chart.labels)
    middles = [left + (place + 0.5) * step for place in range(len(chart.labels))]
    _draw_times(pen, chart, middles, plot)
    columns = len(chart.series) == 1 or len(chart.series) * len(chart.labels) <= _MOST_COLUMNS
    share = step * 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        colour = _COLOURS[number % len(_COLOURS)]
        if columns:
            lefts = [middle - step * 0.4 + number * share for middle in middles]
            _draw_columns(pen, series, lefts, share, plot, colour=colour)
        else:
            _draw_line(pen, series, middles, plot, colour)


def _draw_times(pen: ImageDraw.ImageDraw, chart: Chart, middles: Sequence[float], plot: _Plot) -> None:
    room = text_width(chart.labels[0], _SMALL) + 30
    every = math.ceil(room / ((plot.right - plot.left) / len(middles)))
    for place in range(0, len(middles), every):
        width = text_width(chart.labels[place], _SMALL)
        # The first and last label may not leave the picture.
        left = min(max(middles[place] - width / 2, _EDGE / 2), _WIDTH - _EDGE / 2 - width)
        pen.line((middles[place], plot.bottom, middles[place], plot.bottom + 8), fill=_QUIET, width=2)
        draw_text(pen, (left, plot.bottom + 34), chart.labels[place], _SMALL, _QUIET)
    axis = chart.x_name if chart.x_name == chart.step or len(chart.labels) == 1 else f"{chart.x_name}, by {chart.step}"
    draw_text(pen, ((plot.left + plot.right) / 2, plot.bottom + 76), axis, _TEXT, _QUIET, align=0.5)


def _draw_columns(
    pen: ImageDraw.ImageDraw, series: Series, lefts: Sequence[float], room: float, plot: _Plot, *, colour: str
) -> None:
    width = min(120.0, room)
    for value, left in zip(series.values, lefts, strict=True):
        if value:
            upper, lower = sorted((plot.y(value), plot.y(0)))
            begin = left + (room - width) / 2
            # A hairline of paper between neighbours, where there is room for one.
            pen.rectangle((begin, upper, begin + width - (3 if width > 8 else 1), lower), fill=colour)


def _draw_line(pen: ImageDraw.ImageDraw, series: Series, middles: Sequence[float], plot: _Plot, colour: str) -> None:
    last = None
    for value, middle in zip(series.values, middles, strict=True):
        here = None if value is None else (middle, plot.y(value))
        if last and here:
            pen.line((*last, *here), fill=colour, width=5)
        # Beyond 80 periods the points would be one band; a value between two gaps is seen only as a point.
        if here and (len(middles) <= 80 or last is None):
            pen.ellipse((here[0] - 6, here[1] - 6, here[0] + 6, here[1] + 6), fill=colour)
        last = here


def _draw_categories(pen: ImageDraw.ImageDraw, chart: Chart, top: int, bottom: int) -> None:
    ticks = _ticks(chart)
    shown = [_shortened(label, _TEXT, _WIDTH * 0.35) for label in chart.labels]
    left = _EDGE + max(text_width(label, _TEXT) for label in shown) + 16
    plot = _Plot(left, top, _WIDTH - _EDGE - 90, bottom, ticks[0], ticks[-1])
    for tick in ticks:
        pen.line((plot.x(tick), top, plot.x(tick), bottom), fill=_GRID if tick else _QUIET, width=2)
        draw_text(pen, (plot.x(tick), bottom + 34), _figure(tick), _SMALL, _QUIET, align=0.5)
    draw_text(pen, (_EDGE, top - 22), chart.x_name, _TEXT, _QUIET)
    draw_text(pen, ((plot.left + plot.right) / 2, bottom + 76), chart.y_name, _TEXT, _QUIET, align=0.5)
    for place, label in enumerate(shown):
        upper = top + place * (len(chart.series) * _BAR + _BAR_GAP) + _BAR_GAP / 2
        draw_text(pen, (left - 14, upper + len(chart.series) * _BAR / 2 + 9), label, _TEXT, _INK, align=1)
        for number, series in enumerate(chart.series):
            value, line = series.values[place], upper + number * _BAR
            if value is None:
                draw_text(pen, (plot.x(0) + 8, line + 22), "no value", _SMALL, _QUIET)
                continue
            begin, end = sorted((plot.x(0), plot.x(value)))
            pen.rectangle((begin, line + 2, end, line + _BAR - 3), fill=_COLOURS[number % len(_COLOURS)])
            draw_text(pen, (end + 8, line + 22), _figure(round(value, 4)), _SMALL, _QUIET)


def _legend_rows(series: Sequence[Series]) -> list[list[tuple[float, str, str]]]:
    """Return the legend in rows: where a name begins, the name, its colour."""
    rows: list[list[tuple[float, str, str]]] = [[]]
    left = float(_EDGE)
    for number, each in enumerate(series):
        name = _shortened(each.name, _TEXT, _WIDTH * 0.4)
        width = 40 + text_width(name, _TEXT) + 36
        if left + width > _WIDTH - _EDGE and rows[-1]:
            rows.append([])
            left = float(_EDGE)
        rows[-1].append((left, name, _COLOURS[number % len(_COLOURS)]))
        left += width
    return rows


def _draw_legend(pen: ImageDraw.ImageDraw, rows: Sequence[Sequence[tuple[float, str, str]]], top: float) -> None:
    for number, row in enumerate(rows):
        line = top + number * (_TEXT + 16)
        for left, name, colour in row:
            pen.rectangle((left, line - 2, left + 28, line + 18), fill=colour)
            draw_text(pen, (left + 40, line + 17), name, _TEXT, _INK)


def _shortened(text: str, size: int, width: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def _wrapped(text: str, size: int, width: float, lines: int = 3) -> list[str]:
    """Return a text in at most ``lines`` lines, broken at spaces, or between characters where there are none."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines - 1 and text_width(rest, size) > width:
        end = len(rest)
        while text_width(rest[:end], size) > width:
            end -= 1
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > end // 3 else end
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, _shortened(rest, size, width)] if rest else found
