"""Settings: defaults that work, a file that is found, a page that tells of every key."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from flows.settings import Settings, find_settings_file, load_settings
from records import ConfigError

DOCS = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += keys(kind, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


@pytest.mark.parametrize("key", keys(Settings))
def test_every_key_stands_in_the_page(key):
    assert f"| `{key}` |" in DOCS


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WAKHAN_SETTINGS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_without_a_file_the_defaults_hold(elsewhere):
    assert load_settings().warehouse == elsewhere / "data" / "wakhan" / "wakhan.duckdb"


def test_a_file_that_is_named_goes_before_one_that_is_found(elsewhere, monkeypatch):
    (elsewhere / "wakhan.yml").write_text("data_dir: here\n", encoding="utf-8")
    named = elsewhere / "mine.yml"
    named.write_text("data_dir: there\n", encoding="utf-8")
    assert load_settings().data_dir == Path("here")
    assert load_settings(named).data_dir == elsewhere / "there"
    monkeypatch.setenv("WAKHAN_SETTINGS", str(named))
    assert find_settings_file(None) == named


def test_a_home_directory_is_expanded(elsewhere, monkeypatch):
    monkeypatch.setenv("HOME", str(elsewhere))
    (elsewhere / "wakhan.yml").write_text("data_dir: ~/w\n", encoding="utf-8")
    assert load_settings().data_dir == elsewhere / "w"


def test_a_relative_path_is_one_from_the_folder_of_the_file(elsewhere):
    (elsewhere / "desk").mkdir()
    file = elsewhere / "desk" / "wakhan.yml"
    file.write_text("lists: mine\nmail: {ca_file: certificates/own.pem}\ndata_dir: /data\n", encoding="utf-8")
    settings = load_settings(file)
    assert settings.lists == elsewhere / "desk" / "mine"
    assert settings.mail.ca_file == elsewhere / "desk" / "certificates" / "own.pem"
    assert settings.data_dir == Path("/data")
    assert Settings(lists=Path("mine")).lists == Path("mine")


def test_a_named_file_that_is_missing_is_an_error(elsewhere):
    with pytest.raises(ConfigError, match="no such settings file"):
        load_settings(Path("absent.yml"))


def test_a_number_for_a_folder_is_answered_in_plain_words(elsewhere):
    (elsewhere / "wakhan.yml").write_text("fetch:\n  archive: true\ndata_dir: 5\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"data_dir, line 3\]: number 5 stands where a path is expected"):
        load_settings()
