"""An outlet and answers, as the readers of sources get them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from extractors.outlet import Outlet, Source
from records import Fetched

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PLAIN = {
    "id": "gazette",
    "title": "Pamir Gazette",
    "country": "TJ",
    "languages": ["tg", "ru"],
    "url": "https://gazette.example/",
    "timezone": "Asia/Dushanbe",
    "article": {"url": r"^https?://(?:www\.)?gazette\.example/news/\d+/?$"},
    "mirrors": ["https://gazette-mirror.example/"],
}


@pytest.fixture
def outlet_with() -> Callable[..., tuple[Outlet, Source]]:
    """Return a maker of an outlet with one source, and that source."""

    def make(source: dict[str, Any], **keys: object) -> tuple[Outlet, Source]:
        outlet = Outlet.model_validate_json(json.dumps(PLAIN | {"sources": [source]} | keys))
        return outlet, outlet.sources[0]

    return make


@pytest.fixture
def answer() -> Callable[..., Fetched]:
    """Return a maker of answers with a body (text means UTF-8)."""

    def make(body: bytes | str, *, url: str = "https://gazette.example/feed/", content_type: str = "") -> Fetched:
        return Fetched(
            url=url,
            final_url=url,
            status=200,
            headers=(("content-type", content_type),) if content_type else (),
            body=body.encode() if isinstance(body, str) else body,
            etag=None,
            last_modified=None,
            fetched_at=NOW,
        )

    return make
