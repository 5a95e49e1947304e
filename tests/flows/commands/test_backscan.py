"""``wakhan backscan`` and ``wakhan lists try``, on the warehouse of the demo."""

import json
import shutil

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
