"""``wakhan up`` in a process of its own over a few outlets of the bundled press, watched from outside.

Every Python process of the tree writes down whom it talks to: ``sitecustomize.py`` below puts an audit hook into each.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flows.demo.server import start_press
from flows.schedule.journal import Journal, read_journal
from flows.settings import Settings, load_settings

# Three languages, and nothing that hangs.
OUTLETS = ("lianhe_wanxun", "lenta_dnya", "paygham")

WATCHER = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        where = address[0] if isinstance(address, tuple) else "unix"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex"):
        where = arguments[0]
    else:
        return
    with open(os.environ["WATCHER_LOG"], "a") as log:
        print(os.getpid(), event, where, file=log)

sys.addaudithook(watch)
"""

RISE = """
import json, sys
from pathlib import Path
from flows.logs import set_up_logging
from flows.schedule.up import stay_up
from flows.settings import load_settings

if __name__ == "__main__":
    settings = load_settings(Path(sys.argv[1]))
    set_up_logging(settings)
    addresses = {host: tuple(address) for host, address in json.loads(sys.argv[2]).items()}
    stay_up(settings, addresses=addresses)
"""


@dataclass
class Risen:
    """A running tree."""

    process: subprocess.Popen
    settings: Settings
    settings_file: Path
    folder: Path
    addresses: dict = field(default_factory=dict)

    @property
    def journal(self) -> Journal:
        return read_journal(self.settings.data_dir)

    @property
    def log(self) -> list[dict]:
        """What it has written to stderr, which must be JSON lines."""
        return [json.loads(line) for line in (self.folder / "log").read_text("utf-8").splitlines()]

    @property
    def peers(self) -> set[str]:
        """Whom any process of the tree has talked to, or looked up."""
        lines = (self.folder / "watched").read_text("utf-8").splitlines()
        return {line.split(" ", 2)[2] for line in lines}

    def children(self) -> set[int]:
        """Return the processes below, however deep."""
        found, waiting = set(), [self.process.pid]
        while waiting:
            below = children_of(waiting.pop())
            waiting += below
            found |= set(below)
        return found

    def wait_for(self, holds, seconds=150.0):
        """Wait until ``holds(journal)``; what the tree has said so far explains why it never does."""
        until = time.monotonic() + seconds
        while not holds(self.journal):
            assert time.monotonic() < until, self.log
            assert self.process.poll() is None, self.log
            time.sleep(0.1)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)


def has_published(journal):
    """Tell whether a collect has ended, and what it landed is in the readers' copy."""
    collect, publish = journal.of("collect"), journal.of("publish")
    return collect.outcome == publish.outcome == "done" and publish.started_at > collect.finished_at


def children_of(pid):
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids, seconds=15.0):
    """Wait until none of the processes is left, and say whether that came true."""
    until = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, pids))


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def write_settings(folder, outlets, **schedule):
    wished = {"data_dir": str(folder / "data"), "outlets": str(outlets), "log": {"format": "json"}}
    file = folder / "wakhan.yml"
    file.write_text(json.dumps({**wished, "schedule": schedule}), encoding="utf-8")
    return file


@contextmanager
def press_of_few(folder):
    """Yield the addresses of the bundled press, with the files of a few of its outlets in ``folder/outlets``."""
    with start_press() as press:
        (folder / "outlets").mkdir()
        for outlet in OUTLETS:
            text = (press.outlets_dir / f"{outlet}.yml").read_text("utf-8")
            (folder / "outlets" / f"{outlet}.yml").write_text(text, encoding="utf-8")
        yield press.addresses


def rise(folder, settings_file, addresses):
    """Start ``wakhan up``; the caller ends it."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    (folder / "watched").touch()
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "site"),
        "WATCHER_LOG": str(folder / "watched"),
        # A person's own Prefect must not get in.
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
    }
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", RISE, str(settings_file), json.dumps(addresses)],
            stdin=subprocess.DEVNULL,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    return Risen(
        process=process,
        settings=load_settings(settings_file),
        settings_file=settings_file,
        folder=folder,
        addresses=addresses,
    )
