"""RSS, Atom and RDF, with feedparser, on bytes whose encoding we decided."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

import feedparser

from extractors.charset import decode_html
from extractors.outlet import FeedSource, Outlet
from extractors.sources.item_dates import DateReader, read_date
from extractors.sources.items import Offer, SourcePage, items_of, refuse
from extractors.sources.plain_text import plain_text
from extractors.sources.xml_text import root_name, without_prolog, xml_fault
from records import Fetched

log = logging.getLogger(__name__)

_ROOTS = {"rss", "feed", "rdf"}
_TITLE = re.compile(r"(?is)<title[^>]*>(.*?)</title>")


def read_feed(
    source: FeedSource, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> SourcePage:
    """Return the entries of a feed, in its order.

    Raises ``FeedError`` in one line when the answer is no feed: HTML, a few bytes, JSON, entities of its own, 0 items.
    XML that is not well-formed is read as far as it goes, and said in the log.
    """
    text = decode_html(fetched, forced=source.encoding, charset=outlet.charset)
    fault = xml_fault(text) or _not_a_feed(text, fetched)
    if fault:
        raise refuse(fault, outlet, fetched)
    parsed = _parse(without_prolog(text))
    if isinstance(parsed.get("bozo_exception"), SAXException):
        log.warning(
            "%s: not well-formed XML (%s), %d entries read all the same (%s)",
            outlet.id,
            " ".join(str(parsed.bozo_exception).split()),
            len(parsed.entries),
            fetched.url,
        )
        if not parsed.entries:
            raise refuse(f"not well-formed XML: {parsed.bozo_exception}", outlet, fetched)
    offers = _offers(parsed.entries, source, outlet, fetched, in_words)
    full_text = source.full_text
    return SourcePage(
        items=items_of(
            offers, outlet=outlet, fetched=fetched, only_articles=False, keep_lines=full_text, full_text=full_text
        )
    )


def _parse(text: str) -> Any:
    # Markup is taken away here, and addresses made whole, by code that is four times as fast as feedparser's. It is not
    # told where the feed came from: it would join that to every address, for a quarter of its time.
    return feedparser.parse(
        text.encode("utf-8"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _not_a_feed(text: str, fetched: Fetched) -> str | None:
    stripped = text.strip()
    if not stripped:
        return "answered with an empty body instead of a feed"
    root = root_name(text)
    if root in _ROOTS:
        return None
    if root in {"urlset", "sitemapindex"}:
        return "answered with a sitemap instead of a feed: write `kind: sitemap`"
    if stripped[0] in "{[":
        return "answered with JSON instead of a feed: write `kind: json`"
    if root is None or len(stripped) < 64:  # no feed is shorter than its own tags
        return f"answered with {len(fetched.body)} bytes instead of a feed: {plain_text(stripped)[:60]!r}"
    title = _TITLE.search(text)
    named = f" titled {plain_text(title[1])[:80]!r}" if title else ""
    return f"answered with an HTML page{named} instead of a feed" if _is_html(root) else f"<{root}> is not a feed"


def _is_html(root: str) -> bool:
    return root in {"html", "head", "body", "script", "div", "meta", "title", "noscript", "style", "center", "h1", "p"}


def _offers(
    entries: list[Any], source: FeedSource, outlet: Outlet, fetched: Fetched, in_words: DateReader | None
) -> Iterator[Offer]:
    for entry in entries:
        guid = str(entry.get("id") or "")
        link = str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()
        raw = entry.get("published") or entry.get("updated") or entry.get("created")
        yield Offer(
            link=link or (guid if guid.startswith(("http://", "https://")) else ""),
            guid=guid,
            title=str(entry.get("title") or ""),
            summary=_summary(entry, full_text=source.full_text),
            published_at=read_date(raw, outlet=outlet, fetched_at=fetched.fetched_at, in_words=in_words),
        )


def _summary(entry: Any, *, full_text: bool) -> str:
    summary = str(entry.get("summary") or "")
    contents = [str(part.get("value") or "") for part in entry.get("content") or ()]
    # content:encoded carries the article, and is there also where nobody asked for it.
    if full_text or not summary:
        return max([summary, *contents], key=len)
    return summary
