"""Put a complete read-only copy in place, so that readers never meet a lock; and a Parquet release beside it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from records import WarehouseError
from warehouse.locking import writer_lock
from warehouse.opening import need_warehouse, open_warehouse
from warehouse.sqlfiles import sql_of

# FICLONE, from linux/fs.h: share the blocks of a file (btrfs, xfs, bcachefs); others refuse and are copied.
_FICLONE = 0x40049409

_RELEASED = ("articles", "mentions", "alerts", "revisions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published copy: where, how large, and whether its blocks are shared with the warehouse."""

    path: Path
    bytes: int
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A Parquet release: the files written anew and those that were current already."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def published_path_of(warehouse: Path) -> Path:
    """Return where the published copy of a warehouse lies: beside it."""
    return warehouse.with_name(f"{warehouse.stem}-published{warehouse.suffix}")


def publish(warehouse: Path, target: Path | None = None, *, wait_seconds: float = 30) -> Published:
    """Put a copy of the last checkpoint at ``target`` with an atomic rename; readers of the old one go on undisturbed.

    Waits for the writer. Raises ``WarehouseError`` when there is no warehouse or no room for a copy.
    """
    target = target or published_path_of(warehouse)
    need_warehouse(warehouse)
    with open_warehouse(warehouse, wait_seconds=wait_seconds) as opened:
        opened.connection.execute("checkpoint")
    return _copy_in_place(warehouse, target, wait_seconds=wait_seconds)


def _copy_in_place(warehouse: Path, target: Path, *, wait_seconds: float) -> Published:
    with writer_lock(warehouse, wait_seconds=wait_seconds):
        # Named by its process: a copy a killed publisher left behind is told from one in the making, and removed.
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for leftover in target.parent.glob(f".{target.name}.*.part"):
                leftover.unlink()
            shared = copy_file(warehouse, part)
            _sync(part)
            part.replace(target)
            _sync(target.parent)
        except OSError as error:
            raise WarehouseError(f"{target} cannot be written: {error}. The copy published before stays.") from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return Published(path=target, bytes=target.stat().st_size, shared=shared)


def copy_file(source: Path, target: Path) -> bool:
    """Copy a file, sharing its blocks where the file system can; return whether they are shared."""
    with source.open("rb") as read, target.open("wb") as write:
        with contextlib.suppress(OSError):
            fcntl.ioctl(write.fileno(), _FICLONE, read.fileno())
            return True
        # On Linux copyfile lets the kernel copy: two gigabytes in a few seconds and no memory.
        shutil.copyfileobj(read, write, 16 * 1024 * 1024)
    return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def release_parquet(published: Path, folder: Path) -> Released:
    """Write the views as Parquet, a file a month, with ``manifest.json``; a month whose rows are unchanged is kept.

    ``published`` is a published copy. The manifest has rows, SHA-256 and a fingerprint of the rows of every file; it is
    replaced last: who reads by it never meets half a release.
    """
    folder.mkdir(parents=True, exist_ok=True)
    manifest_path = folder / "manifest.json"
    before: dict[str, dict[str, object]] = {}
    if manifest_path.exists():
        before = json.loads(manifest_path.read_text("utf-8"))["files"]
    files: dict[str, dict[str, object]] = {}
    written: list[str] = []
    with duckdb.connect(published, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for view in _RELEASED:
            for month, rows, fingerprint in connection.execute(sql_of("queries", f"release_{view}")).fetchall():
                name = f"{view}/{month:%Y-%m}.parquet"
                old = before.get(name)
                if old is not None and old["fingerprint"] == str(fingerprint) and (folder / name).exists():
                    files[name] = old
                    continue
                _write_month(connection, view, month, folder / name)
                written.append(name)
                files[name] = {"rows": rows, "fingerprint": str(fingerprint), "sha256": _sha256(folder / name)}
    for name in before.keys() - files.keys():
        (folder / name).unlink(missing_ok=True)
    manifest = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "files": dict(sorted(files.items()))}
    part = manifest_path.with_suffix(".part")
    part.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    part.replace(manifest_path)
    return Released(folder=folder, written=tuple(written), kept=tuple(sorted(files.keys() - set(written))))


def _write_month(connection: duckdb.DuckDBPyConnection, view: str, month: datetime, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    connection.execute(sql_of("statements", f"release_{view}"), {"month": month, "file": str(part)})
    part.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
