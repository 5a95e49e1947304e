"""From what a source offers to feed items: addresses made whole, text made plain, each article once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from extractors.outlet import Outlet
from extractors.sources.plain_text import plain_text
from extractors.urls import canonical_url
from records import FeedError, FeedItem, Fetched, Listed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One entry as a source words it: addresses may be relative, texts may be HTML."""

    link: str
    guid: str = ""
    title: str = ""
    summary: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """What one answer of a source holds: articles, and addresses where more of the source stands (indexes)."""

    items: tuple[FeedItem, ...]
    follow: tuple[str, ...] = ()


def refuse(problem: str, outlet: Outlet, fetched: Fetched) -> FeedError:
    """Return the error that says in one line why an answer is not a list of articles."""
    return FeedError(problem, outlet_id=outlet.id, url=fetched.url)


# Percent-encoded Cyrillic slugs reach 1,500 characters; servers refuse what is longer than this.
_LONGEST_URL = 4096


def whole_url(link: str, base: str) -> str | None:
    """Return the address made whole, or ``None`` where it is none that can be fetched."""
    if len(link) > _LONGEST_URL:
        return None
    try:
        link = "".join(link.split()) if "\n" in link else link.strip()
        url = urljoin(base, link) if link and not link.startswith("#") else ""
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return url if good else None


def items_of(
    offers: Iterable[Offer],
    *,
    outlet: Outlet,
    fetched: Fetched,
    only_articles: bool,
    keep_lines: bool = False,
    full_text: bool = False,
) -> tuple[FeedItem, ...]:
    """Return the offers as items, in order, each article once: its canonical address is its identity, not its guid.

    ``only_articles`` drops addresses that the outlet's pattern does not know (navigation on list pages). In feeds they
    stay: ``outlet.article.matches(item.url)`` tells. With ``full_text`` a summary is the whole article, where there is
    one. Raises ``FeedError`` when nothing is left.
    """
    listed = _listed(fetched) if full_text or outlet.article.read == "item" else None
    seen: dict[str, FeedItem] = {}
    offered = unusable = foreign = 0
    for offer in offers:
        offered += 1
        url = whole_url(offer.link, fetched.final_url)
        if url is None:
            unusable += 1
            continue
        identity = canonical_url(url, outlet=outlet)
        if only_articles and not (outlet.article.matches(url) or outlet.article.matches(identity)):
            foreign += 1
            continue
        summary = plain_text(offer.summary, keep_lines=keep_lines)
        item = FeedItem(
            outlet_id=outlet.id,
            guid=offer.guid.strip() or url,
            url=url,
            title=plain_text(offer.title),
            summary=summary,
            published_at=offer.published_at,
            position=len(seen),
            listed=listed if summary or outlet.article.read == "item" else None,
        )
        before = seen.get(identity)
        if before is None:
            seen[identity] = item
        elif not before.title and item.title:
            # The first of two links to an article is often its picture.
            seen[identity] = _with_title(before, item)
    if unusable:
        log.warning("%s: %d of %d entries have no address (%s)", outlet.id, unusable, offered, fetched.url)
    if not seen:
        raise refuse(_nothing(offered, unusable, foreign), outlet, fetched)
    return tuple(seen.values())


def _with_title(before: FeedItem, after: FeedItem) -> FeedItem:
    return replace(
        before,
        title=after.title,
        summary=before.summary or after.summary,
        published_at=before.published_at or after.published_at,
        listed=before.listed or after.listed,
    )


def _listed(fetched: Fetched) -> Listed:
    return Listed(
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        body_sha256=hashlib.sha256(fetched.body).hexdigest(),
        warc_file=fetched.warc_file,
        warc_record_id=fetched.warc_record_id,
    )


def _nothing(offered: int, unusable: int, foreign: int) -> str:
    if not offered:
        return "answered properly, with 0 items"
    if foreign:
        return f"none of {offered} links is the address of an article (article.url of the outlet file)"
    return f"none of {unusable} entries has an address"
