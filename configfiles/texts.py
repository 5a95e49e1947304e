"""The text of a file that a person wrote: decoded, parsed as YAML 1.2, and the lines of its keys.

A good file is read once with the fast C parser. Only when something is wrong is it read again for line numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from records import ConfigError


def read_text(file: Traversable, *, error: type[ConfigError]) -> str:
    """Return the text of a file. Raises ``error`` where it cannot be read or is no UTF-8."""
    path = Path(str(file))
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise error(
            f"cannot be read: {fault.strerror}", path=path, fix="Let the account that runs wakhan read it"
        ) from fault
    return decode(content, path=path, error=error)


def decode(content: bytes, *, path: Path, error: type[ConfigError]) -> str:
    """Return the text that a file's bytes are. Raises ``error`` where they are no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error(f"not UTF-8 text (byte {fault.start})", path=path, fix="Save it as UTF-8") from fault


def parse_yaml(text: str, *, path: Path, error: type[ConfigError]) -> object:
    """Return what the text says, as plain values. Raises ``error`` with the line and what to write instead."""
    try:
        return _load(text)
    except MarkedYAMLError as fault:
        _refuse_unmerged(text, path=path, error=error)
        mark = fault.problem_mark or fault.context_mark
        if isinstance(fault, DuplicateKeyError) and mark:
            _refuse_twice(text, mark, path=path, error=error)
        problem = " ".join(str(fault.problem or fault.context).split())
        raise error(
            f"not YAML: {problem}",
            path=path,
            key=f"line {mark.line + 1}" if mark else None,
            fix=_fix_of(text.splitlines()[mark.line : mark.line + 1] if mark else []),
        ) from fault
    except (YAMLError, ValueError) as fault:
        problem = " ".join(str(fault).split())
        raise error(f"not YAML: {problem}", path=path, fix="Save it as UTF-8 text") from fault


def _load(text: str) -> object:
    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError:
        # The C parser keeps to YAML 1.1, where {url: https://example.org/} needs quotes; the slow one knows 1.2.
        return YAML(typ="safe", pure=True).load(text)


def _refuse_unmerged(text: str, *, path: Path, error: type[ConfigError]) -> None:
    """Raise ``error`` where git left two versions in the file, one above the other."""
    first = next((number for number, line in enumerate(text.splitlines(), 1) if line.startswith("<<<<<<< ")), None)
    if first is not None:
        raise error(
            "git found two changes here that do not go together, and left both (<<<<<<<, =======, >>>>>>>)",
            path=path,
            key=f"line {first}",
            fix="Keep the lines that are right, and remove the others with the three marks",
        )


def _refuse_twice(text: str, mark: StreamMark, *, path: Path, error: type[ConfigError]) -> None:
    """Raise ``error`` for the key at a mark, which stands before it in the same mapping."""
    lines = next(_lines_of_twins(compose(text), mark.line + 1, mark.column), None)
    if lines is None:
        return
    key, first = lines
    there = f"in line {first}" if first <= mark.line else "in the same line"
    raise error(
        f"the key `{key}` stands {there}, too",
        path=path,
        key=f"line {mark.line + 1}",
        fix="Write each key once: put what is after both under one of them, and remove the other",
    )


def _lines_of_twins(node: Node | None, line: int, column: int) -> Iterator[tuple[str, int]]:
    """Yield the key that stands at a place, and the line (from 1) where it stands first."""
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            at = key.start_mark
            if (at.line + 1, at.column) == (line, column) and key.value in first:
                yield str(key.value), first[key.value]
            first.setdefault(str(key.value), at.line + 1)
            yield from _lines_of_twins(value, line, column)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _lines_of_twins(item, line, column)


def _fix_of(line: Sequence[str]) -> str:
    if any("\t" in text[: len(text) - len(text.lstrip())] for text in line):
        return "Indent with spaces, not tabs"
    return "Check the indentation, and put text that has : # { [ , a quote or a leading * in quotes"


def compose(text: str) -> Node | None:
    """Return the tree of a text that ``parse_yaml`` took, in which lines can be looked up."""
    composed: Node | None = YAML(typ="safe", pure=True).compose(io.StringIO(text))
    return composed


def line_of(root: Node | None, place: Sequence[int | str]) -> int:
    """Return the line (from 1) of the deepest part of ``place``, keys and positions, that stands in the file."""
    node, line = root, 1
    for part in place:
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line
