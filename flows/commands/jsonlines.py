"""JSON lines in, JSON lines out: what the single-step commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import click

from records import ConfigError


def read_lines(
    source: IO[bytes], *, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Iterator[dict[str, object]]:
    """Yield the objects of ``source``, one a line; blank lines are skipped.

    Raises ``ConfigError`` naming file and line for a line that is not a JSON object or lacks a ``required`` key, or
    where such a key other than ``id`` is not text; ``optional`` keys are text, null or absent.
    """
    for number, raw in enumerate(source, start=1):
        if not raw.strip():
            continue
        line = f"line {number}"
        try:
            value = json.loads(raw)
        except ValueError as error:
            raise ConfigError(f"not JSON ({error})", path=name, key=line, fix="One JSON object a line.") from error
        if not isinstance(value, dict):
            raise ConfigError("not a JSON object", path=name, key=line, fix='Write it as {"id": ..., "text": ...}.')
        for key in required:
            if key not in value:
                raise ConfigError(f'"{key}" is missing', path=name, key=line, fix=f"Each line needs {required}.")
            if key != "id" and not isinstance(value[key], str):
                raise ConfigError(f'"{key}" is not text', path=name, key=line, fix="Write it as a JSON string.")
        for key in optional:
            if value.get(key) is not None and not isinstance(value[key], str):
                raise ConfigError(
                    f'"{key}" is not text', path=name, key=line, fix="Write it as a JSON string, or null."
                )
        yield value


def write_line(value: Mapping[str, object]) -> None:
    """Write one JSON object to stdout in UTF-8 whatever the locale; readable characters are kept where they can be."""
    try:
        line = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can escape and UTF-8 cannot hold
        line = json.dumps(value).encode()
    sys.stdout.buffer.write(line + b"\n")


def text_of(value: Mapping[str, object], key: str) -> str:
    """Return an optional text field, empty when absent or null."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def json_input() -> click.File:
    """Return the argument type of a JSON-lines file: ``-`` is stdin; bytes, so that UTF-8 holds in every locale."""
    return click.File("rb")


def existing_path() -> click.Path:
    """Return the argument type of a path that our own loaders check, for their better errors."""
    return click.Path(path_type=Path)
