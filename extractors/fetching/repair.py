"""A WARC file and its index made whole again after a process was killed in the middle of a record."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from extractors.fetching.cdxj import Capture, index_line, parse_index_line

_CHUNK_BYTES = 1 << 20
# WARC and HTTP headers of a record lie within this; no more of it is kept in memory.
_HEAD_BYTES = 1 << 16


def repair_warc(warc: Path, index: Path) -> int:
    """Cut off an unfinished last record, index the finished ones that lack a line; return the bytes cut off.

    Only what lies behind the last indexed record is read, so opening a healthy file costs nothing.
    """
    size = warc.stat().st_size
    indexed = _trim_index(index, warc, size)
    end = indexed
    found: list[Capture] = []
    for offset, length, head in _members(warc, indexed):
        end = offset + length
        capture = _capture_of(head, warc, offset, length)
        if capture is not None:
            found.append(capture)
    if found:
        with index.open("ab") as lines:
            lines.writelines(index_line(capture) for capture in found)
    if end < size:
        with warc.open("r+b") as file:
            file.truncate(end)
    return size - end


def _trim_index(index: Path, warc: Path, size: int) -> int:
    """Drop lines that were cut off or point behind the file's end; return the end of the last indexed record."""
    if not index.exists():
        return 0
    good = end = 0
    with index.open("rb") as lines:
        for line in lines:
            capture = parse_index_line(line, warc.parent)
            if capture is None or capture.end > size:
                break
            good += len(line)
            end = capture.end
    if good < index.stat().st_size:
        with index.open("r+b") as file:
            file.truncate(good)
    return end


def _members(warc: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield offset, length and the first bytes of each finished gzip member from ``start`` on."""
    with warc.open("rb") as file:
        file.seek(start)
        offset = start
        rest = b""
        while True:
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            head = b""
            used = 0
            while not member.eof:
                data = rest or file.read(_CHUNK_BYTES)
                rest = b""
                if not data:
                    return
                try:
                    out = member.decompress(data)
                except zlib.error:
                    return
                head = (head + out)[:_HEAD_BYTES] if len(head) < _HEAD_BYTES else head
                used += len(data) - len(member.unused_data)
                rest = member.unused_data
            yield offset, used, head
            offset += used


def _capture_of(head: bytes, warc: Path, offset: int, length: int) -> Capture | None:
    """Read the index fields from the top of a record; ``None`` for one that is no answer."""
    warc_head, _, http = head.partition(b"\r\n\r\n")
    fields = _fields(warc_head)
    kind = fields.get("warc-type")
    if kind not in {"response", "revisit"} or "warc-target-uri" not in fields:
        return None
    status_line, _, http_head = http.partition(b"\r\n\r\n")[0].partition(b"\r\n")
    words = status_line.split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    mime = _fields(b"\r\n" + http_head).get("content-type", "unk").split(";")[0].strip()
    return Capture(
        url=fields["warc-target-uri"],
        at=datetime.fromisoformat(fields["warc-date"]),
        status=0 if "warc-truncated" in fields else status,
        mime="warc/revisit" if kind == "revisit" else mime or "unk",
        digest=fields.get("warc-payload-digest", ""),
        offset=offset,
        length=length,
        path=warc,
    )


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
