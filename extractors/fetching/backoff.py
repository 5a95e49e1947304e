"""When to ask again: after a failure, and after none. All functions here are pure; nothing is ever given up.

Weights as in mediacloud/rss-fetcher (``fetcher/tasks.py``), whose ten years of feeds say: a source that answers 404 or
has lost its name comes back surprisingly often, so those count half; a resolver that says "try again" counts a quarter;
other 4xx answers and URLs that cannot be right count whole. There the delay grows linearly and a few counts end a feed;
here it doubles, and the longest delay is a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from records import FailureWeight, FetchError, SourceError

WEIGHTS: dict[FailureWeight, float] = {"hard": 1.0, "soft": 0.5, "temporary": 0.25}

# The longest a failing source is left alone. rss-fetcher saw Retry-After of 88 hours and cuts at a day as well.
LONGEST_DELAY = timedelta(days=1)
# A good poll is at most this rare: a weekly is then seen within six hours.
_LONGEST_INTERVAL = timedelta(hours=6)
# Polls per expected gap between two new items. With 8, what is new waits a 16th of the gap on average.
_POLLS_PER_GAP = 8
_SOFT_STATUSES = frozenset({404, 408, 425, 429})
_TEMPORARY_CAUSES = frozenset({"proxy", "name-lookup", "robots-unreachable", "held"})
_HARD_CAUSES = frozenset({"bad-url", "forbidden-address", "robots"})


def weight_of(error: SourceError) -> FailureWeight:
    """Return how much a failure counts: hard, soft (comes back often), temporary (says so itself)."""
    if not isinstance(error, FetchError):
        return "soft"  # HTML for a feed, no items: often repaired the same day
    if error.cause in _TEMPORARY_CAUSES:
        return "temporary"
    if error.cause in _HARD_CAUSES:
        return "hard"
    if error.cause == "http" and error.status is not None:
        return "soft" if error.status in _SOFT_STATUSES or error.status >= 500 else "hard"
    return "soft"


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds a ``Retry-After`` asks for, in either form; ``None`` for none or nonsense, never negative."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])  # nine digits are thirty years
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def failure_delay(
    weight: float, *, interval: timedelta, luck: float, retry_after_seconds: float | None = None
) -> timedelta:
    """Return how long to leave a failing source alone.

    ``weight`` is the sum over the failures in a row, ``interval`` its normal rhythm, ``luck`` a number from 0 to 1 that
    spreads sources which failed together over a quarter more. The delay is never under the interval nor under what the
    server asked for, and never over a day.
    """
    # The exponent is cut where any interval has long passed a day, so that years of failures do not overflow.
    doubled = interval * 2 ** min(max(weight - 1.0, 0.0), 16.0)
    asked = timedelta(seconds=min(retry_after_seconds or 0.0, LONGEST_DELAY.total_seconds()))
    return max(min(doubled * (1 + luck / 4), LONGEST_DELAY), asked, min(interval, LONGEST_DELAY))


def retry_delay_seconds(attempt: int, luck: float) -> float:
    """Return the pause before a second try within one run: full jitter, doubling from one second."""
    return float(2**attempt) * (0.5 + luck / 2)


def poll_interval(gaps: list[timedelta], *, every_minutes: int) -> timedelta:
    """Return how often to ask a source for news, from the gaps between polls that brought some.

    Never more often than its outlet file says, and rarer for a source whose rhythm is slower: an eighth of its median
    gap, at most six hours. Without history the outlet file alone decides.
    """
    shortest = timedelta(minutes=every_minutes)
    if not gaps:
        return shortest
    middle = sorted(gaps)[len(gaps) // 2]
    return max(shortest, min(middle / _POLLS_PER_GAP, _LONGEST_INTERVAL))
