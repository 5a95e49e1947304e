from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.due import due_slot
from digest.subscriptions import WEEKDAYS, Subscription


def reader(**wishes) -> Subscription:
    return Subscription(id="anna", name="Anna", address="anna@example.org", **wishes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walk(subscription: Subscription, moments) -> list[tuple[datetime, date]]:
    """Ask at each moment and tell what is due, as `digest send` does."""
    told: list[tuple[datetime, date]] = []
    for now in moments:
        slot = due_slot(subscription, now=now, told_days={day for _, day in told})
        if slot is not None:
            assert slot.since < slot.at <= now
            told.append((now, slot.day))
    return told


def every(minutes: int, start: datetime, end: datetime):
    while start < end:
        yield start
        start += timedelta(minutes=minutes)


def test_seven_in_dushanbe_is_two_in_the_night_utc():
    assert due_slot(reader(), now=at("2026-11-22T01:59"), told_days={date(2026, 11, 21)}) is None
    slot = due_slot(reader(), now=at("2026-11-22T02:00"), told_days={date(2026, 11, 21)})
    assert slot is not None
    assert (slot.day, slot.at, slot.since) == (date(2026, 11, 22), at("2026-11-22T02:00"), at("2026-11-21T02:00"))


def test_asked_every_ten_minutes_a_day_is_told_once_at_its_hour():
    told = walk(reader(), every(10, at("2026-11-20T02:00"), at("2026-11-25T02:00")))
    assert told == [(at(f"2026-11-{day}T02:00"), date(2026, 11, day)) for day in range(20, 25)]


def test_after_five_days_of_downtime_one_digest_is_sent():
    moments = [at("2026-11-20T02:00"), *every(10, at("2026-11-25T09:00"), at("2026-11-26T01:50"))]
    assert walk(reader(), moments) == [
        (at("2026-11-20T02:00"), date(2026, 11, 20)),
        (at("2026-11-25T09:00"), date(2026, 11, 25)),
    ]


@pytest.mark.parametrize("hour", [time(0, 0), time(1, 30), time(2, 30), time(3, 0), time(23, 59)], ids=str)
@pytest.mark.parametrize("start", ["2026-03-27T12:00", "2026-10-23T12:00"], ids=["clocks forward", "clocks back"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_daylight_saving_neither_skips_nor_doubles_a_day(zone, start, hour):
    subscription = reader(timezone=zone, hour=hour)
    told = [day for _, day in walk(subscription, every(30, at(start), at(start) + timedelta(days=12)))]
    assert told == sorted(set(told))
    assert {(b - a).days for a, b in pairwise(told)} == {1}


def test_an_hour_that_the_clocks_skip_comes_when_it_would_have_come():
    slot = due_slot(reader(timezone="Europe/Berlin", hour=time(2, 30)), now=at("2026-03-29T06:00"), told_days=())
    assert slot is not None
    assert slot.at.astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)


def test_a_clock_set_back_sends_no_day_twice():
    moments = [at("2026-11-22T02:00"), at("2026-11-21T20:00"), at("2026-11-22T02:00"), at("2026-11-22T03:00")]
    assert [day for _, day in walk(reader(), moments)] == [date(2026, 11, 22)]


def test_a_clock_that_ran_ahead_does_not_silence_the_days_between():
    moments = [at("2026-11-22T02:00"), at("2027-01-05T02:00"), at("2026-11-23T02:00"), at("2026-11-24T02:00")]
    days = [day for _, day in walk(reader(), moments)]
    assert days == [date(2026, 11, 22), date(2027, 1, 5), date(2026, 11, 23), date(2026, 11, 24)]


def test_a_reader_who_moves_zones_gets_no_day_twice():
    told = {date(2026, 11, 22)}
    assert due_slot(reader(timezone="America/New_York"), now=at("2026-11-22T13:00"), told_days=told) is None


def test_weekdays_are_kept_and_monday_covers_the_weekend():
    subscription = reader(weekdays=("mon", "thu"))
    told = walk(subscription, every(60, at("2026-11-16T02:00"), at("2026-11-30T01:00")))
    assert [f"{day:%a}" for _, day in told] == ["Mon", "Thu", "Mon", "Thu"]
    slot = due_slot(subscription, now=at("2026-11-23T02:00"), told_days=())
    assert slot is not None
    assert slot.since == at("2026-11-19T02:00")


@given(
    now=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)),  # noqa: DTZ001 - made aware below
    zone=st.sampled_from(["Asia/Dushanbe", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati"]),
    hour=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    weekdays=st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple),
)
def test_there_is_always_a_newest_slot_and_telling_it_settles_the_matter(now, zone, hour, weekdays):
    subscription = reader(timezone=zone, hour=hour, weekdays=weekdays)
    moment = now.replace(tzinfo=UTC)
    slot = due_slot(subscription, now=moment, told_days=())
    assert slot is not None
    assert moment - timedelta(days=8) < slot.at <= moment
    assert due_slot(subscription, now=moment, told_days={slot.day}) is None
