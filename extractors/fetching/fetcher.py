"""The one way out: every request of Wakhan goes through ``Fetcher``."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

import httpx

from extractors.fetching.addresses import Resolve, resolve_host
from extractors.fetching.backoff import parse_retry_after, retry_delay_seconds
from extractors.fetching.client import Answer, Client, checked_url, origin_of
from extractors.fetching.conditional import conditional_headers
from extractors.fetching.content import decode_content
from extractors.fetching.mirrors import asks_for_mirror, mirror_urls
from extractors.fetching.outcome import error_of, fetched_of, redirect_target, refusal_of, retry_soon
from extractors.fetching.pacing import HostPacer
from extractors.fetching.policy import ROBOTS_TOKEN, FetchPolicy, FetchTarget
from extractors.fetching.robots import MAX_ROBOTS_BYTES, RobotsRules, robots_rules
from extractors.fetching.wire import WireError
from records import Fetched, FetchError, FetchState, NotModified

if TYPE_CHECKING:
    from extractors.fetching.archive import Archive

log = logging.getLogger(__name__)

# These say that no connection was had; three in a row hold the host.
_CONNECTION_CAUSES = frozenset({"proxy", "connect", "connect-timeout", "tls-reset", "read-timeout", "deadline"})
# robots.txt is one small file; it must not use up what the page is allowed.
_ROBOTS_SECONDS = 20.0
# RFC 9309, 2.4: not used longer than a day. A host without a readable one is asked again after five minutes.
_ROBOTS_LAST_SECONDS = 86_400.0
_ROBOTS_PROBLEM_SECONDS = 300.0
# A 429 that does not say how long: a minute, in which most rate windows end.
_BUSY_SECONDS = 60.0


class Fetcher:
    """Fetches politely for all outlets; a context manager, safe to share between threads.

    One instance lasts one run: robots.txt and what was learnt of dead hosts are kept as long as it lives. ``resolve``,
    ``clock`` and ``sleep`` are there for tests.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        archive: Archive | None = None,
        resolve: Resolve = resolve_host,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._policy = policy
        self._archive = archive
        self._clock = clock
        self._sleep = sleep
        self._client = Client(policy, resolve=resolve, clock=clock)
        self._pacer = HostPacer(
            connections_per_host=policy.connections_per_host,
            pacing=policy.pacing,
            wait_limit_seconds=policy.wait_limit_seconds,
            sleep=sleep,
        )
        self._robots: dict[str, tuple[RobotsRules, float]] = {}
        self._robots_locks: dict[str, threading.Lock] = {}
        self._working_mirror: dict[str, str] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; the archive stays its owner's."""
        self._client.close()

    def fetch(self, url: str, *, outlet: FetchTarget, state: FetchState | None = None) -> Fetched | NotModified:
        """Fetch one URL for an outlet, by way of its mirrors if the first host cannot be reached.

        ``state`` is what ``next_state`` returned last time; with it the request is conditional. A mirror is asked in
        full: validators of one host mean nothing to another. Raises ``FetchError``.
        """
        candidates = mirror_urls(url, outlet.url, outlet.mirrors, first=self._working_mirror.get(outlet.id))
        first_error: FetchError | None = None
        for candidate in candidates:
            try:
                answer = self._fetch_candidate(candidate, url, outlet, state if candidate == url else None)
            except FetchError as error:
                if not asks_for_mirror(error):
                    raise
                first_error = first_error or error
                log.info("%s: %s; %d addresses left to try", outlet.id, error.problem, len(candidates) - 1)
                continue
            if candidate != url:
                self._working_mirror[outlet.id] = candidate
            return answer
        assert first_error is not None
        raise first_error

    def control_ok(self, url: str) -> bool | None:
        """Tell whether hosts other than that of ``url`` answered in this run; ``None`` while too few were tried.

        This is the control that tells a dead outlet from a dead line (``polls.failed_poll``). It costs no request.
        """
        try:
            return self._pacer.others_answer(origin_of(checked_url(url)))
        except WireError:
            return None

    def _fetch_candidate(
        self, candidate: str, asked: str, outlet: FetchTarget, state: FetchState | None
    ) -> Fetched | NotModified:
        for attempt in range(self._policy.attempts):
            try:
                return self._fetch_once(candidate, asked, outlet, state)
            except FetchError as error:
                if attempt + 1 == self._policy.attempts or not retry_soon(error, self._policy.wait_limit_seconds):
                    raise
                if not error.retry_after_seconds:  # else the host is held, and its turn waits
                    self._sleep(retry_delay_seconds(attempt, random.random()))  # noqa: S311 - jitter, not a secret
        raise AssertionError("attempts is at least 1")

    def _fetch_once(
        self, candidate: str, asked: str, outlet: FetchTarget, state: FetchState | None
    ) -> Fetched | NotModified:
        trail = [candidate]
        conditional = conditional_headers(state, self._clock())
        try:
            answer = self._follow(trail, self._policy.headers_for(outlet.fetch) + conditional, outlet)
            return self._outcome(answer, asked, conditional=bool(conditional))
        except WireError as fault:
            raise error_of(fault, outlet_id=outlet.id, asked=asked, target=trail[-1]) from fault

    def _follow(self, trail: list[str], headers: list[tuple[bytes, bytes]], outlet: FetchTarget) -> Answer:
        """Follow redirects from ``trail[0]``, checking each target like the first; ``trail`` grows on the way."""
        budget = self._policy.total_seconds
        while len(trail) <= self._policy.max_redirects + 1:
            url = checked_url(trail[-1])
            delay = self._permission(url, outlet)
            answer = self._ask(url, headers, outlet, delay_seconds=delay, total_seconds=budget)
            budget = max(0.0, budget - answer.seconds)
            target = redirect_target(answer, url)
            if target is None:
                return answer
            if target in trail:
                raise WireError("redirects", f"it redirects in a circle at {target}")
            trail.append(target)
        raise WireError("redirects", f"more than {self._policy.max_redirects} redirects")

    def _outcome(self, answer: Answer, asked: str, *, conditional: bool) -> Fetched | NotModified:
        if answer.status == 304 and conditional:
            return NotModified(url=asked, fetched_at=answer.asked_at)
        refusal = refusal_of(answer)
        if refusal is not None:
            raise refusal
        body = decode_content(answer.payload, answer.header("content-encoding"), max_bytes=self._policy.max_body_bytes)
        return fetched_of(answer, asked, body)

    def _ask(
        self,
        url: httpx.URL,
        headers: list[tuple[bytes, bytes]],
        outlet: FetchTarget,
        *,
        delay_seconds: float,
        total_seconds: float,
        max_bytes: int | None = None,
    ) -> Answer:
        """Wait for the host's turn, send, archive what came; raises ``WireError`` when that is not a whole answer."""
        host = origin_of(url)
        with self._pacer.turn(host, delay_seconds):
            answer = self._client.ask(
                url,
                headers,
                timeout_seconds=outlet.fetch.timeout_seconds,
                total_seconds=total_seconds,
                max_bytes=max_bytes or self._policy.max_body_bytes,
            )
        if self._archive is not None and answer.received:
            kept = self._archive.write(answer)
            answer = replace(answer, warc_file=kept.path.name, warc_record_id=kept.record_id)
        fault = answer.fault
        self._pacer.note_connection(host, worked=fault is None or fault.cause not in _CONNECTION_CAUSES)
        if answer.status in {429, 503}:
            asked_for = parse_retry_after(answer.header("retry-after"), self._clock())
            pause = _BUSY_SECONDS if asked_for is None and answer.status == 429 else asked_for
            if pause:
                self._pacer.hold(host, pause, f"it answered {answer.status} and asks for a pause")
        if fault is not None:
            raise fault
        return answer

    def _permission(self, url: httpx.URL, outlet: FetchTarget) -> float:
        """Return the delay the host is owed; raises ``WireError`` where robots.txt says no or cannot be had."""
        delay = outlet.fetch.min_delay_seconds
        if outlet.fetch.ignore_robots:
            return delay
        robots = self._robots_of(url, outlet)
        if robots.problem is not None:
            # A host that cannot be reached at all is no matter of robots; only a bad answer is.
            about = f"robots.txt of {url.host} cannot be had ({robots.problem}), so nothing is asked of it for now"
            raise WireError(robots.cause, about if robots.cause == "robots-unreachable" else robots.problem)
        if not robots.allows(str(url), ROBOTS_TOKEN):
            raise WireError("robots", f"robots.txt of {url.host} does not allow {url.path}")
        return max(delay, min(robots.crawl_delay_seconds(ROBOTS_TOKEN), self._policy.crawl_delay_cap_seconds))

    def _robots_of(self, url: httpx.URL, outlet: FetchTarget) -> RobotsRules:
        root = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            gate = self._robots_locks.setdefault(root, threading.Lock())
        with gate:  # the second thread waits for the first one's answer instead of asking too
            rules, until = self._robots.get(root, (RobotsRules(), 0.0))
            if time.monotonic() >= until:
                rules = self._fetch_robots(f"{root}/robots.txt", outlet)
                lasts = _ROBOTS_LAST_SECONDS if rules.problem is None else _ROBOTS_PROBLEM_SECONDS
                self._robots[root] = (rules, time.monotonic() + (0.0 if rules.cause == "held" else lasts))
            return rules

    def _fetch_robots(self, target: str, outlet: FetchTarget) -> RobotsRules:
        limit = MAX_ROBOTS_BYTES * 4
        seconds = min(_ROBOTS_SECONDS, self._policy.total_seconds)
        headers = self._policy.headers_for(outlet.fetch)
        try:
            for _ in range(self._policy.max_redirects + 1):
                url = checked_url(target)
                answer = self._ask(url, headers, outlet, delay_seconds=0.0, total_seconds=seconds, max_bytes=limit)
                further = redirect_target(answer, url)
                if further is None:
                    body = decode_content(answer.payload, answer.header("content-encoding"), max_bytes=limit)
                    return robots_rules(answer.status, body)
                target = further
        except WireError as fault:
            return RobotsRules(problem=fault.problem, cause=fault.cause)
        # RFC 9309, 2.3.1.2: after five redirects it counts as unavailable, which allows everything.
        return RobotsRules()
