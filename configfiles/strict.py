"""Reading a YAML file that a person wrote: strictly, with errors that name the line and the fix."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from configfiles.texts import compose, line_of, parse_yaml
from records import ConfigError

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]

# pydantic's words for what it expected, in ours.
_WANTED = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_type": "text",
    "path_type": "a path",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_from_datetime_parsing": "a date",
    "date_parsing": "a date",
    "date_type": "a date",
    "too_short": "a list that is not empty",
    "string_too_short": "text that is not empty or hardly so",
}
_FIXES = {
    "tuple_type": "Write a list: [a, b], or one to a line with a leading dash",
    "model_type": "Write `key: value` lines, indented, or {key: value}",
    "model_attributes_type": "Write `key: value` lines, indented, or {key: value}",
    "dict_type": "Write `key: value` lines, indented, or {key: value}",
    "string_type": "Put it in quotes if text is meant",
    "path_type": "Write a path: ~/wakhan, or in quotes if it is made of digits",
    "int_type": "Write digits without quotes",
    "float_type": "Write digits without quotes",
    "date_from_datetime_parsing": "Write it like 2026-11-22",
    "date_parsing": "Write it like 2026-11-22",
    "date_type": "Write it like 2026-11-22",
    "string_pattern_mismatch": "Write it as the files that come with Wakhan do",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file that people write: the error its mistakes raise, and what a good one looks like."""

    error: type[ConfigError]
    start: str
    """The line a file of this kind starts with, as an example."""
    docs: str
    """The page that shows its shape."""


def read_strict(
    text: str, model: type[Model], *, path: Path, kind: FileKind, given: Mapping[str, object] | None = None
) -> Model:
    """Return the model that the YAML ``text`` describes, with the ``given`` values put in (they may not stand in it).

    Validators of the model find the ``path`` of the file in their context.
    Raises ``kind.error`` with path, dotted key and line, what is wrong and what to write instead.
    """
    given = given or {}
    data = _parse(text, path, kind)
    for key, value in given.items():
        if key in data:
            raise kind.error(
                f"{key} is not written in the file", path=path, key=_key(text, (key,)), fix=f"Remove it: it is {value}"
            )
        data[key] = value
    try:
        # JSON mode: strict about types, and still a list is a tuple and "2026-11-22" a date.
        return model.model_validate_json(json.dumps(data, default=_iso), context={"path": path})
    except ValidationError as error:
        _refuse(error, text, model, path, kind)


def _parse(text: str, path: Path, kind: FileKind) -> dict[str, Any]:
    if not text.strip():
        raise kind.error("the file is empty", path=path, fix=f"{kind.docs} shows its shape")
    data = parse_yaml(text, path=path, error=kind.error)
    if not isinstance(data, dict):
        raise kind.error(
            f"a mapping of keys and values was expected, not a {_type_name(data)}",
            path=path,
            key="line 1",
            fix=f"Start with a line like `{kind.start}`",
        )
    return {str(key): value for key, value in data.items()}


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _refuse(error: ValidationError, text: str, model: type[BaseModel], path: Path, kind: FileKind) -> NoReturn:
    root = compose(text)
    errors = error.errors(include_url=False)
    # A list that lost its only item to a slip is not too short: the slip is what is wrong.
    inner = [details for details in errors if not _stands_for_others(details, errors)]
    found = sorted(
        ((line_of(root, _plain(details["loc"], root)), details) for details in inner),
        # A misspelt key is also a missing one; the misspelling is what helps.
        key=lambda pair: (pair[1]["type"] != "extra_forbidden", pair[0]),
    )
    line, details = found[0]
    problem, fix = _explain(details, model)
    if len(found) > 1:
        more = ", ".join(f"{_dotted(_plain(other['loc'], root))} (line {at})" for at, other in found[1:4])
        problem = f"{problem} (and {len(found) - 1} more: {more}{', ...' if len(found) > 4 else ''})"
    key = f"{_dotted(_plain(details['loc'], root))}, line {line}"
    raise kind.error(problem, path=path, key=key, fix=fix) from error


