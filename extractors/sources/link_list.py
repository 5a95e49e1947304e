"""List pages: links to articles found by selector, for outlets without a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from extractors.charset import decode_html
from extractors.outlet import ListSource, Outlet
from extractors.sources.item_dates import DateReader, read_date
from extractors.sources.items import Offer, SourcePage, items_of, refuse
from extractors.sources.markup import parse_html, select, text_of
from records import Fetched


def read_list(
    source: ListSource, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> SourcePage:
    """Return the articles a page links to, in its order: what ``links`` selects and the outlet's pattern knows.

    Raises ``FeedError`` when the page is empty or the selector finds nothing, which is how a redesign shows.
    """
    tree = parse_html(decode_html(fetched, forced=source.encoding, charset=outlet.charset))
    if tree is None:
        raise refuse(f"answered with {len(fetched.body)} bytes and no page in them", outlet, fetched)
    rows = select(tree, (source.row,)) if source.row else [tree]
    offers = [offer for row in rows for offer in _offers(row, source, outlet, fetched, in_words)]
    if not offers:
        what = f"links: {', '.join(source.links)}" if rows else f"row: {source.row}"
        raise refuse(f"a page on which the selector finds nothing ({what}): redesigned?", outlet, fetched)
    base = _base(tree)
    if base:
        offers = [replace(offer, link=urljoin(urljoin(fetched.final_url, base), offer.link)) for offer in offers]
    return SourcePage(items=items_of(offers, outlet=outlet, fetched=fetched, only_articles=True))


def _base(tree: Any) -> str:
    declared = tree.find(".//base[@href]")
    return "" if declared is None else str(declared.get("href")).strip()


def _offers(
    row: Any, source: ListSource, outlet: Outlet, fetched: Fetched, in_words: DateReader | None
) -> Iterator[Offer]:
    links = select(row, source.links)
    # Outside a row there is nothing that says which of several dates belongs to which link.
    title = _first(row, source.title) if source.row else ""
    published_at = _moment(_first(row, source.date), source, outlet, fetched, in_words) if source.row else None
    for link in links[:1] if source.row else links:
        address = _address(link)
        if address:
            text = "" if isinstance(link, str) else (text_of(link) or str(link.get("title") or ""))
            yield Offer(link=address, title=title or text, published_at=published_at)


def _address(link: Any) -> str:
    """Return the address of what was selected: an ``a``, what stands in one, or what holds one."""
    if isinstance(link, str):
        return link
    around = (link, *link.iterancestors("a"), *link.iter("a"))
    return next((str(node.get("href")).strip() for node in around if node.get("href")), "")


def _first(row: Any, selectors: tuple[str, ...]) -> str:
    found = select(row, selectors)
    return text_of(found[0]) if found else ""


def _moment(
    raw: str, source: ListSource, outlet: Outlet, fetched: Fetched, in_words: DateReader | None
) -> datetime | None:
    return read_date(raw, outlet=outlet, fetched_at=fetched.fetched_at, formats=source.date_formats, in_words=in_words)
