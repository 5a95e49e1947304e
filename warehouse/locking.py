"""One writer at a time, behind a lock of our own that says who holds it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from records import WarehouseLockedError

# POSIX record locks do not exclude threads of one process, and closing any descriptor of the file drops them: so
# threads meet here first. They are chosen over flock(2) because a forked worker does not inherit them: the lock ends
# with the process that took it, however that ends, and nobody has to judge whether a left-over lock is stale.
_held_here: set[Path] = set()
_held_changed = threading.Condition()

# How often a waiting writer looks again: often enough that nobody notices, rarely enough to cost nothing.
_POLL_SECONDS = 0.05


def lock_path_of(warehouse: Path) -> Path:
    """Return where the writer lock of a warehouse lies: beside it."""
    return warehouse.with_name(warehouse.name + ".lock")


@contextmanager
def writer_lock(warehouse: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the writer lock of a warehouse, waiting up to ``wait_seconds`` for it.

    Raises ``WarehouseLockedError`` naming pid, host and age of the holder. The lock of a dead process is free.
    """
    path = lock_path_of(warehouse.resolve())
    deadline = time.monotonic() + wait_seconds
    _enter_here(path, warehouse, deadline)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor, path, warehouse, deadline)
            _write_owner(descriptor)
            try:
                yield
            finally:
                # The file stays: removing it would let two writers hold locks on two files of one name.
                os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)
    finally:
        with _held_changed:
            _held_here.discard(path)
            _held_changed.notify_all()


def owner_of(path: Path) -> str:
    """Return who holds the lock at ``path``, in words: pid, host and age."""
    try:
        owner: dict[str, Any] = json.loads(path.read_text("utf-8"))
        age_seconds = max(0, round(time.time() - float(owner["since"])))
        return f"process {owner['pid']} on {owner['host']}, which has held it for {age_seconds} s"
    except (OSError, ValueError, KeyError, TypeError):
        # Being written at this moment, or of a program that writes it otherwise.
        return "another process"


def is_held(path: Path) -> bool:
    """Tell whether some process holds the lock whose file this is; nothing is waited for or changed."""
    if path.resolve() in _held_here:
        # To look would drop it: closing any descriptor of the file gives up this process's own lock.
        return True
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _enter_here(path: Path, warehouse: Path, deadline: float) -> None:
    with _held_changed:
        while path in _held_here:
            if not _held_changed.wait(timeout=max(0.0, deadline - time.monotonic())):
                raise _locked(warehouse, f"process {os.getpid()} (this one), in another thread or an open warehouse")
        _held_here.add(path)


def _lock(descriptor: int, path: Path, warehouse: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= deadline:
                raise _locked(warehouse, owner_of(path)) from error
            time.sleep(_POLL_SECONDS)
        else:
            return


def _write_owner(descriptor: int) -> None:
    owner = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(owner).encode("utf-8"), 0)


def _locked(warehouse: Path, owner: str) -> WarehouseLockedError:
    return WarehouseLockedError(
        f"{warehouse} is being written by {owner}. Wait for it to finish, or query the published copy: that one is "
        "never locked."
    )
