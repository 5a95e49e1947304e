"""How a source is doing: what each poll brought, and what that says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from records.errors import FetchCause

HealthState = Literal["new", "normal", "quiet", "silent", "failing", "refused", "blocked", "moved", "gone", "down"]
Trouble = Literal["refused", "blocked", "moved", "gone", "down", "offline", "content", "other"]
FailureWeight = Literal["hard", "soft", "temporary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """One poll of one source, as a row.

    ``ok`` is true for a readable answer, also for a 304; ``items`` is what the source offered (0 for a 304) and
    ``new_items`` how many of them had not been seen. ``baseline`` marks the first good poll, whose items are old news.
    ``weight``, ``cause``, ``status``, ``trouble``, ``message`` and ``moved_to`` are set for what failed (``moved_to``
    also for a good poll that was redirected to another site).
    """

    outlet_id: str
    source_url: str
    polled_at: datetime
    ok: bool
    items: int = 0
    new_items: int = 0
    baseline: bool = False
    weight: FailureWeight | None = None
    cause: FetchCause | None = None
    status: int | None = None
    trouble: Trouble | None = None
    message: str | None = None
    moved_to: str | None = None
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How one source stands after a run, as a row.

    The band is the source's own: ``band_low`` and ``band_high`` are the 10th and 90th percentile of new items in
    windows of ``band_hours`` over the last 30 days, ``band_now`` the count in the window that ends now; all ``None``
    while there is too little history. ``streak`` counts polls that failed in a row, ``failure_weight`` weighs them
    (hard 1, soft 0.5, temporary 0.25). ``advice`` is a sentence for the analyst.
    """

    outlet_id: str
    source_url: str
    state: HealthState
    since: datetime
    checked_at: datetime
    last_good_at: datetime | None
    last_new_at: datetime | None
    new_items_30_days: int
    band_hours: float | None
    band_low: float | None
    band_high: float | None
    band_now: int | None
    streak: int
    failure_weight: float
    next_poll_at: datetime
    advice: str
