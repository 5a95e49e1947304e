"""One host at a time gets only what it can bear, whatever the number of threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from extractors.fetching.wire import WireError

# After this many connections in a row that came to nothing, a host is left alone for a minute: thirty articles of
# a dead site must not cost thirty timeouts.
_FAILED_CONNECTIONS = 3
_HELD_AFTER_FAILURES_SECONDS = 60.0
# That three unrelated hosts are all down at once is rarer than that our own line is.
_ENOUGH_OTHERS = 3


@dataclass(slots=True)
class _Host:
    slots: threading.BoundedSemaphore
    next_start: float = 0.0
    held_until: float = 0.0
    held_because: str = ""
    failures: int = 0
    tried: bool = False
    answered: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class HostPacer:
    """Spaces the requests to each host and limits how many run at once; safe to share between threads."""

    def __init__(
        self,
        *,
        connections_per_host: int,
        pacing: bool,
        wait_limit_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connections = connections_per_host
        self._pacing = pacing
        self._wait_limit = wait_limit_seconds
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay_seconds: float) -> Iterator[None]:
        """Wait for a turn at ``host`` and keep it; raises ``WireError("held")`` while it asked to be left alone."""
        state = self._state(host)
        with state.slots:
            start = self._book(host, state, delay_seconds if self._pacing else 0.0)
            wait = start - self._clock()
            if wait > 0:
                self._sleep(wait)
            yield

    def hold(self, host: str, seconds: float, because: str) -> None:
        """Leave a host alone for so long."""
        state = self._state(host)
        with state.lock:
            state.held_until = max(state.held_until, self._clock() + seconds)
            state.held_because = because

    def note_connection(self, host: str, *, worked: bool) -> None:
        """Count connections that came to nothing; three in a row hold the host for a minute."""
        state = self._state(host)
        with state.lock:
            state.answered, state.tried = state.answered or worked, True
            state.failures = 0 if worked else state.failures + 1
            if state.failures >= _FAILED_CONNECTIONS:
                state.failures = 0
                state.held_until = max(state.held_until, self._clock() + _HELD_AFTER_FAILURES_SECONDS)
                state.held_because = "it did not answer three times in a row"

    def others_answer(self, host: str) -> bool | None:
        """Tell whether hosts other than this one answered in this run; ``None`` while too few were tried to tell."""
        with self._lock:
            others = [state for name, state in self._hosts.items() if name != host and state.tried]
        if any(state.answered for state in others):
            return True
        return False if len(others) >= _ENOUGH_OTHERS else None

    def _book(self, host: str, state: _Host, delay_seconds: float) -> float:
        with state.lock:
            now = self._clock()
            if state.held_until - now > self._wait_limit:
                raise WireError(
                    "held",
                    f"{host} is left alone for now: {state.held_because}",
                    retry_after_seconds=state.held_until - now,
                )
            start = max(now, state.next_start, state.held_until)
            state.next_start = start + delay_seconds
            return start

    def _state(self, host: str) -> _Host:
        with self._lock:
            state = self._hosts.get(host)
            if state is None:
                state = self._hosts[host] = _Host(threading.BoundedSemaphore(self._connections))
            return state
