"""``wakhan lists export``: what is written is read by other programs, and by us as the same entities."""

import csv
import json

import pytest

from watchlists.listfile import load_lists, read_list

LIST = """\
title: Gorno-Badakhshan
entities:
  - id: tokhir
    schema: Person
    caption: Tokhir Nazarov
    name: {ru: [Тохир Назаров], tg: [Тоҳир Назаров]}
    priority: high
    wikidata: Q5
    notes: "invented; for the tests"
  - id: post-12
    schema: Organization
    caption: Border post 12
    name: {ru: [Двенадцатая застава, Застава 12; северная], zh: [第十二哨所]}
    weak: {ru: [застава]}
    context: {ru: [граница]}
    not: {ru: [застава №12 бис]}
    added: 2026-11-22
  - {id: here, schema: Country, caption: Here, name: {en: [Here]}}
"""


@pytest.fixture
def list_file(tmp_path):
    file = tmp_path / "badakhshan.yml"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["out.ftm.json", "out.json"])
def test_an_export_is_imported_as_the_same_entities(wakhan, list_file, tmp_path, name):
    out, target = tmp_path / name, tmp_path / "again.yml"
    how = [] if "ftm" in name else ["--format", "json"]
    assert wakhan("lists", "export", *how, "--lists", list_file, out).returncode == 0
    run = wakhan("lists", "import", out, "--to", target)
    assert run.returncode == 0, run.stderr
    assert "guess" not in run.stderr
    assert read_list(target).entities == read_list(list_file).entities


def test_an_export_to_stdout_is_lines_for_other_programs(wakhan, list_file):
    run = wakhan("lists", "export", "--lists", list_file)
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert [each["schema"] for each in said] == ["Person", "Organization", "Thing"]
    assert said[0]["properties"]["name"] == ["Тохир Назаров"]
    assert said[1]["properties"]["weakAlias"] == ["застава"]


def test_a_table_has_the_columns_of_opensanctions_and_is_imported_with_full_and_weak_names(wakhan, list_file, tmp_path):
    out, target = tmp_path / "out.csv", tmp_path / "again.yml"
    assert wakhan("lists", "export", "--lists", list_file, out).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == ["id", "schema", "name", "aliases"]
    assert rows[1]["aliases"] == '"Застава 12; северная";第十二哨所'
    assert rows[1]["dataset"] == "Gorno-Badakhshan"
    run = wakhan("lists", "import", out, "--to", target)
    assert run.returncode == 0, run.stderr
    first, second = read_list(target).entities[:2]
    assert second.name == read_list(list_file).entities[1].name
    assert (second.weak, second.context, second.caption) == ({"ru": ("застава",)}, {}, "Border post 12")
    assert (first.wikidata, first.notes) == ("Q5", "invented; for the tests")


def test_a_table_in_a_pipe_begins_with_its_head(wakhan, list_file):
    run = wakhan("lists", "export", "--format", "csv", "--lists", list_file, "-")
    assert run.stdout.startswith('"id","schema","name","aliases",')


def test_one_list_of_a_folder_is_exported_by_its_name(wakhan, list_file):
    other = "entities:\n  - {id: x, schema: Person, caption: X, name: {ru: [Икс]}}\n"
    (list_file.parent / "other.yml").write_text(other, "utf-8")
    folder = list_file.parent
    assert wakhan("lists", "export", "--lists", folder).stdout.count("\n") == 4
    assert wakhan("lists", "export", "--lists", folder, "--list", "other").stdout.count("\n") == 1
    run = wakhan("lists", "export", "--lists", folder, "--list", "toher")
    assert run.returncode == 2
    assert "badakhshan, other" in run.stderr


def test_the_bundled_list_survives_export_and_import(wakhan, tmp_path):
    out, target = tmp_path / "out.json", tmp_path / "again.yml"
    assert wakhan("lists", "export", out, WAKHAN_SETTINGS="").returncode == 0
    assert wakhan("lists", "import", out, "--to", target).returncode == 0
    assert read_list(target).entities == load_lists()[0].entities


@pytest.mark.parametrize(
    ("name", "said"),
    [("mine.yml", "an export is no list file"), ("no/x.json", "cannot be written")],
    ids=["list", "folder"],
)
def test_an_export_that_cannot_be_written_says_so(wakhan, list_file, tmp_path, name, said):
    run = wakhan("lists", "export", "--lists", list_file, tmp_path / name)
    assert run.returncode == 2
    assert said in run.stderr
