"""Which answers make a chart: times or categories first, then numbers, in one column each or long by a text column."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flows.asking.tables import clean, str_of
from records import WakhanError
from warehouse.asking import Answer

# More lines than this cannot be told apart by colour, more bars not be read.
_MOST_SERIES = 8
_MOST_CATEGORIES = 40
# Wider than any screen or picture by far: the times are not rounded to a period.
_MOST_PERIODS = 3000

_WANTED = (
    "A chart wants a time, date or text in the first column and numbers in the others: period, mentions, articles; "
    "or long, with one text column between: period, language, mentions."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line or set of bars; ``None`` is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn. ``step`` is the period of a time axis, ``None`` for categories; ``notes`` say what was decided."""

    title: str
    x_name: str
    y_name: str
    step: str | None
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...]


def chart_of(answer: Answer, title: str) -> Chart:
    """Return the chart of an answer. Raises ``WakhanError`` that says which shape is wanted."""
    names, rows = answer.columns, answer.rows
    if not rows:
        raise WakhanError("there is nothing to draw: the answer has no rows.")
    kinds = [_kind([row[place] for row in rows]) for place in range(len(names))]
    texts = [place for place, kind in enumerate(kinds) if place and kind == "text"]
    numbers = [place for place, kind in enumerate(kinds) if place and kind == "number"]
    if kinds[0] is None or not numbers or len(texts) > 1 or len(texts) + len(numbers) + 1 < len(names):
        shape = ", ".join(f"{name} ({kind or 'neither'})" for name, kind in zip(names, kinds, strict=True))
        raise WakhanError(f"this answer has no shape to draw: {shape}. {_WANTED}")
    notes = ["the answer was cut: --limit N takes more rows"] if answer.cut else []
    if texts:
        points = _long(rows, texts[0], numbers[0])
        if len(numbers) > 1:
            left_out = ", ".join(names[place] for place in numbers[1:])
            notes.append(f"drawn is {names[numbers[0]]}, not {left_out}")
    else:
        points = {names[place]: _points(rows, place, names[0]) for place in numbers}
    keys, labels, step = _axis([row[0] for row in rows], notes)
    absent = _absent(points, keys, step, notes)
    found = [
        Series(name=name, values=tuple(values.get(key, absent) for key in keys)) for name, values in points.items()
    ]
    return Chart(
        title=clean(title),
        x_name=names[0],
        y_name=names[numbers[0]] if texts or len(numbers) == 1 else "",
        step=step,
        labels=tuple(clean(label) for label in labels),
        series=tuple(_largest(found, notes)),
        notes=tuple(notes),
    )


def _kind(values: Sequence[Any]) -> str | None:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, date) for value in known):
        return "time"
    if known and all(isinstance(value, str | bool) for value in known):
        return "text"
    if known and all(isinstance(value, int | float | Decimal) for value in known):
        return "number"
    return None


def _points(rows: Sequence[Sequence[Any]], place: int, x_name: str) -> dict[Any, float | None]:
    points: dict[Any, float | None] = {}
    for row in rows:
        if row[0] in points:
            again = f"{x_name} {_named(row[0])}"
            raise WakhanError(f"several rows have {again}: add `group by` for one each, or a text column of series.")
        points[row[0]] = _number(row[place])
    return points


def _long(rows: Sequence[Sequence[Any]], by: int, place: int) -> dict[str, dict[Any, float | None]]:
    divided: dict[Any, list[Sequence[Any]]] = {}
    for row in rows:
        divided.setdefault(row[by], []).append(row)
    return {_named(name): _points(own, place, f"{_named(name)},") for name, own in divided.items()}


def _number(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _named(value: Any) -> str:
    return "(none)" if value is None else clean(str_of(value))


def _axis(values: Sequence[Any], notes: list[str]) -> tuple[list[Any], list[str], str | None]:
    """Return the places of the x axis in their order, their labels, and the period between them."""
    distinct = list(dict.fromkeys(values))
    moments = [value for value in distinct if isinstance(value, date)]
    if not moments:
        if len(distinct) > _MOST_CATEGORIES:
            notes.append(f"the first {_MOST_CATEGORIES} of {len(distinct)} are drawn")
        keys = distinct[:_MOST_CATEGORIES]
        return keys, [_named(key) for key in keys], None
    if len(moments) < len(distinct):
        notes.append("rows without a time are left out")
    moments.sort()
    step = _step_of(moments)
    following, form = _STEPS[step]
    keys, moment = [], moments[0]
    while moment <= moments[-1]:
        keys.append(moment)
        moment = following(moment)
        if len(keys) > _MOST_PERIODS:
            raise WakhanError(
                f"that is more than {_MOST_PERIODS} {step}s: round the first column, date_trunc('day', ...) for one."
            )
    return keys, [key.strftime(form) for key in keys], step


def _months_on(moment: date, months: int) -> date:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1)


# Period -> (the next one, how its label is written).
_STEPS: dict[str, tuple[Callable[[date], date], str]] = {
    "year": (lambda moment: _months_on(moment, 12), "%Y"),
    "quarter": (lambda moment: _months_on(moment, 3), "%Y-%m"),
    "month": (lambda moment: _months_on(moment, 1), "%Y-%m"),
    "week": (lambda moment: moment + timedelta(days=7), "%Y-%m-%d"),
    "day": (lambda moment: moment + timedelta(days=1), "%Y-%m-%d"),
    "hour": (lambda moment: moment + timedelta(hours=1), "%m-%d %H:%M"),
    "minute": (lambda moment: moment + timedelta(minutes=1), "%m-%d %H:%M"),
}


def _step_of(moments: Sequence[date]) -> str:
    """Return the longest period that begins at every one of the moments, as ``date_trunc`` makes them."""
    clocks = {moment.time() for moment in moments if isinstance(moment, datetime)}
    if clocks - {time()}:
        if any(clock.second or clock.microsecond for clock in clocks):
            raise WakhanError("these times are no periods: round the first column, date_trunc('day', ...) for one.")
        return "minute" if any(clock.minute for clock in clocks) else "hour"
    if all(moment.day == 1 for moment in moments) and len(moments) > 1:
        months = {moment.month for moment in moments}
        return "year" if months == {1} else "quarter" if months <= {1, 4, 7, 10} else "month"
    return "week" if all(moment.weekday() == 0 for moment in moments) and len(moments) > 1 else "day"


def _absent(
    points: dict[str, dict[Any, float | None]], keys: Sequence[Any], step: str | None, notes: list[str]
) -> float | None:
    """Return what stands for a place without a row: zero for counts, a gap for all else; and note which."""
    given = [value for values in points.values() for value in values.values()]
    counts = all(value is not None and value >= 0 and value == int(value) for value in given)
    if any(key not in values for values in points.values() for key in keys):
        where = f"a {step} without a row" if step else "no row"
        notes.append(f"{where} is {'zero' if counts else 'a gap'}")
    return 0.0 if counts else None


def _largest(found: Sequence[Series], notes: list[str]) -> list[Series]:
    if len(found) <= _MOST_SERIES:
        return list(found)
    ranked = sorted(found, key=lambda series: -sum(abs(value or 0) for value in series.values))
    notes.append(f"the {_MOST_SERIES} largest of {len(found)} series are drawn")
    return [series for series in found if series in ranked[:_MOST_SERIES]]
