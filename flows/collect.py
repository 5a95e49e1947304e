"""One outlet's two steps: ask its sources; then fetch, read, translate, match and land the pages that are due."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from extractors.fetching.conditional import next_state
from extractors.reading import extract_article
from extractors.sources.read import read_page, start_urls
from extractors.urls import canonical_url
from flows.failures import failure_of
from flows.memory import Due, due_pages, land_batch, states_of
from flows.understand import understand
from records import (
    Article,
    FeedError,
    FeedItem,
    FetchError,
    FetchState,
    NotModified,
    OutletReport,
    SourceError,
    StepFailure,
)
from records.landing import Batch, ItemOutcome, Landed

if TYPE_CHECKING:
    from extractors.outlet import Outlet, Source
    from flows.road import Road

# Pages landed in one transaction: a killed run loses at most their work, and DuckDB still gets batches.
CHUNK = 25
# Addresses of one source in one run: a sitemap index may name hundreds, of which the newest come first.
MAX_ADDRESSES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the sources of an outlet said in this run; ``unchanged`` counts answers that brought nothing new."""

    items: int
    unchanged: int
    failures: tuple[StepFailure, ...]


@dataclass(slots=True, kw_only=True)
class Reading:
    """What came of an outlet's pages; grows chunk by chunk."""

    fetched: int = 0
    unchanged: int = 0
    articles: int = 0
    new: int = 0
    revised: int = 0
    mentions: int = 0
    alerts: int = 0
    failures: list[StepFailure] = field(default_factory=list)

    def add(self, batch: Batch, landed: Landed) -> None:
        """Count what one landed chunk changed."""
        self.articles += len(batch.articles)
        self.new += len(landed.new)
        self.revised += len(landed.revised)
        self.mentions += landed.mentions
        self.alerts += len(landed.new_alerts)
        self.failures.extend(batch.failures)


def list_outlet(road: Road, outlet: Outlet) -> Listing:
    """Ask every source of the outlet what there is, and land the items together with what was learnt of the source.

    A source that fails is a row, and the next source is asked all the same.
    """
    states = states_of(road, outlet.id)
    items: list[FeedItem] = []
    learnt: list[FetchState] = []
    failures: list[StepFailure] = []
    unchanged = 0
    for source in outlet.sources:
        asked = _ask(road, outlet, source, states)
        items += [item for item in asked.items if _recent_enough(road, item)]
        learnt += asked.states
        unchanged += asked.unchanged
        failures += asked.failures
    items = items[: road.limit] if road.limit else items
    land_batch(
        road,
        Batch(
            landed_at=datetime.now(UTC),
            items=tuple(items),
            # With a limit the sources were not read to their end: they must be asked in full again.
            fetch_states=() if road.limit or road.since else tuple(learnt),
            failures=tuple(failures),
        ),
    )
    return Listing(items=len(items), unchanged=unchanged, failures=tuple(failures))


@dataclass(slots=True, kw_only=True)
class _Asked:
    items: list[FeedItem] = field(default_factory=list)
    states: list[FetchState] = field(default_factory=list)
    failures: list[StepFailure] = field(default_factory=list)
    unchanged: int = 0


def _ask(road: Road, outlet: Outlet, source: Source, states: dict[str, FetchState]) -> _Asked:
    """Ask one source, and what it refers to; an address that fails is a row, and the next is asked all the same."""
    asked = _Asked()
    today = road.started_at.astimezone(ZoneInfo(outlet.timezone)).date()
    waiting = deque(start_urls(source, today))
    seen: set[str] = set()
    while waiting and len(seen) < MAX_ADDRESSES:
        url = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        try:
            fetched = road.fetcher.fetch(url, outlet=outlet, state=states.get(url))
            state = next_state(fetched, states.get(url), outlet_id=outlet.id)
            if isinstance(fetched, NotModified):
                asked.unchanged += 1
            else:
                page = read_page(source, outlet, fetched)
                asked.items += _articles_of(outlet, page.items, url)
                waiting += page.follow
            asked.states.append(state)
        except SourceError as error:
            asked.failures.append(failure_of(error, run_id=road.run_id, step="feed"))
    return asked


def _articles_of(outlet: Outlet, items: Sequence[FeedItem], url: str) -> list[FeedItem]:
    """Return the items whose address is that of an article; that none is means the outlet's pattern is out of date."""
    articles = [item for item in items if outlet.article.matches(canonical_url(item.url, outlet=outlet))]
    if items and not articles:
        raise FeedError(
            f"none of its {len(items)} addresses is that of an article ({items[0].url} is one); "
            "compare `article.url` in the outlet's file",
            outlet_id=outlet.id,
            url=url,
        )
    return articles


def _recent_enough(road: Road, item: FeedItem) -> bool:
    return road.since is None or item.published_at is None or item.published_at >= road.since


def read_outlet(road: Road, outlet: Outlet) -> Reading:
    """Fetch, read, translate, match and land the pages of the outlet that are due.

    Due are items whose page has not landed yet and recent articles that may have been edited since.
    """
    reading = Reading()
    due = due_pages(road, outlet.id)
    for start in range(0, len(due), CHUNK):
        batch = _read_chunk(road, outlet, due[start : start + CHUNK], reading)
        reading.add(batch, land_batch(road, batch))
    return reading


def _read_chunk(road: Road, outlet: Outlet, due: Sequence[Due], reading: Reading) -> Batch:
    articles: list[Article] = []
    states: list[FetchState] = []
    outcomes: list[ItemOutcome] = []
    failures: list[StepFailure] = []
    for page in due:
        try:
            outcome = _read_page(road, outlet, page)
        except SourceError as error:
            step = "page" if isinstance(error, FetchError) else "extract"
            failures.append(failure_of(error, run_id=road.run_id, step=step))
            if page.item is not None:
                outcomes.append(_outcome_of(error, page.item))
            continue
        article, state = outcome
        states.append(state)
        if article is None:
            reading.unchanged += 1
            continue
        reading.fetched += 1
        articles.append(article)
        if page.item is not None:
            outcomes.append(
                ItemOutcome(outlet_id=outlet.id, url=page.item.url, state="landed", article_id=article.article_id)
            )
    batch = Batch(
        landed_at=datetime.now(UTC),
        articles=tuple(articles),
        fetch_states=tuple(states),
        outcomes=tuple(outcomes),
        failures=tuple(failures),
    )
    return understand(road, outlet, batch)


def _read_page(road: Road, outlet: Outlet, page: Due) -> tuple[Article | None, FetchState]:
    fetched = road.fetcher.fetch(page.url, outlet=outlet, state=page.state)
    state = next_state(fetched, page.state, outlet_id=outlet.id)
    if isinstance(fetched, NotModified):
        return None, state
    return extract_article(fetched, outlet=outlet, item=page.item), state


def _outcome_of(error: SourceError, item: FeedItem) -> ItemOutcome:
    gone = isinstance(error, FetchError) and error.status in {404, 410}
    return ItemOutcome(outlet_id=item.outlet_id, url=item.url, state="gone" if gone else "retry", problem=error.problem)


def outlet_report(road: Road, outlet: Outlet, listing: Listing, reading: Reading) -> OutletReport:
    """Return the counts of one outlet's two steps."""
    return OutletReport(
        run_id=road.run_id,
        outlet_id=outlet.id,
        items=listing.items,
        fetched=reading.fetched,
        unchanged=listing.unchanged + reading.unchanged,
        articles=reading.articles,
        new=reading.new,
        revised=reading.revised,
        mentions=reading.mentions,
        alerts=reading.alerts,
        failures=(*listing.failures, *reading.failures),
        broken=(),
    )
