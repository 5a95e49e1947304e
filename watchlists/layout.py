"""The text of a list file with one entity changed or added, and every other line as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import StringIO
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from configfiles import compose

_WIDTH = 120  # of a line that is written anew
_HEAD = "entities:\n"
# A thing with a name, or one that is called by it: an entity with either cannot be read by itself.
_ANCHOR = re.compile(r"(?m)(?:^|[-:,\[{]) *[&*]\w")


class _Lines(NamedTuple):
    """The lines of one entity: from the first letter to the last, the dash before its first key at ``indent``."""

    start: int
    end: int
    indent: int


def with_changed(text: str, position: int, change: Callable[[CommentedMap], object]) -> str:
    """Return the text of a list with the entity at a position changed."""
    places = _places_of(text)
    if not places:
        data = _read(text)
        change(data["entities"][position])
        return _write(data, text, _usual_indent(text))
    start, end, indent = places[position]
    data = _read(_HEAD + text[start:end])
    change(data["entities"][0])
    return text[:start] + _write(data, text[start:end], indent).removeprefix(_HEAD) + text[end:]


def with_added(text: str, entities: Sequence[CommentedMap]) -> str:
    """Return the text of a list with more entities, the last ones."""
    if not entities:
        return text
    places = _places_of(text)
    if not places:
        data = _read(text)
        # An empty list is written `[]`, between whose brackets entities would stand in one line.
        if not data.get("entities"):
            data["entities"] = CommentedSeq()
        data["entities"].extend(entities)
        return _write(data, text, _usual_indent(text))
    _, end, indent = places[-1]
    # What is noted at the end of a file is of what stands before it; where other keys follow, it may be theirs.
    end = end if re.search(r"(?m)^[^\s#]", text[end:]) else len(text)
    before = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return before + _write(CommentedMap(entities=CommentedSeq(entities)), "", indent).removeprefix(_HEAD) + text[end:]


def as_text(data: CommentedMap) -> str:
    """Return the text of a new list."""
    return _write(data, "", 2)


def _places_of(text: str) -> tuple[_Lines, ...]:
    """Return where the entities of a list stand; nothing where they do not stand in lines of their own.

    Blank lines and comments after the last thing that an entity says, such as the heading of a section, are not among
    its lines: what it says more goes before them.
    """
    root = compose(text)
    values = [value for key, value in root.value if key.value == "entities"] if isinstance(root, MappingNode) else []
    if not values or not isinstance(values[0], SequenceNode) or not values[0].value or _ANCHOR.search(text):
        return ()
    entities = values[0].value
    starts = [entity.start_mark.index for entity in entities]
    begins = [text.rfind("\n", 0, start) + 1 for start in starts]
    dashes = [text[begin:start] for begin, start in zip(begins, starts, strict=True)]
    if not all(re.fullmatch(r" *- +", dash) for dash in dashes):
        return ()
    last = values[0].end_mark.index
    ends = [*begins[1:], len(text) if last >= len(text) else text.rfind("\n", 0, last) + 1]
    return tuple(
        _Lines(begin, begin + len(_said(text[begin:end], entity, len(dash))), dash.index("-"))
        for entity, begin, end, dash in zip(entities, begins, ends, dashes, strict=True)
    )


def _said(lines: str, entity: Node, column: int) -> str:
    """Return the lines from an entity to the next without the blank lines and comments at their end.

    In a block of text, a ``#`` that is set in farther than the ``column`` of the entity's keys is part of the text.
    """
    last = entity
    while isinstance(last, MappingNode | SequenceNode) and last.value:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    is_block = isinstance(last, ScalarNode) and last.style in {"|", ">"}
    comment = rf" {{0,{column}}}#" if is_block else "[ \t]*#"
    return re.sub(rf"(?:^[ \t]*\n|^{comment}.*\n?)+\Z", "", lines, flags=re.MULTILINE)


def _read(text: str) -> CommentedMap:
    data = _yaml(0, _WIDTH).load(text)
    assert isinstance(data, CommentedMap)
    return data


def _write(data: CommentedMap, before: str, indent: int) -> str:
    """Return as text what was read from ``before``; no line is folded that was not."""
    stream = StringIO()
    _yaml(indent, max([_WIDTH, *map(len, before.splitlines())])).dump(data, stream)
    return stream.getvalue()


def _yaml(indent: int, width: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = width
    yaml.indent(mapping=2, sequence=indent + 2, offset=indent)
    return yaml


def _usual_indent(text: str) -> int:
    dash = re.search(r"(?m)^ *(?=- )", text)
    return min(len(dash[0]), 4) if dash else 2
