"""One outlet's two steps: ask its sources; then fetch, read, translate, match and land the pages that are due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from extractors.sources.check import OutletSample, broken_maximums, broken_minimums
from flows.ingest.failures import failure_of, unkept_promise
from flows.ingest.health import is_baseline, judge_sources, poll_of
from flows.ingest.memory import Due, due_pages, land_batch, land_listing, remember_sources
from flows.ingest.pages import fetch_article, step_of
from flows.ingest.polling import ask_sources
from flows.ingest.revisions import is_gone, missed_page, worth_landing
from flows.ingest.understand import FRESH, understand
from records import Article, FeedItem, FetchState, LanguageGuess, OutletReport, SourceError, StepFailure
from records.landing import Batch, Capture, ItemOutcome, Landed, MissedPage

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.road import Road

# Pages landed in one transaction: a killed run loses at most their work, and DuckDB still gets batches.
CHUNK = 25
# Fewer pages than these say little about an outlet: one short notice is no broken selector.
ENOUGH_PAGES = 5
# More than these change no median.
MOST_SAMPLED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the sources of an outlet said in this run; ``unchanged`` counts answers that brought nothing new.

    ``items`` is ``None`` unless every source that was asked answered in full.
    """

    offered: int
    items: tuple[FeedItem, ...] | None
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
    failed_pages: int = 0
    failures: list[StepFailure] = field(default_factory=list)
    sample: list[Article] = field(default_factory=list)
    languages: list[LanguageGuess] = field(default_factory=list)

    def add(self, batch: Batch, landed: Landed) -> None:
        """Count what one landed chunk changed."""
        self.articles += len(batch.articles)
        self.new += len(landed.new)
        self.revised += len(landed.revised)
        self.mentions += landed.mentions
        self.alerts += len(landed.new_alerts)
        self.failures.extend(batch.failures)
        if len(self.sample) < MOST_SAMPLED:
            self.sample.extend(batch.articles)
            self.languages.extend(batch.languages)


def list_outlet(road: Road, outlet: Outlet) -> Listing:
    """Ask the sources of the outlet what there is, and land the items together with what was learnt of the sources."""
    remembered = remember_sources(road, outlet.id)
    asked = ask_sources(road, outlet, remembered)
    if not asked:
        return Listing(offered=0, items=None, unchanged=0, failures=())
    now = datetime.now(UTC)
    baseline = {each.source.url for each in asked if is_baseline(remembered, each.source.url)}
    failures = tuple(failure for each in asked for failure in each.failures)

    def listed(known_items: Collection[str]) -> Batch:
        polls = tuple(poll_of(road, outlet, each, remembered, known_items) for each in asked)
        polled = {each.source.url for each in asked}
        return Batch(
            landed_at=now,
            items=tuple(item for each in asked if each.source.url not in baseline for item in each.items),
            baseline_items=tuple(item for each in asked if each.source.url in baseline for item in each.items),
            fetch_states=tuple(state for each in asked for state in each.states),
            polls=polls,
            health=judge_sources(outlet, (*remembered.polls, *polls), remembered.health, polled=polled, now=now),
            failures=failures,
        )

    items = tuple(item for each in asked for item in each.items)
    land_listing(road, outlet.id, {item.url for item in items}, listed)
    in_full = not any(each.unchanged for each in asked) and any(each.answer for each in asked)
    return Listing(
        offered=len(items),
        items=items if in_full else None,
        unchanged=sum(each.unchanged for each in asked),
        failures=failures,
    )


def read_outlet(road: Road, outlet: Outlet) -> Reading:
    """Fetch, read, translate, match and land the pages of the outlet that are due.

    Due are items whose page has not landed yet and recent articles that may have been edited since.
    """
    reading = Reading()
    due = due_pages(road, outlet.id)
    for start in range(0, len(due), CHUNK):
        if road.stopping.is_set():
            break
        batch = _read_chunk(road, outlet, due[start : start + CHUNK], reading)
        reading.add(batch, land_batch(road, batch))
    return reading


