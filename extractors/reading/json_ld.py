"""JSON-LD as news sites write it: with graphs, lists, trailing commas and raw line breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from lxml.html import HtmlElement

from extractors.reading.weight import one_line

# One script of this size is a data dump, not a description of an article.
_MAX_CHARS = 500_000
_MAX_DEPTH = 12

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|NewsItem)$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """What a page's JSON-LD says about its article; empty strings where it says nothing.

    ``properties`` is the article object itself, for outlets whose file names a property.
    """

    headline: str = ""
    body: str = ""
    description: str = ""
    published: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    properties: Mapping[str, object] = field(default_factory=dict)


def read_json_ld(tree: HtmlElement) -> JsonLd:
    """Return what the first article object of a page says; an empty record where there is none."""
    for script in tree.iterfind(".//script[@type]"):
        if "ld+json" not in script.attrib["type"].lower() or not script.text:
            continue
        for thing in _objects(_load(script.text), _MAX_DEPTH):
            if _is_article(thing):
                return _article(thing)
    return JsonLd()


def plain_text(value: object) -> str:
    """Return a JSON-LD value as text: of a list the first, of an object its name."""
    if isinstance(value, list):
        return next(filter(None, map(plain_text, value)), "")
    if isinstance(value, Mapping):
        return plain_text(value.get("name") or value.get("@value") or "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _load(text: str) -> object:
    if len(text) > _MAX_CHARS:
        return None
    text = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for part in value:
            yield from _objects(part, depth - 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _objects(value.get(key), depth - 1)


def _is_article(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
        return True
    # Baidu's dialect of JSON-LD, as on Guancha: no type, "title" and "pubDate".
    return "pubDate" in thing and "title" in thing


def _article(thing: Mapping[str, object]) -> JsonLd:
    def text(*keys: str) -> str:
        return next((found for key in keys if (found := one_line(unescape(plain_text(thing.get(key)))))), "")

    authors = thing.get("author")
    names = [one_line(plain_text(author)) for author in (authors if isinstance(authors, list) else [authors])]
    return JsonLd(
        headline=text("headline", "title", "name"),
        body=unescape(plain_text(thing.get("articleBody"))),
        description=text("alternativeHeadline", "description"),
        published=text("datePublished", "pubDate", "dateCreated", "uploadDate"),
        section=text("articleSection"),
        authors=tuple(name for name in names if name),
        properties=thing,
    )
