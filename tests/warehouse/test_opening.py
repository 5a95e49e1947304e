import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from records import MigrationError, WarehouseError, WarehouseLockedError
from tests.warehouse.press import whole_batch
from warehouse import land, open_warehouse
from warehouse.locking import lock_path_of
from warehouse.migrating import known_migrations, migrate
from warehouse.opening import STORAGE_VERSION

HOLDER = """
import sys, time
from pathlib import Path
from warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""


READER = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1], read_only=True)
print("on", flush=True)
time.sleep(60)
"""

# Two transactions that stay in the log: no checkpoint comes any more.
KILLED = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
for _ in range(2):
    connection.execute("insert into store.recoveries select now()::timestamp, repeat('x', 999), i from range(99) t(i)")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "w.duckdb"


@pytest.fixture
def holder(path: Path):
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_holds_the_warehouse_and_since_when(path, holder):
    with (
        pytest.raises(WarehouseLockedError, match=rf"process {holder.pid} on \S+, which has held it for \d+ s"),
        open_warehouse(path, wait_seconds=0.1),
    ):
        pytest.fail("two writers at once")


def test_the_lock_of_a_killed_writer_is_free(path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert json.loads(lock_path_of(path).read_text())["pid"] == holder.pid
    with open_warehouse(path, wait_seconds=0):
        assert json.loads(lock_path_of(path).read_text())["pid"] == os.getpid()


def test_threads_of_one_process_take_turns(path):
    inside, most = 0, 0

    def write() -> None:
        nonlocal inside, most
        with open_warehouse(path):
            inside += 1
            most = max(most, inside)
            inside -= 1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_forked_worker_does_not_keep_the_lock(path):
    stop = multiprocessing.get_context("fork").Event()
    with open_warehouse(path):
        worker = multiprocessing.get_context("fork").Process(target=stop.wait, args=(60,))
        worker.start()
    try:
        script = "import sys; from pathlib import Path; from warehouse import open_warehouse\n"
        script += "with open_warehouse(Path(sys.argv[1]), wait_seconds=0): print('open')"
        command = [sys.executable, "-c", script, str(path)]
        assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == "open\n"
    finally:
        stop.set()
        worker.join()


def test_a_client_on_the_live_file_is_named(path):
    with open_warehouse(path):
        pass
    with subprocess.Popen([sys.executable, "-c", READER, str(path)], stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        client.stdout.readline()
        with (
            pytest.raises(WarehouseLockedError, match=f"process {client.pid} "),
            open_warehouse(path, wait_seconds=0.1),
        ):
            pytest.fail("opened beside a reader of the live file")
        client.kill()


def test_a_new_warehouse_has_the_storage_version_older_clients_read(path):
    with open_warehouse(path) as warehouse:
        ((tags,),) = warehouse.connection.execute(
            "select tags from duckdb_databases() where database_name = current_database()"
        ).fetchall()
    assert tags["storage_version"].rstrip("+") == STORAGE_VERSION


def test_a_database_of_a_newer_program_is_refused(path):
    with open_warehouse(path) as warehouse:
        warehouse.connection.execute("insert into store.schema_migrations values (9999, 'x', 'x', now()::timestamp)")
    with pytest.raises(MigrationError, match="schema version 9999"), open_warehouse(path):
        pytest.fail("opened")


def test_an_edited_applied_migration_is_refused(path):
    with open_warehouse(path) as warehouse:
        first, *rest = known_migrations()
        edited = (replace(first, sql=first.sql + "-- edited"), *rest)
        with pytest.raises(MigrationError, match=r"0001_store\.sql was edited"):
            migrate(warehouse.connection, path, edited)


def test_a_migration_that_fails_is_undone_and_those_before_it_stay(path):
    with open_warehouse(path) as warehouse:
        known = known_migrations()
        newest = known[-1].version
        good = replace(known[-1], version=newest + 1, name="good", sql="create table store.good (i integer)")
        bad = replace(known[-1], version=newest + 2, name="bad", sql="create table store.half (i integer); select no")
        with pytest.raises(MigrationError, match=r"bad\.sql failed"):
            migrate(warehouse.connection, path, (*known, good, bad))
        tables = {name for (name,) in warehouse.connection.execute("select table_name from duckdb_tables()").fetchall()}
        assert "good" in tables
        assert "half" not in tables


def test_a_duckdb_file_of_another_program_is_left_alone(path):
    path.parent.mkdir()
    with duckdb.connect(path) as other:
        other.execute("create table invoices (i integer)")
    with pytest.raises(MigrationError, match="invoices"), open_warehouse(path):
        pytest.fail("opened")


def test_a_file_that_is_no_database_is_named(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(WarehouseError, match=r"w\.duckdb cannot be opened"), open_warehouse(path):
        pytest.fail("opened")


def test_a_log_that_will_not_replay_is_set_aside_and_said_aloud(path, caplog):
    with open_warehouse(path) as warehouse:
        land(warehouse, whole_batch())
    wal = path.with_name("w.duckdb.wal")
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    log = bytearray(wal.read_bytes())
    log[100] ^= 0xFF
    wal.write_bytes(log)
    with open_warehouse(path) as warehouse:
        assert warehouse.set_aside is not None
        assert warehouse.set_aside.exists()
        assert warehouse.connection.execute("select count(*) from store.articles").fetchall() == [(1,)]
        assert warehouse.connection.execute("select count(*) from store.recoveries").fetchall() == [(1,)]
    assert "would not replay" in caplog.text
    with open_warehouse(path) as warehouse:
        assert warehouse.set_aside is None


def test_no_bar_of_duckdb_is_drawn_among_the_data_on_stdout(path):
    with open_warehouse(path) as warehouse:
        drawn = warehouse.connection.execute("select current_setting('enable_progress_bar')").fetchall()
    assert drawn == [(False,)]


def test_no_statement_uses_executemany():
    sources = (Path(__file__).parents[2] / "warehouse").rglob("*.py")
    assert [path.name for path in sources if ".executemany(" in path.read_text("utf-8")] == []
