"""What the polls of a run say of its sources: rows for the warehouse, judged once more when the run is over."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.fetching.health import health_of
from extractors.fetching.polls import failed_poll, good_poll
from flows.ingest.memory import polls_of
from flows.ingest.road import Doubt
from records import PollResult, SourceHealth
from records.landing import Batch
from warehouse import landing, reading

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.memory import Remembered
    from flows.ingest.polling import Asked
    from flows.ingest.road import Road


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


def settle_doubts(road: Road) -> None:
    """Judge failed polls again now that it is known whether other hosts answered, and land what that changes."""
    if not road.doubts:
        return
    with road.door.opened() as warehouse:
        for doubt in road.doubts:
            poll = _judge_again(road, doubt)
            if poll is None:
                continue
            polls = tuple(
                poll if (each.source_url, each.polled_at) == (poll.source_url, poll.polled_at) else each
                for each in polls_of(warehouse, doubt.outlet.id, road.started_at)
            )
            standing = reading.source_health(warehouse, doubt.outlet.id)
            standing.pop(poll.source_url, None)
            if doubt.previous is not None:
                standing[poll.source_url] = doubt.previous
            now = datetime.now(UTC)
            health = judge_sources(doubt.outlet, polls, standing, polled={poll.source_url}, now=now)
            landing.land(warehouse, Batch(landed_at=now, polls=(poll,), health=health))


def _judge_again(road: Road, doubt: Doubt) -> PollResult | None:
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
