"""Change a list file, one at a time, and leave everything else in it as it was: comments, order, quotes, line ends."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from configfiles import alone_with, replace_file
from records import WatchlistError
from watchlists.layout import as_text, with_added, with_changed
from watchlists.listfile import Entity, WatchList, parse_list
from watchlists.phrase_faults import phrase_faults


def add_entity(path: Path, entity: Entity) -> WatchList:
    """Append an entity to a list file.

    Raises ``WatchlistError`` where its id is taken, or a ``not`` phrase of it is of no use.
    """
    _need_useful(entity, entity.excluded, path)
    return add_entities(path, [entity])


def add_entities(path: Path, entities: Iterable[Entity]) -> WatchList:
    """Append entities to a list file in one change, all or none. Raises ``WatchlistError`` where an id is taken."""
    added = tuple(entities)

    def add(text: str, watch_list: WatchList) -> str:
        taken = {entity.id for entity in watch_list.entities}
        for entity in added:
            if entity.id in taken:
                raise WatchlistError(
                    f"the id {entity.id!r} would be used twice", path=path, fix="Ids are never reused: give another one"
                )
            taken.add(entity.id)
        return with_added(text, [_entity_map(entity) for entity in added])

    return _edit(path, add)


def add_names(path: Path, entity_id: str, key: str, names: Mapping[str, Sequence[str]]) -> WatchList:
    """Add names by language under ``name``, ``weak``, ``context`` or ``not``; what stands there already stays once."""
    return extend_entity(path, entity_id, {key: names})


def extend_entity(path: Path, entity_id: str, names: Mapping[str, Mapping[str, Sequence[str]]]) -> WatchList:
    """Add names by key and language, all or none of them. A ``wrong`` verdict becomes a ``not`` line by this.

    Raises ``WatchlistError`` where a ``not`` phrase has no name of the entity in it, or is one.
    """
    unknown = [key for key in names if key not in {"name", "weak", "context", "not"}]
    if unknown:
        raise WatchlistError(
            f"`{unknown[0]}` holds no names", path=path, key=unknown[0], fix="Write name, weak, context or not"
        )

    def extend(entity: CommentedMap) -> None:
        for key, by_language in names.items():
            if entity.get(key) is None:
                entity[key] = CommentedMap()
            for language, new in by_language.items():
                listed = entity[key].setdefault(language, _flow([]))
                if isinstance(listed, str):
                    listed = entity[key][language] = _flow([listed])
                listed.extend(name for name in dict.fromkeys(new) if name not in listed)

    def check(watch_list: WatchList) -> None:
        entity = watch_list.entity(entity_id)
        assert entity is not None
        _need_useful(entity, names.get("not", {}), path)

    return _edit_entity(path, entity_id, extend, check)


def remove_name(path: Path, entity_id: str, key: str, language: str, name: str) -> WatchList:
    """Take one name out of an entity. Raises ``WatchlistError`` where it does not stand there."""

    def remove(entity: CommentedMap) -> None:
        listed = entity.get(key, {}).get(language, [])
        if isinstance(listed, str) or name not in listed:
            where = f"{entity_id}.{key}.{language}"
            raise WatchlistError(f"`{name}` is not listed there", path=path, key=where, fix="See `wakhan lists show`")
        listed.remove(name)

    return _edit_entity(path, entity_id, remove)


def set_value(path: Path, entity_id: str, key: str, value: str | None) -> WatchList:
    """Set a plain key of an entity (``priority``, ``notes``, ``retired`` ...), or drop it with ``None``."""

    def change(entity: CommentedMap) -> None:
        if value is None:
            entity.pop(key, None)
        else:
            entity[key] = value

    return _edit_entity(path, entity_id, change)


def write_list(path: Path, watch_list: WatchList) -> None:
    """Write a new list file. Raises ``WatchlistError`` where the file is there already."""
    head = watch_list.model_dump(mode="json", exclude_none=True, exclude={"id", "entities"})
    data = CommentedMap(head)
    data["entities"] = CommentedSeq([_entity_map(entity) for entity in watch_list.entities])
    content = as_text(data).encode()
    parse_list(content, path=path)
    if not path.parent.is_dir():
        raise WatchlistError("there is no such folder", path=path.parent, fix="Make it")
    with alone_with(path):
        if path.exists():
            raise WatchlistError("the file is there already", path=path, fix="Give another name, or add to it")
        replace_file(path, content)


def _need_useful(entity: Entity, phrases: Mapping[str, Sequence[str]], path: Path) -> None:
    """Raise ``WatchlistError`` for the first of new ``not`` phrases that would exclude nothing, or everything."""
    for fault in phrase_faults(entity, phrases):
        raise WatchlistError(fault.problem, path=path, key=f"{entity.id}.not.{fault.language}", fix=fault.fix)


def _any_list(_: WatchList) -> None:
    """Find nothing wrong with a list."""


def _edit(
    path: Path, change: Callable[[str, WatchList], str], check: Callable[[WatchList], None] = _any_list
) -> WatchList:
    """Change the text of a list, check that the result is a good list, and only then replace the file.

    ``check`` raises for what is wrong with the changed list beyond its form.
    """
    with alone_with(path):
        while True:
            content = path.read_bytes()
            before = parse_list(content, path=path)
            mark, newline = (BOM_UTF8 if content.startswith(BOM_UTF8) else b""), _newline_of(content)
            text = content.removeprefix(mark).replace(b"\r\n", b"\n").decode()
            changed = mark + change(text, before).encode().replace(b"\n", newline)
            after = parse_list(changed, path=path)
            check(after)
            if after.version == before.version:
                return before
            # Who saves in an editor of their own waits for nobody: what they wrote is read again, not overwritten.
            if path.read_bytes() == content:
                replace_file(path, changed)
                return after


def _edit_entity(
    path: Path,
    entity_id: str,
    change: Callable[[CommentedMap], object],
    check: Callable[[WatchList], None] = _any_list,
) -> WatchList:
    def edit(text: str, watch_list: WatchList) -> str:
        ids = [entity.id for entity in watch_list.entities]
        if entity_id not in ids:
            raise WatchlistError(
                f"there is no entity {entity_id}", path=path, key="entities", fix="See `wakhan lists show`"
            )
        return with_changed(text, ids.index(entity_id), change)

    return _edit(path, edit, check)


def _newline_of(content: bytes) -> bytes:
    """Return how most lines of a file end: as on Windows, or as elsewhere."""
    windows = content.count(b"\r\n")
    return b"\r\n" if 2 * windows > content.count(b"\n") else b"\n"


def _entity_map(entity: Entity) -> CommentedMap:
    # Dates stay dates, so that they stand there as a person writes them, without quotes.
    data = CommentedMap(entity.model_dump(by_alias=True, exclude_defaults=True))
    for key, value in data.items():
        # A line may end at this character by YAML 1.1, by which files are read; between quotes it is written by name.
        if isinstance(value, str) and "\x85" in value:
            data[key] = DoubleQuotedScalarString(value)
    for key in ("name", "weak", "context", "not"):
        if key in data:
            data[key] = CommentedMap({language: _flow(names) for language, names in data[key].items()})
    return data


def _flow(names: Sequence[str]) -> CommentedSeq:
    sequence = CommentedSeq(names)
    sequence.fa.set_flow_style()
    return sequence
