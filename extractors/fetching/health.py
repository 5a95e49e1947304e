"""How a source is doing, from its polls: the analyst must be able to trust silence. All functions here are pure.

A source is measured by itself. Its new items are counted in windows of six hours, a day, three days and a week; the
shortest window that never was empty in 30 days is its measure. If that window is empty now, it went silent: for a wire
after six hours, for a paper that rests at weekends after three days. A source rarer than weekly is silent after twice
its longest pause. Polls that failed say nothing about the newsroom, so they never make a source quiet.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from extractors.fetching.advice import advice_for
from extractors.fetching.backoff import WEIGHTS, failure_delay, poll_interval
from records import HealthState, PollResult, SourceHealth, Trouble

_HISTORY = timedelta(days=30)
_WINDOWS = tuple(timedelta(hours=hours) for hours in (6, 24, 72, 168))
# Windows are looked at every quarter of their length; eight of them reach over three lengths of history.
_STEPS_PER_WINDOW = 4
_ENOUGH_WINDOWS = 8
# With fewer pauses seen, "twice the longest" means nothing.
_ENOUGH_GAPS = 3
# A source added this long ago that never brought anything new was dead when it was added.
_NEVER_NEW = timedelta(days=14)
# One soft failure is weather. From a whole count on (one hard, two soft, four temporary) it is a state.
_FAILING_WEIGHT = 1.0
_STATE_OF_TROUBLE: dict[Trouble, HealthState] = {
    "refused": "refused",
    "blocked": "blocked",
    "moved": "moved",
    "gone": "gone",
    "down": "down",
    "content": "failing",
    "other": "failing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """How much a source usually brings in a window, and how much it brought in the last one."""

    hours: float
    low: float
    high: float
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """The polls of a source, sorted out; the streak is what failed since the last good one."""

    polls: Sequence[PollResult]
    good: Sequence[PollResult]
    news: Sequence[PollResult]
    streak: Sequence[PollResult]

    @classmethod
    def of(cls, polls: Sequence[PollResult]) -> _History:
        good = [poll for poll in polls if poll.ok]
        failed = itertools.takewhile(lambda poll: not poll.ok, reversed(polls))
        return cls(
            polls=polls,
            good=good,
            news=[poll for poll in good if poll.new_items and not poll.baseline],
            # What failed because we were offline is not the source's failure.
            streak=[poll for poll in failed if poll.trouble != "offline"][::-1],
        )

    @property
    def gaps(self) -> list[timedelta]:
        return [later.polled_at - earlier.polled_at for earlier, later in itertools.pairwise(self.news)]

    @property
    def weight(self) -> float:
        return sum(WEIGHTS[poll.weight or "soft"] for poll in self.streak)


def health_of(
    polls: Sequence[PollResult],
    *,
    every_minutes: int,
    now: datetime,
    previous: SourceHealth | None = None,
    luck: float = 0.0,
) -> SourceHealth:
    """Return how a source stands after its last poll.

    ``polls`` are its polls, at least one, oldest first, of the last 30 days or more; ``luck`` from 0 to 1 spreads the
    next polls of sources that failed together.
    """
    history = _History.of(polls)
    band = volume_band(history.good, now)
    state = _state(history, band, previous, now)
    return SourceHealth(
        outlet_id=polls[-1].outlet_id,
        source_url=polls[-1].source_url,
        state=state,
        since=previous.since if previous is not None and previous.state == state else now,
        checked_at=now,
        last_good_at=_last(history.good, previous.last_good_at if previous else None),
        last_new_at=_last(history.news, previous.last_new_at if previous else None),
        new_items_30_days=sum(poll.new_items for poll in history.news if poll.polled_at > now - _HISTORY),
        band_hours=band.hours if band else None,
        band_low=band.low if band else None,
        band_high=band.high if band else None,
        band_now=band.now if band else None,
        streak=len(history.streak),
        failure_weight=history.weight,
        next_poll_at=polls[-1].polled_at + _delay(history, every_minutes, luck),
        advice=advice_for(state, polls, band_hours=band.hours if band else None),
    )


def volume_band(good: Sequence[PollResult], now: datetime) -> Band | None:
    """Return the source's own band, ``None`` with too little history or for a source that rests longer than a week.

    ``good`` are the polls that worked, oldest first. The last window ends at the last of them, not at ``now``: a
    program that was switched off saw nothing, which is not silence.
    """
    recent = [poll for poll in good if poll.polled_at > now - _HISTORY]
    if not recent:
        return None
    times = [poll.polled_at for poll in recent]
    sums = [0, *itertools.accumulate(0 if poll.baseline else poll.new_items for poll in recent)]
    for window in _WINDOWS:
        # A silence that has begun must not stretch the measure it is judged by: only windows up to the last news.
        end = min(times[-1] - window, max((poll.polled_at for poll in recent if poll.new_items), default=times[0]))
        counts = sorted(_window_counts(times, sums, window, end))
        if len(counts) >= _ENOUGH_WINDOWS and counts[0] >= 1:
            return Band(
                hours=window.total_seconds() / 3600,
                low=float(counts[len(counts) // 10]),
                high=float(counts[len(counts) * 9 // 10]),
                now=sums[-1] - sums[bisect_right(times, times[-1] - window)],
            )
    return None


def _window_counts(times: Sequence[datetime], sums: Sequence[int], window: timedelta, end: datetime) -> list[int]:
    """Count new items in the windows that end at ``end`` and before; one without a good poll is left out."""
    counts = []
    while end - window >= times[0]:
        first, behind = bisect_right(times, end - window), bisect_right(times, end)
        if behind > first:
            counts.append(sums[behind] - sums[first])
        end -= window / _STEPS_PER_WINDOW
    return counts


def _last(polls: Sequence[PollResult], before: datetime | None) -> datetime | None:
    return polls[-1].polled_at if polls else before


def _delay(history: _History, every_minutes: int, luck: float) -> timedelta:
    interval = poll_interval(history.gaps, every_minutes=every_minutes)
    if not history.streak:
        return interval
    asked = history.polls[-1].retry_after_seconds
    return failure_delay(history.weight, interval=interval, luck=luck, retry_after_seconds=asked)


def _state(history: _History, band: Band | None, previous: SourceHealth | None, now: datetime) -> HealthState:
    # One that never answered has no better days to wait for.
    never = not history.good and (previous is None or previous.last_good_at is None)
    if history.weight >= _FAILING_WEIGHT or (never and history.streak):
        return _STATE_OF_TROUBLE.get(history.streak[-1].trouble or "other", "failing")
    if history.good and history.good[-1].moved_to:
        return "moved"
    if band is None:
        return _state_without_band(history, previous, now)
    if band.now == 0:
        return "silent"
    return "quiet" if band.now < band.low / 2 else "normal"


def _state_without_band(history: _History, previous: SourceHealth | None, now: datetime) -> HealthState:
    if not history.good:
        return previous.state if previous is not None else "new"
    first, last = history.good[0].polled_at, history.good[-1].polled_at
    if not history.news:
        return "silent" if last - first >= _NEVER_NEW else "new"
    if len(history.gaps) < _ENOUGH_GAPS:
        return "new" if now - first < _HISTORY else "normal"
    return "silent" if last - history.news[-1].polled_at > 2 * max(history.gaps) else "normal"