def _read_chunk(road: Road, outlet: Outlet, due: Sequence[Due], reading: Reading) -> Batch:
    articles: list[Article] = []
    states: list[FetchState] = []
    captures: list[Capture] = []
    outcomes: list[ItemOutcome] = []
    failures: list[StepFailure] = []
    missed_pages: list[MissedPage] = []
    old_news: set[str] = set()
    for each in due:
        if road.stopping.is_set():
            break
        try:
            page = fetch_article(road, outlet, each)
        except SourceError as error:
            reading.failed_pages += 1
            failures.append(failure_of(error, run_id=road.run_id, step=step_of(error)))
            if each.item is not None:
                outcomes.append(_outcome_of(error, each.item))
            elif (missed := missed_page(error, outlet.id, each.url)) is not None:
                missed_pages.append(missed)
            continue
        states += page.states
        failures += page.failures
        if page.article is None:
            reading.unchanged += 1
            continue
        reading.fetched += 1
        articles.append(page.article)
        captures += page.captures
        if is_old_news(each, page.article):
            old_news.add(page.article.article_id)
        if each.item is not None:
            outcomes.append(
                ItemOutcome(outlet_id=outlet.id, url=each.item.url, state="landed", article_id=page.article.article_id)
            )
    batch = Batch(
        landed_at=datetime.now(UTC),
        articles=worth_landing(road, articles),
        fetch_states=tuple(states),
        missed_pages=tuple(missed_pages),
        captures=tuple(captures),
        outcomes=tuple(outcomes),
        failures=tuple(failures),
    )
    return understand(road, outlet, batch, old_news=old_news)


def is_old_news(due: Due, article: Article) -> bool:
    """Tell whether an article was there before its source was watched.

    So were those that the first good poll offered, unless they were published within two days before it. A date without
    a time is taken at the end of its day.
    """
    if not due.baseline or due.seen_at is None:
        return False
    if article.published_at is None:
        return True
    latest = article.published_at + (timedelta(days=1) if article.published_precision == "day" else timedelta(0))
    return due.seen_at - latest > FRESH


def _outcome_of(error: SourceError, item: FeedItem) -> ItemOutcome:
    return ItemOutcome(
        outlet_id=item.outlet_id, url=item.url, state="gone" if is_gone(error) else "retry", problem=error.problem
    )


def outlet_report(road: Road, outlet: Outlet, listing: Listing, reading: Reading) -> OutletReport:
    """Return the counts of one outlet's two steps, and which promises of its file did not hold.

    Less than the file promises is a failure, more is a warning.
    """
    sample = _sample(outlet, listing, reading)
    too_little = broken_minimums(outlet, sample)
    unkept = (unkept_promise(broken, outlet=outlet, run_id=road.run_id) for broken in too_little)
    return OutletReport(
        run_id=road.run_id,
        outlet_id=outlet.id,
        items=listing.offered,
        fetched=reading.fetched,
        unchanged=listing.unchanged + reading.unchanged,
        articles=reading.articles,
        new=reading.new,
        revised=reading.revised,
        mentions=reading.mentions,
        alerts=reading.alerts,
        failures=(*listing.failures, *reading.failures, *unkept),
        broken=(*too_little, *broken_maximums(outlet, sample)),
    )


def _sample(outlet: Outlet, listing: Listing, reading: Reading) -> OutletSample:
    """Return what the run saw of the outlet, as far as it is enough to judge it by."""
    tried = len(reading.sample) + reading.failed_pages
    wanted = max(min(ENOUGH_PAGES, listing.offered), outlet.assertions.min.articles or 0)
    return OutletSample(
        items=listing.items,
        articles=tuple(reading.sample),
        languages=tuple(reading.languages),
        failed_pages=reading.failed_pages,
        few=tried < wanted or not tried,
        taken_at=datetime.now(UTC),
    )
