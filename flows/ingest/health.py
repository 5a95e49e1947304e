"""What the polls of a run say of its sources: rows for the warehouse, judged once more when the run is over."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.fetching.health import health_of
from extractors.fetching.polls import failed_poll, good_poll
from records import PollResult, SourceError, SourceHealth

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.memory import Remembered
    from flows.ingest.polling import Asked
    from flows.ingest.road import Road


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A poll that failed while too few other hosts had been asked to tell a dead outlet from a dead line."""

    outlet: Outlet
    poll: PollResult
    error: SourceError
    elsewhere: str | None
    previous: SourceHealth | None


def is_baseline(remembered: Remembered, source_url: str) -> bool:
    """Tell whether a source never gave a good answer before: what it offers now is old news."""
    before = remembered.health.get(source_url)
    return not any(poll.ok for poll in remembered.polls if poll.source_url == source_url) and (
        before is None or before.last_good_at is None
    )


def poll_of(
    road: Road, outlet: Outlet, asked: Asked, remembered: Remembered, known_items: Collection[str]
) -> PollResult:
    """Return the row of what one source said; ``known_items`` are the addresses that were offered before."""
    url = asked.source.url
    if asked.answer is not None:
        offered = {item.url for item in asked.items}
        poll = good_poll(
            asked.answer,
            outlet_id=outlet.id,
            source_url=asked.answer.url,
            items=len(offered),
            new_items=len(offered.difference(known_items)),
            first=is_baseline(remembered, url),
            known=(outlet.url, *outlet.mirrors),
        )
        return replace(poll, source_url=url)
    assert asked.error is not None, "an address either answers or fails"
    control = road.fetcher.control_ok(asked.error.url)
    poll = failed_poll(asked.error, source_url=url, at=asked.at, control_ok=control, elsewhere=asked.elsewhere)
    if control is None:
        doubt = Doubt(
            outlet=outlet,
            poll=poll,
            error=asked.error,
            elsewhere=asked.elsewhere,
            previous=remembered.health.get(url),
        )
        road.doubts.append(doubt)
    return poll


def judge_sources(
    outlet: Outlet,
    polls: Sequence[PollResult],
    previous: Mapping[str, SourceHealth],
    *,
    polled: Collection[str],
    now: datetime,
) -> tuple[SourceHealth, ...]:
    """Return the health of all sources of an outlet that ever were polled, by the polls of each, oldest first.

    Those not ``polled`` in this run stand as they stood.
    """
    rows = []
    for source in dict.fromkeys(source.url for source in outlet.sources):
        before = previous.get(source)
        own = [poll for poll in polls if poll.source_url == source]
        if before is not None and source not in polled:
            rows.append(before)
        elif own:
            every = outlet.fetch.every_minutes
            luck = random.random()  # noqa: S311 - spreads polls, no secret
            rows.append(health_of(own, every_minutes=every, now=now, previous=before, luck=luck))
    return tuple(rows)


def judge_again(road: Road, doubt: Doubt) -> PollResult | None:
    """Return the poll as it looks now that other hosts were asked too; ``None`` where that changes nothing."""
    control = road.fetcher.control_ok(doubt.error.url)
    poll = failed_poll(
        doubt.error,
        source_url=doubt.poll.source_url,
        at=doubt.poll.polled_at,
        control_ok=control,
        elsewhere=doubt.elsewhere,
    )
    return poll if poll != doubt.poll else None
