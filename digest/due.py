"""When a reader's digest is due: decided from the clock and the days already told, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from digest.subscriptions import WEEKDAYS, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A day on which a reader gets a digest; ``since`` is the moment of the slot before it."""

    day: date
    at: datetime
    since: datetime


def due_slot(reader: Subscription, *, now: datetime, told_days: Collection[date]) -> Slot | None:
    """Return the slot to send now, or ``None``.

    The newest slot that has come is the only one that can be due: after a stop of five days one digest is sent. It is
    due unless that day, or a later one up to today, was told: so neither a clock set back nor an hour that comes twice
    sends a day twice, and days told while the clock ran ahead do not silence the days in between.
    """
    today = now.astimezone(reader.zone).date()
    slot = newest_slot(reader, now=now)
    if any(slot.day <= told <= today for told in told_days):
        return None
    return slot


def moment_of_slot(reader: Subscription, day: date) -> datetime:
    """Return when a day's slot comes, in UTC.

    An hour that the clocks skip comes when it would have come; of an hour that comes twice it is the first.
    """
    return datetime.combine(day, reader.hour, tzinfo=reader.zone).astimezone(UTC)


def newest_slot(reader: Subscription, *, now: datetime) -> Slot:
    """Return the newest slot that has come, told or not."""
    today = now.astimezone(reader.zone).date()
    # Two weeks back hold two slots of a reader of one day a week; a day ahead, since a skipped hour may cross midnight.
    days = (today + timedelta(days=1 - back) for back in range(17))
    wanted = [day for day in days if WEEKDAYS[day.weekday()] in reader.weekdays]
    come = [(day, at) for day in wanted if (at := moment_of_slot(reader, day)) <= now]
    (day, at), (_, before) = come[0], come[1]
    return Slot(day=day, at=at, since=before)
