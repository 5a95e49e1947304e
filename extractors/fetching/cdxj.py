"""The index beside each WARC file: one line a capture, in the order of writing (CDXJ)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where one answer lies: ``offset`` and ``length`` are bytes of the compressed record in ``path``.

    ``record_id`` is known of what was just written; the index does not hold it.
    """

    url: str
    at: datetime
    status: int
    mime: str
    digest: str
    offset: int
    length: int
    path: Path
    record_id: str | None = field(default=None, compare=False)

    @property
    def end(self) -> int:
        """Return the offset just behind the record."""
        return self.offset + self.length


def key_of(url: str) -> str:
    """Return the key of a URL: host turned round, path, query (``tj,asiaplustj)/ru/news?page=2``).

    Scheme, default port, fragment and the case of the host do not count; spaces are escaped, for they end the key.
    """
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port and (parts.scheme, parts.port) not in {("http", 80), ("https", 443)} else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".replace(" ", "%20")


def index_line(capture: Capture) -> bytes:
    """Return the line of a capture, with its end."""
    fields = {
        "url": capture.url,
        "mime": capture.mime,
        "status": str(capture.status),
        "digest": capture.digest,
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": capture.path.name,
    }
    # Microseconds, where CDXJ usually has seconds: two polls of one feed may fall into one.
    stamp = capture.at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")
    return f"{key_of(capture.url)} {stamp} {json.dumps(fields, ensure_ascii=False)}\n".encode()


def parse_index_line(line: bytes, folder: Path) -> Capture | None:
    """Return the capture of a line, ``None`` for one that was cut off."""
    if not line.endswith(b"\n"):
        return None
    try:
        _, stamp, rest = line.decode("utf-8").split(" ", 2)
        fields = json.loads(rest)
        return Capture(
            url=fields["url"],
            at=datetime.strptime(stamp, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC),
            status=int(fields["status"]),
            mime=fields["mime"],
            digest=fields["digest"],
            offset=int(fields["offset"]),
            length=int(fields["length"]),
            path=folder / fields["filename"],
        )
    except (ValueError, KeyError, TypeError):
        return None
