"""OPML 2.0, in which feed readers exchange their lists of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from extractors.charset import decode_html
from extractors.outlet import FeedSource, Outlet
from extractors.sources.items import whole_url
from extractors.sources.plain_text import clean_controls, plain_text
from extractors.sources.xml_text import root_name, without_prolog, xml_fault
from records import FeedError, Fetched

# What OPML has no word for stands in attributes of our own namespace, which other readers pass over.
_NAMESPACE = "urn:wakhan:outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """One feed of a list."""

    url: str
    title: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlSite:
    """The feeds of one site; ``id``, ``country`` and ``timezone`` are known when Wakhan wrote the list."""

    title: str
    url: str
    feeds: tuple[OpmlFeed, ...]
    folders: tuple[str, ...] = ()
    id: str | None = None
    country: str | None = None
    timezone: str | None = None
    languages: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlList:
    """What an OPML file lists: sites with feeds, and the titles of entries ``left_out`` for want of an address."""

    sites: tuple[OpmlSite, ...]
    left_out: tuple[str, ...]


def export_opml(outlets: Iterable[Outlet], *, created_at: datetime, title: str = "Wakhan outlets") -> str:
    """Return the outlets that have feeds as OPML 2.0, a folder for each country; other sources have no place in it."""
    root = etree.Element("opml", version="2.0", nsmap={"wakhan": _NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _fit(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(created_at)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for outlet in outlets:
        feeds = [source for source in outlet.sources if isinstance(source, FeedSource)]
        if not feeds:
            continue
        if outlet.country not in folders:
            folders[outlet.country] = etree.SubElement(body, "outline", text=outlet.country)
        for feed in feeds:
            folders[outlet.country].append(_outline(outlet, feed))
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return text


def import_opml(fetched: Fetched) -> OpmlList:
    """Return the sites of an OPML file with their feeds, in its order; feeds of one site are together.

    Raises ``FeedError`` when it is not OPML, declares entities, or lists no feed.
    """
    text = decode_html(fetched)
    root = root_name(text)
    fault = xml_fault(text) or (None if root == "opml" else f"not OPML: the root is <{root}>" if root else "not OPML")
    tree = None
    if fault is None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        tree = etree.fromstring(without_prolog(text).encode("utf-8"), parser)
    body = None if tree is None else tree.find("body")
    found = list(_feeds(body, fetched, ())) if body is not None else []
    sites = _grouped(one for one in found if isinstance(one, OpmlSite))
    if fault or not sites:
        raise FeedError(fault or "an OPML file without feeds", outlet_id="opml", url=fetched.url)
    return OpmlList(sites=sites, left_out=tuple(one for one in found if isinstance(one, str)))


def _outline(outlet: Outlet, feed: FeedSource) -> Any:
    own = {
        "id": outlet.id,
        "country": outlet.country,
        "timezone": outlet.timezone,
        "languages": ",".join(outlet.languages),
    }
    plain = {"text": outlet.title, "title": outlet.title, "type": "rss", "xmlUrl": feed.url, "htmlUrl": outlet.url}
    if feed.language:
        plain["language"] = feed.language
    attributes = plain | {f"{{{_NAMESPACE}}}{name}": value for name, value in own.items()}
    return etree.Element("outline", {name: _fit(value) for name, value in attributes.items()})


def _fit(text: str) -> str:
    return " ".join(clean_controls(text).split())


def _feeds(node: Any, fetched: Fetched, folders: tuple[str, ...]) -> Iterator[OpmlSite | str]:
    """Yield a site for each feed below the node, and the title of each entry that is neither feed nor folder.

    Recursion is as deep as the folders, which lxml limits to 256.
    """
    for outline in node.iterchildren("outline"):
        # Attribute names are spelt in every case: xmlUrl, xmlurl, XMLURL.
        given = {str(name).lower(): plain_text(str(value)) for name, value in outline.attrib.items()}
        title = given.get("title") or given.get("text") or ""
        url = whole_url(given.get("xmlurl", ""), fetched.final_url)
        if url is None and not len(outline):
            yield title or "an entry without title"
            continue
        if url is None:
            yield from _feeds(outline, fetched, (*folders, title) if title else folders)
            continue
        own = {name: given.get(f"{{{_NAMESPACE}}}{name}") for name in ("id", "country", "timezone")}
        site = whole_url(given.get("htmlurl", ""), fetched.final_url) or url
        language = given.get("language", "")[:2].lower() or None
        yield OpmlSite(
            title=title or (urlsplit(site).hostname or site),
            url=site,
            feeds=(OpmlFeed(url=url, title=title, language=language),),
            folders=folders,
            languages=tuple(name for name in given.get(f"{{{_NAMESPACE}}}languages", "").split(",") if name),
            **own,
        )


def _grouped(feeds: Iterable[OpmlSite]) -> tuple[OpmlSite, ...]:
    groups: dict[str, list[OpmlSite]] = {}
    for one in feeds:
        host = (urlsplit(one.url).hostname or "").removeprefix("www.")
        groups.setdefault(one.id or host, []).append(one)
    return tuple(_merged(group) for group in groups.values())


def _merged(group: Sequence[OpmlSite]) -> OpmlSite:
    first = group[0]
    return OpmlSite(
        title=first.title,
        url=first.url,
        feeds=tuple({feed.url: feed for one in group for feed in one.feeds}.values()),
        folders=first.folders,
        id=first.id,
        country=first.country,
        timezone=first.timezone,
        languages=first.languages,
    )
