"""What comes over the wire, before an article is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer with a body, as ``extractors.fetching`` got it.

    ``headers`` are those kept (lower-case names); ``body`` is after content decoding (gzip and the like) and before
    charset decoding; ``fetched_at`` is aware UTC. ``warc_file`` and ``warc_record_id`` say where the bytes are kept,
    ``None`` without an archive.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    warc_file: str | None = None
    warc_record_id: str | None = None

    def header(self, name: str) -> str | None:
        """Return the value of a kept header, or ``None``."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server said 304: a result, not an exception."""

    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState:
    """What must be remembered of a URL to ask for it politely next time.

    ``etag`` and ``last_modified`` go back as ``If-None-Match`` and ``If-Modified-Since``; ``body_hash`` is the SHA-256
    of the last body, so that an ETag that lies is found out. ``full_at`` is when a body last came, ``not_modified``
    counts the 304 answers since; ``distrusted_at`` is when the validators were caught not moving with the content.
    """

    url: str
    outlet_id: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    fetched_at: datetime
    full_at: datetime | None = None
    not_modified: int = 0
    distrusted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The answer of a source in which an entry stood: what ``Fetched`` says of it, without the body."""

    url: str
    fetched_at: datetime
    body_sha256: str
    warc_file: str | None
    warc_record_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of a feed, list page, sitemap, JSON list or Telegram preview.

    ``position`` counts from 0 at the top of the source; ``published_at`` is aware UTC, ``None`` where the source has no
    date or an impossible one. ``listed`` is set where the entry is the whole article, whose page is then not fetched.
    """

    outlet_id: str
    guid: str
    url: str
    title: str
    summary: str
    published_at: datetime | None
    position: int
    listed: Listed | None = None
