"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from records import FetchCause

if TYPE_CHECKING:
    from protego import Protego

# RFC 9309, 2.5: at least this much of the file is read; what follows may be ignored.
MAX_ROBOTS_BYTES = 500 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """What a host lets our client fetch; ``problem`` and ``cause`` are set while its robots.txt cannot be had."""

    rules: Protego | None = None
    problem: str | None = None
    cause: FetchCause = "robots-unreachable"

    def allows(self, url: str, token: str) -> bool:
        """Tell whether the rules let ``token`` fetch ``url`` (always, where there are none)."""
        return self.rules is None or bool(self.rules.can_fetch(url, token))

    def crawl_delay_seconds(self, token: str) -> float:
        """Return the delay the host asks for between requests, 0 if none."""
        delay = None if self.rules is None else self.rules.crawl_delay(token)
        return max(0.0, float(delay)) if delay is not None else 0.0


def robots_rules(status: int, body: bytes) -> RobotsRules:
    """Return the rules an answer for robots.txt means.

    RFC 9309, 2.3.1: 2xx are rules; 4xx mean there are none, and all is allowed; 5xx mean that nothing may be fetched
    for now. 429 is read as the latter: it speaks of this moment, not of the file. A page of HTML holds no rules.
    """
    if 200 <= status < 300:
        from protego import Protego  # noqa: PLC0415 - 30 ms that `wakhan --help` need not pay

        text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
        return RobotsRules(rules=Protego.parse(text))
    if 400 <= status < 500 and status != 429:
        return RobotsRules()
    return RobotsRules(problem=f"it answered {status}")
