"""The SQL of the warehouse, read from the files that ship with it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sql_of(folder: str, name: str) -> str:
    """Return the text of ``warehouse/<folder>/<name>.sql``."""
    return (files("warehouse") / folder / f"{name}.sql").read_text("utf-8")


@cache
def sql_names(folder: str) -> tuple[str, ...]:
    """Return the names (without ``.sql``) of the SQL files of a folder, sorted."""
    names = (entry.name for entry in (files("warehouse") / folder).iterdir())
    return tuple(sorted(name.removesuffix(".sql") for name in names if name.endswith(".sql")))
