"""Why a source cannot be had: blocked here, down, moved, refused or gone. All functions here are pure.

One failure looks like another: a censor's reset and a crashed server both end a connection. What tells them apart is
what else was seen at the same time: whether a control address answered, and whether a mirror did.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from records import FetchCause, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a failed source.

    ``control_ok`` tells whether a request to another, dependable host worked just then; ``mirror_ok`` whether another
    address of the same outlet did; ``None`` where nobody looked.
    """

    cause: FetchCause
    status: int | None = None
    control_ok: bool | None = None
    mirror_ok: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What is the matter, and why we think so, in a clause."""

    trouble: Trouble
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """One way to read a failure; ``None`` asks for nothing."""

    causes: frozenset[FetchCause]
    trouble: Trouble
    because: str
    control_ok: bool | None = None
    mirror_ok: bool | None = None

    def fits(self, evidence: Evidence) -> bool:
        return (
            evidence.cause in self.causes
            and self.control_ok in {None, evidence.control_ok}
            and self.mirror_ok in {None, evidence.mirror_ok}
        )


# How national filters of the region show: a forged name, an address that leads nowhere, a cut TLS handshake.
_FILTERED: frozenset[FetchCause] = frozenset({"name-unknown", "forbidden-address", "tls-reset"})
_MUTE: frozenset[FetchCause] = frozenset(
    {"name-lookup", "connect", "connect-timeout", "reset", "read-timeout", "deadline", "held", "tls"}
)
UNANSWERED = _FILTERED | _MUTE
_ROBOTS: frozenset[FetchCause] = frozenset({"robots", "robots-unreachable"})

# The first that fits counts.
_RULES = (
    _Rule(causes=frozenset({"proxy"}), trouble="offline", because="the way out is barred, not the outlet"),
    _Rule(
        causes=UNANSWERED,
        control_ok=False,
        trouble="offline",
        because="other hosts cannot be reached from here either",
    ),
    _Rule(
        causes=UNANSWERED,
        mirror_ok=True,
        trouble="blocked",
        because="its mirror answers while its own address does not",
    ),
    _Rule(
        causes=frozenset({"tls-reset"}),
        control_ok=True,
        trouble="blocked",
        because="the connection is cut as soon as the name is said, while other hosts answer",
    ),
    _Rule(
        causes=frozenset({"forbidden-address"}),
        trouble="blocked",
        because="its name leads to a private address, as filters make it",
    ),
    _Rule(
        causes=frozenset({"name-unknown"}), control_ok=True, trouble="down", because="its name does not exist any more"
    ),
    _Rule(causes=UNANSWERED, trouble="down", because="it does not answer"),
    _Rule(causes=frozenset({"tls-certificate"}), trouble="down", because="its certificate is not valid"),
    _Rule(causes=_ROBOTS, trouble="refused", because="its robots.txt keeps us out"),
)


def diagnose(evidence: Evidence) -> Diagnosis:
    """Return the likeliest reason for a failure; with thin evidence the reason that asks least of the analyst."""
    if evidence.cause == "http":
        return _by_status(evidence.status)
    rule = next((rule for rule in _RULES if rule.fits(evidence)), None)
    if rule is None:
        return Diagnosis(trouble="other", because="its answers cannot be used")
    return Diagnosis(trouble=rule.trouble, because=rule.because)


def _by_status(status: int | None) -> Diagnosis:
    if status == 451:
        return Diagnosis(trouble="blocked", because="it answers 451, barred for legal reasons")
    if status in {404, 410}:
        return Diagnosis(trouble="gone", because=f"it answers {status}")
    if status in {401, 402, 403, 406, 407, 429}:
        return Diagnosis(trouble="refused", because=f"it answers {status}")
    if status is not None and status >= 500:
        return Diagnosis(trouble="down", because=f"it answers {status}")
    return Diagnosis(trouble="other", because=f"it answers {status}")


def moved_to(asked: str, final: str, known: Sequence[str] = ()) -> str | None:
    """Return the site a redirect led to, ``None`` while it stayed under one registered domain.

    ``known`` are other addresses of the outlet (its home, its mirrors): to be led there is no move.
    """
    there = site_of(final)
    return None if there in {site_of(url) for url in (asked, *known)} else there


def site_of(url: str) -> str:
    """Return the registered domain of a URL (of ``rus.ozodi.org``: ``ozodi.org``), or its host if it has none."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        from tld import get_fld  # noqa: PLC0415 - reads the public suffix list, 20 ms that few commands need

        found = get_fld(url, fail_silently=True)
        return found if isinstance(found, str) else host
    return parts.netloc.lower()
