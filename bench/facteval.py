"""factRuEval-2016 as a test of names: base forms make the list, annotated mentions in running text are the answer.

Protocol, for each document by itself: every entity of ``.coref`` with a name becomes an entity of a watch-list, with
its base forms and nothing else (no weak names, no context). Every object of that entity in ``.objects`` that has a name
in it (a span of type name, surname, nickname, patronymic, loc_name or org_name; not a bare descriptor, job or
adjective) is a mention to find. It is found when a mention of the same entity overlaps one of its name spans. A mention
that overlaps no object of its entity is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchlists.listfile import Entity, WatchList

NAME_SPANS = frozenset({"name", "surname", "nickname", "patronymic", "loc_name", "org_name"})
SCHEMA_OF = {"Person": "Person", "Org": "Organization", "Location": "Address", "LocOrg": "Country", "Project": "Topic"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """One object: its type, where its names stand, and where all of it stands (code points, end exclusive)."""

    kind: str
    names: tuple[tuple[int, int], ...]
    whole: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the list made of its base forms, and the objects of each entity."""

    name: str
    text: str
    watch_list: WatchList
    objects: dict[str, tuple[Annotated, ...]]


def read_documents(folder: Path) -> Iterator[Document]:
    """Read every document of the set that has an entity."""
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text(encoding="utf-8-sig")
        objects = _objects(file)
        entities: list[Entity] = []
        of_entity: dict[str, tuple[Annotated, ...]] = {}
        for block in file.with_suffix(".coref").read_text(encoding="utf-8-sig").split("\n\n"):
            head, *lines = [line for line in block.strip().split("\n") if line.strip()] or [""]
            number, *ids = head.split()[:1] + [part for part in head.split()[1:] if part.isdigit()] or [""]
            mine = tuple(objects[part] for part in ids if part in objects)
            names = _names([tuple(line.split(" ", 1)) for line in lines if " " in line])
            if not mine or not names:
                continue
            schema = SCHEMA_OF[mine[0].kind]
            entities.append(
                Entity.model_validate({"id": number, "schema": schema, "caption": names[0], "name": {"ru": names}})
            )
            of_entity[number] = mine
        if entities:
            watch_list = WatchList(id=file.stem, title=file.stem, entities=tuple(entities))
            yield Document(file.stem, text, watch_list, of_entity)


def _objects(file: Path) -> dict[str, Annotated]:
    spans: dict[str, tuple[str, int, int]] = {}
    for line in file.with_suffix(".spans").read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            number, kind, start, length = line.split()[:4]
            spans[number] = (kind, int(start), int(start) + int(length))
    objects: dict[str, Annotated] = {}
    for line in file.with_suffix(".objects").read_text(encoding="utf-8-sig").splitlines():
        if not line.strip():
            continue
        number, kind, *ids = line.split("#")[0].split()
        mine = [spans[part] for part in ids if part in spans]
        names = tuple((start, end) for span, start, end in mine if span in NAME_SPANS)
        objects[number] = Annotated(kind, names, tuple((start, end) for _, start, end in mine))
    return objects


def _names(lines: list[tuple[str, ...]]) -> list[str]:
    """Return the full names of an entity from its lines: ``name`` as it is, a person's parts put together."""
    values: dict[str, list[str]] = {}
    for key, value in lines:
        values.setdefault(key.rstrip("12"), []).append(value.strip())
    names = list(values.get("name", []))
    given, surnames = values.get("firstname", []), values.get("lastname", [])
    patronymic = values.get("patronymic", [])
    for first, last in itertools.product(given or [""], surnames or [""]):
        middle = patronymic[0] if patronymic else ""
        full = " ".join(part for part in (first, middle, last) if part)
        if full:
            names.append(full)
    names.extend(values.get("nickname", []))
    return [name for name in dict.fromkeys(names) if any(character.isalnum() for character in name)]
