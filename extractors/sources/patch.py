"""A change to an outlet file, shown as a patch: one value, and nothing else in the file."""

from __future__ import annotations

import difflib
import io
import json
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from extractors.outlet import Outlet, parse_outlet
from records import OutletError


def source_moved_patch(text: str, outlet: Outlet, *, path: Path, old_url: str, new_url: str) -> str:
    """Return a unified diff of the outlet's file that gives a source its new address; ``""`` if none has the old."""
    return patch_of(text, with_moved_sources(text, outlet, path=path, moves={old_url: new_url}), path=path)


def with_moved_sources(text: str, outlet: Outlet, *, path: Path, moves: Mapping[str, str]) -> str:
    """Return the outlet's file with new addresses (old to new) for its sources.

    ``text`` is the file as it is. Comments, order and layout stay, because only the characters of the values are
    replaced, where ruamel.yaml says they stand. Raises ``OutletError`` if the result would not load.
    """
    patched = text
    for index, source in enumerate(outlet.sources):
        if source.url in moves:
            patched = with_value(patched, ("sources", index, "url"), moves[source.url], path=path)
    parse_outlet(patched, path=path)
    return patched


def patch_of(old: str, new: str, *, path: Path) -> str:
    """Return the unified diff between two versions of a file; ``""`` where nothing changed."""
    diff = difflib.unified_diff(
        old.splitlines(keepends=True),
        new.splitlines(keepends=True),
        fromfile=f"a/{path.name}",
        tofile=f"b/{path.name}",
    )
    return "".join(diff)


def with_value(text: str, loc: tuple[str | int, ...], value: str, *, path: Path) -> str:
    """Return the YAML with the scalar at ``loc`` replaced."""
    node: Node | None = YAML(typ="safe", pure=True).compose(io.StringIO(text))
    for part in loc:
        if isinstance(node, MappingNode):
            node = next((child for key, child in node.value if key.value == part), None)
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            node = None
    if not isinstance(node, ScalarNode):
        raise OutletError("there is no value to replace", path=path, key=".".join(map(str, loc)))
    return text[: node.start_mark.index] + json.dumps(value, ensure_ascii=False) + text[node.end_mark.index :]
