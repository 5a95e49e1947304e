"""``wakhan up``: Prefect's server and all schedules in one process tree that stops cleanly.

This process decides when (``clock``), starts a process for each piece of work (``child``), and keeps the journal. It
does nothing dear or risky itself, so it lives for months.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from flows.mail.mailing import readers_of
from flows.schedule.clock import next_digest, next_look
from flows.schedule.forked import PRELOAD, run_job, sweep
from flows.schedule.journal import Journal, Outcome, begin_journal, read_journal, write_journal
from flows.schedule.metrics import metrics_address, serve_metrics
from flows.schedule.plans import Plan, plans_of
from flows.schedule.prefect_home import prefect_environment, server_address
from flows.schedule.prefect_server import PrefectServer
from flows.schedule.status import up_lock
from flows.schedule.words import Word
from flows.settings import make_data_dir
from records import ConfigError, WarehouseLockedError
from warehouse.locking import lock_path_of, owner_of, writer_lock

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from flows.settings import Settings

_log = logging.getLogger("flows.schedule")

# How often the loop looks at clock and children when nothing wakes it.
_STEP_SECONDS = 1.0
# A stop waits so long for what must not be divided, and for the rest to fall; systemd's own patience is 90 s.
_STOP_SECONDS = 60.0
# A lock of a process that is being killed at this moment.
_LOCK_SECONDS = 2.0
# `wakhan status` tells by the journal's age that the loop turns.
_HEARTBEAT_SECONDS = 30.0
_SWEEP_SECONDS = 120.0


@dataclass(slots=True, kw_only=True)
class _Running:
    plan: Plan
    process: BaseProcess
    words: Connection
    started_at: datetime
    until: float
    last: Word | None = None
    overran: bool = False


def stay_up(settings: Settings, *, addresses: Mapping[str, tuple[str, int]] | None = None) -> None:
    """Run server and schedules until SIGTERM or Ctrl-C.

    Raises ``WarehouseLockedError`` when another ``wakhan up`` has this ``data_dir``, and ``ConfigError``.
    """
    with _alone(settings), ExitStack() as stack:
        journal = begin_journal(read_journal(settings.data_dir), now=datetime.now(UTC))
        tree = _Tree(settings, journal, addresses)
        stack.callback(tree.end)
        with tree.stopped_by_signals():
            tree.begin(stack)
            tree.turn()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    make_data_dir(settings)
    lock = up_lock(settings.data_dir)
    with ExitStack() as held:
        try:
            held.enter_context(writer_lock(lock, wait_seconds=_LOCK_SECONDS))
        except WarehouseLockedError as error:
            owner = owner_of(lock_path_of(lock))
            raise WarehouseLockedError(
                f"`wakhan up` runs already for {settings.data_dir}: {owner}. Stop it first, or look: wakhan status."
            ) from error
        yield


class _Tree:
    """The processes of one ``wakhan up``."""

    def __init__(self, settings: Settings, journal: Journal, addresses: Mapping[str, tuple[str, int]] | None) -> None:
        self._settings = settings
        self._addresses = addresses
        self._journal = journal
        self._plans = plans_of(settings)
        self._running: dict[str, _Running] = {}
        self._server = PrefectServer(settings) if settings.schedule.prefect else None
        self._stopping = threading.Event()
        self._beat_at = 0.0
        self._forks: Any = multiprocessing.get_context("forkserver")

    @contextmanager
    def stopped_by_signals(self) -> Iterator[None]:
        """Let SIGTERM and Ctrl-C end the loop; a second one ends everything at once."""

        def stop(number: int, _frame: object) -> None:
            if self._stopping.is_set():
                _log.warning("stopping at once")
                for each in self._running.values():
                    each.process.kill()
            else:
                _log.info("stopping (%s)", signal.Signals(number).name)
            self._stopping.set()

        before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def begin(self, stack: ExitStack) -> None:
        """Start the server, tidy up after a process that was killed, and say what runs."""
        # Children inherit it; it must stand before the process they are forked from has imported Prefect.
        wished = prefect_environment(self._settings)
        for name in os.environ.keys() - wished.keys():
            del os.environ[name]
        os.environ.update(wished)
        self._forks.set_forkserver_preload([PRELOAD])
        self._note()
        stack.enter_context(serve_metrics(self._settings))
        _log.info("wakhan up, process %d, data in %s", os.getpid(), self._settings.data_dir)
        for plan in self._plans:
            _log.info("  %-9s %s", plan.name, plan.does)
        if self._server is not None:
            _log.info("Prefect's server is starting, which takes half a minute ...")
            self._server.start()
            # Its imports take seconds: meanwhile.
            forkserver.ensure_running()
            self._server.wait(self._stopping)
        if not self._stopping.is_set():
            for name, state in self._journal.jobs.items():
                if state.outcome == "killed" and state.looked_at is None:
                    _log.warning("%s was cut short: %s; it begins again", name, state.said, extra={"job": name})
            self._sweep()
            self._say_where()

    def turn(self) -> None:
        """Begin what is due and take note of what ends, until a signal."""
        while not self._stopping.is_set():
            now = datetime.now(UTC)
            for plan in self._plans:
                if plan.name not in self._running and self._due(plan, now):
                    self._begin(plan, now)
            if self._server is not None:
                self._server.keep()
            if time.monotonic() - self._beat_at > _HEARTBEAT_SECONDS:
                self._note()
                self._say_digest(now)
            self._listen(_STEP_SECONDS)

    def end(self) -> None:
        """End all children: what must not be divided is waited for, the rest asked, then forced."""
        deadline = time.monotonic() + _STOP_SECONDS
        for each in self._running.values():
            if not each.plan.undivided:
                each.process.terminate()
        while self._running and time.monotonic() < deadline:
            self._listen(0.2)
        for each in self._running.values():
            _log.warning("%s does not end; it is killed", each.plan.name)
            each.process.kill()
        while self._running:
            self._listen(0.2)
        if any(state.outcome == "killed" for state in self._journal.jobs.values()):
            self._sweep()
        if self._server is not None:
            self._server.stop()
        self._journal = replace(self._journal, prefect=None, metrics=None)
        self._note()
        _log.info("stopped")

    def _due(self, plan: Plan, now: datetime) -> bool:
        state = self._journal.of(plan.name)
        return next_look(plan.rhythm, looked_at=state.looked_at, failures=state.failures, now=now) <= now

    def _begin(self, plan: Plan, now: datetime) -> None:
        settings, with_prefect = self._settings, self._server is not None and self._server.answers
        named: dict[str, object] = {
            "undivided": plan.undivided,
            "with_prefect": with_prefect,
            "addresses": self._addresses,
        }
        process, words = self._fork(run_job, plan.name, (plan.name, settings), named)
        self._running[plan.name] = _Running(
            plan=plan,
            process=process,
            words=words,
            started_at=now,
            until=time.monotonic() + plan.limit.total_seconds(),
        )
        self._journal = self._journal.with_job(plan.name, looked_at=now)

    def _fork(
        self, target: Callable[..., None], name: str, arguments: tuple[object, ...], named: dict[str, object]
    ) -> tuple[BaseProcess, Connection]:
        ours, theirs = self._forks.Pipe(duplex=False)
        process = self._forks.Process(target=target, name=name, args=arguments, kwargs={**named, "parent": theirs})
        process.start()
        theirs.close()
        return process, ours

    def _sweep(self) -> None:
        """Mark runs as cut short that a killed process left; no child of ours runs."""
        with_prefect = self._server is not None and self._server.answers
        process, words = self._fork(sweep, "sweep", (self._settings,), {"with_prefect": with_prefect})
        if words.poll(_SWEEP_SECONDS):
            word = _next_word(words)
            if word is not None and word.said:
                _log.log(logging.INFO if word.kind == "done" else logging.ERROR, "%s", word.said)
        process.join(5)
        process.kill()
        words.close()

    def _listen(self, seconds: float) -> None:
        """Take in what children say and how they end, for so long at most."""
        wait([part for each in self._running.values() for part in (each.words, each.process.sentinel)], seconds)
        if not self._running:
            self._stopping.wait(seconds)
        for each in list(self._running.values()):
            ended = not each.process.is_alive()
            while each.words.poll():
                word = _next_word(each.words)
                if word is None:
                    break
                self._hear(each, word)
            if ended:
                self._take_leave(each)
            elif time.monotonic() > each.until and not each.overran:
                each.overran = True
                _log.error("%s has run for %s and hangs; it is killed", each.plan.name, each.plan.limit)
                each.process.kill()

    def _hear(self, running: _Running, word: Word) -> None:
        running.last = word
        name = running.plan.name
        if word.kind == "began":
            self._journal = self._journal.with_job(name, running_since=running.started_at)
            self._note()
        elif word.kind in {"done", "failed"}:
            self._conclude(running, "done" if word.kind == "done" else "failed", word.said)

    def _take_leave(self, running: _Running) -> None:
        """Let go of a child that has ended; one that never said how it went was killed, or stopped by a bug."""
        del self._running[running.plan.name]
        running.process.join()
        running.words.close()
        if running.last is None or running.last.kind == "began":
            code = running.process.exitcode
            if self._stopping.is_set():
                self._conclude(running, "killed", "`wakhan up` was stopped")
            elif running.overran:
                self._conclude(running, "killed", f"it ran for {running.plan.limit}")
            else:
                self._conclude(running, "failed", f"its process ended with code {code}; the log says more")
        elif running.process.exitcode and running.last.kind == "done":
            _log.warning("%s: Prefect could not take note of the end of its run", running.plan.name)

    def _conclude(self, running: _Running, outcome: Outcome, said: str) -> None:
        name, now = running.plan.name, datetime.now(UTC)
        seconds = round((now - running.started_at).total_seconds(), 1)
        level = logging.INFO if outcome == "done" or self._stopping.is_set() else logging.ERROR
        words = said if outcome == "done" else f"{outcome}: {said}"
        _log.log(level, "%s: %s", name, words, extra={"job": name, "outcome": outcome, "seconds": seconds})
        failures = 0 if outcome == "done" or self._stopping.is_set() else self._journal.of(name).failures + 1
        self._journal = self._journal.with_job(
            name,
            running_since=None,
            started_at=running.started_at,
            finished_at=now,
            outcome=outcome,
            said=said,
            failures=failures,
        )
        for plan in self._plans:
            if plan.after == name and outcome == "done":
                self._journal = self._journal.with_job(plan.name, looked_at=None)
        self._note()

    def _note(self) -> None:
        self._beat_at = time.monotonic()
        prefect = server_address(self._settings) if self._server is not None and self._server.answers else None
        self._journal = replace(self._journal, seen_at=datetime.now(UTC), prefect=prefect)
        try:
            write_journal(self._settings.data_dir, self._journal)
        except OSError as error:
            # A full disk, most often: the figures for Prometheus say so, and there is nothing to gain by falling.
            _log.error("the journal cannot be written (%s); `wakhan status` tells of earlier", error.strerror)

    def _say_where(self) -> None:
        if self._server is not None and self._server.answers:
            _log.info("Prefect's pages: %s", server_address(self._settings))
        if self._settings.schedule.metrics_port is not None:
            _log.info("Figures for Prometheus: %s", metrics_address(self._settings))
        _log.info("How it goes: wakhan status. Ctrl-C or SIGTERM stops.")
        self._say_digest(datetime.now(UTC))

    def _say_digest(self, now: datetime) -> None:
        """Say when the next digest goes out, whenever that has changed."""
        if not any(plan.name == "digest" for plan in self._plans):
            return
        try:
            coming = next_digest(readers_of(self._settings), now=now)
        except ConfigError:
            # The digest's own process says what is wrong, at every try; the rest goes on.
            return
        if coming is None or coming[0] == self._journal.next_digest_at:
            return
        at, reader = coming
        self._journal = replace(self._journal, next_digest_at=at)
        _log.info("The next digest goes to %s at %s", reader.id, f"{at.astimezone(reader.zone):%a %Y-%m-%d %H:%M %Z}")


def _next_word(words: Connection) -> Word | None:
    try:
        word = words.recv()
    except (EOFError, OSError):
        return None
    assert isinstance(word, Word)
    return word
