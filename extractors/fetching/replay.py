"""Answers read back from WARC files, ours or made by others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extractors.fetching.cdxj import Capture
from extractors.fetching.client import header_text
from extractors.fetching.content import decode_content
from extractors.fetching.outcome import BODY_STATUSES, KEPT_HEADERS, REDIRECTS
from extractors.fetching.wire import WireError
from records import ConfigError, Fetched

log = logging.getLogger(__name__)

_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
# Other people's archives hold films; a page of text is never this long.
_MAX_BODY_BYTES = 50_000_000
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def replay(path: Path, *, again: bool = False) -> Iterator[Fetched]:
    """Yield each whole answer of a WARC file, or of all in a folder, by name and in the order of writing.

    Only answers with status 200 or 203; a page reached by a redirect carries the URL that was asked for. Chunks and
    content encodings are undone whether or not the crawler had done so. A record that cannot be read is logged and
    skipped, and a file that ends in the middle of one is read up to there. With ``again`` that is
    not said once more. Raises ``ConfigError`` if nothing is there.
    """
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.name.endswith(_SUFFIXES))
    if not files:
        raise ConfigError("no WARC files here", path=path, fix="Name a .warc or .warc.gz file, or a folder of them")
    for file in files:
        yield from _replay_file(file, logging.DEBUG if again else logging.WARNING)


def read_capture(capture: Capture) -> Fetched:
    """Return the answer at a place in a file; raises ``ConfigError`` when it is not there any more."""
    with capture.path.open("rb") as stream:
        stream.seek(capture.offset)
        record = next(iter(_records(stream)), None)
        try:
            fetched = None if record is None else _fetched_of(record, capture.path)
        except WireError as fault:
            raise ConfigError(f"{capture.url}: {fault.problem}", path=capture.path) from fault
    if fetched is None:
        raise ConfigError("the index points to a record that is not there", path=capture.path)
    return fetched


def _replay_file(file: Path, level: int) -> Iterator[Fetched]:
    asked_for: dict[str, str] = {}  # where a redirect led: what had been asked for
    with file.open("rb") as stream:
        records = iter(_records(stream))
        while True:
            url = None
            try:
                record = next(records, None)
                if record is None:
                    return
                url = record.headers.get("WARC-Target-URI")
                fetched = _fetched_of(record, file, asked_for)
            except OSError as exc:
                log.log(level, "%s: the rest cannot be read: %s", file, exc)
                return
            except WireError as fault:
                log.log(level, "%s: %s left out: %s", file, url, fault.problem)
                continue
            if fetched is not None:
                yield fetched


def _records(stream: Any) -> Any:
    return ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)


def _fetched_of(record: Any, file: Path, asked_for: dict[str, str] | None = None) -> Fetched | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if not url.startswith(("http://", "https://")) or record.headers.get("WARC-Truncated"):
        return None
    block = record.reader.read()
    if len(block) < record.content_length:
        # fastwarc hands out what there is of a record that the file's end cuts off.
        raise WireError("truncated", "its record is cut off")
    status, headers, payload = _parse_http(block)
    values = dict(reversed(headers))  # the first of several wins
    asked_for = {} if asked_for is None else asked_for
    if status in REDIRECTS and values.get("location"):
        asked_for[urljoin(url, values["location"])] = asked_for.pop(url, url)
        return None
    if status not in BODY_STATUSES:
        return None
    if "chunked" in values.get("transfer-encoding", "").lower():
        payload = _dechunked(payload)
    return Fetched(
        url=asked_for.pop(url, url),
        final_url=url,
        status=status,
        headers=tuple(pair for pair in headers if pair[0] in KEPT_HEADERS),
        body=decode_content(payload, values.get("content-encoding"), max_bytes=_MAX_BODY_BYTES),
        etag=values.get("etag"),
        last_modified=values.get("last-modified"),
        fetched_at=_date_of(record),
        warc_file=file.name,
        warc_record_id=record.headers.get("WARC-Record-ID"),
    )


def _parse_http(block: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    """Split an answer into status, headers (lower-case names) and payload; status 0 if it is not HTTP."""
    end = _HEAD_END.search(block)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = header_text(head).splitlines() or [""]
    words = first.split()
    status = int(words[1]) if first.startswith("HTTP/") and len(words) > 1 and words[1].isdigit() else 0
    pairs = (line.partition(":") for line in lines if ":" in line)
    return status, [(name.strip().lower(), value.strip()) for name, _, value in pairs], payload


def _date_of(record: Any) -> datetime:
    moment = datetime.fromisoformat(record.headers["WARC-Date"])
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _dechunked(payload: bytes) -> bytes:
    """Undo chunked transfer, or return the payload as it is: many crawlers undo it and keep the header."""
    out = bytearray()
    position = 0
    while True:
        line_end = payload.find(b"\r\n", position, position + 100)
        size_text = payload[position:line_end].split(b";")[0].strip() if line_end >= 0 else b""
        try:
            size = int(size_text, 16)
        except ValueError:
            return payload
        if size == 0:
            return bytes(out)
        start = line_end + 2
        if size < 0 or payload[start + size : start + size + 2] != b"\r\n":
            return payload
        out += payload[start : start + size]
        position = start + size + 2
