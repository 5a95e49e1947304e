"""WARC records of one answer, byte for byte as it came over the wire (ISO 28500, WARC 1.1)."""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
import zlib
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.fetching.client import Answer
from records import FetchCause

_HTTP = "application/http; msgtype="
_NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# WARC 1.1, 5.13: why a block is shorter than what was sent. Anything else that broke off is "unspecified".
_TRUNCATED: dict[FetchCause, str] = {
    "too-large": "length",
    "deadline": "time",
    "read-timeout": "time",
    "reset": "disconnect",
    "truncated": "disconnect",
}
# Level 9, warcio's own, takes twice the time of 6 for 1 % less.
_GZIP_LEVEL = 6


def new_record_id() -> str:
    """Return a WARC record id never used before."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def warc_records(answer: Answer, response_id: str) -> tuple[bytes, bytes]:
    """Return the response record (a revisit for a 304) and the request record, each a gzip member of its own."""
    date = answer.asked_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    shared = [("WARC-Target-URI", answer.url), ("WARC-Date", date)]
    if answer.address:
        shared.append(("WARC-IP-Address", answer.address))
    headers = [("WARC-Record-ID", response_id), *shared, ("WARC-Payload-Digest", sha1_of(answer.payload))]
    kind = "response"
    if answer.status == 304:
        kind = "revisit"
        headers.append(("WARC-Profile", _NOT_MODIFIED_PROFILE))
    if answer.fault is not None:
        headers.append(("WARC-Truncated", _TRUNCATED.get(answer.fault.cause, "unspecified")))
    request_id = new_record_id()
    asked = [
        ("WARC-Record-ID", request_id),
        *shared,
        ("WARC-Concurrent-To", response_id),
        ("WARC-Payload-Digest", sha1_of(b"")),
    ]
    return (
        _gzipped(_record(kind, headers, _without_interim(answer.received), f"{_HTTP}response")),
        _gzipped(_record("request", asked, answer.sent, f"{_HTTP}request")),
    )


def warcinfo_record(filename: str, now: datetime, software: str) -> bytes:
    """Return the record that opens a file: who wrote it, in which format."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: honoured\r\n".encode()
    headers = [
        ("WARC-Record-ID", new_record_id()),
        ("WARC-Date", now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")),
        ("WARC-Filename", filename),
    ]
    return _gzipped(_record("warcinfo", headers, block, "application/warc-fields"))


def sha1_of(payload: bytes) -> str:
    """Return a digest as WARC writes it: SHA-1 in base 32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode("ascii")


def _record(kind: str, headers: list[tuple[str, str]], block: bytes, content_type: str) -> bytes:
    # Given no http_headers, warcio writes the block untouched instead of printing the headers anew.
    head = StatusAndHeaders("", [("WARC-Type", kind), *headers], protocol="WARC/1.1")
    # For the same reason a revisit is passed off as "resource": warcio would leave its block out.
    record = ArcWarcRecord("warc", "resource", head, io.BytesIO(block), None, content_type, len(block))
    record.payload_length = len(block)
    out = io.BytesIO()
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)
    return out.getvalue()


def _gzipped(record: bytes) -> bytes:
    member = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return member.compress(record) + member.flush()


def _without_interim(received: bytes) -> bytes:
    """Drop 1xx answers (100 Continue, 103 Early Hints): a record holds the final one."""
    while received.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")) and b"\r\n\r\n" in received:
        received = received.split(b"\r\n\r\n", 1)[1]
    return received
