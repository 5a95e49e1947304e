"""What an answer means. All functions here are pure."""

from __future__ import annotations

import httpx

from extractors.fetching.backoff import parse_retry_after
from extractors.fetching.client import Answer
from extractors.fetching.wire import WireError
from records import FetchCause, Fetched, FetchError

# What later steps and the archive's readers look at; cookies and the like are not kept in records.
KEPT_HEADERS = frozenset(
    {
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "server",
        "x-robots-tag",
    }
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BODY_STATUSES = frozenset({200, 203})
_SOON_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
# Gone a second later more often than not; a 503 or 429 says itself how long it lasts.
_QUICK_STATUSES = frozenset({500, 502, 504, 520})
_QUICK_CAUSES: frozenset[FetchCause] = frozenset({"reset", "truncated", "malformed"})
_LASTING_CAUSES: frozenset[FetchCause] = frozenset(
    {"bad-url", "forbidden-address", "name-unknown", "redirects", "robots", "tls-certificate", "too-large"}
)
_PHRASES = {
    401: "it wants a password",
    402: "it wants to be paid",
    403: "it refuses this client",
    404: "there is no such page",
    406: "it refuses this client",
    410: "the page is gone for good",
    429: "it was asked too often",
    451: "it is barred for legal reasons",
    500: "the server is broken",
    503: "the server is busy or down for repair",
}


def fetched_of(answer: Answer, asked: str, body: bytes) -> Fetched:
    """Return the record of a good answer; ``body`` is its payload with the content encoding undone."""
    return Fetched(
        url=asked,
        final_url=answer.url,
        status=answer.status,
        headers=tuple(pair for pair in answer.headers if pair[0] in KEPT_HEADERS),
        body=body,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        fetched_at=answer.asked_at,
        warc_file=answer.warc_file,
        warc_record_id=answer.warc_record_id,
    )


def refusal_of(answer: Answer) -> WireError | None:
    """Return what is wrong with an answer by its status, ``None`` if it brings a body."""
    status = answer.status
    if status in BODY_STATUSES:
        return None
    phrase = _PHRASES.get(status) or {2: "no page came with it", 3: "it leads nowhere"}.get(status // 100, "")
    return WireError(
        "http",
        f"the server answered {status}" + (f": {phrase}" if phrase else ""),
        status=status,
        retry_after_seconds=parse_retry_after(answer.header("retry-after"), answer.asked_at),
    )


def redirect_target(answer: Answer, url: httpx.URL) -> str | None:
    """Return where an answer sends the client (absolute, without fragment), ``None`` if it is no redirect."""
    location = answer.header("location")
    if answer.status not in REDIRECTS or not location:
        return None
    try:
        return str(url.join(location).copy_with(fragment=None))
    except httpx.InvalidURL as exc:
        raise WireError("redirects", f"it redirects to something that is not a URL: {location[:200]!r}") from exc


def error_of(fault: WireError, *, outlet_id: str, asked: str, target: str) -> FetchError:
    """Return the error a person reads; ``target`` is where it happened, if that is not what was asked for."""
    retryable = fault.status in _SOON_STATUSES if fault.cause == "http" else fault.cause not in _LASTING_CAUSES
    return FetchError(
        fault.problem if target == asked else f"{fault.problem} (at {target})",
        outlet_id=outlet_id,
        url=asked,
        status=fault.status,
        retryable=retryable,
        retry_after_seconds=fault.retry_after_seconds,
        cause=fault.cause,
    )


def retry_soon(error: FetchError, wait_limit_seconds: float) -> bool:
    """Tell whether a second try within the same run is worth it."""
    if error.retry_after_seconds is not None:
        return error.retryable and error.retry_after_seconds <= wait_limit_seconds
    return error.cause in _QUICK_CAUSES or error.status in _QUICK_STATUSES
