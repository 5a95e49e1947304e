"""``wakhan run --from-archive``: the road over what was kept, without asking anybody.

A WARC file holds answers in the order they came. Those of an outlet's sources are read first, for the titles and dates
they give; then every page that is an article of an outlet is read, matched and landed. The archive may be ours or
anybody's: what belongs to no outlet is counted and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from extractors.fetching.replay import replay
from extractors.outlet import outlet_for_url
from extractors.reading import Reading, join_pages, read_page
from extractors.sources.read import start_urls
from extractors.urls import canonical_url
from flows.ingest.collect import CHUNK
from flows.ingest.failures import failure_of
from flows.ingest.memory import land_batch
from flows.ingest.pages import capture_of, read_item, step_of
from flows.ingest.polling import read_listing
from flows.ingest.understand import understand
from records import Article, ExtractError, FeedError, FeedItem, Fetched, OutletReport, StepFailure
from records.landing import Batch, Capture, ItemOutcome, Landed

if TYPE_CHECKING:
    from extractors.outlet import Outlet, Source
    from flows.ingest.road import Road


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """What an archive brought of one outlet so far; a chunk of it waits to be landed."""

    outlet: Outlet
    items: dict[str, FeedItem] = field(default_factory=dict)  # by canonical address
    articles: list[Article] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    failures: list[StepFailure] = field(default_factory=list)
    # Articles whose next page is still to come, by its address.
    unfinished: dict[str, tuple[list[Reading], list[Fetched]]] = field(default_factory=dict)
    pages: int = 0
    landed: list[tuple[Batch, Landed]] = field(default_factory=list)


def collect_from_archive(road: Road, path: Path) -> Iterator[OutletReport]:
    """Yield the report of each outlet of which the archive holds something; alerts count as found by back-scan.

    Raises ``ConfigError`` when there is no archive at ``path``.
    """
    shelves = {outlet.id: _Shelf(outlet=outlet) for outlet in road.outlets}
    _read_listings(road, path, shelves)
    for page in replay(path, again=True):
        outlet = outlet_for_url(page.url, road.outlets)
        if outlet is not None and _is_article(shelves[outlet.id], page):
            _read_article(road, shelves[outlet.id], page)
    for shelf in shelves.values():
        for readings, pages in list(shelf.unfinished.values()):
            _shelve(road, shelf, readings, pages)
        _read_items(road, shelf)
        _land(road, shelf)
        if shelf.items or shelf.landed:
            yield _report(road, shelf)


def _read_listings(road: Road, path: Path, shelves: dict[str, _Shelf]) -> None:
    for page in replay(path):
        for shelf in shelves.values():
            source = _source_of(shelf.outlet, page)
            if source is None:
                continue
            try:
                items, _ = read_listing(source, shelf.outlet, page)
            except FeedError as error:
                shelf.failures.append(failure_of(error, run_id=road.run_id, step="feed"))
            else:
                for item in items:
                    shelf.items.setdefault(_address(shelf.outlet, item.url), item)
            break


def _source_of(outlet: Outlet, page: Fetched) -> Source | None:
    """Return the source whose answer this is: its address on the day it was fetched."""
    today = page.fetched_at.astimezone(ZoneInfo(outlet.timezone)).date()
    return next((source for source in outlet.sources if page.url in start_urls(source, today)), None)


def _is_article(shelf: _Shelf, page: Fetched) -> bool:
    """Tell whether a page is to be read: one that a source offered, or that has the address of an article."""
    if shelf.outlet.article.read == "item" or _source_of(shelf.outlet, page):
        return False
    address = _address(shelf.outlet, page.url)
    if address in shelf.items:
        return shelf.items[address].listed is None
    if page.url in shelf.unfinished:
        return True
    return shelf.outlet.article.url is not None and shelf.outlet.article.matches(address)


def _address(outlet: Outlet, url: str) -> str:
    return canonical_url(url, outlet=outlet)


def _read_article(road: Road, shelf: _Shelf, page: Fetched) -> None:
    """Read one page; the first of several waits for the others, which follow it in an archive."""
    readings, pages = shelf.unfinished.pop(page.url, ([], []))
    item = None if readings else shelf.items.get(_address(shelf.outlet, page.url))
    try:
        reading = read_page(page, outlet=shelf.outlet, item=item)
    except ExtractError as error:
        shelf.failures.append(failure_of(error, run_id=road.run_id, step=step_of(error)))
        if readings:
            _shelve(road, shelf, readings, pages)
        return
    readings, pages = [*readings, reading], [*pages, page]
    if reading.next_url and len(pages) < shelf.outlet.article.max_pages:
        shelf.unfinished[reading.next_url] = readings, pages
    else:
        _shelve(road, shelf, readings, pages)


def _shelve(road: Road, shelf: _Shelf, readings: list[Reading], pages: list[Fetched]) -> None:
    article = join_pages(readings)
    shelf.pages += len(pages)
    # Two versions of an article in one landing would be one; each change is a revision.
    if len(shelf.articles) >= CHUNK or any(each.article_id == article.article_id for each in shelf.articles):
        _land(road, shelf)
    shelf.articles.append(article)
    shelf.captures += [capture for page in pages if (capture := capture_of(article, page))]


def _read_items(road: Road, shelf: _Shelf) -> None:
    """Read the entries that are articles in themselves."""
    for item in shelf.items.values():
        if item.listed is None:
            continue
        try:
            article, captures = read_item(item, outlet=shelf.outlet, seen_at=road.started_at)
        except ExtractError as error:
            shelf.failures.append(failure_of(error, run_id=road.run_id, step="extract"))
            continue
        if len(shelf.articles) >= CHUNK:
            _land(road, shelf)
        shelf.articles.append(article)
        shelf.captures += captures


def _land(road: Road, shelf: _Shelf) -> None:
    """Land what waits, with the items that led to it, so that no later run fetches these pages again."""
    if not (shelf.articles or shelf.failures):
        return
    led = [
        (item, article)
        for article in shelf.articles
        if (item := shelf.items.get(article.canonical_url) or shelf.items.get(_address(shelf.outlet, article.url)))
    ]
    batch = Batch(
        landed_at=datetime.now(UTC),
        articles=tuple(shelf.articles),
        captures=tuple(shelf.captures),
        items=tuple(item for item, _ in led),
        outcomes=tuple(
            ItemOutcome(outlet_id=shelf.outlet.id, url=item.url, state="landed", article_id=article.article_id)
            for item, article in led
        ),
        failures=tuple(shelf.failures),
    )
    old_news = {article.article_id for article in shelf.articles}
    batch = understand(road, shelf.outlet, batch, old_news=old_news)
    # Only ids and counts are needed from here on: an archive may hold a year.
    shelf.landed.append((replace(batch, articles=(), translations=()), land_batch(road, batch)))
    shelf.articles, shelf.captures, shelf.failures = [], [], []


def _report(road: Road, shelf: _Shelf) -> OutletReport:
    counted: dict[str, int] = defaultdict(int)
    failures: list[StepFailure] = []
    for batch, landed in shelf.landed:
        counted["articles"] += len(landed.new) + len(landed.revised) + len(landed.unchanged)
        counted["new"] += len(landed.new)
        counted["revised"] += len(landed.revised)
        counted["mentions"] += landed.mentions
        counted["alerts"] += len(landed.new_alerts)
        failures += batch.failures
    return OutletReport(
        run_id=road.run_id,
        outlet_id=shelf.outlet.id,
        items=len(shelf.items),
        fetched=shelf.pages,
        unchanged=0,
        articles=counted["articles"],
        new=counted["new"],
        revised=counted["revised"],
        mentions=counted["mentions"],
        alerts=counted["alerts"],
        failures=tuple(failures),
        broken=(),
    )
