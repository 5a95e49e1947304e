"""A fetched page, checked and parsed once: what the readers of title, text and date share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from extractors.charset import decode_html
from extractors.outlet import Outlet
from extractors.reading.boilerplate import CHALLENGE
from extractors.reading.json_ld import JsonLd, read_json_ld
from extractors.reading.weight import one_line
from records import ExtractError, Fetched

# The largest article pages of the beat's outlets have 0.4 MB; live blogs reach 4 MB.
MAX_PAGE_BYTES = 6_000_000
# The largest seen has 3,200 elements; this many take a few seconds to read.
MAX_ELEMENTS = 30_000
# libxml2 drops what is nested deeper, even where it is asked for large trees.
MAX_DEPTH = 2_000

# A bot wall is a short page about itself; an article may mention one.
_CHALLENGE_MAX_CHARS = 20_000

_OTHER_TYPES = re.compile(rb"%PDF-|PK\x03\x04|\x89PNG|GIF8|\xff\xd8\xff|RIFF|\x1f\x8b|\x00\x00\x00.ftyp|OggS|ID3")
_TAG = re.compile(r"<(?:!doctype|[a-z!/?])", re.IGNORECASE)
# Of random bytes a tenth are controls, whatever the charset; of text next to none. NULs pad pages, and do not count.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.02
_SAMPLE_CHARS = 20_000
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
# libxml2 compares each attribute of a tag with all others: 20,000 of them take half a minute. Real tags have a dozen.
_LONG_TAG = re.compile(r"<[a-z][^<>]{10000,}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s[^\s=\"'<>]+")
_MOST_ATTRIBUTES = 1_000
_CONTENT_TYPES = ("html", "xml", "text/plain", "octet-stream")


@dataclass(frozen=True)
class Page:
    """One parsed page, without its scripts and styles.

    ``url`` is where it was found in the end, ``source`` the whole decoded page; what readers share is computed once.
    """

    url: str
    outlet_id: str
    source: str
    tree: HtmlElement
    json_ld: JsonLd

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """The page's meta tags by lower-case name, property or itemprop; the first of a name that is not empty."""
        found: dict[str, str] = {}
        for meta in self.tree.iter("meta"):
            content = one_line(meta.get("content") or "")
            if content:
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    if name := meta.get(attribute):
                        found.setdefault(name.strip().casefold(), content)
        return found

    def first_meta(self, *names: str) -> str:
        """Return the content of the first meta tag that exists, or an empty string."""
        return next((self.metas[name] for name in names if name in self.metas), "")


def parse_page(fetched: Fetched, outlet: Outlet | None) -> Page:
    """Return the parsed page.

    Raises ``ExtractError`` with the reason for an empty answer, one that is not HTML, one too large or nested too
    deep, and a page that only asks whether the visitor is a robot.
    """
    outlet_id = "" if outlet is None else outlet.id
    url = fetched.final_url or fetched.url

    def refuse(problem: str) -> ExtractError:
        return ExtractError(problem, outlet_id=outlet_id, url=url)

    if problem := _not_html(fetched):
        raise refuse(problem)
    text = decode_html(fetched, charset=None if outlet is None else outlet.charset)
    if problem := _not_a_page(text):
        raise refuse(problem)
    tree, deep = _parse(text)
    if tree is None:
        raise refuse("no element could be parsed from it")
    elements = int(tree.xpath("count(//*)"))
    if elements > MAX_ELEMENTS:
        raise refuse(f"the page is too large: {elements:,} elements, {MAX_ELEMENTS:,} are read")
    if deep:
        raise refuse(f"the page is nested too deep: more than {MAX_DEPTH:,} elements in each other")
    json_ld = read_json_ld(tree)
    # Without these every later walk is shorter, and text lengths are those of text.
    etree.strip_elements(tree, "script", "style", "noscript", "template", "svg", "iframe", with_tail=False)
    return Page(url, outlet_id, text, tree, json_ld)


def _not_html(fetched: Fetched) -> str:
    """Return what is wrong with the bytes, or an empty string."""
    body = fetched.body
    if not body.strip(b"\0\t\n\r \xef\xbb\xbf"):
        return "the answer is empty"
    if len(body) > MAX_PAGE_BYTES:
        return f"the page is too large: {len(body):,} bytes, {MAX_PAGE_BYTES:,} are read"
    content_type = (fetched.header("content-type") or "").lower()
    if content_type and not any(known in content_type for known in _CONTENT_TYPES):
        return f"not HTML but {content_type.split(';')[0].strip()}"
    if _OTHER_TYPES.match(body):
        return f"not HTML: the file begins with {body[:4]!r}"
    return ""


def _not_a_page(text: str) -> str:
    """Return what is wrong with the decoded text, or an empty string."""
    sample = text[:_SAMPLE_CHARS]
    if len(_CONTROL.findall(sample)) > len(sample) * _MOST_CONTROLS:
        return "not HTML: it is no text"
    if not _TAG.search(text):
        return "not HTML: there is no tag in it"
    if any(sum(1 for _ in _ATTRIBUTE.finditer(tag[0])) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        return f"a tag with more than {_MOST_ATTRIBUTES:,} attributes"
    if _FEED.match(text):
        return "not an article but a feed or sitemap"
    if len(text) < _CHALLENGE_MAX_CHARS and (wall := CHALLENGE.search(text)):
        return f"a page that holds visitors up, not an article: {wall[0]!r}"
    return ""


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    # From UTF-8 bytes: libxml2 would read a str through a declared charset, which is that of the bytes as they came.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:  # "Document is empty"
        return None, False
    deep = any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
    return tree, deep
