"""Content-Encoding undone, within a limit."""

from __future__ import annotations

import zlib
from typing import Any

from extractors.fetching.wire import WireError

_GZIP_MAGIC = b"\x1f\x8b\x08"


def decode_content(body: bytes, encoding: str | None, *, max_bytes: int) -> bytes:
    """Return the body without its content encodings, and without gzip that no header announced.

    A body that is not gzip in spite of its header is taken as it is (misconfigured caches do that); so are ``.gz``
    sitemaps unpacked. Raises ``WireError``: ``truncated`` when the stream ends early, ``too-large`` past ``max_bytes``,
    ``encoding`` when it cannot be undone.
    """
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    for name in reversed(names):
        body = _undo(name, body, max_bytes)
    if body.startswith(_GZIP_MAGIC):
        body = _inflate(body, zlib.MAX_WBITS | 16, max_bytes)
    return body


def _undo(name: str, body: bytes, max_bytes: int) -> bytes:
    if name in {"", "identity"} or not body:
        return body
    if name in {"gzip", "x-gzip"}:
        return _inflate(body, zlib.MAX_WBITS | 16, max_bytes) if body.startswith(_GZIP_MAGIC) else body
    if name == "deflate":
        # RFC 9110 means zlib; some servers send bare deflate. The first two bytes of a zlib header are a checksum.
        is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, max_bytes)
    if name == "br":
        return _unbrotli(body, max_bytes)
    raise WireError("encoding", f"the answer is encoded as {name!r}, which was not asked for")


def _inflate(body: bytes, wbits: int, max_bytes: int) -> bytes:
    out = bytearray()
    while body:
        member = zlib.decompressobj(wbits)
        try:
            # One byte more than allowed tells "exactly the limit" from "more".
            out += member.decompress(body, max_bytes - len(out) + 1)
        except zlib.error as exc:
            raise WireError("encoding", f"its compressed body is damaged: {exc}") from exc
        if len(out) > max_bytes:
            raise WireError("too-large", f"more than {max_bytes:,} bytes when unpacked")
        if not member.eof:
            raise WireError("truncated", "its compressed body ends early")
        # Several members are one body; other bytes after the last one are ignored, as browsers do.
        body = member.unused_data if wbits > zlib.MAX_WBITS and member.unused_data[:3] == _GZIP_MAGIC else b""
    return bytes(out)


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    # We never ask for it; archives made by others hold it. fastwarc brings the package.
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - only for archives made by others

    decoder: Any = brotli.Decompressor()
    try:
        out = bytes(decoder.process(body, output_buffer_limit=max_bytes + 1))
        while not decoder.is_finished() and len(out) <= max_bytes:
            more = bytes(decoder.process(b"", output_buffer_limit=max_bytes + 1 - len(out)))
            if not more:
                raise WireError("truncated", "its compressed body ends early")
            out += more
    except brotli.error as exc:
        raise WireError("encoding", f"its compressed body is damaged: {exc}") from exc
    if len(out) > max_bytes:
        raise WireError("too-large", f"more than {max_bytes:,} bytes when unpacked")
    return out
