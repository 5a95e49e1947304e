"""Checking, editing and trying out lists, and exchanging them with other programs."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import watchlists
from records import Translation, WatchlistError
from watchlists.checking import check_lists
from watchlists.editing import add_entity, add_names, remove_name, set_value, write_list
from watchlists.history import commit_change, list_log
from watchlists.interchange import read_ftm, read_opensanctions_csv, read_wikidata, write_ftm
from watchlists.listfile import Entity, WatchList, parse_list, read_list
from watchlists.trial import StoredArticle, changed_entities, try_lists

LIST = """\
# Kept by the research desk
title: Test   # short
entities:
  # the base in Dushanbe
  - id: base
    schema: Organization
    caption: Base
    name: {ru: [201-я военная база]}   # since 2004
  - id: grad
    schema: Asset
    caption: "Grad"
    name: {ru: [БМ-21 Град]}
    priority: high
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "test.yml"
    file.write_text(LIST, encoding="utf-8")
    return file


def _list(content: str, name: str = "test") -> WatchList:
    return parse_list(content.encode(), path=Path(f"{name}.yml"))


DOUBTS = [
    ("expired review", LIST.replace("entities:", "review_by: 2020-01-01\nentities:"), "the review was due"),
    ("common word", LIST.replace("БМ-21 Град", "Град"), "also a common word"),
    ("Tajik word", LIST.replace("{ru: [БМ-21 Град]}", "{tg: [Шоҳид]}"), "`Шоҳид` (tg) is also a common word"),
    (
        "Chinese word",
        LIST.replace("{ru: [БМ-21 Град]}", "{zh: [世界]}"),
        "`世界` (zh) is also a common word and counts wh",
    ),
    ("traditional", LIST.replace("{ru: [БМ-21 Град]}", "{zh: [會議]}"), "`會議` (zh) is also a common word"),
    ("character", LIST.replace("{ru: [БМ-21 Град]}", "{zh: [人]}"), "`人` (zh) is also a common word"),
    ("English word", LIST.replace("{ru: [БМ-21 Град]}", "{en: [Base]}"), "`Base` (en) is also a common word"),
    ("short name", LIST.replace("БМ-21 Град", "Ка"), "very short"),
    ("weak without context", LIST + "    weak: {ru: [Град]}\n", "has no context"),
    ("context for nothing", LIST + "    context: {ru: [обстрел]}\n", "no weak name to use it"),
    ("idle exclusion", LIST + "    not: {ru: [Сталинград]}\n", "has none of the entity's names"),
    ("part of a word", LIST.replace("БМ-21 Град", "Град, БМ-21") + "    not: {ru: [Сталинград]}\n", "has none of the"),
    ("shared form", LIST.replace("БМ-21 Град", "201-я военная база"), "have the form"),
]


@pytest.mark.parametrize(("content", "problem"), [case[1:] for case in DOUBTS], ids=[case[0] for case in DOUBTS])
def test_what_will_not_work_as_meant_is_pointed_out(content: str, problem: str) -> None:
    assert check_lists([_list(LIST)], today=dt.date(2026, 1, 1)) == ()
    assert any(problem in finding.problem for finding in check_lists([_list(content)], today=dt.date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        pytest.param("Asset", "{tg: [Ми-24], ru: [Ми-24]}", id="short type"),
        pytest.param("Address", "{tg: [Ворух], zh: [朝阳], en: [Base]}", id="places that are words"),
        pytest.param("Country", "{zh: [中国, 塔吉克斯坦], en: [China, Turkey]}", id="countries"),
        pytest.param("Organization", "{zh: [塔利班, 华为], en: [Taliban, Huawei, RATS]}", id="names in the dictionary"),
        pytest.param("Person", "{zh: [高峰]}", id="person, who counts beside a title"),
    ],
)
def test_a_name_that_is_no_common_word_is_not_warned_of(schema: str, names: str) -> None:
    content = LIST + f"  - {{id: x, schema: {schema}, caption: X, name: {names}}}\n"
    assert check_lists([_list(content)], today=dt.date(2026, 1, 1)) == ()


def test_of_a_retired_entity_nothing_but_its_id_is_looked_at() -> None:
    doubtful = "name: {ru: [Град, 201-я военная база]}\n    not: {ru: [Сталинград]}\n    retired: 2026-01-01\n"
    content = LIST.replace("name: {ru: [БМ-21 Град]}\n", doubtful)
    assert check_lists([_list(content)], today=dt.date(2026, 1, 1)) == ()
    assert check_lists([_list(content)], today=dt.date(2025, 12, 31)) != ()
    assert {
        finding.entity_id
        for finding in check_lists([_list(content), _list(content, "other")], today=dt.date(2026, 1, 1))
    } == {"base", "grad"}


