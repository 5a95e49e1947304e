"""The sources of an outlet: which of them are asked in this run, and what each said."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from extractors.fetching.conditional import next_state
from extractors.fetching.diagnosis import moved_to
from extractors.reading import parse_date
from extractors.sources.read import read_page, start_urls
from extractors.urls import canonical_url
from flows.ingest.failures import failure_of
from records import FeedError, FeedItem, Fetched, FetchState, NotModified, SourceError, StepFailure

if TYPE_CHECKING:
    from extractors.outlet import Outlet, Source
    from flows.ingest.memory import Remembered
    from flows.ingest.road import Road

# Addresses of one source in one run: a sitemap index may name hundreds, of which the newest come first.
MAX_ADDRESSES = 20


@dataclass(slots=True, kw_only=True)
class Asked:
    """What one source said in this run; ``answer`` is its first good one, ``error`` the first that was none.

    ``unchanged`` counts answers that brought nothing new; ``elsewhere`` is the site a redirect led to before it failed.
    """

    source: Source
    at: datetime
    items: list[FeedItem] = field(default_factory=list)
    states: list[FetchState] = field(default_factory=list)
    failures: list[StepFailure] = field(default_factory=list)
    unchanged: int = 0
    answer: Fetched | NotModified | None = None
    error: SourceError | None = None
    elsewhere: str | None = None


def due_outlets(
    outlets: Sequence[Outlet],
    next_polls: Mapping[tuple[str, str], datetime],
    with_due_pages: Collection[str],
    *,
    now: datetime,
) -> tuple[str, ...]:
    """Return the outlets with a source whose time has come or that was never asked, and those with pages to fetch.

    A fallback has no time of its own: it is asked when what it stands in for was asked and failed.
    """
    return tuple(
        outlet.id
        for outlet in outlets
        if outlet.id in with_due_pages
        or any(
            next_polls.get((outlet.id, source.url), now) <= now
            for position, source in enumerate(outlet.sources)
            if position == 0 or not source.fallback
        )
    )


def ask_sources(road: Road, outlet: Outlet, remembered: Remembered) -> tuple[Asked, ...]:
    """Ask the sources of the outlet that are called for, in their order. One that fails never holds up the next."""
    asked: list[Asked] = []
    failed: dict[str, bool] = {}  # by source URL; one that was not asked and not called for stands nowhere
    for position, source in enumerate(outlet.sources):
        if road.stopping.is_set():
            break
        if source.fallback and not _called_for(source, outlet.sources[:position], failed):
            continue
        health = remembered.health.get(source.url)
        if road.due_only and health is not None and health.next_poll_at > road.started_at:
            failed[source.url] = health.streak > 0
            continue
        result = _ask(road, outlet, source, remembered.states)
        failed[source.url] = result.answer is None
        asked.append(result)
    return tuple(asked)


def _called_for(source: Source, earlier: Sequence[Source], failed: dict[str, bool]) -> bool:
    """Tell whether all earlier sources of a fallback's language failed; where there is none, all earlier ones."""
    alike = [each for each in earlier if source.language is None or each.language in {None, source.language}]
    return all(failed.get(each.url, each.fallback) for each in alike or earlier)


def _ask(road: Road, outlet: Outlet, source: Source, states: dict[str, FetchState]) -> Asked:
    """Ask one source, and what it refers to; an address that fails is a row, and the next is asked all the same."""
    asked = Asked(source=source, at=datetime.now(UTC))
    today = road.started_at.astimezone(ZoneInfo(outlet.timezone)).date()
    waiting = deque(start_urls(source, today))
    seen: set[str] = set()
    while waiting and len(seen) < MAX_ADDRESSES:
        url = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        try:
            waiting += _ask_address(road, outlet, asked, url, states.get(url))
        except SourceError as error:
            asked.error = asked.error or error
            asked.failures.append(failure_of(error, run_id=road.run_id, step="feed"))
    return asked


def _ask_address(road: Road, outlet: Outlet, asked: Asked, url: str, state: FetchState | None) -> tuple[str, ...]:
    """Ask one address of a source and note what it said; return the addresses it refers to."""
    answer = road.fetcher.fetch(url, outlet=outlet, state=state)
    if isinstance(answer, NotModified):
        asked.unchanged += 1
        follow: tuple[str, ...] = ()
    else:
        try:
            items, follow = read_listing(asked.source, outlet, answer)
        except FeedError:
            asked.elsewhere = moved_to(url, answer.final_url, (outlet.url, *outlet.mirrors))
            raise
        asked.items += items
    if not follow:
        asked.answer = asked.answer or answer
        # An index that has not changed would hide what stands behind it, so it is asked in full every time.
        asked.states.append(next_state(answer, state, outlet_id=outlet.id))
    return follow


def read_listing(source: Source, outlet: Outlet, fetched: Fetched) -> tuple[tuple[FeedItem, ...], tuple[str, ...]]:
    """Return the articles one answer of a source offers, and where more of it stands.

    Raises ``FeedError``, also when no address is that of an article: the outlet's pattern is then out of date.
    """

    def in_words(text: str, outlet: Outlet) -> datetime | None:
        language = source.language or outlet.languages[0]
        found = parse_date(text, zone=outlet.timezone, seen_at=fetched.fetched_at, language=language)
        return found.published_at if found else None

    page = read_page(source, outlet, fetched, in_words=in_words)
    matches = outlet.article.matches
    # Nearly all match as they are; a feed of 10,000 would pay a second time for their canonical form.
    articles = tuple(
        item for item in page.items if matches(item.url) or matches(canonical_url(item.url, outlet=outlet))
    )
    if page.items and not articles:
        raise FeedError(
            f"none of its {len(page.items)} addresses is that of an article ({page.items[0].url} is one); "
            "compare `article.url` in the outlet's file",
            outlet_id=outlet.id,
            url=fetched.url,
        )
    return articles, page.follow
