"""JSON lines in, JSON lines out: what the single-step commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import click

from records import ConfigError


def read_lines(
    source: IO[bytes], *, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Iterator[dict[str, object]]:
    """Yield the objects of ``source``, one a line; blank lines are skipped.

    Raises ``ConfigError`` naming file and line for a line that is not a JSON object or lacks a ``required`` key, or
    where such a key is not text (an ``id`` may be a whole number), or ``lang`` no code of a language; ``optional`` keys
    are text, null or absent.
    """
    for number, raw in enumerate(source, start=1):
        if not raw.strip():
            continue
        line = f"line {number}"
        try:
            value = json.loads(raw, parse_constant=_refuse_constant)
        except ValueError as error:
            raise ConfigError(f"not JSON ({error})", path=name, key=line, fix="One JSON object a line.") from error
        if not isinstance(value, dict):
            raise ConfigError("not a JSON object", path=name, key=line, fix='Write it as {"id": ..., "text": ...}.')
        problem, fix = _slip_in(value, required, optional)
        if problem:
            raise ConfigError(problem, path=name, key=line, fix=fix)
        yield value


def _refuse_constant(constant: str) -> object:
    raise ValueError(f"{constant} is no value of JSON")


def _slip_in(value: Mapping[str, object], required: Sequence[str], optional: Sequence[str]) -> tuple[str, str]:
    """Return what is wrong with the keys of a line and what to write instead; empty where nothing is."""
    for key in (*required, *optional):
        found = value.get(key)
        if key not in value and key in required:
            return f'"{key}" is missing', f"Each line needs {required}."
        if key == "id":
            if isinstance(found, bool) or not isinstance(found, str | int):
                return '"id" is neither text nor a whole number', "Write it as a JSON string."
        elif not isinstance(found, str) and (found is not None or key in required):
            return f'"{key}" is not text', "Write it as a JSON string" + (", or null." if key in optional else ".")
        elif key == "lang" and isinstance(found, str):
            return language_slip(found)
    return "", ""


def language_slip(code: str) -> tuple[str, str]:
    """Return what is wrong with a language code and its fix; empty for a code, for ``und`` (unknown) and for none."""
    from configfiles.languages import is_language, language_fix

    if code in ("", "und") or is_language(code):
        return "", ""
    return f"`{code}` is not a language code", language_fix(code)


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