def test_an_id_in_two_lists_is_an_error_and_comes_first() -> None:
    findings = check_lists([_list(LIST), _list(LIST, "other")], today=dt.date(2026, 1, 1))
    assert findings[0].severity == "error"
    assert "list test too" in findings[0].problem


def test_an_edit_keeps_every_other_line_with_its_comments(path: Path) -> None:
    add_names(path, "base", "not", {"ru": ["201-я военная база отдыха"]})
    set_value(path, "grad", "priority", "low")
    written = path.read_text(encoding="utf-8")
    kept = [line for line in LIST.splitlines() if "priority" not in line]
    assert [line for line in kept if line not in written.splitlines()] == []
    entities = read_list(path).entities
    assert entities[0].excluded == {"ru": ("201-я военная база отдыха",)}
    assert entities[1].priority == "low"


def test_an_edit_of_the_bundled_list_adds_lines_and_folds_none(tmp_path: Path) -> None:
    (bundled,) = (Path(watchlists.__file__).parent / "lists").glob("*.yml")
    mine = tmp_path / "beat.yml"
    mine.write_bytes(bundled.read_bytes())
    add_names(mine, "grad", "not", {"ru": ["БМ-21 парк"]})
    before, after = bundled.read_text("utf-8").splitlines(), mine.read_text("utf-8").splitlines()
    added = [line[2:] for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert [line.strip() for line in added] == ["not:", "ru: [БМ-21 парк]"]


def test_an_edit_that_would_break_the_list_leaves_the_file_alone(path: Path) -> None:
    with pytest.raises(WatchlistError, match="hihg"):
        set_value(path, "grad", "priority", "hihg")
    with pytest.raises(WatchlistError, match="used twice"):
        add_entity(path, read_list(path).entities[0])
    with pytest.raises(WatchlistError, match="no entity nobody"):
        add_names(path, "nobody", "name", {"ru": ["Имя"]})
    assert path.read_text(encoding="utf-8") == LIST


def test_names_are_added_once_and_can_be_taken_out(path: Path) -> None:
    for _ in range(2):
        add_names(path, "base", "name", {"ru": ["201-я РВБ"], "zh": ["201军事基地"]})
    assert read_list(path).entities[0].name == {"ru": ("201-я военная база", "201-я РВБ"), "zh": ("201军事基地",)}
    remove_name(path, "base", "name", "ru", "201-я РВБ")
    assert read_list(path).entities[0].name["ru"] == ("201-я военная база",)


def test_a_change_is_committed_with_its_reason_and_nothing_else_goes_with_it(path: Path) -> None:
    for command in (["init", "-q"], ["config", "user.name", "Desk"], ["config", "user.email", "desk@example.org"]):
        subprocess.run(["git", "-C", str(path.parent), *command], check=True)
    (path.parent / "other.txt").write_text("unrelated", encoding="utf-8")
    assert commit_change(path, reason="first") is not None
    set_value(path, "grad", "priority", "low")
    commit = commit_change(path, reason="too many alerts")
    log = list_log(path)
    assert [(change.reason, change.author) for change in log] == [("too many alerts", "Desk"), ("first", "Desk")]
    assert log[0].commit == commit
    status = subprocess.run(["git", "-C", str(path.parent), "status", "--porcelain"], capture_output=True, check=True)
    assert status.stdout == b"?? other.txt\n"
    assert commit_change(path, reason="nothing changed") is None


def test_outside_a_repository_nothing_is_committed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(path.parent.parent))
    assert commit_change(path, reason="why") is None
    assert list_log(path) == ()


def test_a_list_survives_the_way_to_follow_the_money_and_back(path: Path, tmp_path: Path) -> None:
    watch_list = read_list(path)
    lines = list(write_ftm(watch_list))
    assert json.loads(lines[1])["properties"]["name"] == ["БМ-21 Град"]
    entities = read_ftm(lines, path=path).entities
    assert entities == watch_list.entities
    new = tmp_path / "new.yml"
    write_list(new, WatchList(id="new", title="New", entities=entities))
    assert read_list(new).entities == watch_list.entities


def test_foreign_follow_the_money_is_sorted_by_script_and_what_cannot_be_watched_is_left_out() -> None:
    lines = [
        '{"id": "NK-1", "schema": "Vessel", "caption": "Star", "properties": {"name": ["Star", "Звезда", "星"]}}',
        '{"id": "NK-2", "schema": "Ownership", "properties": {"owner": ["NK-1"]}}',
    ]
    reading = read_ftm([*lines, "{"], path=Path("x.json"))
    (entity,) = reading.entities
    assert entity.schema_name == "Asset"
    assert entity.name == {"en": ("Star",), "ru": ("Звезда",), "zh": ("星",)}
    assert [(each.place, each.what) for each in reading.left_out] == [("line 2", "of schema Ownership")]
    assert [fault.key for fault in reading.faults] == ["line 3"]


