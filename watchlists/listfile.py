"""The watch-list file: what an analyst may write in it, and what is said when it is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from configfiles import decode, parse_yaml, read_text
from configfiles.languages import is_language
from records import Priority, WatchlistError
from watchlists.faults import fault_of

# The FollowTheMoney schemata of design section 9; Event and Topic are ours, for exercises and themes.
Schema = Literal["Person", "Organization", "Company", "PublicBody", "Address", "Country", "Asset", "Event", "Topic"]
SCHEMATA: tuple[str, ...] = get_args(Schema)


_NO_LETTERS = frozenset("\u0640\ua66e")  # gone from what is matched: a stretching stroke, and what parts two texts


def _tuple_of_names(value: object) -> object:
    """Let a single name stand without its list brackets."""
    return (value,) if isinstance(value, str) else value


def _is_letter(character: str) -> bool:
    return unicodedata.normalize("NFKD", character)[0].isalnum() and character not in _NO_LETTERS


def _in_one_line(value: str) -> str:
    """Return a text with one space for any blanks and ends of line in it."""
    line = " ".join(value.split())
    unseen = next((character for character in line if unicodedata.category(character) == "Cc"), None)
    if unseen is not None:
        raise PydanticCustomError("control_character", "U+{code}", {"code": f"{ord(unseen):04X}"})
    return line


def _caption(value: str) -> str:
    caption = _in_one_line(value)
    if not caption:
        raise PydanticCustomError("string_too_short", "empty")
    return caption


def _clean_name(value: str) -> str:
    cleaned = _in_one_line(value)
    # ⑴ and the stretching stroke of Arabic are letters or digits by name, and nothing that could be looked for.
    if not any(_is_letter(character) for character in cleaned):
        raise ValueError("a name needs at least one letter or digit")
    return cleaned


Name = Annotated[str, Field(max_length=300), AfterValidator(_clean_name)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_tuple_of_names)]


def _known_language(value: str) -> str:
    if not is_language(value):
        raise PydanticCustomError("language", "not a language code")
    return value


Language = Annotated[str, AfterValidator(_known_language)]
ByLanguage = Mapping[Language, Names]


class Entity(BaseModel):
    """One person, organisation, place, weapon or theme that is watched.

    ``excluded`` is the key ``not`` of the file: longer phrases in which a name does not count. ``schema_name`` is its
    key ``schema``. Mappings are by ISO 639-1 language.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Annotated[str, Field(pattern=r"^\S{1,200}$")]
    schema_name: Schema = Field(alias="schema")
    caption: Annotated[str, Field(max_length=300), AfterValidator(_caption)]
    name: ByLanguage
    weak: ByLanguage = {}
    context: ByLanguage = {}
    excluded: ByLanguage = Field(default={}, alias="not")
    priority: Priority = "normal"
    notes: str | None = None
    source: str | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None
    added: dt.date | None = None
    retired: dt.date | None = None

    @field_validator("name", "weak", "context", "excluded")
    @classmethod
    def _by_language_in_order(cls, value: ByLanguage) -> ByLanguage:
        return dict(sorted(value.items()))

    @field_validator("name")
    @classmethod
    def _at_least_one_name(cls, value: ByLanguage) -> ByLanguage:
        if not any(value.values()):
            raise ValueError("at least one name is needed")
        return value

    def is_active(self, on: dt.date) -> bool:
        """Tell whether the entity is still watched on a day."""
        return self.retired is None or on < self.retired


class WatchList(BaseModel):
    """One file of watched entities; ``id`` is the file's stem."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    owner: str | None = None
    purpose: str | None = None
    review_by: dt.date | None = None
    entities: tuple[Entity, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> WatchList:
        seen: set[str] = set()
        for position, entity in enumerate(self.entities):
            if entity.id in seen:
                raise ValueError(f"entities.{position}.id: the id {entity.id!r} is used twice")
            seen.add(entity.id)
        return self

    @cached_property
    def version(self) -> str:
        """Hash of everything the list says (16 hex digits); comments and the order of keys do not change it."""
        # Fields come in the order of the model, languages were sorted when they were read.
        canonical = self.model_dump_json(by_alias=True, exclude_defaults=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entity with this id, or ``None``."""
        return next((entity for entity in self.entities if entity.id == entity_id), None)


def load_lists(path: Path | None = None) -> tuple[WatchList, ...]:
    """Read one list file or all ``*.yml`` files of a folder, in the order of their names; ``None`` reads the bundled.

    Raises ``WatchlistError`` with each file that is wrong, the key with its line, and what to write instead.
    """
    if path is None:
        with resources.as_file(resources.files("watchlists.lists")) as folder:
            return tuple(read_list(file) for file in _list_files(folder))
    lists = _read_all(list_files(path))
    if len({watch_list.id for watch_list in lists}) < len(lists):
        raise WatchlistError("two files have the same name but for .yml and .yaml", path=path, fix="Rename one")
    return lists


def _read_all(files: Sequence[Path]) -> tuple[WatchList, ...]:
    """Read list files. Raises ``WatchlistError`` for all of them that are wrong."""
    lists, faults = [], []
    for file in files:
        try:
            lists.append(read_list(file))
        except WatchlistError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        told = "\n".join(str(fault) for fault in faults)
        raise WatchlistError(f"{len(faults)} lists cannot be read\n{told}")
    return tuple(lists)


def list_files(path: Path) -> tuple[Path, ...]:
    """Return the list file that is named, or all of a folder in the order of their names; at least one.

    Raises ``WatchlistError`` where there is none.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        problem = "this is neither a file nor a folder" if path.exists() else "there is no such file or folder"
        raise WatchlistError(problem, path=path, fix="Give a .yml file or a folder of them")
    files = tuple(_list_files(path))
    if not files:
        raise WatchlistError("the folder has no .yml file", path=path, fix="A watch-list is one .yml file; see `lists`")
    return files


def _list_files(folder: Path) -> Iterator[Path]:
    return iter(sorted(file for file in folder.iterdir() if file.suffix in (".yml", ".yaml") and file.is_file()))


def read_list(path: Path) -> WatchList:
    """Read one list file. Raises ``WatchlistError``."""
    return _list_in(read_text(path, error=WatchlistError), path)


def parse_list(content: bytes, *, path: Path) -> WatchList:
    """Read the content of a list file, which need not have been saved; ``path`` gives its id and its errors a place."""
    return _list_in(decode(content, path=path, error=WatchlistError), path)


def _list_in(text: str, path: Path) -> WatchList:
    data = parse_yaml(text, path=path, error=WatchlistError)
    if not isinstance(data, dict):
        raise WatchlistError(
            "this is not a watch-list", path=path, fix="It starts with `title:`, then `entities:` with a list"
        )
    if "id" in data:
        raise WatchlistError("a list has no `id`", path=path, key="id", fix="Its file name is its id: remove the line")
    try:
        return WatchList.model_validate({"title": path.stem, **_without_nulls(data), "id": path.stem})
    except ValidationError as error:
        raise fault_of(error, text=text, data=data, path=path, models=(WatchList, Entity)) from error


def _without_nulls(data: Mapping[str, Any]) -> dict[str, Any]:
    """Take a key with nothing after it as not written, so that a template with empty lines loads."""
    entities = data.get("entities")
    kept: dict[str, Any] = {key: value for key, value in data.items() if value is not None}
    if "entities" in data and entities is None:
        kept["entities"] = []
    if isinstance(entities, list):
        kept["entities"] = [
            {key: value for key, value in entity.items() if value is not None} if isinstance(entity, dict) else entity
            for entity in entities
        ]
    return kept
