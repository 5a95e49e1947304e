"""A writer that is killed at any moment leaves a warehouse that opens, holds its rules, and completes itself."""

import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from warehouse import open_warehouse
from warehouse.caring import check
from warehouse.publishing import publish, published_path_of

ARTICLES = 120

# Lands twelve batches of ten articles, publishing after each, and says so: the same work whenever it is started.
WRITER = """
import importlib.util, sys
from dataclasses import replace
from pathlib import Path
from records.landing import Batch
from warehouse import land, open_warehouse
from warehouse.publishing import publish

spec = importlib.util.spec_from_file_location("press", "tests/warehouse/press.py")
press = importlib.util.module_from_spec(spec)
spec.loader.exec_module(press)
path = Path(sys.argv[1])
print("started", flush=True)
for first in range(0, 120, 10):
    pages = [press.article(f"p{n}", text="Военные 201-й базы. " * 50 + str(n)) for n in range(first, first + 10)]
    batch = Batch(
        landed_at=press.NOON,
        articles=tuple(pages),
        languages=tuple(press.guess(page) for page in pages),
        mentions=tuple(press.mention(page, "201-й базы") for page in pages),
        alerts=tuple(press.alert(page) for page in pages),
        items=tuple(press.item(f"p{n}") for n in range(first, first + 10)),
        outcomes=tuple(press.landed_item(f"p{n}") for n in range(first, first + 10)),
    )
    with open_warehouse(path) as warehouse:
        land(warehouse, batch)
    publish(path)
print("done", flush=True)
"""


def write(path: Path, *, kill_after_seconds: float | None = None) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "started\n"
        if kill_after_seconds is None:
            assert writer.stdout.read() == "done\n"
        else:
            time.sleep(kill_after_seconds)
            writer.kill()


def counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int, int]:
    ((*found,),) = connection.execute(
        "select (select count(*) from store.articles), (select count(*) from store.mentions), "
        "(select count(*) from store.alerts), (select count(*) from store.feed_items where state = 'landed')"
    ).fetchall()
    return tuple(found)


@pytest.mark.slow
def test_no_kill_loses_or_doubles_anything(tmp_path):
    path = tmp_path / "w.duckdb"
    moments = random.Random(201)
    landed_before = 0
    for _ in range(6):
        write(path, kill_after_seconds=moments.uniform(0, 1.2))
        with open_warehouse(path) as warehouse:
            articles, mentions, alerts, items = counts(warehouse.connection)
            assert [result for result in check(warehouse) if result.broken] == []
        # Whole batches only, and never fewer than before.
        assert articles == mentions == alerts == items
        assert articles % 10 == 0
        assert articles >= landed_before
        landed_before = articles
        if published_path_of(path).exists():
            with duckdb.connect(published_path_of(path), read_only=True) as reader:
                assert len(set(counts(reader))) == 1
    write(path)
    with open_warehouse(path) as warehouse:
        assert counts(warehouse.connection) == (ARTICLES,) * 4
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.slow
def test_a_full_disk_lands_nothing_half_and_the_next_run_completes_it(tmp_path):
    resource = pytest.importorskip("resource")
    path = tmp_path / "w.duckdb"
    with open_warehouse(path):
        pass
    publish(path)
    # A limit on the size of files meets every write beyond it with an error, as a full disk does.
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({path.stat().st_size + 40_000},) * 2)\n"
    limited = f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{limited}"
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run(
        [sys.executable, "-c", limited + WRITER, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "done" not in done.stdout
    with open_warehouse(path) as warehouse:
        assert len(set(counts(warehouse.connection))) == 1
        assert [result for result in check(warehouse) if result.broken] == []
    write(path)
    with open_warehouse(path) as warehouse:
        assert counts(warehouse.connection) == (ARTICLES,) * 4
