"""When work is looked at again: with clocks that jump, hours that do not exist, and hours that come twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.subscriptions import Subscription
from flows.schedule.clock import DailyAt, Every, next_digest, next_look

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
MINUTE = Every(pause=timedelta(minutes=1))
MORNING = DailyAt(hour=time(7, 0), timezone="Asia/Dushanbe")


def look(rhythm, looked_at, *, failures=0, now=NOW):
    return next_look(rhythm, looked_at=looked_at, failures=failures, now=now)


@pytest.mark.parametrize(
    ("ago", "failures", "wait"),
    [
        pytest.param(None, 0, 0, id="never looked at"),
        pytest.param(30, 0, 30, id="half its pause has passed"),
        pytest.param(60, 0, 0, id="its pause has passed"),
        pytest.param(-3600, 0, 0, id="the clock was set back an hour"),
        pytest.param(0, 1, 120, id="failed once"),
        pytest.param(0, 3, 480, id="failed three times"),
        pytest.param(0, 50, 900, id="has failed all day: still tried every quarter of an hour"),
    ],
)
def test_work_of_a_pause(ago, failures, wait):
    looked_at = None if ago is None else NOW - timedelta(seconds=ago)
    assert look(MINUTE, looked_at, failures=failures) == NOW + timedelta(seconds=wait)


def test_work_with_a_long_pause_is_not_tried_more_often_because_it_fails():
    assert look(Every(pause=timedelta(hours=2)), NOW, failures=4) == NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("looked_at", "now", "due_at"),
    [
        pytest.param("2026-11-21T02:00", "2026-11-22T01:59", "2026-11-22T02:00", id="a minute before the hour"),
        pytest.param("2026-11-21T02:00", "2026-11-22T02:00", "2026-11-22T02:00", id="at the hour"),
        pytest.param("2026-11-21T02:00", "2026-11-22T17:00", "2026-11-22T17:00", id="the hour was slept through"),
        pytest.param("2026-11-22T02:00", "2026-11-22T02:01", "2026-11-23T02:00", id="done today"),
        pytest.param("2026-11-15T02:00", "2026-11-22T05:00", "2026-11-22T05:00", id="a week was slept through: once"),
        pytest.param("2026-11-22T02:05", "2026-11-22T01:00", "2026-11-22T01:00", id="the clock was set back an hour"),
    ],
)
def test_daily_work(looked_at, now, due_at):
    moments = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (looked_at, now, due_at)]
    assert look(MORNING, moments[0], now=moments[1]) == moments[2]


@pytest.mark.parametrize(
    ("zone", "hour", "begins"),
    [
        pytest.param("Asia/Dushanbe", time(7, 0), "2026-11-20", id="no summer time"),
        pytest.param("Europe/Berlin", time(2, 30), "2026-03-27", id="02:30 does not exist on 29 March"),
        pytest.param("Europe/Berlin", time(2, 30), "2026-10-23", id="02:30 comes twice on 25 October"),
        pytest.param("America/Scoresbysund", time(23, 59), "2026-03-27", id="a skipped hour that crosses midnight"),
        pytest.param("Pacific/Apia", time(7, 0), "2011-12-28", id="Samoa leaves out a whole day"),
    ],
)
def test_walking_through_five_days_in_steps_does_daily_work_once_a_day(zone, hour, begins):
    rhythm = DailyAt(hour=hour, timezone=zone)
    begin = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    looked_at, done = begin, []
    for step in range(5 * 24 * 4):
        now = begin + timedelta(minutes=15 * step)
        if look(rhythm, looked_at, now=now) <= now:
            looked_at = now
            done.append(now.astimezone(ZoneInfo(zone)))
    assert [each.date() for each in done] == sorted({each.date() for each in done})
    assert len(done) == 5


@given(
    looked_at=st.timedeltas(timedelta(days=-180), timedelta(days=180)).map(lambda away: NOW + away),
    passed=st.timedeltas(timedelta(days=-3), timedelta(days=3)),
    failures=st.integers(0, 100),
    rhythm=st.sampled_from([MINUTE, MORNING, Every(pause=timedelta(days=1))]),
)
def test_work_is_never_more_than_a_day_and_an_hour_away(looked_at, passed, failures, rhythm):
    now = looked_at + passed
    assert look(rhythm, looked_at, failures=failures, now=now) - now <= timedelta(hours=25)


def reader(name, **wishes):
    return Subscription.model_validate({"id": name, "name": name, "address": f"{name}@example.org", **wishes})


def test_the_next_digest_is_the_earliest_of_all_readers_in_their_own_zones():
    readers = [
        reader("anna", hour="07:00", timezone="Asia/Dushanbe"),
        reader("bo", hour="07:00", timezone="Asia/Shanghai"),
    ]
    at, first = next_digest(readers, now=datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    assert (at, first.id) == (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), "bo")


def test_the_next_digest_waits_for_a_weekday_of_the_reader():
    # 22 November 2026 is a Sunday.
    at, _ = next_digest([reader("anna", hour="07:00", timezone="Asia/Dushanbe", weekdays=["fri"])], now=NOW)
    assert at == datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def test_nobody_subscribed_means_no_next_digest():
    assert next_digest([], now=NOW) is None