def test_a_table_of_targets_is_read_with_its_aliases() -> None:
    head = "id,schema,name,aliases,birth_date,countries,dataset,sanctions"
    row = 'Q7,Person,Ivan Petrov,"Иван Петров;Petrov, Ivan",1960,ru,ofac,SDN'
    (entity,) = read_opensanctions_csv([head, row], path=Path("targets.csv")).entities
    assert entity.name == {"en": ("Ivan Petrov", "Petrov, Ivan"), "ru": ("Иван Петров",)}
    assert entity.wikidata == "Q7"
    with pytest.raises(WatchlistError, match="aliases is missing"):
        read_opensanctions_csv(["id,schema,name"], path=Path("targets.csv"))


def test_an_item_of_wikidata_becomes_an_entity_with_its_short_aliases_weak() -> None:
    item = {
        "id": "Q83276",
        "labels": {"en": {"value": "Test Pact"}, "ru": {"value": "Тестовый пакт"}, "de": {"value": "Testpakt"}},
        "aliases": {"ru": [{"value": "ТП"}, {"value": "Пакт о тестах"}]},
        "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q192350"}}}}]},
    }
    (entity,) = read_wikidata({"entities": {"Q83276": item}}, path=Path("Q83276.json")).entities
    assert entity.schema_name == "PublicBody"
    assert entity.name == {"en": ("Test Pact",), "ru": ("Тестовый пакт", "Пакт о тестах")}
    assert entity.weak == {"ru": ("ТП",)}
    with pytest.raises(WatchlistError, match="no Wikidata"):
        read_wikidata({"id": "Q1"}, path=Path("x.json"))


def _article(number: int, text: str) -> StoredArticle:
    seen = dt.datetime(2026, 11, 2, tzinfo=dt.UTC) + dt.timedelta(days=number)
    return StoredArticle(
        article_id=str(number), title="", text=text, language="ru", outlet_id="o", url="u", seen_at=seen
    )


ARTICLES = [_article(0, "у 201-й военной базы"), _article(1, "ударили из Града"), _article(8, "из Градов стреляли")]


def test_a_trial_tells_what_a_change_adds_and_loses_by_week_with_examples() -> None:
    changed = LIST.replace("БМ-21 Град", "Град").replace("201-я военная база", "202-я военная база")
    gained, dropped = sorted(
        try_lists([_list(LIST)], [_list(changed)], ARTICLES), key=lambda trial: trial.entity_id, reverse=True
    )
    assert gained.added_by_week == ((dt.date(2026, 11, 2), 1), (dt.date(2026, 11, 9), 1))
    assert [example.surface for example in gained.added_examples] == ["Града", "Градов"]
    assert (gained.lost, dropped.added, dropped.lost) == (0, 0, 1)
    assert not gained.floods


def test_a_trial_reads_translations_too_and_shows_the_english_line() -> None:
    english = Translation(
        article_id="0", source="ru", target="en", title="", text="They fired from a Grad.", engine="argos",
        model_version="1", dropped_names=(),
    )  # fmt: skip
    changed = LIST.replace("{ru: [БМ-21 Град]", "{en: [Grad], ru: [БМ-21 Град]")
    assert changed != LIST
    (trial,) = try_lists([_list(LIST)], [_list(changed)], [replace(_article(0, "стреляли"), translation=english)])
    assert [example.around for example in trial.added_examples] == ["They fired from a Grad."]
    assert "named only in the machine translation" in trial.added_examples[0].reasons


def test_a_name_that_floods_is_warned_of() -> None:
    many = [_article(0, f"Выпал Град {number}") for number in range(60)]
    (trial,) = try_lists([_list(LIST)], [_list(LIST.replace("БМ-21 Град", "Град"))], many)
    assert trial.floods


def test_only_what_changed_is_tried_and_names_the_version_of_the_whole_list() -> None:
    before, after = [_list(LIST)], [_list(LIST.replace("БМ-21 Град", "Град"))]
    (reduced,) = changed_entities(after, before)
    assert [entity.id for entity in reduced.entities] == ["grad"]
    assert reduced.version == after[0].version


def test_an_entity_can_be_made_by_hand_and_added(path: Path) -> None:
    entity = Entity.model_validate(
        {
            "id": "new",
            "schema": "Person",
            "caption": "New",
            "name": {"ru": ["Иван: Петров"]},
            "weak": {"ru": ["Иван"]},
            "added": "2026-11-22",
        }
    )
    assert add_entity(path, entity).entities[-1] == entity
    assert path.read_text(encoding="utf-8").endswith("    added: 2026-11-22\n")
    assert "since 2004" in path.read_text(encoding="utf-8")
