"""Two hundred kills at random moments of landing, publishing and migrating; then a disk that is full.

``WAKHAN_BENCH_KILLS`` says how many (default 200). After each the warehouse must open, hold its
checks and have only whole batches; at the end one run completes it, with nothing lost and nothing doubled.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import duckdb

from bench.result import Result, at_most
from bench.warehouse import batch_of
from records import WarehouseError
from warehouse import land, open_warehouse
from warehouse.caring import check
from warehouse.migrating import known_migrations, migrate
from warehouse.opening import STORAGE_VERSION
from warehouse.publishing import publish, published_path_of

_BATCHES, _BATCH = 12, 10

# Two hundred interpreters that import everything took longer than the work they are killed at.
_WRITERS = multiprocessing.get_context("forkserver")

_COUNTS = """
select
    (select count(*) from store.articles),
    (select count(*) from store.alerts),
    (select count(*) from store.matchings),
    (select count(*) from store.mentions) // 5
"""


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one makes its own data
    """Kill writers, fill a disk, and count what went wrong."""
    _WRITERS.set_forkserver_preload(["bench.kills"])
    kills = int(os.environ.get("WAKHAN_BENCH_KILLS", "200"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("WAKHAN_BENCH_DIR")) as folder:
        wrong, completed = kill_writers(Path(folder), kills)
    results = [
        Result("kills: writers killed at a random moment", kills, "kills"),
        at_most("kills: warehouses that did not open, broke a rule or lost a batch", wrong, "warehouses", 0),
        at_most("kills: runs after them that left something out or doubled", completed, "runs", 0),
    ]
    with full_disk() as disk:
        if disk is None:
            return results
        broken = fill(disk)
    return [*results, at_most("kills: what a full disk broke", broken, "rules", 0)]


def write(path: Path) -> None:
    """Make or migrate the warehouse, land twelve batches and publish after each: the same work whenever started."""
    for number in range(_BATCHES):
        with open_warehouse(path) as warehouse:
            land(warehouse, batch_of(number * _BATCH, _BATCH))
        publish(path)


def kill_writers(folder: Path, kills: int) -> tuple[int, int]:
    """Return how many kills left something wrong, and how many completing runs did.

    A warehouse is started anew after every tenth kill, from the oldest schema, so that migrations are met too.
    """
    moments = random.Random(201)
    wrong = incomplete = landed = 0
    path = folder / "none"
    for number in range(kills):
        if number % 10 == 0:
            path, landed = folder / f"{number}" / "w.duckdb", 0
            _make_oldest(path)
        writer = _start(path)
        # Up to what a whole run takes, and often within its first steps.
        time.sleep(moments.choice((0.3, 3.0)) * moments.random())
        writer.kill()
        writer.join()
        found = _faults(path, landed)
        wrong += bool(found)
        landed = max(landed, _landed(path))
        if number % 10 == 9 or number == kills - 1:
            complete = _finish(path) and _landed(path) == _BATCHES * _BATCH
            incomplete += not complete or bool(_faults(path, 0))
            shutil.rmtree(path.parent)
    return wrong, incomplete


def fill(disk: Path) -> int:
    """Write until a small disk is full, make room, and run again; return how many rules do not hold then."""
    path = disk / "w.duckdb"
    with open_warehouse(path):
        pass
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - 400_000)))
    failed = not _finish(path)
    broken = len(_faults(path, 0))
    ballast.unlink()
    finished = _finish(path)
    return broken + (not failed) + (not finished) + len(_faults(path, _BATCHES * _BATCH))


@contextmanager
def full_disk(megabytes: int = 24) -> Iterator[Path | None]:
    """Mount a small disk in memory; ``None`` where that is not allowed."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
        if shutil.which("mount") is None or subprocess.run(["mount", *options], check=False).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def _make_oldest(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        migrate(connection, path, known_migrations()[:3])


def _start(path: Path) -> ForkServerProcess:
    """Start a writer: a process of its own, forked from one that has imported everything."""
    writer = _WRITERS.Process(target=_write_quietly, args=(path,))
    writer.start()
    return writer


def _finish(path: Path) -> bool:
    """Run a writer to its end; return whether it ended well."""
    writer = _start(path)
    writer.join()
    return writer.exitcode == 0


def _write_quietly(path: Path) -> None:
    # What a full disk says is expected; anything else is a traceback.
    try:
        write(path)
    except WarehouseError:
        sys.exit(1)


def _faults(path: Path, at_least: int) -> list[str]:
    """Return what is wrong with a warehouse and its published copy."""
    faults: list[str] = []
    try:
        with open_warehouse(path) as warehouse:
            faults += [result.name for result in check(warehouse) if result.broken]
            faults += _torn(warehouse.connection, at_least)
        if published_path_of(path).exists():
            with duckdb.connect(published_path_of(path), read_only=True) as reader:
                faults += _torn(reader, 0)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this bench counts
        faults.append(f"{type(error).__name__}: {error}")
    for fault in faults:
        print(f"{path}: {fault}", file=sys.stderr)
    return faults


def _torn(connection: duckdb.DuckDBPyConnection, at_least: int) -> list[str]:
    """Tell of batches that are there in part, and of those that are gone."""
    ((*counts,),) = connection.execute(_COUNTS).fetchall()
    whole = len(set(counts)) == 1 and counts[0] % _BATCH == 0
    return ([] if whole else [f"a torn batch: {counts}"]) + ([] if counts[0] >= at_least else [f"lost: {counts}"])


def _landed(path: Path) -> int:
    with open_warehouse(path) as warehouse:
        ((count,),) = warehouse.connection.execute("select count(*) from store.articles").fetchall()
    return int(count)
