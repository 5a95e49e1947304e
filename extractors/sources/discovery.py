"""Where an outlet offers its articles: feeds a page declares or links to, the usual addresses, sitemaps in robots.txt.

Pure functions over what was fetched; fetching the candidates is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from extractors.charset import decode_html
from extractors.outlet import Source
from extractors.sources.items import whole_url
from extractors.sources.markup import parse_html
from extractors.sources.plain_text import plain_text
from extractors.urls import canonical_url
from records import Fetched

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/rss", "text/atom")
_FEED_ADDRESS = re.compile(
    r"/(?:rss|feed|feeds|atom)(?:/|$|\.\w+$|/[\w-]+\.xml$)|\.rss$|/rss[\w-]*\.(?:xml|php|asp)$"
    r"|[?&](?:feed=|rss\b|mod=rss)|/export/rss|/api/z[\w$-]{8,}",
    re.IGNORECASE,
)
# A feed of comments is advertised beside each feed of articles.
_NOT_ARTICLES = re.compile(r"comment|/author/|/tag/|podcast", re.IGNORECASE)
# Where WordPress, DataLife Engine, Drupal, the RIA platform and Bitrix put a feed that nobody links to.
_USUAL_PATHS = (
    "feed/",
    "rss/",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "rss.php",
    "?feed=rss2",
    "export/rss2/archive/index.xml",
    "rss/news.xml",
)
_ROBOTS_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_CHANNEL = re.compile(r"https?://(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})/?(?:\?.*)?$")
_NO_CHANNEL = frozenset({"share", "joinchat", "addstickers", "proxy", "iv", "msg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """A source that a page points to; ``how`` says in words why it is thought to be one."""

    kind: Literal["feed", "sitemap", "telegram"]
    url: str
    title: str
    language: str | None
    how: str


def sources_in_page(page: Fetched) -> tuple[FoundSource, ...]:
    """Return the feeds a page declares, then those it links to, then Telegram channels; each once."""
    tree = parse_html(decode_html(page))
    if tree is None:
        return ()
    found = []
    for link in tree.iter("link"):
        kind = str(link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in str(link.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            found.append(_feed(link, page, "declared by the page"))
    for anchor in tree.iter("a"):
        address = str(anchor.get("href") or "").strip()
        channel = _CHANNEL.match(address)
        if channel and channel[1].lower() not in _NO_CHANNEL:
            url = f"https://t.me/s/{channel[1]}"
            found.append(FoundSource(kind="telegram", url=url, title="", language=None, how="linked by the page"))
        elif _FEED_ADDRESS.search(address):
            found.append(_feed(anchor, page, "linked by the page"))
    usable = [one for one in found if one is not None and not _NOT_ARTICLES.search(f"{one.url} {one.title}")]
    order = {"declared by the page": 0, "linked by the page": 1}
    usable.sort(key=lambda one: (one.kind == "telegram", order[one.how]))
    return tuple({canonical_url(one.url): one for one in reversed(usable)}.values())[::-1]


def sources_in_robots(robots: Fetched) -> tuple[FoundSource, ...]:
    """Return the sitemaps that a robots.txt names."""
    urls = dict.fromkeys(_ROBOTS_SITEMAP.findall(decode_html(robots)))
    return tuple(
        FoundSource(kind="sitemap", url=url, title="", language=None, how="named in robots.txt")
        for url in urls
        if whole_url(url, robots.final_url) == url
    )


def usual_feed_urls(url: str) -> tuple[str, ...]:
    """Return the addresses at which publishing systems put their feed, below the given page and on its host."""
    root = urljoin(url, "/")
    below = url if urlsplit(url).path.endswith("/") else url + "/"
    return tuple(dict.fromkeys(urljoin(base, path) for path in _USUAL_PATHS for base in (below, root)))


def moved_to(source: Source, *, answered: Fetched | None, found: Iterable[FoundSource] = ()) -> str | None:
    """Return the address to write for a source that moved, or ``None``.

    ``answered`` is a good answer of the source, and then a redirect tells; ``None`` when it failed, and then what was
    ``found`` on the outlet's page does: the feed of the same language, or the only one.
    """
    if answered is not None:
        return answered.final_url if _is_elsewhere(source.url, answered.final_url) else None
    feeds = [one for one in found if one.kind == source.kind and _is_elsewhere(source.url, one.url)]
    same = [one for one in feeds if one.language is not None and one.language == source.language]
    return (same or feeds)[0].url if same or _are_one(feeds) else None


def _are_one(feeds: Sequence[FoundSource]) -> bool:
    return len({canonical_url(one.url) for one in feeds}) == 1


def _is_elsewhere(old: str, new: str) -> bool:
    """Tell whether the addresses differ by more than a scheme, which a redirect sets right each time."""
    return "{" not in old and canonical_url(old).rstrip("/") != canonical_url(new).rstrip("/")


def _feed(element: Any, page: Fetched, how: str) -> FoundSource | None:
    url = whole_url(str(element.get("href") or ""), page.final_url)
    if url is None:
        return None
    language = str(element.get("hreflang") or "").lower()[:2]
    title = plain_text(str(element.get("title") or element.text or ""))
    return FoundSource(kind="feed", url=url, title=title, language=language or None, how=how)
