"""Dates that count back from the moment a page was seen: "час назад", "дирӯз", "3小时前", "yesterday at 15:51"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from records import Precision

Found = tuple[datetime, Precision]
ClockReader = Callable[[str], tuple[timedelta, Precision] | None]

_NUMBERS = {
    "": 1, "a": 1, "an": 1, "як": 1, "один": 1, "одну": 1, "одна": 1, "ду": 2, "два": 2, "две": 2, "пару": 2,
    "се": 3, "три": 3, "чор": 4, "четыре": 4, "панҷ": 5, "пять": 5, "几": 3, "两": 2, "半": 0.5, "пол": 0.5, "ним": 0.5,
    "half an": 0.5,
}  # fmt: skip
_COUNT = (
    r"(?P<count>\d{1,4}|half an|an?|як|один|одну|одна|ду|два|две|пару|се|три|чор|четыре|панҷ|пять|几|两|半|пол|ним)?"
)

# Unit, and its length in seconds; a month and a year are never exact, and give a day only.
_UNITS = (
    (r"секунд\w*|сек|сония\w*|秒|seconds?|secs?", 1),
    (r"минут\w*|мин|дақиқ\w*|分钟|分|minutes?|mins?", 60),
    (r"час(?:а|ов)?|ч|соат\w*|小时|个小时|hours?|hrs?", 3600),
    (r"сут(?:ки|ок)|день|дн(?:я|ей)|рӯз\w*|天|日|days?", 86_400),
    (r"недел\w*|ҳафта\w*|周|星期|个星期|weeks?", 604_800),
    (r"месяц\w*|мес|моҳ\w*|个月|months?", 2_592_000),
)
_AGO = tuple(
    (re.compile(rf"(?<!\w){_COUNT}\s*(?:{unit})\.?\s*(?:назад|пеш|қабл|前|之前|以前|ago)(?!\w)"), seconds)
    for unit, seconds in _UNITS
)
_NOW = re.compile(r"только что|сейчас|ҳозир|刚刚|刚才|just now|moments ago")
# Whole words, and what stands behind them may be the time.
_DAYS_BACK = (
    (re.compile(r"(?<!\w)позавчера(?!\w)|(?<!\w)парерӯз(?!\w)|前天|day before yesterday"), 2),
    (re.compile(r"(?<!\w)вчера(?!\w)|(?<!\w)дирӯз(?!\w)|昨天|昨日|昨晚|(?<!\w)yesterday(?!\w)"), 1),
    (re.compile(r"(?<!\w)сегодня(?!\w)|(?<!\w)имрӯз(?!\w)|今天|今日|今晨|今晚|(?<!\w)today(?!\w)"), 0),
)
# Further on in a snippet "вчера" belongs to a sentence.
_REACH = 40


def relative_date(snippet: str, now: datetime, clock_in: ClockReader) -> Found | None:
    """Return the moment a lower-case snippet names by its distance from ``now``.

    Minutes and hours give precision ``minute``, though "3 часа назад" is only as exact as it says; days and longer give
    the start of that day.
    """
    if (match := _NOW.search(snippet)) and match.start() <= _REACH:
        return now.replace(second=0, microsecond=0), "minute"
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for pattern, seconds in _AGO:
        if (match := pattern.search(snippet)) and match.start() <= _REACH:
            count = match["count"] or ""
            back = timedelta(seconds=seconds * (int(count) if count.isdigit() else _NUMBERS[count]))
            if seconds >= 86_400:
                return midnight - timedelta(days=back.days), "day"
            return (now - back).replace(second=0, microsecond=0), "minute"
    for pattern, days in _DAYS_BACK:
        if (match := pattern.search(snippet)) and match.start() <= _REACH:
            day = midnight - timedelta(days=days)
            clock = clock_in(snippet[match.end() :]) or clock_in(snippet[: match.start()])
            return (day + clock[0], clock[1]) if clock else (day, "day")
    return None
