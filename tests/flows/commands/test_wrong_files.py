"""Files that are missing or malformed: the answer names the file, the key and the fix, and exits 2."""

import pytest
from command_line import run_wakhan

from warehouse.opening import open_warehouse

OUTLET = """\
title: A paper
country: TJ
languages: [ru]
url: https://paper.example/
timezone: Asia/Dushanbe
sources:
  - {kind: feed, url: "https://paper.example/rss", language: ru}
"""
LIST = """\
title: A list
entities:
  - id: one
    schema: Address
    caption: One
    name: {ru: [Мургаб]}
"""


def wakhan(folder, *arguments):
    (folder / "wakhan.yml").write_text(
        f"data_dir: {folder / 'data'}\noutlets: {folder / 'outlets'}\nlists: {folder / 'lists'}\n", encoding="utf-8"
    )
    return run_wakhan("--settings", folder / "wakhan.yml", *arguments)


@pytest.fixture
def desk(tmp_path):
    for name, file, content in (("outlets", "paper.yml", OUTLET), ("lists", "mine.yml", LIST)):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "was", "becomes", "said"),
    [
        pytest.param("outlets/paper.yml", "timezone: Asia/Dushanbe", "timezone: Asia/Dushanb", ["timezone", "line 5"],
                     id="outlet: no such zone"),
        pytest.param("outlets/paper.yml", "languages:", "langauges:", ["langauges", "languages"],
                     id="outlet: misspelt key"),
        pytest.param("outlets/paper.yml", "kind: feed", "kind: fead", ["fead", "feed"], id="outlet: unknown kind"),
        pytest.param("lists/mine.yml", "schema: Address", "schema: Adress", ["Address", "line 4"],
                     id="list: misspelt schema"),
        pytest.param("lists/mine.yml", "    caption: One\n", "", ["caption", "line"], id="list: caption missing"),
        pytest.param("lists/mine.yml", "{ru: [Мургаб]}", "{ru: [Мургаб}", ["line 6"], id="list: not YAML"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_named_with_the_place_and_the_fix(desk, file, was, becomes, said):
    path = desk / file
    path.write_text(path.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    run = wakhan(desk, "run")
    assert run.returncode == 2
    assert path.name in run.stderr
    assert all(word in run.stderr for word in said), run.stderr
    assert "Traceback" not in run.stderr
    assert not (desk / "data" / "wakhan.duckdb").exists(), "nothing is fetched or landed before the files are right"


@pytest.mark.parametrize("folder", ["outlets", "lists"])
def test_a_missing_folder_is_named(desk, folder):
    for file in (desk / folder).iterdir():
        file.unlink()
    (desk / folder).rmdir()
    run = wakhan(desk, "run")
    assert run.returncode == 2
    assert folder in run.stderr
    assert "Traceback" not in run.stderr


def test_an_outlet_that_is_not_there_is_named(desk):
    run = wakhan(desk, "run", "--outlet", "nobody")
    assert run.returncode == 2
    assert "nobody" in run.stderr
    assert "wakhan outlets list" in run.stderr


def test_a_warehouse_of_a_newer_version_is_refused_and_left_alone(desk):
    path = desk / "data" / "wakhan.duckdb"
    with open_warehouse(path) as warehouse:
        warehouse.connection.execute(
            "insert into store.schema_migrations select 9000, 'from_the_future', sha256, applied_at "
            "from store.schema_migrations limit 1"
        )
    before = path.read_bytes()
    run = wakhan(desk, "run")
    assert run.returncode == 2
    assert "9000" in run.stderr
    assert "Traceback" not in run.stderr
    assert path.read_bytes() == before


def test_a_run_without_a_network_says_why_for_each_outlet_and_exits_1(desk):
    run = wakhan(desk, "run")
    assert run.returncode == 1
    assert "paper: " in run.stderr
    assert "Traceback" not in run.stderr
    assert (desk / "data" / "wakhan.duckdb").exists()


@pytest.mark.parametrize("care", ["check", "publish", "backup", "prune"])
def test_a_warehouse_that_is_not_there_is_not_cared_for_and_not_made(desk, care):
    run = wakhan(desk, "db", care)
    assert run.returncode == 2
    assert run.stderr.endswith("wakhan.duckdb does not exist. `wakhan run` makes it.\n")
    assert not (desk / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("{desk}/empty",), "wakhan: the answer is empty (file://", id="empty file"),
        pytest.param(("{desk}/lists",), "/lists: is a folder. Name a file", id="folder"),
        pytest.param(("ftp://a.example/b",), "wakhan: ftp://a.example/b: no such file.", id="other scheme"),
        pytest.param(("{desk}/empty", "--url", "ht"), "[--url]: ht is not an http or https address", id="no address"),
        pytest.param(("{desk}/empty", "--outlet", "no"), "wakhan: no outlet no. `wakhan outlets list`", id="no outlet"),
    ],
)
def test_what_cannot_be_extracted_is_named(desk, arguments, said):
    (desk / "empty").touch()
    run = wakhan(desk, "extract", *(each.format(desk=desk) for each in arguments))
    assert run.returncode == 2
    assert said in run.stderr
    assert run.stdout == ""


def test_a_rebuild_without_an_archive_leaves_nothing_behind(desk):
    run = wakhan(desk, "db", "rebuild", "--from-archive", desk / "nowhere")
    assert run.returncode == 2
    assert "no WARC files here" in run.stderr
    assert not (desk / "data" / "rebuilding").exists()
