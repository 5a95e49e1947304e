"""One article's way from its address to a record, in one page or several, or from its feed entry alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.fetching.conditional import next_state
from extractors.reading import Reading, article_of_item, join_pages, read_page
from extractors.urls import leads_away
from flows.ingest.failures import failure_of
from records import Article, FeedItem, Fetched, FetchError, FetchState, NotModified, SourceError, StepFailure
from records.landing import Capture

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.memory import Due
    from flows.ingest.road import Road


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What came of one address; ``article`` is ``None`` where the server said that nothing changed.

    ``failures`` are of further pages of an article whose first page was read.
    """

    article: Article | None
    states: tuple[FetchState, ...] = ()
    captures: tuple[Capture, ...] = ()
    failures: tuple[StepFailure, ...] = ()


def fetch_article(road: Road, outlet: Outlet, due: Due) -> Page:
    """Fetch and read an article with all its pages; raises ``FetchError`` and ``ExtractError`` for the first."""
    if due.item is not None and (due.item.listed is not None or outlet.article.read == "item"):
        article, captures = read_item(due.item, outlet=outlet, seen_at=due.seen_at or road.started_at)
        return Page(article=article, captures=captures)
    fetched = road.fetcher.fetch(due.url, outlet=outlet, state=due.state)
    state = next_state(fetched, due.state, outlet_id=outlet.id)
    if isinstance(fetched, NotModified):
        return Page(article=None, states=(state,))
    if leads_away(due.url, fetched.final_url):
        raise FetchError(
            f"leads to {fetched.final_url} now, which is no article",
            outlet_id=outlet.id,
            url=due.url,
            status=fetched.status,
            retryable=False,
            cause="led-away",
        )
    first = read_page(fetched, outlet=outlet, item=due.item)
    readings, pages, problem = _fetch_rest(road, outlet, first, fetched)
    article = join_pages(readings)
    return Page(
        article=article,
        # Without its last pages the article is asked for in full again, until it is whole.
        states=() if problem else (state,),
        captures=tuple(capture for page in pages if (capture := capture_of(article, page))),
        failures=() if problem is None else (failure_of(problem, run_id=road.run_id, step=step_of(problem)),),
    )


def _fetch_rest(
    road: Road, outlet: Outlet, first: Reading, fetched: Fetched
) -> tuple[list[Reading], list[Fetched], SourceError | None]:
    """Follow an article from page to page; one that fails ends it, and what was read until then counts."""
    readings, pages = [first], [fetched]
    seen = {fetched.url, fetched.final_url}
    while (url := readings[-1].next_url) and url not in seen and len(pages) < outlet.article.max_pages:
        seen.add(url)
        try:
            page = road.fetcher.fetch(url, outlet=outlet)
            assert isinstance(page, Fetched), "nothing conditional was asked"
            readings.append(read_page(page, outlet=outlet))
        except SourceError as error:
            return readings, pages, error
        pages.append(page)
    return readings, pages, None


def read_item(item: FeedItem, *, outlet: Outlet, seen_at: datetime) -> tuple[Article, tuple[Capture, ...]]:
    """Return the article that an entry is in itself, and where the answer it stood in is kept.

    ``seen_at`` is when it was landed, for entries of which no more is known. Raises ``ExtractError``.
    """
    listed = item.listed
    article = article_of_item(item, outlet=outlet, fetched_at=listed.fetched_at if listed else seen_at)
    if listed is None or listed.warc_file is None or listed.warc_record_id is None:
        return article, ()
    capture = Capture(
        article_id=article.article_id,
        url=listed.url,
        fetched_at=listed.fetched_at,
        body_sha256=listed.body_sha256,
        warc_file=listed.warc_file,
        warc_record_id=listed.warc_record_id,
    )
    return article, (capture,)


def capture_of(article: Article, page: Fetched) -> Capture | None:
    """Return where the bytes of a page are kept, ``None`` if they are not."""
    if page.warc_file is None or page.warc_record_id is None:
        return None
    return Capture(
        article_id=article.article_id,
        url=page.url,
        fetched_at=page.fetched_at,
        body_sha256=hashlib.sha256(page.body).hexdigest(),
        warc_file=page.warc_file,
        warc_record_id=page.warc_record_id,
    )


def step_of(error: SourceError) -> str:
    """Return the step in which a page failed."""
    return "page" if isinstance(error, FetchError) else "extract"