def _stands_for_others(details: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    place = details["loc"]
    return details["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in errors
    )


def _key(text: str, loc: Loc) -> str:
    return f"{_dotted(loc)}, line {line_of(compose(text), loc)}"


def _dotted(loc: Loc) -> str:
    return re.sub(r"\.(\[)", r"\1", ".".join(f"[{part}]" if isinstance(part, int) else part for part in loc))


def _plain(loc: Loc, root: Node | None) -> Loc:
    """Return the location without what pydantic adds: the tag of a union, ``[key]`` of a mapping."""
    node, kept = root, []
    for index, part in enumerate(loc):
        if isinstance(node, MappingNode):
            keys = {key.value: value for key, value in node.value}
            if part in keys:
                node = keys[part]
            elif index + 1 < len(loc) or part == "[key]":
                continue
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif index > 0:
            continue
        kept.append(part)
    return tuple(kept)


def _explain(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and what to write instead, in plain words."""
    kind, name, context = details["type"], str(details["loc"][-1]), details.get("ctx", {})
    match kind:
        case "extra_forbidden":
            said = f"unknown key {name!r}", _nearest(name, _keys_at(model, details["loc"][:-1]))
        case "missing":
            said = f"{name!r} is missing", f"Add `{name}:`"
        case "union_tag_not_found":
            said = "'kind' is missing", f"Add `kind:`. Allowed: {', '.join(_tags_in(model))}"
        case "union_tag_invalid":
            said = f"unknown kind {context.get('tag')!r}", _nearest(str(context.get("tag")), _tags_in(model))
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            said = f"{details['input']!r} is not allowed here", _nearest(str(details["input"]), allowed)
        case "value_error":
            problem, _, fix = str(context["error"]).partition(" -> ")
            said = problem, fix
        case _:
            shown = _shown(details["input"])
            wanted = _WANTED.get(kind) or details["msg"].replace("Input should be ", "a value ")
            said = f"{shown} stands where {wanted} is expected", _FIXES.get(kind, "Correct the value")
    return said


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return f"{_type_name(value)} {shown if len(shown) <= 60 else shown[:57] + '...'}"


def _type_name(value: object) -> str:
    names = {dict: "mapping", list: "list", str: "text", bool: "true/false", int: "number", float: "number"}
    return "nothing" if value is None else names.get(type(value), type(value).__name__)


def _nearest(name: str, allowed: Sequence[str]) -> str:
    close = difflib.get_close_matches(name.lower(), allowed, n=1, cutoff=0.6)
    listing = f"Allowed: {', '.join(allowed)}" if allowed else "Remove it"
    return f"Did you mean {close[0]!r}? {listing}" if close else listing


def _keys_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """Return the keys a file may write at this place; the union's tag in ``loc`` chooses the model."""
    current: object = model
    for part in loc:
        options = _models_in(current)
        named = [option for option in options if part in option.model_fields]
        tagged = [option for option in options if _tag_of(option) == part]
        if tagged:
            current = tagged[0]
        elif named:
            current = named[0].model_fields[str(part)].annotation
    options = _models_in(current)
    return tuple(name for name in options[0].model_fields if name != "id") if options else ()


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _tags_in(model: type[BaseModel]) -> list[str]:
    """Return the tags of the model's one discriminated union."""
    options = [option for field in model.model_fields.values() for option in _models_in(field.annotation)]
    return [str(tag) for option in options if (tag := _tag_of(option)) is not None]


def _kinds(model: type[BaseModel]) -> tuple[object, ...]:
    field = model.model_fields.get("kind")
    return () if field is None else get_args(field.annotation)


def _tag_of(model: type[BaseModel]) -> object:
    kinds = _kinds(model)
    return kinds[0] if len(kinds) == 1 else None
