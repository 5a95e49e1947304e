"""JSON and JSONP lists of articles, read by the paths of the outlet's file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from extractors.charset import decode_html
from extractors.outlet import JsonSource, Outlet
from extractors.outlet_fields import fill_placeholders
from extractors.sources.item_dates import DateReader, read_date
from extractors.sources.items import Offer, SourcePage, items_of, refuse
from extractors.sources.plain_text import plain_text
from records import FeedError, Fetched

# callback({...}); or var list = [...];
_OPENING = re.compile(r"(?:/\*[^*]*\*/\s*)?(?:[\w.$]+\s*(\()|(?:(?:var|let|const)\s+)?[\w.$]+\s*=)\s*")


def read_json(
    source: JsonSource, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> SourcePage:
    """Return the articles of a JSON list; of the page that ``found_in`` names, the list's address to follow.

    Raises ``FeedError`` when it is not JSON, when a path leads nowhere, or when the list is empty.
    """
    text = decode_html(fetched, forced=source.encoding, charset=outlet.charset)
    if source.found_in is not None and fetched.url == source.found_in.page:
        return SourcePage(items=(), follow=(_list_address(source, text, outlet, fetched),))
    document = _document(text, outlet, fetched)
    items = follow_path(document, source.items)
    if not isinstance(items, list):
        raise refuse(_no_list(document, source.items, items), outlet, fetched)
    offers = list(_offers(items, source, outlet, fetched, in_words))
    if items and not offers:
        paths = ", ".join(source.fields.url)
        raise refuse(f"none of {len(items)} items has an address at {paths}", outlet, fetched)
    return SourcePage(items=items_of(offers, outlet=outlet, fetched=fetched, only_articles=False))


def follow_path(value: Any, path: str) -> Any:
    """Return what stands at a dotted path (``data.list.0.url``, ``*`` for every element), or ``None``."""
    steps = path.split(".") if path else []
    for index, step in enumerate(steps):
        if step == "*" and isinstance(value, list):
            rest = ".".join(steps[index + 1 :])
            return [found for element in value if (found := follow_path(element, rest)) is not None]
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _list_address(source: JsonSource, text: str, outlet: Outlet, fetched: Fetched) -> str:
    assert source.found_in is not None
    found = re.search(source.found_in.pattern, text)
    if found is None:
        raise refuse(f"the page does not name the list ({source.found_in.pattern})", outlet, fetched)
    return fill_placeholders(source.url, {name: value or "" for name, value in found.groupdict().items()})


def _document(text: str, outlet: Outlet, fetched: Fetched) -> Any:
    stripped = text.strip()
    if not stripped:
        raise refuse("answered with an empty body instead of JSON", outlet, fetched)
    if stripped.startswith("<"):
        raise refuse(f"answered with a page instead of JSON: {plain_text(stripped)[:60]!r}", outlet, fetched)
    try:
        # strict=False: raw line breaks inside strings are common and harmless.
        return json.loads(_unwrapped(stripped), strict=False)
    except (ValueError, RecursionError) as error:
        raise _not_json(stripped, error, outlet, fetched) from error


def _unwrapped(text: str) -> str:
    opening = None if text[0] in '{["' else _OPENING.match(text)
    if opening is None:
        return text
    inner = text[opening.end() :].rstrip().removesuffix(";").rstrip()
    return inner.removesuffix(")") if opening[1] else inner


def _not_json(text: str, error: Exception, outlet: Outlet, fetched: Fetched) -> FeedError:
    return refuse(f"not JSON ({' '.join(str(error).split())}): {text[:40]!r}", outlet, fetched)


def _no_list(document: Any, path: str, found: Any) -> str:
    keys = ", ".join(list(document)[:8]) if isinstance(document, dict) else type(document).__name__
    what = "nothing" if found is None else f"a {type(found).__name__}"
    return f"{what} at items: {path!r} where a list is expected (the document has: {keys})"


def _offers(
    items: list[Any], source: JsonSource, outlet: Outlet, fetched: Fetched, in_words: DateReader | None
) -> Iterator[Offer]:
    fields = source.fields
    for item in items:
        link = _first(item, fields.url)
        if link:
            yield Offer(
                link=link,
                guid=_first(item, fields.guid),
                title=_first(item, fields.title),
                summary=_first(item, fields.summary),
                published_at=read_date(
                    _first(item, fields.published),
                    outlet=outlet,
                    fetched_at=fetched.fetched_at,
                    formats=source.date_formats,
                    in_words=in_words,
                ),
            )


def _first(item: Any, paths: tuple[str, ...]) -> str:
    for path in paths:
        value = _filled(item, path) if "{" in path else follow_path(item, path)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _filled(item: Any, template: str) -> str | None:
    """Return the template with ``{path}`` filled in from the item; ``None`` if a part is missing."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        found = follow_path(item, match[1])
        missing = missing or not isinstance(found, str | int) or found == ""
        return str(found)

    filled = re.sub(r"\{([\w.]+)\}", value, template)
    return None if missing else filled
