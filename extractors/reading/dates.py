"""A date as a page, card or feed prints it, in Russian, Tajik, Chinese or English, made into a moment."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from extractors.reading.months import MONTH_NAME, han_numbers_as_digits, month_of
from extractors.reading.relative_dates import relative_date
from records import Precision

# Clocks of servers and zones in outlet files are wrong by hours; a date further ahead is an event's or a fault.
_AHEAD = timedelta(days=1)
# No outlet of the beat was on the web before; earlier dates are history told in an article, or 1970.
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
# A date is a short thing; in longer snippets it stands near the start.
_MAX_CHARS = 400
# Cards give day and month only. In longer text "22.11" is a number, and "11-22" a score.
_CARD_MAX_CHARS = 32

# Zones in words, with their hours ahead of UTC. A city alone is where something happened.
_ZONES = (
    (re.compile(r"(?<!\w)(?:z|utc|gmt)(?!\w)|格林尼治|по гринвичу"), 0),
    (re.compile(r"(?<!\w)(?:мск|msk)(?!\w)|по москве|московск\w+ врем|вақти маскав"), 3),
    (re.compile(r"(?<!\w)(?:tjt|uzt)(?!\w)|по (?:душанбе|ташкенту)|(?:душанбинск|ташкентск)\w+ врем|вақти душанбе"), 5),
    (re.compile(r"(?<!\w)kgt(?!\w)|по бишкеку|бишкекск\w+ врем"), 6),
    (re.compile(r"北京时间|(?<!\w)cst(?!\w)|по пекину|пекинск\w+ врем"), 8),
)
_OFFSET = re.compile(r"\s*(?:utc|gmt|мск|msk)?\s*([+\-−])(\d{1,2}):?(\d{2})?(?!\d)")

_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|凌晨|中午|早上|傍晚|晚间|晚|早)?\s*"
    r"(?<![\d.])(?P<hour>\d{1,2})\s*(?:[:∶]|时|點|点|ч(?:ас\w*|\.)?\s|h(?=\d))\s*(?P<minute>\d{1,2})?(?:\s*(?:分|мин\w*\.?))?"
    r"(?:(?:[:∶]|(?<=分))\s*(?P<second>\d{1,2})(?:秒|[.,]\d+)?)?\s*(?P<ampm>[ap]\.?m\b\.?)?"
)
_DOTTED_CLOCK = re.compile(r"\b(?:в|соати?|at)\s+(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?![\d.])")

_ORDINAL = r"(?:\s*-?\s*(?:го|ое|е|юми|юмӣ|юм|уми|умӣ|ум|иму?|st|nd|rd|th)(?!\w))?"
_YEAR_WORD = r"(?:\s*,?\s*(?:соли?\s+)?(?P<year>(?:19|20)\d{2})(?!\d))?"
_Y, _M, _D = r"(?P<year>(?:19|20)\d{2})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


# Tried in order; the first that gives a real day wins.
_DAYS = (
    _pattern(rf"(?<!\d){_Y}\s*年\s*{_M}\s*月\s*{_D}\s*[日号]?"),
    _pattern(rf"(?<!\d){_Y}\s?([-./\u2013])\s?{_M}\s?\2\s?{_D}(?!\d)"),
    _pattern(rf"(?<!\d){_Y}\s+{_M}\s?/\s?{_D}(?!\d)"),  # Xinhua since 2020: year, day and time in boxes of their own
    _pattern(rf"(?<!\d){_D}{_ORDINAL}[\s\-.]*(?:of\s+|моҳи\s+)?(?P<name>{MONTH_NAME})(?!\w)\.?{_YEAR_WORD}"),
    _pattern(rf"(?<!\w)(?P<name>{MONTH_NAME})(?!\w)\.?\s+{_D}{_ORDINAL}(?![\d:]){_YEAR_WORD}"),
    _pattern(rf"(?<![\d.]){_D}\s?([./\-])\s?{_M}\s?\2\s?{_Y}(?!\d)"),
    _pattern(rf"(?<!\d)(?P<short>\d{{2}})年\s*{_M}\s*月\s*{_D}\s*[日号]?"),
    _pattern(rf"(?<!\d){_M}\s*月\s*{_D}\s*[日号]?"),
)
_CARD_DAYS = (
    _pattern(rf"(?<![\d.]){_D}([./]){_M}\2(?P<short>\d{{2}})(?!\d)"),
    _pattern(rf"(?<![\d.:])(?<!\bв )(?<!\bat ){_D}[./]{_M}(?![\d.:/])"),
    # The Chinese way, 11-22 15:51; behind words and without a time it is a range of pages.
    _pattern(rf"(?:^|(?<![\d\-:])(?=\d\d?-\d\d?\s+\d\d?:\d\d)){_M}-{_D}(?![\d\-:])"),
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?")
_UNIX = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A moment in UTC, how exactly it was stated, and the text it was read from.

    With precision ``day``, ``published_at`` is the start of that day in the outlet's zone.
    """

    published_at: datetime
    precision: Precision
    raw: str


def parse_date(text: str, *, zone: tzinfo | str, seen_at: datetime, language: str | None = None) -> ParsedDate | None:
    """Return the first date in a string or snippet, or ``None`` where there is none to be believed.

    ``zone`` (or IANA name) holds for dates that state none; ``seen_at`` is when the page was fetched: relative dates
    and dates without a year count back from it, and later dates (by more than a day) are refused, as are those before
    1995. ``language`` only decides 11/12/2026, which is November in English.
    """
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    raw = text.strip()
    snippet = han_numbers_as_digits(" ".join(unicodedata.normalize("NFKC", raw[:_MAX_CHARS]).casefold().split()))
    now = seen_at.astimezone(zone)
    found = (
        _number_date(snippet, zone)
        or _day_date(snippet, now, language)
        or relative_date(snippet, now, _clock_in)
        or _clock_today(snippet, now)
    )
    if found is None:
        return None
    moment, precision = found
    published_at = moment.astimezone(UTC)
    if not _EARLIEST <= published_at <= seen_at + _AHEAD:
        return None
    return ParsedDate(published_at=published_at, precision=precision, raw=raw[:_MAX_CHARS])


