"""When a piece of work is looked at again: decided from the clock and what was done, nothing else.

The wall clock is asked, since what was done must hold over restarts. A clock set back makes work due at once, never
late; an hour that comes twice or not at all does no day twice and leaves none out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.due import moment_of_slot
from digest.subscriptions import WEEKDAYS

if TYPE_CHECKING:
    from digest.subscriptions import Subscription

# What fails is tried again after its own pause, doubled each time, and at least this often: a mended file is noticed.
_LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """So long after it was looked at last."""

    pause: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyAt:
    """Once a day, from this hour on: also later, when the hour was slept through."""

    hour: time
    timezone: str


Rhythm = Every | DailyAt


def next_look(rhythm: Rhythm, *, looked_at: datetime | None, failures: int, now: datetime) -> datetime:
    """Return when work of this rhythm is to be looked at next; not later than ``now`` means: now.

    ``looked_at`` is when it was begun last, ``failures`` how often in a row it has failed since. All times are aware.
    """
    if looked_at is None or looked_at > now:
        return now
    if isinstance(rhythm, Every):
        return looked_at + _pause(rhythm.pause, failures)
    if failures:
        return looked_at + _LONGEST_PAUSE
    zone = ZoneInfo(rhythm.timezone)
    today = now.astimezone(zone).date()
    # Two days back and two ahead: a skipped hour may cross midnight, and Samoa once left out a day.
    slots = [_moment(today + timedelta(days=ahead), rhythm.hour, zone) for ahead in range(-2, 3)]
    newest = max(slot for slot in slots if slot <= now)
    return now if looked_at < newest else min(slot for slot in slots if slot > now)


def next_digest(readers: Sequence[Subscription], *, now: datetime) -> tuple[datetime, Subscription] | None:
    """Return when the next digest comes and who gets it; ``None`` when nobody is subscribed."""
    coming = [(_next_slot(reader, now), reader) for reader in readers]
    return min(coming, key=lambda each: (each[0], each[1].id), default=None)


def _pause(usual: timedelta, failures: int) -> timedelta:
    doubled: int = 1 << min(failures, 10)
    return max(usual, min(usual * doubled, _LONGEST_PAUSE))


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def _next_slot(reader: Subscription, now: datetime) -> datetime:
    today = now.astimezone(reader.zone).date()
    # Two weeks ahead hold a slot of a reader of one day a week.
    days = (today + timedelta(days=ahead) for ahead in range(-1, 15))
    wanted = (day for day in days if WEEKDAYS[day.weekday()] in reader.weekdays)
    return next(at for day in wanted if (at := moment_of_slot(reader, day)) > now)
