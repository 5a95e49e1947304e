"""``wakhan`` as a process of its own, started by fork: a test waits for the command, not for its imports.

A fork server imports the commands once a session and forks a child for each call. The child gets files as its stdin,
stdout and stderr, its own environment and folder, and ends as a real one does: nothing of it reaches the tests but what
it wrote and its exit code.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.cli import COMMANDS, main

SECONDS = 100

# Every command, and what commands import when they are run. Named by module: the server knows no test folders.
IMPORTED = (
    *(f"flows.commands.{module}" for module, _ in COMMANDS.values()),
    "extractors.language",
    "extractors.reading",
    "extractors.sources",
    "flows.alerts.judging",
    "flows.ingest.once",
    "flows.mail.digests",
    "flows.names.backscan",
    "flows.names.lists",
    "flows.sources.discovering",
    "warehouse.opening",
    "watchlists.matching",
)

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(list(IMPORTED))


def run_wakhan(
    *arguments: object, stdin: str | bytes = b"", folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``wakhan`` with arguments and return what it said; tables are 200 columns wide."""
    words = ["wakhan", *map(str, arguments)]
    given = {**os.environ, "COLUMNS": "200", **environment}
    with tempfile.TemporaryDirectory() as scratch:
        streams = [Path(scratch, name) for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        child = _forking.Process(target=_be_wakhan, args=(words, given, folder or Path.cwd(), streams))
        child.start()
        child.join(SECONDS)
        if child.exitcode is None:
            child.kill()
            raise subprocess.TimeoutExpired(words, SECONDS, streams[1].read_bytes(), streams[2].read_bytes())
        said, complained = (stream.read_text(encoding="utf-8") for stream in streams[1:])
        return subprocess.CompletedProcess(words, child.exitcode, said, complained)


def _be_wakhan(words: Sequence[str], environment: Mapping[str, str], folder: Path, streams: Sequence[Path]) -> None:
    """In the child: put on what a process is started with, and run the command."""
    for number, stream in enumerate(streams):
        opened = os.open(stream, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = _text(0, "stdin", "r"), _text(1, "stdout", "w"), _text(2, "stderr", "w")
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = list(words)
    main()


def _text(number: int, name: str, mode: str) -> io.TextIOWrapper:
    """Return what Python makes of a descriptor when it starts."""
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = f"<{name}>"
    return io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
