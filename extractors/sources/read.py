"""One door for all kinds of source."""

from __future__ import annotations

from datetime import date

from extractors.outlet import FeedSource, JsonSource, ListSource, Outlet, SitemapSource, Source
from extractors.sources.feed import read_feed
from extractors.sources.item_dates import DateReader
from extractors.sources.items import SourcePage, refuse
from extractors.sources.json_list import read_json
from extractors.sources.link_list import read_list
from extractors.sources.sitemap import read_sitemap
from extractors.sources.telegram import read_telegram
from records import FeedItem, Fetched


def start_urls(source: Source, today: date) -> tuple[str, ...]:
    """Return the addresses to fetch first: the source's own for ``today`` in the outlet's zone, newest first.

    For a JSON list whose address stands in a page it is that page; ``read_page`` then says what to follow.
    """
    if isinstance(source, JsonSource) and source.found_in is not None:
        return (source.found_in.page,)
    return source.urls(today)


def read_page(source: Source, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None) -> SourcePage:
    """Return the articles one answer offers, and the addresses at which more of the source stands.

    ``in_words`` reads dates that are written out in a language. Raises ``FeedError`` with one line when the answer is
    not what the source should be, or offers nothing: 200 is not health.
    """
    if isinstance(source, FeedSource):
        return read_feed(source, outlet, fetched, in_words=in_words)
    if isinstance(source, SitemapSource):
        return read_sitemap(source, outlet, fetched, in_words=in_words)
    if isinstance(source, ListSource):
        return read_list(source, outlet, fetched, in_words=in_words)
    if isinstance(source, JsonSource):
        return read_json(source, outlet, fetched, in_words=in_words)
    return read_telegram(source, outlet, fetched, in_words=in_words)


def read_source(
    source: Source, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> tuple[FeedItem, ...]:
    """Return the articles one answer offers; as ``read_page``, for sources of one step."""
    page = read_page(source, outlet, fetched, in_words=in_words)
    if not page.items:
        raise refuse(f"an index, with {len(page.follow)} more to follow", outlet, fetched)
    return page.items
