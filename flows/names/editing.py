"""List files changed from the command line: the right file found, the result checked before it is saved."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from configfiles import alone_with
from flows.names.lists import find_entities
from records import WatchlistError
from watchlists.editing import add_entity
from watchlists.faults import slip_of
from watchlists.history import commit_change, has_history, is_on_a_branch, need_reason
from watchlists.listfile import Entity, WatchList, list_files, load_lists, read_list

_OFF_BRANCH = " on no branch (HEAD is detached), which git forgets in time: git switch -c NAME keeps it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a change to a list file: the list as it is now, the commit where there is one."""

    file: Path
    watch_list: WatchList
    changed: bool
    commit: str | None
    is_on_a_branch: bool
    is_reason_lost: bool

    def told(self, done: str) -> str:
        """Return what to say of it; ``done`` says what was changed."""
        if self.commit is not None:
            mended = "" if self.is_on_a_branch else _OFF_BRANCH
            done = f"{done if self.changed else 'stood there already'}, commit {self.commit}{mended}"
        elif not self.changed:
            return f"{self.file}: nothing changed, it stands there already."
        elif self.is_reason_lost:
            done += "; the reason is kept nowhere, since the folder is not in git"
        return f"{self.file}: {done}. Next: wakhan backscan."


def own_list_file(list_id: str | None, path: Path | None) -> Path:
    """Return the analyst's list file that is meant: the one of an id, or the only one.

    Raises ``WatchlistError`` where the bundled lists are used, which are not written to, or where it is not clear.
    """
    if path is None:
        raise WatchlistError(
            "the bundled list is not written to",
            fix="Make one of your own: `mkdir mine; wakhan lists show --yaml > mine/beat.yml`, then `lists: mine` in "
            "wakhan.yml",
        )
    files = list_files(path)
    found = [file for file in files if list_id in {None, file.stem}]
    if len(found) == 1:
        return found[0]
    ids = [file.stem for file in files]
    if list_id is None:
        raise WatchlistError(f"there are {len(files)} lists", path=path, fix=f"Name one with --list: {', '.join(ids)}")
    near = difflib.get_close_matches(list_id, ids, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Name one with --list: {', '.join(ids)}"
    raise WatchlistError(f"there is no list {list_id}", path=path, fix=hint)


def own_list_with(entity_id: str, list_id: str | None, path: Path | None) -> Path:
    """Return the analyst's list file that has an entity. Raises ``WatchlistError`` as ``own_list_file`` does."""
    if list_id is not None or path is None or not path.is_dir():
        return own_list_file(list_id, path)
    lists = load_lists(path)
    having = [watch_list.id for watch_list, _ in find_entities(lists, entity_id)]
    if len(having) > 1:
        raise WatchlistError(
            f"{len(having)} lists have an entity {entity_id}",
            path=path,
            fix=f"Name one with --list: {', '.join(having)}",
        )
    return own_list_file(having[0], path)


def own_list_of(entity_id: str, list_id: str, path: Path | None) -> Path:
    """Return the analyst's list file that has an entity now: the list it was in, or the one it was taken into since.

    Raises ``WatchlistError`` as ``own_list_with`` does.
    """
    if path is None or not path.exists():
        return own_list_file(list_id, path)
    having = [each.id for each in load_lists(path) if each.entity(entity_id)]
    if path.is_file():
        if not having:
            raise WatchlistError(f"the list has no entity {entity_id}", path=path, fix="See `wakhan lists show`")
        return path
    return own_list_with(entity_id, list_id if list_id in having else None, path)


def names_by_language(given: Sequence[str], option: str) -> dict[str, tuple[str, ...]]:
    """Return ``ru=Имя`` arguments as names by language. Raises ``WatchlistError`` for one without a language."""
    names: dict[str, tuple[str, ...]] = {}
    for each in given:
        language, separator, name = each.partition("=")
        if not separator or not name.strip():
            lacks = "name" if separator else "language"
            raise WatchlistError(f"{each!r} has no {lacks}", key=option, fix=f'Write {option} ru="Имя Фамилия"')
        names[language.strip()] = (*names.get(language.strip(), ()), name.strip())
    return names


def names_of(given: Mapping[str, Sequence[str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return ``ru=Имя`` arguments by key (``name``, ``weak``, ``context``, ``not``) as an entity has them.

    Raises ``WatchlistError`` with the option for what could not stand in a list.
    """
    names = {key: names_by_language(words, f"--{key}") for key, words in given.items()}
    # Any entity will do: what is wrong with a name is wrong with it in all of them.
    entity_of({"id": "any", "schema": "Topic", "caption": "Any", "name": {"en": ["any"]}, **names})
    return names


def entity_of(fields: dict[str, Any]) -> Entity:
    """Return an entity of the keys of a file. Raises ``WatchlistError`` for the first that is not right."""
    try:
        return Entity.model_validate({key: value for key, value in fields.items() if value not in (None, {})})
    except ValidationError as error:
        key, problem, fix = slip_of(error)
        raise WatchlistError(problem, key=f"--{key}" if key else None, fix=fix) from error


def add_once(file: Path, entity: Entity) -> WatchList:
    """Add an entity to a list file; one that says the same, but for the day it was added, stays as it is.

    Raises ``WatchlistError`` where its id is another's.
    """
    watch_list = read_list(file)
    there = watch_list.entity(entity.id)
    if there is not None and there.model_copy(update={"added": entity.added}) == entity:
        return watch_list
    return add_entity(file, entity)


def keep_change(
    file: Path, change: Callable[[], WatchList], *, reason: str | None, otherwise: str | None = None
) -> Kept:
    """Change a list file, and commit it with the reason given; what others change at once is not in that commit.

    Where the list says it all already, a change that waits in git for its reason is committed. ``otherwise`` is the
    message of a change for which none is given; without it there is no commit. Raises ``WatchlistError`` before
    anything is written where the reason says nothing or git does not work there.
    """
    is_in_git = expect_history(file, otherwise if reason is None else reason)
    with alone_with(file):
        before = file.read_bytes()
        after = change()
        changed = file.read_bytes() != before
        message = reason or (otherwise if changed else None)
        commit = commit_change(file, reason=message) if message and is_in_git else None
    return Kept(
        file=file,
        watch_list=after,
        changed=changed,
        commit=commit,
        is_on_a_branch=commit is None or is_on_a_branch(file),
        is_reason_lost=reason is not None and not is_in_git,
    )


def expect_history(file: Path, reason: str | None) -> bool:
    """Tell whether git will keep the reason for a change to a list file.

    Raises ``WatchlistError`` where a reason is given that says nothing, or git does not work there.
    """
    return reason is not None and bool(need_reason(reason)) and has_history(file)
