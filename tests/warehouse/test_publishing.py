import json
import shutil
import subprocess
import sys
import sysconfig
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from records import WarehouseError
from records.landing import Batch
from tests.warehouse.press import NOON, article, whole_batch
from warehouse import land, open_warehouse
from warehouse.asking import ask
from warehouse.documenting import question_of
from warehouse.publishing import publish, published_path_of, release_parquet
from warehouse.sqlfiles import sql_names

COUNT = "select count(*) from articles"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_warehouse(tmp_path / "w.duckdb") as warehouse:
        land(warehouse, whole_batch())
    return tmp_path / "w.duckdb"


def land_more(path: Path, *slugs: str, months_ago: int = 0) -> None:
    at = NOON - timedelta(days=30 * months_ago)
    with open_warehouse(path) as warehouse:
        land(warehouse, Batch(landed_at=at, articles=tuple(article(s, at=at, published_at=at) for s in slugs)))


def test_a_published_copy_is_complete_and_stands_alone(path):
    published = publish(path)
    assert published.path == published_path_of(path)
    assert ask(published.path, COUNT).rows == ((1,),)
    assert sorted(p.name for p in path.parent.iterdir()) == ["w-published.duckdb", "w.duckdb", "w.duckdb.lock"]


def test_readers_of_the_old_copy_go_on_and_new_ones_see_the_new(path):
    copy = publish(path).path
    with duckdb.connect(copy, read_only=True) as reader:
        land_more(path, "more")
        publish(path)
        assert reader.execute(COUNT).fetchall() == [(1,)]
        fresh = [
            sys.executable,
            "-c",
            f"import duckdb; print(duckdb.connect({str(copy)!r}, read_only=True).execute('{COUNT}').fetchone())",
        ]
        assert subprocess.run(fresh, capture_output=True, text=True, check=True).stdout == "(2,)\n"


def test_a_writer_works_while_a_reader_stays_on_the_copy(path):
    copy = publish(path).path
    with duckdb.connect(copy, read_only=True) as reader, open_warehouse(path, wait_seconds=1) as warehouse:
        land(warehouse, Batch(landed_at=NOON, articles=(article("more"),)))
        assert reader.execute(COUNT).fetchall() == [(1,)]


def test_what_a_killed_publisher_left_is_cleared(path):
    leftover = path.parent / ".w-published.duckdb.99999.part"
    leftover.write_bytes(b"half a copy")
    publish(path)
    assert not leftover.exists()


def test_publishing_without_a_warehouse_or_into_no_folder_says_so(path, tmp_path):
    with pytest.raises(WarehouseError, match="does not exist"):
        publish(tmp_path / "none.duckdb")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(WarehouseError, match="cannot be written"):
        publish(path, blocked / "copy.duckdb")


def test_the_duckdb_shell_of_the_1_5_line_opens_a_published_copy(path):
    shell = shutil.which("duckdb", path=sysconfig.get_path("scripts"))
    if shell is None:
        pytest.skip("duckdb-cli is not installed")
    copy = publish(path).path
    version = subprocess.run([shell, "-version"], capture_output=True, text=True, check=True).stdout
    assert version.startswith("v1.5")
    views = "select title_en from articles; select surface from mentions_of('base-201'); from coverage('base-201');"
    questions = ";\n".join(question_of(name)[1] for name in sql_names("questions"))
    command = [shell, "-readonly", "-csv", str(copy), views + questions]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "Exercise at Kharbmaydon" in done.stdout
    assert "201-й базы" in done.stdout


def test_a_release_writes_months_that_changed_and_keeps_the_others(path, tmp_path):
    land_more(path, "old", months_ago=2)
    folder = tmp_path / "release"
    first = release_parquet(publish(path).path, folder)
    assert len([name for name in first.written if name.startswith("articles/")]) == 2
    assert first.kept == ()
    land_more(path, "new")
    second = release_parquet(publish(path).path, folder)
    assert second.written == ("articles/2026-11.parquet",)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == set(second.written) | set(second.kept)
    rows = duckdb.sql(f"select count(*) from read_parquet('{folder}/articles/*.parquet')").fetchall()
    assert rows == [(3,)]
    assert not list(folder.rglob("*.part"))
