"""From the addresses of articles to a pattern that knows them, for the draft of an outlet file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

# A shape that fewer than this share of the addresses have is an advertisement or a special project.
_LEAST_SHARE = 0.15
_MOST_SHAPES = 4


def article_pattern(urls: Sequence[str]) -> str | None:
    """Return a regular expression for addresses like these, or ``None`` when they have nothing in common.

    Years, dates and numbers become digits, slugs words; a segment that all addresses share stays as it is.
    """
    hosts = Counter(_host(url) for url in urls)
    if not hosts:
        return None
    host = hosts.most_common(1)[0][0]
    own = [url for url in urls if _host(url) == host]
    shapes = Counter(_shape(url, own) for url in own)
    kept = [shape for shape, count in shapes.most_common(_MOST_SHAPES) if count >= len(own) * _LEAST_SHARE and shape]
    if not kept:
        return None
    body = kept[0] if len(kept) == 1 else f"(?:{'|'.join(kept)})"
    return rf"^https?://(?:www\.)?{re.escape(host)}/{body}/?$"


def _host(url: str) -> str:
    """Return the host with its port, which is part of every address of a site that has one."""
    return urlsplit(url).netloc.lower().rpartition("@")[2].removeprefix("www.")


def _shape(url: str, all_urls: Sequence[str]) -> str:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    same_depth = [_segments(other) for other in all_urls if len(_segments(other)) == len(segments)]
    shaped = []
    for index, segment in enumerate(segments):
        values = {other[index] for other in same_depth}
        last = index == len(segments) - 1
        shaped.append(re.escape(segment) if len(values) == 1 and not last and not segment.isdigit() else _word(segment))
    query = "".join(re.findall(r"(?:^|&)([\w.]+=)\d+", parts.query)[:1])
    if query:
        return "/".join(shaped) + rf"\?{re.escape(query)}\d+"
    return "/".join(shaped)


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.split("/") if segment]


def _word(segment: str) -> str:
    if segment.isdigit():
        # Years, months and dates keep their length; running numbers grow.
        return rf"\d{{{len(segment)}}}" if len(segment) in {2, 4, 8} and segment[:2] in _DATE_STARTS else r"\d+"
    stem, dot, suffix = segment.rpartition(".")
    if dot and suffix in {"html", "htm", "shtml", "php", "aspx"}:
        return rf"{_word(stem)}\.{suffix}"
    return r"[\w%.-]+"


_DATE_STARTS = frozenset(["19", "20", *(f"{number:02}" for number in range(32))])
