"""The history of a list file: kept in git, one commit a change, each with its reason."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from records import WatchlistError

_SECONDS_FOR_GIT = 30  # a commit of one file takes none; a hook may
_LOG_FORMAT = "%h%x1f%as%x1f%an%x1f%s"
# What shells answer for a program that is not there, and `timeout` for one that was stopped.
_NO_PROGRAM, _STOPPED = 127, 124
_AGAIN = "The file is saved: mend that, and give the same command with -m again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of a list's history."""

    commit: str
    day: str
    author: str
    reason: str


def need_reason(reason: str) -> str:
    """Return why a list is changed. Raises ``WatchlistError`` where nothing is said."""
    if not reason.strip():
        raise WatchlistError(
            "a change needs a reason", key="-m", fix="Say why, for whoever reads the list in a year; or leave -m out"
        )
    return reason


def has_history(path: Path) -> bool:
    """Tell whether a list file lies in a git repository.

    Raises ``WatchlistError`` where it does and git will not work there: it is not installed, the folder belongs to
    somebody else, the repository is broken.
    """
    done = _git(path, "rev-parse", "--is-inside-work-tree")
    if done.returncode == 0:
        return done.stdout.strip() == "true"
    folder = path.resolve().parent
    if done.returncode == _NO_PROGRAM:
        if not any((each / ".git").exists() for each in (folder, *folder.parents)):
            return False
        raise WatchlistError("the list is kept in git, and there is no program git here", path=path, fix="Install git")
    if "not a git repository (or any" in done.stderr:
        return False
    if re.search("dubious ownership|unsafe repository", done.stderr):
        trusted = re.search(r"safe\.directory (.+)", done.stderr)
        raise WatchlistError(
            "the folder belongs to somebody else, so git does not work in it",
            path=path,
            fix=f"If you trust it: git config --global --add safe.directory {trusted[1] if trusted else folder}",
        )
    raise WatchlistError(f"git does not work here: {_gist(done)}", path=path, fix=f"See `git -C {folder} status`")


def commit_change(path: Path, *, reason: str) -> str | None:
    """Commit a list file with a reason where it is in a git repository; return the commit.

    ``None`` where it is in none, or stands there as it is. Nothing but this file goes into the commit. Raises
    ``WatchlistError`` with what git says.
    """
    need_reason(reason)
    if not has_history(path):
        return None
    name = path.resolve().name
    _must(path, _git(path, "add", "--", name))
    if not _git(path, "status", "--porcelain", "--", name).stdout.strip():
        return None
    _must(path, _git(path, "commit", "--quiet", "--only", "-m", reason, "--", name))
    return _must(path, _git(path, "rev-parse", "--short", "HEAD")).strip()


def committed(path: Path) -> bytes | None:
    """Return a list file as the last commit has it; ``None`` where it is in none. Raises as ``has_history`` does."""
    if not has_history(path):
        return None
    done = _git(path, "show", f"HEAD:./{path.resolve().name}")
    return done.stdout.encode() if done.returncode == 0 else None


def is_on_a_branch(path: Path) -> bool:
    """Tell whether commits to a list file go to a branch; else (a detached HEAD) git forgets them in time."""
    return _git(path, "symbolic-ref", "--quiet", "HEAD").returncode == 0


def git_name(folder: Path) -> str | None:
    """Return the name under which git would commit in a folder; ``None`` where it has none or is not installed."""
    return _git(folder / "x", "config", "user.name").stdout.strip() or None


def list_log(path: Path, *, limit: int = 50) -> tuple[Change, ...]:
    """Return the latest changes to a list file, newest first; nothing where it is in no repository.

    Raises ``WatchlistError`` as ``has_history`` does.
    """
    if not has_history(path):
        return ()
    name = path.resolve().name
    done = _git(path, "log", f"--max-count={limit}", f"--format={_LOG_FORMAT}", "--follow", "--", name)
    lines = done.stdout.splitlines() if done.returncode == 0 else []
    fields = (line.split("\x1f", 3) for line in lines)
    return tuple(Change(commit=commit, day=day, author=author, reason=reason) for commit, day, author, reason in fields)


def _git(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    try:
        return subprocess.run(  # noqa: S603  fixed words and a path
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS_FOR_GIT,
            check=False,
            env={**os.environ, "LC_ALL": "C"},  # we read what it says
        )
    except OSError:
        return subprocess.CompletedProcess(command, _NO_PROGRAM, "", "git is not installed")
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, _STOPPED, "", f"it took more than {_SECONDS_FOR_GIT} seconds")


def _must(path: Path, done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        raise WatchlistError(f"git did not take the change: {_gist(done)}", path=path, fix=_fix_of(done.stderr))
    return done.stdout


def _gist(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of what git says that says what is wrong."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    grave = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    line = next(iter([*grave[:1], *lines]), f"it ended with {done.returncode}")
    return re.sub("^(fatal|error): ", "", line).rstrip(".:")


def _fix_of(said: str) -> str:
    if re.search("tell me who you are|empty ident", said):
        return f"Say who you are: git config --global user.name NAME, and user.email ADDRESS. {_AGAIN}"
    return _AGAIN
