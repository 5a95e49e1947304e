"""``wakhan backscan`` and ``wakhan lists try``, on the warehouse of the demo."""

import json
import shutil
import subprocess

import pytest

from flows.settings import load_settings
from warehouse.asking import ask
from watchlists.listfile import load_lists

# A word that articles of the bundled press use and no list watches.
NEW = """\
title: Words of the press
entities:
  - id: the-word
    schema: Topic
    caption: Border guards
    name: {ru: [пограничник], zh: [边防]}
"""


@pytest.fixture
def desk(demo, tmp_path):
    """A copy of the demo's warehouse, with a folder of lists: the bundled one and a new one. Returns the settings."""
    (tmp_path / "data").mkdir()
    shutil.copy(demo.settings.warehouse, tmp_path / "data" / "wakhan.duckdb")
    shutil.copy(demo.settings.published, tmp_path / "data" / demo.settings.published.name)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "words.yml").write_text(NEW, encoding="utf-8")
    settings = tmp_path / "wakhan.yml"
    settings.write_text(f"data_dir: {tmp_path}/data\nlists: {tmp_path}/lists\n", encoding="utf-8")
    return settings


def count(settings, sql):
    ((found,),) = ask(load_settings(settings).published, sql).rows
    return found


def test_a_new_list_finds_the_past_and_says_so(wakhan, desk):
    written = count(desk, "select count(*) from articles where contains(lower(title || ' ' || text), 'пограничник')")
    assert written
    run = wakhan("--settings", desk, "backscan")
    assert run.returncode == 0, run.stderr
    assert count(desk, "select count(*) from alerts where entity_id = 'the-word' and language = 'ru'") == written
    assert count(desk, "select count(*) from alerts where entity_id = 'the-word' and origin <> 'backscan'") == 0
    alerts = count(desk, "select count(*) from alerts")
    again = wakhan("--settings", desk, "backscan")
    (watch_list,) = load_lists(desk.parent / "lists")
    assert f"every article has met its version {watch_list.version}" in again.stderr
    assert count(desk, "select count(*) from alerts") == alerts


def test_without_a_warehouse_it_says_what_to_do_first(wakhan, tmp_path):
    run = wakhan("backscan", XDG_DATA_HOME=str(tmp_path), WAKHAN_SETTINGS="")
    assert run.returncode == 2
    assert "wakhan run" in run.stderr


def test_try_says_what_a_backscan_would_find_and_changes_nothing(wakhan, desk):
    before = (desk.parent / "data" / "wakhan.duckdb").read_bytes()
    changed = desk.parent / "words.yml"
    changed.write_text(NEW.replace("пограничник", "дипломат"), encoding="utf-8")
    run = wakhan("--settings", desk, "lists", "try", changed, "--since", "200w", "--json")
    assert run.returncode == 0, run.stderr
    (said,) = map(json.loads, run.stdout.splitlines())
    articles = "select count(*) from articles where contains(lower(title || ' ' || text), 'пограничник')"
    assert (said["list"], said["entity"]) == ("words", "the-word")
    assert said["lost"] == count(desk, articles)
    assert any("ограничник" in each["surface"] for each in said["examples"])
    assert (desk.parent / "data" / "wakhan.duckdb").read_bytes() == before


def tried(wakhan, desk, file, *more):
    run = wakhan("--settings", desk, "lists", "try", file, "--since", "200w", *more)
    assert run.returncode == 0, run.stderr
    return run


def test_a_list_in_use_is_held_against_its_last_commit_and_never_against_itself(wakhan, desk):
    words = desk.parent / "lists" / "words.yml"
    run = wakhan("--settings", desk, "lists", "try", words)
    assert run.returncode == 2
    assert "this is the list in use, which would be held against itself" in run.stderr
    git = ("git", "-C", words.parent, "-c", "user.name=Desk", "-c", "user.email=desk@example.org")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)
    assert wakhan("--settings", desk, "lists", "try", words).returncode == 2
    words.write_text(NEW.replace("пограничник", "дипломат"), encoding="utf-8")
    run = tried(wakhan, desk, words, "--json")
    (said,) = map(json.loads, run.stdout.splitlines())
    assert said["lost"] > 0
    assert "is in use: held against its last commit" in run.stderr


def test_a_copy_under_another_name_is_held_against_the_list_it_was_made_of(wakhan, desk):
    desk.write_text(f"data_dir: {desk.parent}/data\n", encoding="utf-8")
    (bundled,) = load_lists()
    text = wakhan("--settings", desk, "lists", "show", "--yaml").stdout
    copy = desk.parent / "beat.yml"
    copy.write_text(text, encoding="utf-8")
    run = tried(wakhan, desk, copy)
    assert f"beat has most entities of the list {bundled.id}, and is held against that" in run.stderr
    assert "0 alerts added, 0 lost" in run.stderr


def test_examples_are_some_two_screens_and_all_of_them_in_json(wakhan, desk):
    (desk.parent / "none.yml").write_text("title: None\nentities: []\n", encoding="utf-8")
    (desk.parent / "own.yml").write_text(wakhan("lists", "show", "--yaml").stdout, encoding="utf-8")
    run = tried(wakhan, desk, desk.parent / "own.yml", "--lists", desk.parent / "none.yml")
    examples = tried(wakhan, desk, desk.parent / "own.yml", "--lists", desk.parent / "none.yml", "--json").stdout
    count = sum(len(json.loads(line)["examples"]) for line in examples.splitlines())
    assert f"{count - 40:,} more examples with --json." in run.stdout
