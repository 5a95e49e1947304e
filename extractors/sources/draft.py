"""A whole outlet file, drafted from what was found at an address, for a person to finish."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from extractors.charset import decode_html
from extractors.sources.discovery import FoundSource
from extractors.sources.markup import parse_html, select, text_of
from extractors.sources.opml import OpmlFeed, OpmlSite
from extractors.sources.patterns import article_pattern
from extractors.sources.plain_text import plain_text
from extractors.urls import canonical_url
from records import FeedItem, Fetched

# Country and zone by the end of the host name, for the region and its neighbours. Elsewhere a person must say.
_BY_SUFFIX = {
    "tj": ("TJ", "Asia/Dushanbe", "tg"),
    "uz": ("UZ", "Asia/Tashkent", "uz"),
    "kg": ("KG", "Asia/Bishkek", "ky"),
    "kz": ("KZ", "Asia/Almaty", "kk"),
    "tm": ("TM", "Asia/Ashgabat", "tk"),
    "af": ("AF", "Asia/Kabul", "fa"),
    "ir": ("IR", "Asia/Tehran", "fa"),
    "pk": ("PK", "Asia/Karachi", "ur"),
    "ru": ("RU", "Europe/Moscow", "ru"),
    "cn": ("CN", "Asia/Shanghai", "zh"),
    "tw": ("TW", "Asia/Taipei", "zh"),
    "am": ("AM", "Asia/Yerevan", "hy"),
    "az": ("AZ", "Asia/Baku", "az"),
    "ge": ("GE", "Asia/Tbilisi", "ka"),
    "by": ("BY", "Europe/Minsk", "ru"),
    "tr": ("TR", "Europe/Istanbul", "tr"),
    "in": ("IN", "Asia/Kolkata", "en"),
}
_TITLES = (
    "//meta[@property='og:site_name']/@content",
    "//meta[@name='application-name']/@content",
    "//title",
)
_UNSURE = "# to be filled in"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedSource:
    """A found source that was fetched: ``items`` it gave, or the ``problem`` in one line."""

    found: FoundSource
    items: tuple[FeedItem, ...] = ()
    problem: str | None = None


def draft_outlet(
    url: str, *, front: Fetched | None, tried: Sequence[TriedSource], languages: Sequence[str] = (), today: date
) -> str:
    """Return the text of an outlet file for the site at ``url``, loadable as it is, with what is not known marked.

    ``languages`` are those found in its items, most frequent first; without them the page's own word and the host
    decide.
    """
    working = sorted((one for one in tried if one.items), key=lambda one: -len(one.items))
    tree = None if front is None else parse_html(decode_html(front))
    country, zone, spoken = _BY_SUFFIX.get((urlsplit(url).hostname or "").rpartition(".")[2], ("", "", ""))
    declared = re.match(r"[a-z]{2}", str("" if tree is None else tree.get("lang") or "").lower())
    tongues = list(languages) or [name for name in (declared[0] if declared else spoken,) if name]
    pattern = article_pattern([item.url for one in working for item in one.items])
    fewest = min((len(one.items) for one in working), default=4)
    lines = [
        f"title: {_quoted(_title(tree, url))}",
        f"country: {country or 'XX'}" + ("" if country else f"   {_UNSURE}"),
        f"languages: [{', '.join(tongues or ['en'])}]" + ("" if tongues else f"   {_UNSURE}"),
        f"url: {_quoted(_front_page(url))}",
        f"timezone: {zone or 'UTC'}" + ("" if zone else f"   {_UNSURE}"),
        "sources:",
        *(_source_line(one, today) for one in working),
        *([] if working else [f'  - {{kind: list, url: {_quoted(url)}, links: "h2 a, h3 a", evidence: guess}}']),
        *(f"  # {one.found.kind} {one.found.url}: {one.problem}" for one in tried if one.problem),
        "article:",
        f"  url: {_single(pattern)}" if pattern else f"  # url: a pattern that articles' addresses fit   {_UNSURE}",
        *([] if pattern else ["  max_pages: 10"]),
        "assertions:",
        # A quarter of what came today: less is a fault, not a quiet day.
        f"  min: {{items: {max(1, fewest // 4)}}}",
        "confidence: unverified",
        f"evidence: {_quoted(f'Drafted by wakhan outlets discover on {today.isoformat()}; not yet read by a person.')}",
        f"checked: {today.isoformat()}",
    ]
    return "\n".join(lines) + "\n"


def draft_listed(site: OpmlSite, *, feeds: Sequence[OpmlFeed], today: date) -> str:
    """Return the text of an outlet file for a site of an OPML list, loadable, with what is not known marked."""
    country, zone, spoken = _BY_SUFFIX.get((urlsplit(site.url).hostname or "").rpartition(".")[2], ("", "", ""))
    country, zone = site.country or country, site.timezone or zone
    given = [name for name in (*site.languages, *(feed.language for feed in feeds), spoken) if name]
    tongues = list(dict.fromkeys(name for name in given if re.fullmatch(r"[a-z]{2}", name)))
    lines = [
        f"title: {_quoted(site.title)}",
        f"country: {country or 'XX'}" + ("" if country else f"   {_UNSURE}"),
        f"languages: [{', '.join(tongues or ['en'])}]" + ("" if tongues else f"   {_UNSURE}"),
        f"url: {_quoted(_front_page(site.url))}",
        f"timezone: {zone or 'UTC'}" + ("" if zone else f"   {_UNSURE}"),
        "sources:",
        *(
            f"  - {{kind: feed, url: {_quoted(feed.url)}"
            + (f", language: {feed.language}" if feed.language and re.fullmatch(r"[a-z]{2}", feed.language) else "")
            + ", evidence: listed}"
            for feed in feeds
        ),
        "confidence: unverified",
        f"evidence: {_quoted(f'From an OPML list on {today.isoformat()}; not yet probed: wakhan outlets check.')}",
    ]
    return "\n".join(lines) + "\n"


def outlet_id_for(url: str, *, taken: Collection[str] = ()) -> str:
    """Return an id, and so a file name, for the site at an address: its host's own name, numbered if taken."""
    # The canonical form has the host in punycode, which a file name can hold.
    labels = (urlsplit(canonical_url(url)).hostname or "outlet").removeprefix("www.").split(".")
    plain = re.sub(r"[^a-z0-9]+", "_", "_".join(labels[:-1] or labels)).strip("_")
    plain = plain or "outlet"
    numbered = (plain if number == 1 else f"{plain}_{number}" for number in range(1, len(taken) + 3))
    return next(name for name in numbered if name not in taken)


def _front_page(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _title(tree: object, url: str) -> str:
    found = [] if tree is None else [text for path in _TITLES for text in map(text_of, select(tree, (path,))) if text]
    return plain_text(found[0])[:120] if found else (urlsplit(url).hostname or url)


def _source_line(one: TriedSource, today: date) -> str:
    language = f", language: {one.found.language}" if one.found.language else ""
    note = f"{len(one.items)} items on {today.isoformat()}, {one.found.how}"
    return (
        f"  - {{kind: {one.found.kind}, url: {_quoted(one.found.url)}{language}, "
        f"evidence: probed_ok, note: {_quoted(note)}}}"
    )


def _quoted(text: str) -> str:
    # JSON is YAML, once control characters and lone surrogates are gone.
    return json.dumps(plain_text(text), ensure_ascii=False)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
