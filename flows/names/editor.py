"""A list file in the analyst's own editor, as a copy: put in place if it is a good list, kept if it is not."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from configfiles import replace_file
from flows.console import say
from flows.names.editing import Kept, expect_history, keep_change
from records import WatchlistError
from watchlists.listfile import WatchList, parse_list, read_list


def edit_in_editor(file: Path, *, reason: str | None, again: Callable[[WatchlistError], bool]) -> Kept:
    """Open a copy of a list file in ``$VISUAL`` or ``$EDITOR``, and keep what was typed as ``keep_change`` does.

    ``again`` is asked with what is wrong whether the copy is opened once more. Raises ``WatchlistError`` with what is
    wrong and where the copy is; one in which nothing was typed is not kept.
    """
    editor = _editor()
    expect_history(file, reason)
    before = file.read_bytes()
    with _copy_of(file, before) as copy:
        while True:
            typed = _typed_in(editor, copy, file)
            try:
                watch_list = parse_list(typed, path=copy)
                break
            except WatchlistError as error:
                if not again(error):
                    raise _kept_apart(error, copy, file) from error

        def save() -> WatchList:
            if typed == before:
                return read_list(file)
            if file.read_bytes() != before:
                raise WatchlistError(
                    "the list was changed by somebody else meanwhile",
                    path=file,
                    fix=f"Your version is kept. Take over what differs: diff {shlex.join((str(file), str(copy)))}",
                )
            try:
                replace_file(file, typed)
            except OSError as error:
                unwritten = WatchlistError(f"{file} cannot be written: {error.strerror}")
                raise _kept_apart(unwritten, copy, file) from error
            return watch_list

        return keep_change(file, save, reason=reason)


def _editor() -> Sequence[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(named or "")
    except ValueError as error:
        raise WatchlistError(
            f"`{named}` is no command: a quote is not closed", key="EDITOR", fix="Say which: export EDITOR=nano"
        ) from error
    if not command:
        raise WatchlistError("no editor is named", key="EDITOR", fix="Say which: export EDITOR=nano")
    return command


@contextmanager
def _copy_of(file: Path, content: bytes) -> Iterator[Path]:
    """Yield a copy to type in. It stays only where something went wrong and it says what the file does not."""
    folder = Path(tempfile.mkdtemp(prefix="wakhan-edit-"))
    copy = folder / file.name
    copy.write_bytes(content)
    is_needed = True
    try:
        yield copy
        is_needed = False
    except KeyboardInterrupt:
        if _says_more(copy, content, file):
            say(f"What you typed is kept in {copy}; {file} does not have it.")
        raise
    finally:
        if not is_needed or not _says_more(copy, content, file):
            shutil.rmtree(folder)


def _says_more(copy: Path, content: bytes, file: Path) -> bool:
    return copy.is_file() and copy.read_bytes() not in {content, file.read_bytes()}


def _typed_in(editor: Sequence[str], copy: Path, file: Path) -> bytes:
    untouched = f"{file} is as it was"
    try:
        done = subprocess.run([*editor, str(copy)], check=False)  # noqa: S603  the analyst's own editor
    except OSError as error:
        raise WatchlistError(
            f"{shlex.join(editor)} cannot be started: {error.strerror}", key="EDITOR", fix="Name another"
        ) from error
    if not copy.is_file():
        raise WatchlistError(f"{shlex.join(editor)} left no file", path=copy, fix=untouched)
    if done.returncode:
        ended = WatchlistError(f"{shlex.join(editor)} ended with {done.returncode}", path=copy)
        if copy.read_bytes() == file.read_bytes():
            raise WatchlistError(ended.problem, key="EDITOR", fix=untouched)
        raise _kept_apart(ended, copy, file)
    return copy.read_bytes()


def _kept_apart(error: WatchlistError, copy: Path, file: Path) -> WatchlistError:
    """Return an error that says how to go on, too."""
    fix = f"{error.fix}{'' if error.fix.endswith(('?', '.')) else '.'} " if error.fix else ""
    return WatchlistError(
        error.problem,
        path=error.path,
        key=error.key,
        fix=f"{fix}{file} is as it was, and what you typed is kept: mend it in {copy}, look it over with "
        f"`wakhan lists check --lists {shlex.quote(str(copy))}`, then `cp {shlex.join((str(copy), str(file)))}`",
    )
