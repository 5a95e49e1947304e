"""Dates of feeds and lists: read with the outlet's zone where they name none, disbelieved where they cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from extractors.outlet import Outlet

# What reads the dates that stand in words: "21 марта 2026, 10:00", "2026年3月21日". Aware UTC, or None.
DateReader = Callable[[str, Outlet], datetime | None]

# A clock may be wrong by minutes; what is later was not published yet.
_CLOCK_SKEW = timedelta(minutes=15)
# No outlet here is older on the web; 1970-01-01 and 0001-01-01 are what programs write for "unknown".
_EARLIEST = datetime(1991, 1, 1, tzinfo=UTC)
# Zones that stand in feeds by name and are not in RFC 822.
_NAMED_ZONES = {"MSK": 3, "MSD": 4, "SAMT": 4, "YEKT": 5, "TJT": 5, "UZT": 5, "TMT": 5, "KGT": 6, "ALMT": 5, "CST": 8}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+|\s*,\s*)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?")
_ZONE = re.compile(r"\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})|([A-Z]{3,4}))?\s*")
_RFC_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:GMT|UTC|UT|Z|[ECMP][SD]T))\s*(?:\(.*\))?$", re.IGNORECASE)
_COMPACT = re.compile(r"(20\d{2})([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?)?")
_UNIX = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")


def read_date(
    raw: str | float | None,
    *,
    outlet: Outlet,
    fetched_at: datetime,
    formats: Sequence[str] = (),
    in_words: DateReader | None = None,
) -> datetime | None:
    """Return the moment a source means, aware UTC; ``None`` where it says nothing that can be true.

    Reads RFC 822, ISO 8601 and its loose relatives, Unix seconds and milliseconds, the given strptime ``formats``, and
    the rest with ``in_words``. A date without a zone is in the outlet's. One that is still to come is believed in the
    outlet's zone if that helps (local time sent as GMT is the commonest mistake), and otherwise not at all.
    """
    text = "" if raw is None else str(raw).strip()
    if not text:
        return None
    zone = ZoneInfo(outlet.timezone)
    found = _formatted(text, formats, zone) or _unix(text) or _rfc822(text, zone) or _iso(text, zone)
    if found is None and in_words is not None:
        found = in_words(text, outlet)
    return None if found is None else _believable(found, zone, fetched_at)


def _believable(moment: datetime, zone: ZoneInfo, fetched_at: datetime) -> datetime | None:
    if not _EARLIEST.year <= moment.year < 9999:  # the edges of the calendar have no neighbours in other zones
        return None
    latest = fetched_at + _CLOCK_SKEW
    utc = moment.astimezone(UTC)
    if utc > latest:
        local = utc.replace(tzinfo=zone).astimezone(UTC)
        # Only where the source said UTC: +03:00 was meant.
        if moment.utcoffset() != timedelta(0) or local > latest:
            return None
        utc = local
    return utc if utc >= _EARLIEST else None


def _formatted(text: str, formats: Sequence[str], zone: ZoneInfo) -> datetime | None:
    for form in formats:
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007  the outlet's zone is put in where the text has none
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=zone)
    return None


def _unix(text: str) -> datetime | None:
    if not _UNIX.fullmatch(text):
        return None
    seconds = float(text) / 1000 if len(text) == 13 and "." not in text else float(text)
    return datetime.fromtimestamp(seconds, UTC)


def _rfc822(text: str, zone: ZoneInfo) -> datetime | None:
    # parsedate_tz takes nearly anything; only what has a month's English name is meant for it.
    if not re.search(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", text):
        return None
    parts = parsedate_tz(text)
    if parts is None:
        return None
    named = next((hours for name, hours in _NAMED_ZONES.items() if re.search(rf"\b{name}\b", text)), None)
    ahead = timedelta(hours=named) if named is not None else timedelta(seconds=parts[9] or 0)
    try:
        naive = datetime(*parts[:6])  # noqa: DTZ001  the zone follows
        # parsedate_tz says 0 for GMT and for no zone alike.
        return naive.replace(tzinfo=timezone(ahead) if named is not None or _RFC_ZONE.search(text) else zone)
    except ValueError:
        return None


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    found = _ISO.match(text) or _COMPACT.fullmatch(text)
    rest = None if found is None else _ZONE.fullmatch(text, found.end())
    if found is None or rest is None or (rest[5] and rest[5] not in _NAMED_ZONES):
        return None
    numbers = [int(part) for part in found.groups() if part is not None]
    try:
        naive = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  the zone follows
    except ValueError:
        return None
    universal, sign, hours, minutes, name = rest.groups()
    if not (universal or sign or name):
        return naive.replace(tzinfo=zone)
    ahead = timedelta(hours=_NAMED_ZONES.get(name, 0))
    if sign:
        ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    return naive.replace(tzinfo=timezone(ahead)) if abs(ahead) < timedelta(days=1) else None
