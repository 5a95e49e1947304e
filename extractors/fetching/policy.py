"""Who asks, how often and within which limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from extractors.fetching.proxies import ProxyRules

# The name that robots.txt files are searched for, whatever an outlet makes us write in User-Agent.
ROBOTS_TOKEN = "wakhan"  # noqa: S105 - a product token of RFC 9309, not a secret


class FetchRulesLike(Protocol):
    """What an outlet file says about fetching."""

    @property
    def every_minutes(self) -> int: ...
    @property
    def timeout_seconds(self) -> float: ...
    @property
    def min_delay_seconds(self) -> float: ...
    @property
    def user_agent(self) -> str | None: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def ignore_robots(self) -> str | None: ...


class FetchTarget(Protocol):
    """What the fetcher needs to know of an outlet; ``extractors.outlet.Outlet`` satisfies it."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def mirrors(self) -> Sequence[str]: ...
    @property
    def fetch(self) -> FetchRulesLike: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How this installation fetches, for all outlets alike.

    ``contact`` is a mail address or a page where a webmaster finds out who asks. ``allowed_hosts`` are ``host:port``
    pairs that may be private or loopback (the demo's press, tests). ``pacing`` off drops the delays between requests to
    one host, nothing else. ``certificates`` are PEM files trusted besides the usual authorities: an intermediate that a
    server forgets to send goes here.
    """

    contact: str
    version: str = "0.1"
    allowed_hosts: frozenset[str] = frozenset()
    # Hosts that are not looked up but connected to at this address and port, whatever the URL's: the demo's press.
    addresses: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    pacing: bool = True
    # The longest feed known on this beat is under 3 MB, the longest article page under 5 MB.
    max_body_bytes: int = 20_000_000
    # One URL with its redirects, waiting for a turn not counted. Slow outlets of the region answer within 30 s.
    total_seconds: float = 60.0
    # Five is what RFC 9309 asks of robots.txt fetchers, and more than any outlet of the beat needs.
    max_redirects: int = 5
    # Browsers open six; two keep a small CMS free for its readers.
    connections_per_host: int = 2
    # One quick second try for answers that are often gone a second later (reset, 500, 502, 504).
    attempts: int = 2
    # A crawl delay is honoured up to this; people.com.cn asks for 120 s, which would take an hour for 30 articles.
    crawl_delay_cap_seconds: float = 30.0
    # A Retry-After within this is waited for; a longer one fails the request and holds the host for the run.
    wait_limit_seconds: float = 20.0
    certificates: tuple[Path, ...] = ()
    proxies: ProxyRules = field(default_factory=ProxyRules)

    @property
    def identity(self) -> str:
        """Return the User-Agent: product, version, and where to complain."""
        contact = f"mailto:{self.contact}" if "@" in self.contact and "://" not in self.contact else self.contact
        return f"Wakhan/{self.version} (+{contact}; press monitoring for research)"

    def headers_for(self, rules: FetchRulesLike) -> list[tuple[bytes, bytes]]:
        """Return the request headers that say who asks and what is understood; the outlet's own replace ours."""
        headers = [
            (b"User-Agent", (rules.user_agent or self.identity).encode("latin-1", "replace")),
            (b"Accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            (b"Accept-Encoding", b"gzip, deflate"),
        ]
        if "@" in self.contact and "://" not in self.contact:
            # RFC 9110, 10.1.2: a robot names its operator; it stays where an outlet needs another User-Agent.
            headers.append((b"From", self.contact.removeprefix("mailto:").encode("latin-1", "replace")))
        own = [
            (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
            for name, value in rules.headers.items()
        ]
        replaced = {name.lower() for name, _ in own}
        return [pair for pair in headers if pair[0].lower() not in replaced] + own
