"""Prefect's server, seen from ``wakhan up``: started, asked whether it answers, started again, stopped."""

from __future__ import annotations

import http.client
import logging
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.schedule.prefect_home import HOST, prefect_environment, prefect_home
from records import ConfigError

if TYPE_CHECKING:
    from flows.settings import Settings

_log = logging.getLogger("flows.schedule")

# 20 s of processor time for its imports and the tables of its database; more on a busy machine.
_START_SECONDS = 180.0
# The server of a `wakhan up` that was killed lets go of its port within moments.
_PORT_SECONDS = 15.0
_ASK_EVERY_SECONDS = 30.0
_ANSWER_SECONDS = 5.0
# It answers in milliseconds; after so many silent questions in a row it hangs.
_SILENCES = 6
_STOP_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 300.0


class PrefectServer:
    """The server's process. What it does never stops the work: while it does not answer, work goes on without it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._asked_at = 0.0
        self._silences = 0
        self._ends = 0
        self._start_again_at = 0.0
        self.answers = False

    def start(self) -> None:
        """Start it. Raises ``ConfigError`` when its port is taken."""
        self._need_port()
        self._start()

    def wait(self, stopping: threading.Event) -> None:
        """Wait until it answers, or has ended, or its time is over, or we are to stop."""
        until = time.monotonic() + _START_SECONDS
        assert self._process is not None
        while time.monotonic() < until and self._process.poll() is None and not stopping.wait(0.25):
            if self._ask():
                self.answers = True
                return
        if not stopping.is_set():
            _log.warning("Prefect's server does not answer; the work begins without it")

    def keep(self) -> None:
        """Ask now and then whether it answers; start it again, with growing pauses, when it ended or hangs."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._ended(f"ended with code {self._process.returncode}", now)
        elif self._process is None and now >= self._start_again_at:
            self._start()
        elif self._process is not None and now - self._asked_at >= (_ASK_EVERY_SECONDS if self.answers else 1.0):
            self._asked_at = now
            self.answers = self._ask()
            self._silences = 0 if self.answers else self._silences + 1
            if self.answers and self._ends:
                _log.info("Prefect's server answers again")
                self._ends = 0
            if self._silences > (_SILENCES if not self._ends else _START_SECONDS):
                self._process.kill()
                self._process.wait()
                self._ended("does not answer", now)

    def stop(self) -> None:
        """End it: asked first, then forced."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._process = None
        self.answers = False

    def _start(self) -> None:
        prefect_home(self._settings).mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.schedule.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=prefect_environment(self._settings),
            # Ctrl-C goes to the whole group of the terminal: the server is stopped last, by us.
            start_new_session=True,
        )
        assert self._process.stdin is not None
        # The pipe stays open as long as we live: its end is the server's.
        self._process.stdin.write(self._settings.model_dump_json().encode("utf-8") + b"\n")
        self._process.stdin.flush()

    def _ended(self, how: str, now: float) -> None:
        self.answers = False
        self._process = None
        self._silences = 0
        self._ends += 1
        pause = min(5.0 * 2**self._ends, _LONGEST_PAUSE_SECONDS)
        self._start_again_at = now + pause
        _log.error("Prefect's server %s; it is started again in %.0f s, and the work goes on without it", how, pause)

    def _ask(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._settings.schedule.port, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _need_port(self) -> None:
        until = time.monotonic() + _PORT_SECONDS
        while not port_is_free(self._settings.schedule.port):
            if time.monotonic() > until:
                raise ConfigError(
                    f"port {self._settings.schedule.port} of this machine is taken",
                    key="schedule.port",
                    fix="Set it to a free one; Prefect's pages will be there.",
                )
            time.sleep(0.2)


def port_is_free(port: int) -> bool:
    """Tell whether a port of loopback can be listened on."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
        return True
