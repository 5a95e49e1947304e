"""The back-scan lands what matching finds in everything that has landed, once, whatever comes between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import flows.names.backscan as scanning
from flows.names.backscan import Backscan, backscan, waiting_articles
from flows.settings import Settings
from records import Article
from records.landing import Batch, Landed
from tests.warehouse.press import NOON, article, guess, translation
from warehouse import Warehouse, land, open_warehouse
from warehouse.backscanning import WaitingArticles
from warehouse.caring import check
from watchlists.listfile import Entity, WatchList

# Four in ten name the range in the original, one in the translation alone; all dates are of three days.
TEXTS = ["На полигоне Харбмайдон тихо.", "Ничего нового.", "Харбмайдона не видно.", "Учения прошли."]
KHARB = {"id": "kharb", "schema": "Address", "caption": "Kharbmaydon range", "priority": "high"}
RANGE = Entity.model_validate(KHARB | {"name": {"ru": ["Харбмайдон"], "en": ["Kharbmaydon"]}})
OTHER = Entity.model_validate({"id": "exercise", "schema": "Topic", "caption": "exercise", "name": {"ru": ["учения"]}})
PAGES = tuple(
    article(f"p{number}", title="Сводка", text=TEXTS[number % 4], published_at=NOON + timedelta(days=number // 4))
    for number in range(12)
)
NAMED = {page.article_id for page in PAGES if "Харб" in page.text}
TRANSLATED = next(page for page in PAGES if page.text == "Учения прошли.")
ENGLISH = replace(translation(TRANSLATED, title="Summary"), text="They were held at Kharbmaydon.")


def watching(*entities: Entity) -> WatchList:
    return WatchList(id="security", title="Security", entities=entities)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path)
    with open_warehouse(made.warehouse) as warehouse:
        guesses = tuple(guess(page) for page in PAGES)
        land(warehouse, Batch(landed_at=NOON, articles=PAGES, languages=guesses, translations=(ENGLISH,)))
    return made


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "BATCH", 5)


def scan(settings: Settings, watch_list: WatchList) -> Backscan:
    waiting_articles(settings, (watch_list,))
    return backscan(settings, watch_list, done=lambda _: None)


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse) as warehouse:
        assert [result for result in check(warehouse) if result.broken] == []
        return warehouse.connection.execute(sql).fetchall()


def mentions(settings: Settings) -> list[tuple[Any, ...]]:
    return rows(settings, "select article_id, entity_id, field, surface from store.mentions order by all")


@pytest.fixture(params=["in this process", "in processes of its own"])
def _where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "in this process":
        monkeypatch.setattr(scanning.os, "cpu_count", lambda: 2)
        monkeypatch.setattr(scanning, "_WORTH_A_PROCESS", 0)
        monkeypatch.setattr(scanning, "_CHUNK", 2)


@pytest.mark.usefixtures("_where")
def test_everything_is_read_once_translations_too(settings: Settings) -> None:
    done = scan(settings, watching(RANGE))
    assert (done.articles, done.mentions, done.alerts) == (len(PAGES), 7, 7)
    found = mentions(settings)
    assert {article_id for article_id, _, field, _ in found if field == "text"} == NAMED
    assert [row for row in found if row[0] == TRANSLATED.article_id] == [
        (TRANSLATED.article_id, "kharb", "translated_text", "Kharbmaydon")
    ]
    assert rows(settings, "select distinct origin, priority from store.alerts") == [("backscan", "high")]
    assert scan(settings, watching(RANGE)).articles == 0
    assert mentions(settings) == found


def test_a_stopped_back_scan_goes_on_where_it_was(settings: Settings) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    waiting_articles(settings, (watching(RANGE),))
    with pytest.raises(KeyboardInterrupt):
        backscan(settings, watching(RANGE), done=stop)
    assert scan(settings, watching(RANGE)).articles == len(PAGES) - scanning.BATCH
    assert len(mentions(settings)) == 7


def test_a_changed_list_takes_its_old_mentions_away_and_leaves_the_alerts(settings: Settings) -> None:
    scan(settings, watching(RANGE))
    narrower = RANGE.model_copy(update={"name": {"en": ("Kharbmaydon",)}})
    assert scan(settings, watching(narrower)).articles == len(PAGES)
    assert [surface for *_, surface in mentions(settings)] == ["Kharbmaydon"]
    assert rows(settings, "select count(*) from store.alerts") == [(7,)]


def test_an_added_entity_leaves_the_mentions_of_the_others(settings: Settings) -> None:
    scan(settings, watching(RANGE))
    before = mentions(settings)
    scan(settings, watching(RANGE, OTHER))
    after = mentions(settings)
    assert [row for row in after if row[1] == "kharb"] == before
    assert len([row for row in after if row[1] == "exercise"]) == 3


def test_another_list_leaves_the_mentions_and_alerts_of_the_first(settings: Settings) -> None:
    scan(settings, watching(RANGE))
    before = mentions(settings)
    scan(settings, watching(OTHER).model_copy(update={"id": "exercises"}))
    assert [row for row in mentions(settings) if row[1] == "kharb"] == before
    counts = "select list_id, count(*) from store.alerts group by list_id order by list_id"
    assert rows(settings, counts) == [("exercises", 3), ("security", 7)]


LATER = NOON + timedelta(hours=1)
REVISED = replace(TRANSLATED, text="Теперь назван Харбмайдон.", content_hash="0" * 64, fetched_at=LATER)
NOBODY = next(page for page in PAGES if page.text == "Ничего нового.")
NAMING = replace(NOBODY, text="Теперь назван Харбмайдон.", content_hash="0" * 64, fetched_at=LATER)
BETTER = replace(ENGLISH, text="They were held elsewhere.", model_version="2.0")


@pytest.mark.parametrize(
    ("page", "between", "found"),
    [
        (
            TRANSLATED,
            Batch(landed_at=LATER, articles=(REVISED,), languages=(guess(REVISED),)),
            [("text", "Харбмайдон")],
        ),
        (NOBODY, Batch(landed_at=LATER, articles=(NAMING,), languages=(guess(NAMING),)), [("text", "Харбмайдон")]),
        (TRANSLATED, Batch(landed_at=LATER, translations=(BETTER,)), []),
    ],
    ids=["a revision", "a revision that is the first to name somebody", "another translation"],
)
def test_what_changes_between_reading_and_landing_is_left_out_and_read_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, page: Article, between: Batch, found: list[tuple[str, str]]
) -> None:
    landing, runs = scanning.land_matched, [between]

    def land_after_a_run(warehouse: Warehouse, waiting: WaitingArticles, *values: Any, **named: Any) -> Landed:
        if runs and page.article_id in waiting.article_id:
            land(warehouse, runs.pop())
        return landing(warehouse, waiting, *values, **named)

    monkeypatch.setattr(scanning, "land_matched", land_after_a_run)
    scan(settings, watching(RANGE))
    assert not runs
    assert waiting_articles(settings, (watching(RANGE),)) == {"security": 0}
    assert [row[2:] for row in mentions(settings) if row[0] == page.article_id] == found
