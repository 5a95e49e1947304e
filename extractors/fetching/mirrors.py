"""The same paths on other hosts, for outlets that are blocked where they are read. All functions here are pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from extractors.fetching.diagnosis import UNANSWERED
from records import FetchError

# What a block, or an outage of one host, looks like from here. An answer that a mirror would repeat (404, a broken
# feed, a robots rule) asks for none.
_MIRROR_CAUSES = UNANSWERED | {"tls-certificate"}
_MIRROR_STATUSES = frozenset({403, 451})


def asks_for_mirror(error: FetchError) -> bool:
    """Tell whether another host may well answer what this one did not."""
    return error.cause in _MIRROR_CAUSES or (error.cause == "http" and error.status in _MIRROR_STATUSES)


def mirror_urls(url: str, home: str, mirrors: Sequence[str], *, first: str | None = None) -> list[str]:
    """Return the addresses to try for ``url``, in order: itself, then the same path on each mirror.

    A URL that is not on the outlet's own host (``home``) or one of its mirrors stands alone. ``first`` is any URL on
    the host that answered last time; that host then comes first.
    """
    if not mirrors:
        return [url]
    try:
        parts = urlsplit(url)
    except ValueError:  # the fetcher says what is wrong with it
        return [url]
    hosts = [urlsplit(one) for one in (home, *mirrors)]
    if parts.netloc.lower() not in {host.netloc.lower() for host in hosts}:
        return [url]
    candidates = [url]
    candidates += [urlunsplit((host.scheme, host.netloc, parts.path, parts.query, "")) for host in hosts]
    candidates = list(dict.fromkeys(candidates))
    if first is not None:
        working = urlsplit(first).netloc.lower()
        candidates.sort(key=lambda candidate: urlsplit(candidate).netloc.lower() != working)
    return candidates
