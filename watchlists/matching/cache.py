"""Keep a table of forms on disk, so that only a changed list is spelt out again.

One ``.npz`` file a set of lists: numbers as arrays, forms as one text, the rest as JSON; nothing in it is code. Its
name is a hash of the versions of the lists, the entities that are active, and the sources that make forms, so a stale
file is never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from watchlists.listfile import Entity, WatchList
from watchlists.matching.table import FormTable, Texts, Watched

_ARRAYS = ("anchors", "first", "entity", "name", "reasons", "only_in", "case", "edges", "weak")
_TEXTS = ("keys", "texts", "names")
_SOURCES = (".py", ".txt", ".tsv")
_KEPT = 8  # files; an analyst who tries out changes makes one each time


def cache_key(entities: Iterable[tuple[WatchList, Entity]]) -> str:
    """Return the name under which the table of these entities is kept."""
    digest = hashlib.sha256(_sources_hash().encode())
    for watch_list, entity in entities:
        digest.update(f"{watch_list.id}\x1f{watch_list.version}\x1f{entity.id}\x1e".encode())
    return digest.hexdigest()[:32]


@cache
def _sources_hash() -> str:
    digest = hashlib.sha256(np.__version__.encode())
    for package in ("watchlists.forms", "watchlists.matching"):
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(_SOURCES):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def read_table(cache_dir: Path, key: str) -> FormTable | None:
    """Return a table that was kept, or ``None`` where there is none or its file is broken."""
    path = cache_dir / f"{key}.npz"
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in _ARRAYS}
            keys, texts, names = (Texts(kept[name].tobytes().decode(), kept[f"{name} starts"]) for name in _TEXTS)
            others: dict[str, Any] = json.loads(kept["others"].tobytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        path.unlink(missing_ok=True)  # half a file of a run that was killed: it is made anew
        return None
    path.touch()
    return FormTable(
        keys=keys,
        texts=texts,
        names=names,
        reason_lists=tuple(map(tuple, others["reason_lists"])),
        language_lists=tuple(map(tuple, others["language_lists"])),
        watched=tuple(
            Watched(entity_id, list_id, list_version, schema, tuple(context), tuple(excluded))
            for entity_id, list_id, list_version, schema, context, excluded in others["watched"]
        ),
        **arrays,
    )


def write_table(cache_dir: Path, key: str, table: FormTable) -> None:
    """Keep a table; the file appears whole or not at all, and the longest unused ones go."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    others = {
        "reason_lists": table.reason_lists,
        "language_lists": table.language_lists,
        "watched": [
            (each.entity_id, each.list_id, each.list_version, each.schema, each.context, each.excluded)
            for each in table.watched
        ],
    }
    arrays: dict[str, Any] = {name: getattr(table, name) for name in _ARRAYS}
    arrays |= {f"{name} starts": getattr(table, name).starts for name in _TEXTS}
    contents = {name: getattr(table, name).joined for name in _TEXTS} | {"others": json.dumps(others)}
    arrays |= {name: np.frombuffer(content.encode(), dtype=np.uint8) for name, content in contents.items()}
    unfinished = cache_dir / f"{key}.{os.getpid()}.part.npz"
    np.savez(unfinished, **arrays)
    unfinished.replace(cache_dir / f"{key}.npz")
    kept = [file for file in cache_dir.glob("*.npz") if not file.name.endswith(".part.npz")]
    for old in sorted(kept, key=lambda file: file.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
