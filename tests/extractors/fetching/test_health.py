"""Each source is measured by itself: silence is told from rest, and from our own absence."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from extractors.fetching.health import health_of, volume_band
from extractors.fetching.polls import failed_poll
from records import FetchCause, FetchError, HealthState, PollResult, SourceHealth

START = datetime(2026, 10, 19, tzinfo=UTC)  # a Monday


def poll(at: datetime, new: int, *, baseline: bool = False) -> PollResult:
    return PollResult(
        outlet_id="press", source_url="u", polled_at=at, ok=True, items=30, new_items=new, baseline=baseline
    )


def failure(at: datetime, cause: FetchCause = "connect", *, control_ok: bool | None = True) -> PollResult:
    error = FetchError("it does not answer", outlet_id="press", url="u", retryable=True, cause=cause)
    return failed_poll(error, source_url="u", at=at, control_ok=control_ok)


def history(
    new_items: Callable[[datetime], int], *, days: float = 32, every: timedelta = timedelta(hours=1)
) -> list[PollResult]:
    """Poll from ``START`` on; ``new_items`` says what each poll finds."""
    times = [START + every * number for number in range(int(timedelta(days=days) / every))]
    return [poll(times[0], 30, baseline=True), *(poll(at, new_items(at)) for at in times[1:])]


def health(polls: list[PollResult], previous: SourceHealth | None = None, now: datetime | None = None) -> SourceHealth:
    return health_of(polls, every_minutes=30, now=now or polls[-1].polled_at, previous=previous)


def wire(at: datetime) -> int:
    return random.Random(at.isoformat()).choice([2, 3, 4, 6])


def weekday_paper(at: datetime) -> int:
    return 8 if at.weekday() < 5 and at.hour == 6 else 0


def weekly(at: datetime) -> int:
    return 12 if at.weekday() == 3 and at.hour == 9 else 0


def until(last: datetime, rhythm: Callable[[datetime], int]) -> Callable[[datetime], int]:
    """A source in its rhythm that stops at a moment."""
    return lambda at: rhythm(at) if at < last else 0


class TestSilence:
    def test_a_wire_is_silent_after_six_hours(self) -> None:
        for hours, state in ((3, "normal"), (7, "silent"), (30, "silent"), (200, "silent")):
            stop = START + timedelta(days=31)
            polls = history(until(stop, wire), days=31 + hours / 24)
            assert health(polls).state == state, hours

    def test_a_weekly_is_not_judged_as_a_wire(self) -> None:
        for days in (30, 31, 32, 33, 34, 35, 36, 37):
            assert health(history(weekly, days=days)).state == "normal", days

    def test_a_weekly_that_missed_two_numbers_is_silent(self) -> None:
        polls = history(until(START + timedelta(days=25), weekly), days=42)
        assert health(polls).state == "silent"

    def test_a_paper_may_rest_at_the_weekend_and_not_on_thursday(self) -> None:
        monday_morning = START + timedelta(days=28, hours=5)
        resting = history(weekday_paper, days=(monday_morning - START) / timedelta(days=1))
        assert health(resting).state == "normal"
        thursday = START + timedelta(days=31)
        stopped = history(until(START + timedelta(days=26), weekday_paper), days=(thursday - START) / timedelta(days=1))
        assert health(stopped).state == "silent"

    def test_a_source_that_fell_far_below_its_band_is_quiet(self) -> None:
        def thin(at: datetime) -> int:
            return wire(at) if at < START + timedelta(days=31) else int(at.hour % 6 == 0)

        result = health(history(thin, days=32))
        assert result.state == "quiet"
        assert result.band_now is not None
        assert result.band_low is not None
        assert 0 < result.band_now < result.band_low / 2

    def test_a_program_that_was_switched_off_has_seen_no_silence(self) -> None:
        polls = history(wire, days=30)
        back = polls[-1].polled_at + timedelta(days=5)
        assert health([*polls, poll(back, 25)]).state == "normal"
        # Nor is it silence while the program is still off.
        assert health(polls, now=polls[-1].polled_at + timedelta(days=2)).state == "normal"

    def test_polls_that_failed_do_not_make_a_source_quiet(self) -> None:
        polls = history(wire, days=30)
        last = polls[-1].polled_at
        polls += [failure(last + timedelta(hours=hour)) for hour in range(1, 20)]
        polls += [poll(last + timedelta(hours=20), 30)]
        assert health(polls).state == "normal"

    def test_the_band_is_what_the_source_really_brings(self) -> None:
        polls = history(lambda _: 2, days=31)
        band = volume_band(polls, polls[-1].polled_at)
        assert band is not None
        assert (band.hours, band.low, band.high, band.now) == (6, 12, 12, 12)


class TestBeginning:
    def test_the_first_poll_is_a_baseline_and_no_news(self) -> None:
        result = health([poll(START, 40, baseline=True)])
        assert (result.state, result.new_items_30_days, result.last_new_at) == ("new", 0, None)
        assert result.band_hours is None

    def test_a_young_source_is_not_judged(self) -> None:
        assert health(history(weekly, days=6)).state == "new"

    def test_a_wire_has_a_band_after_a_day(self) -> None:
        assert health(history(wire, days=1.5)).state == "normal"

    def test_a_source_that_never_brought_anything_new_is_silent_after_two_weeks(self) -> None:
        assert health(history(lambda _: 0, days=10)).state == "new"
        result = health(history(lambda _: 0, days=15))
        assert result.state == "silent"
        assert "front page" in result.advice

    def test_a_source_that_never_answered_is_down_and_keeps_being_asked(self) -> None:
        polls = [failure(START + timedelta(hours=hour)) for hour in range(400)]
        result = health(polls)
        assert (result.state, result.last_good_at, result.streak) == ("down", None, 400)
        assert result.next_poll_at <= polls[-1].polled_at + timedelta(days=1)


class TestFailing:
    @pytest.mark.parametrize(
        ("cause", "control_ok", "state"),
        [
            ("connect", True, "down"),
            ("tls-reset", True, "blocked"),
            ("forbidden-address", True, "blocked"),
            ("robots", True, "refused"),
            ("truncated", True, "failing"),
        ],
    )
    def test_the_state_says_what_is_the_matter(self, cause: FetchCause, control_ok: bool, state: HealthState) -> None:
        polls = history(wire, days=10)
        last = polls[-1].polled_at
        polls += [failure(last + timedelta(hours=hour), cause, control_ok=control_ok) for hour in (1, 2)]
        result = health(polls)
        assert result.state == state
        assert result.last_good_at == last
        assert "press" in result.advice or "it does not answer" in result.advice

    def test_one_soft_failure_is_weather(self) -> None:
        polls = history(wire, days=10)
        result = health([*polls, failure(polls[-1].polled_at + timedelta(hours=1))])
        assert (result.state, result.streak, result.failure_weight) == ("normal", 1, 0.5)
        assert "last poll failed" in result.advice

    def test_our_own_outage_is_not_the_sources_failure(self) -> None:
        polls = history(wire, days=10)
        last = polls[-1].polled_at
        polls += [failure(last + timedelta(hours=hour), control_ok=False) for hour in range(1, 10)]
        result = health(polls)
        assert (result.state, result.streak, result.failure_weight) == ("normal", 0, 0.0)

    def test_it_recovers_with_the_first_good_poll(self) -> None:
        polls = history(wire, days=10)
        last = polls[-1].polled_at
        polls += [failure(last + timedelta(hours=hour)) for hour in range(1, 5)]
        failing = health(polls)
        good = health([*polls, poll(last + timedelta(hours=5), 20)], previous=failing)
        assert (failing.state, good.state, good.streak) == ("down", "normal", 0)
        assert good.since == good.checked_at

    def test_a_state_keeps_the_moment_it_began(self) -> None:
        polls = history(wire, days=10)
        polls += [failure(polls[-1].polled_at + timedelta(hours=hour)) for hour in (1, 2)]
        first = health(polls)
        polls += [failure(polls[-1].polled_at + timedelta(hours=1))]
        assert health(polls, previous=first).since == first.since

    def test_what_was_known_before_the_history_given_is_kept(self) -> None:
        before = health(history(wire, days=10))
        later = health([failure(START + timedelta(days=40))], previous=before)
        assert (later.last_good_at, later.last_new_at) == (before.last_good_at, before.last_new_at)


def test_thirty_days_of_polls_are_judged_in_no_time() -> None:
    polls = history(wire, days=32, every=timedelta(minutes=5))
    assert len(polls) > 9_000
    assert health(polls).state == "normal"
