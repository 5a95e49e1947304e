"""JSON lines in, JSON lines out: the ``wakhan match`` command without its command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from records import ConfigError, Mention
from watchlists.matching.matcher import Matcher


def match_lines(
    lines: Iterable[str],
    matcher: Matcher,
    *,
    language: str | None = None,
    identify: Callable[[str], str | None] | None = None,
) -> Iterator[str]:
    """Yield for each line ``{"id", "title", "text", "lang"?}`` a line ``{"id", "lang", "mentions": [...]}``, in order.

    A line without ``lang`` is taken to be in ``language``; where that is ``None`` too, ``identify`` is asked with title
    and text. Empty lines are passed over. Raises ``ConfigError`` with the number of a line that is not as described.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        article = _article_of(line, number)
        title, text = article.get("title") or "", article.get("text") or ""
        lang = article.get("lang") or language
        if lang is None and identify is not None:
            lang = identify(f"{title}\n{text}")
        known = None if lang in (None, "und") else lang
        found = matcher.find(article_id=str(article["id"]), title=title, text=text, language=known)
        answer = {"id": article["id"], "lang": lang, "mentions": [_written(mention) for mention in found]}
        yield json.dumps(answer, ensure_ascii=False)


def _article_of(line: str, number: int) -> dict[str, Any]:
    key = f"line {number}"
    try:
        article = json.loads(line)
    except json.JSONDecodeError as error:
        raise ConfigError(f"this is not JSON: {error.msg}", key=key, fix="One JSON object a line") from error
    if not isinstance(article, dict) or "id" not in article:
        raise ConfigError("there is no id", key=key, fix='Write {"id": ..., "title": ..., "text": ...}')
    for field in ("title", "text", "lang"):
        if not isinstance(article.get(field), str | None):
            raise ConfigError(f"`{field}` is not text", key=key, fix=f"Put `{field}` between double quotes")
    return article


def _written(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.entity_id,
        "list": mention.list_id,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "name": mention.name,
        "score": mention.score,
        "reasons": list(mention.reasons),
    }
