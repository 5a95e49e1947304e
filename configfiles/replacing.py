"""Files that people keep, changed by one at a time and replaced whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextlib.contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Read, change and replace a file while nobody else does: whoever comes meanwhile waits. It may be nested.

    What is locked is the folder that the file lies in, links followed: the file is another one after each change, and a
    lock file of its own would be litter beside the lists.
    """
    folder = path.resolve().parent
    if folder in _held.get():
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems have no locks for folders; a list can be changed there all the same.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        token = _held.set(_held.get() | {folder})
        try:
            yield
        finally:
            _held.reset(token)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file; who reads meanwhile gets the old or the new, never a part.

    A link stays one and its file is replaced; mode, owner and group stay as far as the system lets us. Raises
    ``OSError`` that names the file, which is as it was.
    """
    file = path.resolve()
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        if file.exists():
            _make_alike(unfinished, file.stat())
        unfinished.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _make_alike(file: Path, model: os.stat_result) -> None:
    # Group and owner apart: one may give a file to a group of one's own, and only root to somebody else.
    for owner, group in ((-1, model.st_gid), (model.st_uid, -1)):
        with contextlib.suppress(PermissionError):
            os.chown(file, owner, group)
    file.chmod(model.st_mode & 0o7777)
