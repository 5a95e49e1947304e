"""List files changed from the command line: the right file found, the result checked before it is saved."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from configfiles import decode
from flows.files import replace_file
from records import WatchlistError
from watchlists.editing import add_entity, write_list
from watchlists.faults import slip_of
from watchlists.history import commit_change
from watchlists.interchange import read_ftm, read_opensanctions_csv, read_wikidata
from watchlists.listfile import Entity, WatchList, load_lists, parse_list, read_list


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
    if not path.exists():
        raise WatchlistError("there is no such file or folder", path=path, fix="Give a .yml file or a folder of them")
    files = [path] if path.is_file() else sorted(each for each in path.iterdir() if each.suffix in {".yml", ".yaml"})
    found = [file for file in files if list_id in {None, file.stem}]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(file.stem for file in files) or "none"
    problem = f"there are {len(files)} lists" if list_id is None else f"there is no list {list_id}"
    raise WatchlistError(problem, path=path, fix=f"Name one with --list: {ids}")


def own_list_with(entity_id: str, list_id: str | None, path: Path | None) -> Path:
    """Return the analyst's list file that has an entity. Raises ``WatchlistError`` as ``own_list_file`` does."""
    if path is None or not path.is_dir():
        return own_list_file(list_id, path)
    having = [each.id for each in load_lists(path) if each.entity(entity_id) and list_id in {None, each.id}]
    if not having:
        raise WatchlistError(
            f"no list has an entity {entity_id}", path=path, fix="`wakhan lists show` shows the ids there are"
        )
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


def entity_of(fields: dict[str, Any]) -> Entity:
    """Return an entity of the keys of a file. Raises ``WatchlistError`` for the first that is not right."""
    try:
        return Entity.model_validate({key: value for key, value in fields.items() if value not in (None, {})})
    except ValidationError as error:
        key, problem, fix = slip_of(error)
        raise WatchlistError(problem, key=f"--{key}" if key else None, fix=fix) from error


def commit_if_asked(file: Path, reason: str | None) -> str | None:
    """Commit the file where a reason is given; return the commit, ``None`` where there is none."""
    return commit_change(file, reason=reason) if reason is not None else None


def edit_in_editor(file: Path) -> WatchList | None:
    """Open a copy of a list file in the editor; put it in place if it is a good list. ``None``: nothing was changed.

    The editor is ``$VISUAL`` or ``$EDITOR``. Raises ``WatchlistError`` with what is wrong and where the copy is kept.
    """
    before = file.read_bytes()
    folder = Path(tempfile.mkdtemp(prefix="wakhan-edit-"))
    copy = folder / file.name
    copy.write_bytes(before)
    _open_editor(copy)
    after = copy.read_bytes()
    if after == before:
        shutil.rmtree(folder)
        return None
    # A mistake leaves the copy where it is, so that nothing typed is lost.
    watch_list = parse_list(after, path=copy)
    if file.read_bytes() != before:
        raise WatchlistError(
            "the list was changed by somebody else meanwhile", path=file, fix=f"Your version is kept: {copy}"
        )
    replace_file(file, after.decode("utf-8"))
    shutil.rmtree(folder)
    return watch_list


def _open_editor(copy: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise WatchlistError("no editor is named", key="EDITOR", fix="Say which: export EDITOR=nano")
    try:
        done = subprocess.run([*shlex.split(editor), str(copy)], check=False)  # noqa: S603  the analyst's own editor
    except OSError as error:
        raise WatchlistError(
            f"{editor} cannot be started: {error.strerror}", key="EDITOR", fix="Name another"
        ) from error
    if done.returncode:
        raise WatchlistError(f"{editor} ended with {done.returncode}", path=copy, fix="The list is as it was")


def read_foreign(file: Path) -> tuple[Entity, ...]:
    """Return the entities of a file of another program, told by what stands in it.

    It may be FollowTheMoney JSON lines, OpenSanctions' ``targets.simple.csv`` or a Wikidata entity file. Raises
    ``WatchlistError`` where it is none of these.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WatchlistError(f"cannot be read: {error.strerror}", path=file, fix="Name a file") from error
    if file.suffix.lower() == ".csv":
        return read_opensanctions_csv(
            decode(content, path=file, error=WatchlistError).splitlines(keepends=True), path=file
        )
    first = content.lstrip()[:1]
    if first != b"{":
        raise WatchlistError(
            "this is no list that can be imported",
            path=file,
            fix="Give FollowTheMoney JSON lines, OpenSanctions' targets.simple.csv or a Wikidata EntityData .json",
        )
    if b'"labels"' in content and b'"properties"' not in content.split(b"\n", 1)[0]:
        return read_wikidata(content, path=file)
    return tuple(read_ftm(decode(content, path=file, error=WatchlistError).splitlines(), path=file))


def add_entities(entities: Iterable[Entity], target: Path) -> tuple[int, int]:
    """Put entities into a list file, which is made where there is none; those whose id it has stay as they are.

    Returns how many were added and how many were there.
    """
    unique = {entity.id: entity for entity in entities}
    if target.suffix not in {".yml", ".yaml"}:
        raise WatchlistError("a watch-list is a .yml file", path=target, fix="Name it so, that runs find it")
    if not target.exists():
        write_list(target, WatchList(id=target.stem, title=target.stem, entities=tuple(unique.values())))
        return len(unique), 0
    there = read_list(target)
    new = [entity for entity in unique.values() if there.entity(entity.id) is None]
    for entity in new:
        add_entity(target, entity)
    return len(new), len(unique) - len(new)
