"""Change a list file and leave everything else in it as it was: comments, order, quotes. Keep its history in git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from records import WatchlistError
from watchlists.listfile import Entity, WatchList, parse_list

_SECONDS_FOR_GIT = 30  # a commit of one file takes none; a hook may
_WIDTH = 120  # of a line that is written anew
_LOG_FORMAT = "%h%x1f%as%x1f%an%x1f%s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of a list's history."""

    commit: str
    day: str
    author: str
    reason: str


def add_entity(path: Path, entity: Entity) -> WatchList:
    """Append an entity to a list file. Raises ``WatchlistError`` where its id is taken."""
    return _edit(path, lambda data: data.setdefault("entities", CommentedSeq()).append(_entity_map(entity)))


def add_names(path: Path, entity_id: str, key: str, names: Mapping[str, Sequence[str]]) -> WatchList:
    """Add names by language under ``name``, ``weak``, ``context`` or ``not``; what stands there already stays once."""
    return extend_entity(path, entity_id, {key: names})


def extend_entity(path: Path, entity_id: str, names: Mapping[str, Mapping[str, Sequence[str]]]) -> WatchList:
    """Add names by key and language, all or none of them. A ``wrong`` verdict becomes a ``not`` line by this."""
    unknown = [key for key in names if key not in {"name", "weak", "context", "not"}]
    if unknown:
        raise WatchlistError(
            f"`{unknown[0]}` holds no names", path=path, key=unknown[0], fix="Write name, weak, context or not"
        )

    def extend(data: CommentedMap) -> None:
        entity = _find(data, entity_id, path)
        for key, by_language in names.items():
            if entity.get(key) is None:
                entity[key] = CommentedMap()
            for language, new in by_language.items():
                listed = entity[key].setdefault(language, _flow([]))
                if isinstance(listed, str):
                    listed = entity[key][language] = _flow([listed])
                listed.extend(name for name in dict.fromkeys(new) if name not in listed)

    return _edit(path, extend)


def remove_name(path: Path, entity_id: str, key: str, language: str, name: str) -> WatchList:
    """Take one name out of an entity. Raises ``WatchlistError`` where it does not stand there."""

    def remove(data: CommentedMap) -> None:
        listed = _find(data, entity_id, path).get(key, {}).get(language, [])
        if isinstance(listed, str) or name not in listed:
            where = f"{entity_id}.{key}.{language}"
            raise WatchlistError(f"`{name}` is not listed there", path=path, key=where, fix="See `wakhan lists show`")
        listed.remove(name)

    return _edit(path, remove)


def set_value(path: Path, entity_id: str, key: str, value: str | None) -> WatchList:
    """Set a plain key of an entity (``priority``, ``notes``, ``retired`` ...), or drop it with ``None``."""

    def change(data: CommentedMap) -> None:
        entity = _find(data, entity_id, path)
        if value is None:
            entity.pop(key, None)
        else:
            entity[key] = value

    return _edit(path, change)


def write_list(path: Path, watch_list: WatchList) -> None:
    """Write a new list file. Raises ``WatchlistError`` where the file is there already."""
    if path.exists():
        raise WatchlistError("the file is there already", path=path, fix="Give another name, or add to it")
    head = watch_list.model_dump(mode="json", exclude_none=True, exclude={"id", "entities"})
    data = CommentedMap(head)
    data["entities"] = CommentedSeq([_entity_map(entity) for entity in watch_list.entities])
    content = _written(data, _yaml(indent=2, width=_WIDTH))
    parse_list(content, path=path)
    _replace(path, content)


def commit_change(path: Path, *, reason: str) -> str | None:
    """Commit a list file with a reason where it is in a git repository; return the commit, ``None`` where it is not.

    Nothing but this file goes into the commit. Raises ``WatchlistError`` with what git says.
    """
    if _git(path, "rev-parse", "--is-inside-work-tree").stdout.strip() != "true":
        return None
    if not reason.strip():
        raise WatchlistError("a change needs a reason", path=path, fix="Say why, for whoever reads the list in a year")
    _must(path, _git(path, "add", "--", path.name))
    if not _git(path, "status", "--porcelain", "--", path.name).stdout.strip():
        return None
    _must(path, _git(path, "commit", "--quiet", "--only", "-m", reason, "--", path.name))
    return _must(path, _git(path, "rev-parse", "--short", "HEAD")).strip()


def git_name(folder: Path) -> str | None:
    """Return the name under which git would commit in a folder; ``None`` where it has none or is not installed."""
    return _git(folder / "x", "config", "user.name").stdout.strip() or None


def list_log(path: Path, *, limit: int = 50) -> tuple[Change, ...]:
    """Return the latest changes to a list file, newest first; nothing where it is in no repository."""
    done = _git(path, "log", f"--max-count={limit}", f"--format={_LOG_FORMAT}", "--follow", "--", path.name)
    lines = done.stdout.splitlines() if done.returncode == 0 else []
    fields = (line.split("\x1f", 3) for line in lines)
    return tuple(Change(commit=commit, day=day, author=author, reason=reason) for commit, day, author, reason in fields)


def _edit(path: Path, change: Callable[[CommentedMap], object]) -> WatchList:
    """Load, change, check that the result is a good list, and only then replace the file."""
    content = path.read_bytes()
    parse_list(content, path=path)
    yaml = _yaml(_indent_of(content), _width_of(content))
    data = yaml.load(BytesIO(content))
    change(data)
    written = _written(data, yaml)
    watch_list = parse_list(written, path=path)
    _replace(path, written)
    return watch_list


def _yaml(indent: int, width: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = width
    yaml.indent(mapping=2, sequence=indent + 2, offset=indent)
    return yaml


def _indent_of(content: bytes) -> int:
    """Return by how much the file sets in the dashes of its entities."""
    lines = content.decode("utf-8", "replace").splitlines()
    dash = next((line for line in lines if line.lstrip().startswith("- ")), "  - ")
    return min(len(dash) - len(dash.lstrip()), 4)


def _width_of(content: bytes) -> int:
    """Return the longest line of a file, so that none of its lines is folded that was not."""
    return max([_WIDTH, *(len(line) for line in content.decode("utf-8", "replace").splitlines())])


def _written(data: CommentedMap, yaml: YAML) -> bytes:
    stream = BytesIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _find(data: CommentedMap, entity_id: str, path: Path) -> CommentedMap:
    for entity in data.get("entities") or []:
        if entity.get("id") == entity_id:
            assert isinstance(entity, CommentedMap)
            return entity
    raise WatchlistError(f"there is no entity {entity_id}", path=path, key="entities", fix="See `wakhan lists show`")


def _entity_map(entity: Entity) -> CommentedMap:
    # Dates stay dates, so that they stand there as a person writes them, without quotes.
    data = CommentedMap(entity.model_dump(by_alias=True, exclude_defaults=True))
    for key in ("name", "weak", "context", "not"):
        if key in data:
            data[key] = CommentedMap({language: _flow(names) for language, names in data[key].items()})
    return data


def _flow(names: Sequence[str]) -> CommentedSeq:
    sequence = CommentedSeq(names)
    sequence.fa.set_flow_style()
    return sequence


def _git(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS_FOR_GIT, check=False)  # noqa: S603  fixed words and a path
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", "git is not installed")


def _must(path: Path, done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise WatchlistError(
            f"git did not take the change: {said}", path=path, fix="The file is saved; commit it by hand"
        )
    return done.stdout
