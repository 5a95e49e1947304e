"""Sitemaps, news sitemaps, and indexes of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from extractors.charset import decode_html
from extractors.outlet import Outlet, SitemapSource
from extractors.sources.item_dates import DateReader, read_date
from extractors.sources.items import Offer, SourcePage, items_of, refuse, whole_url
from extractors.sources.plain_text import plain_text
from extractors.sources.xml_text import root_name, without_prolog, xml_fault
from records import Fetched

# The protocol's own limit: 50 MB and 50,000 addresses a file.
_LARGEST_BYTES = 52_428_800
_LARGEST_COUNT = 50_000
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    location: str
    modified_at: datetime | None
    published_at: datetime | None
    title: str


def read_sitemap(
    source: SitemapSource, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> SourcePage:
    """Return the articles of a sitemap, those changed last first; of an index, the newest maps to follow.

    ``published_at`` comes from a news sitemap only: ``lastmod`` says when a page changed. Raises ``FeedError``.
    """
    fetched = _unpacked(outlet, fetched)
    text = decode_html(fetched, forced=source.encoding, charset=outlet.charset)
    root = root_name(text)
    fault = xml_fault(text) or (None if root in {"urlset", "sitemapindex"} else _not_a_sitemap(text, root))
    if fault:
        raise refuse(fault, outlet, fetched)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    tree = etree.fromstring(without_prolog(text).encode("utf-8"), parser)
    entries = [] if tree is None else list(_entries(tree, outlet, fetched, in_words))
    if root == "sitemapindex":
        follow = _newest_maps(entries, source, fetched)
        if not follow:
            raise refuse("an index of sitemaps of which none is to be followed", outlet, fetched)
        return SourcePage(items=(), follow=follow)
    entries.sort(key=lambda entry: entry.published_at or entry.modified_at or _LONG_AGO, reverse=True)
    offers = (Offer(link=e.location, title=e.title, published_at=e.published_at) for e in entries)
    return SourcePage(items=items_of(offers, outlet=outlet, fetched=fetched, only_articles=True))


def _unpacked(outlet: Outlet, fetched: Fetched) -> Fetched:
    """Return the answer with a ``.xml.gz`` opened; one that is packed in transport is so already."""
    if not fetched.body.startswith(b"\x1f\x8b"):
        return fetched
    opening = zlib.decompressobj(wbits=31)
    try:
        body = opening.decompress(fetched.body, _LARGEST_BYTES)
    except zlib.error as error:
        raise refuse(f"a damaged gzip file: {error}", outlet, fetched) from error
    if opening.unconsumed_tail:
        raise refuse(f"a sitemap of more than {_LARGEST_BYTES // 1_048_576} MB", outlet, fetched)
    return replace(fetched, body=body)


def _not_a_sitemap(text: str, root: str | None) -> str:
    if root in {"rss", "feed", "rdf"}:
        return "answered with a feed instead of a sitemap: write `kind: feed`"
    if root is None:
        return f"answered with {plain_text(text[:200])[:60]!r} instead of a sitemap"
    return f"answered with <{root}> instead of a sitemap"


def _entries(tree: Any, outlet: Outlet, fetched: Fetched, in_words: DateReader | None) -> Iterator[_Entry]:
    def moment(raw: str) -> datetime | None:
        return read_date(raw, outlet=outlet, fetched_at=fetched.fetched_at, in_words=in_words)

    for node in list(tree)[:_LARGEST_COUNT]:
        # Namespaces are misspelt as often as not; the local names are what counts.
        texts = {etree.QName(part).localname: part.text or "" for part in node.iter(tag=etree.Element)}
        location = (texts.get("loc") or "").strip()
        if location:
            yield _Entry(
                location=location,
                modified_at=moment(texts.get("lastmod", "")),
                published_at=moment(texts.get("publication_date", "")),
                title=texts.get("title", ""),
            )


def _newest_maps(entries: Iterable[_Entry], source: SitemapSource, fetched: Fetched) -> tuple[str, ...]:
    wanted = [entry for entry in entries if source.follow is None or re.search(source.follow, entry.location)]
    # Without lastmod the numbers in the addresses tell: ?date_start=20261101, sitemap-37.xml
    wanted.sort(key=lambda entry: (entry.modified_at or _LONG_AGO, _numbers(entry.location)), reverse=True)
    urls = [whole_url(entry.location, fetched.final_url) for entry in wanted]
    return tuple(dict.fromkeys(url for url in urls if url is not None and url != fetched.url))[: source.newest]


def _numbers(url: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,18}", url))