Found = tuple[datetime, Precision]


def _number_date(snippet: str, zone: tzinfo) -> Found | None:
    """Read a snippet that is one number: YYYYMMDD with or without a time, seconds or milliseconds since 1970."""
    if match := _COMPACT.fullmatch(snippet.removesuffix("z")):
        year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
        try:
            stated = UTC if snippet.endswith("z") else zone
            moment = datetime(year, month, day, hour, minute, second, tzinfo=stated)
        except ValueError:
            pass
        else:
            return moment, "second" if match[6] else "minute" if match[4] else "day"
    if match := _UNIX.fullmatch(snippet):
        return datetime.fromtimestamp(int(match[1]), UTC), "second"
    return None


def _day_date(snippet: str, now: datetime, language: str | None) -> Found | None:
    patterns = _DAYS + _CARD_DAYS if len(snippet) <= _CARD_MAX_CHARS else _DAYS
    for pattern in patterns:
        for match in pattern.finditer(snippet):
            day = _day_of(match, now, language)
            if day is not None:
                return _with_clock(day, before=snippet[: match.start()], after=snippet[match.end() :])
    return None


def _day_of(match: re.Match[str], now: datetime, language: str | None) -> datetime | None:
    parts = match.groupdict()
    day = int(parts["day"])
    try:
        month = month_of(parts["name"]) if parts.get("name") else int(parts["month"])
        if language == "en" and "/" in match[0] and day <= 12 and parts.get("year") and not match[0].startswith("20"):
            day, month = month, day
        if month > 12 >= day and not parts.get("name"):
            day, month = month, day
        if parts.get("short"):
            return datetime(2000 + int(parts["short"]), month, day, tzinfo=now.tzinfo)
        if parts.get("year"):
            return datetime(int(parts["year"]), month, day, tzinfo=now.tzinfo)
        return _nearest_past(month, day, now)
    except ValueError:
        return None


def _nearest_past(month: int, day: int, now: datetime) -> datetime | None:
    # Five years reach the last 29 February from anywhere but the years around 2100.
    for year in range(now.year + 1, now.year - 5, -1):
        try:
            moment = datetime(year, month, day, tzinfo=now.tzinfo)
        except ValueError:
            continue
        if moment <= now + _AHEAD:
            return moment
    return None


def _with_clock(day: datetime, *, before: str, after: str) -> Found:
    """Return the day with the time that stands behind it (or right before it), in the zone stated there."""
    # "T" of ISO 8601, weekday, "/", "в", "соати", "at": whatever stands between, if it is short.
    clock = _clock_at(after, within=26)
    rest = after
    if clock is None and (match := list(_CLOCK.finditer(before))) and len(before) - match[-1].end() <= 12:
        clock, rest = _clock_of(match[-1]), before[match[-1].end() :]
    if clock is None:
        return day, "day"
    since_midnight, precision, end = clock
    moment = day + since_midnight
    offset = _stated_zone(rest[end:] if rest is after else rest, near=rest[:end] if rest is after else "")
    if offset is not None:
        moment = moment.replace(tzinfo=offset)
    return moment, precision


_Clock = tuple[timedelta, Precision, int]


def _clock_at(text: str, *, within: int) -> _Clock | None:
    for pattern in (_CLOCK, _DOTTED_CLOCK):
        match = pattern.search(text)
        if match and match.start() <= within and (clock := _clock_of(match)):
            return clock
    return None


def _clock_of(match: re.Match[str]) -> _Clock | None:
    parts = match.groupdict()
    if parts["minute"] is None and not re.search(r"[时點点ч]", match[0]):
        return None
    hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts.get("second") or 0)
    half, ampm = parts.get("half") or "", (parts.get("ampm") or "")[:1]
    if (half in {"下午", "晚上", "傍晚", "晚间", "晚"} or ampm == "p" or (half == "中午" and hour < 3)) and hour < 12:
        hour += 12
    elif ampm == "a" and hour == 12:
        hour = 0
    if hour == 24 and minute == second == 0:
        return timedelta(days=1), "minute", match.end()
    if hour > 23 or minute > 59 or second > 60:
        return None
    precision: Precision = "second" if parts.get("second") else "minute"
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59)), precision, match.end()


def _clock_in(text: str) -> tuple[timedelta, Precision] | None:
    clock = _clock_at(text, within=20)
    return None if clock is None else clock[:2]


def _stated_zone(after: str, *, near: str) -> tzinfo | None:
    """Return the zone stated right behind a time, or in words before it (格林尼治标准时间10:41)."""
    if match := _OFFSET.match(after):
        sign = -1 if match[1] in "-−" else 1
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours <= 14 and minutes < 60:
            return timezone(sign * timedelta(hours=hours, minutes=minutes))
    for text in (after[:28], near):
        for pattern, ahead in _ZONES:
            if pattern.search(text):
                return timezone(timedelta(hours=ahead))
    return None


def _clock_today(snippet: str, now: datetime) -> Found | None:
    """Read a card that gives the time only: today, or yesterday where it is still to come."""
    match = _CLOCK.fullmatch(snippet)
    clock = _clock_of(match) if match else None
    if clock is None:
        return None
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + clock[0]
    return moment if moment <= now + timedelta(hours=1) else moment - timedelta(days=1), clock[1]
