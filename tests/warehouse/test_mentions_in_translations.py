"""Mentions that stand in a translation: kept while it stands, found anew when it is replaced, never forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from records import Mention, Translation
from records.landing import Batch
from tests.warehouse.press import NOON, article, guess, item, landed_item, matching, mention, translation
from warehouse import land, open_warehouse
from warehouse.backscanning import count_unmatched_by_list, unmatched_by_list
from warehouse.caring import check
from warehouse.opening import Warehouse
from warehouse.reading import fresh_articles

PAGE = article("exercise", text="Военные 201-й базы прибыли.")
ENGLISH = translation(PAGE)
THEN = NOON + timedelta(hours=1)


def in_translation(of: Translation, surface: str, *, version: str = "v1") -> Mention:
    start = of.text.index(surface)
    return replace(
        mention(PAGE, "201-й базы", entity_id="range", version=version),
        field="translated_text",
        start=start,
        end=start + len(surface),
        surface=surface,
    )


def read_with(of: Translation, *mentions: Mention, at: datetime = THEN, version: str = "v1") -> Batch:
    """Return what lands a translation that was read, with the mentions of original and translation."""
    return Batch(
        landed_at=at,
        translations=(of,),
        matchings=(replace(matching(PAGE, version=version), translated_at=at),),
        mentions=(mention(PAGE, "201-й базы", version=version), *mentions),
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse with an article that was matched, then translated by a model and read again."""
    with open_warehouse(tmp_path / "wakhan.duckdb") as opened:
        original = mention(PAGE, "201-й базы")
        land(
            opened,
            Batch(
                landed_at=NOON,
                articles=(PAGE,),
                languages=(guess(PAGE),),
                matchings=(matching(PAGE),),
                mentions=(original,),
            ),
        )
        land(opened, read_with(ENGLISH, in_translation(ENGLISH, "Kharbmaydon range")))
        yield opened


def surfaces(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    assert [result for result in check(warehouse) if result.broken] == []
    return warehouse.connection.execute("select field, surface from store.mentions order by all").fetchall()


Translated = tuple[bytes | None, bytes | None, str | None]


def waiting(warehouse: Warehouse, version: str = "v1") -> list[Translated]:
    found = unmatched_by_list(warehouse, "security", version)
    assert count_unmatched_by_list(warehouse, "security", version) == len(found)
    return list(zip(found.title_en, found.text_en, found.engine, strict=True))


def read_at(warehouse: Warehouse, version: str) -> datetime:
    """Return when the translation landed with which the one article waits."""
    (moment,) = unmatched_by_list(warehouse, "security", version).translated_at
    assert moment is not None
    return moment.replace(tzinfo=UTC)


def told(of: Translation) -> Translated:
    return of.title.encode(), of.text.encode(), of.engine


BOTH = [("text", "201-й базы"), ("translated_text", "Kharbmaydon range")]


def test_an_article_and_its_translation_are_read_once(warehouse: Warehouse) -> None:
    assert surfaces(warehouse) == BOTH
    assert waiting(warehouse) == []


def test_matching_the_unchanged_page_again_keeps_what_its_translation_has(warehouse: Warehouse) -> None:
    again = Batch(
        landed_at=THEN + timedelta(hours=1),
        articles=(PAGE,),
        matchings=(matching(PAGE),),
        mentions=(mention(PAGE, "201-й базы"),),
    )
    land(warehouse, again)
    assert surfaces(warehouse) == BOTH
    assert waiting(warehouse) == []


def test_a_new_version_of_the_list_waits_for_both_and_takes_the_old_mentions_with_it(warehouse: Warehouse) -> None:
    assert waiting(warehouse, "v2") == [told(ENGLISH)]
    only_original = Batch(
        landed_at=THEN,
        matchings=(matching(PAGE, version="v2"),),
        mentions=(mention(PAGE, "201-й базы", version="v2"),),
    )
    land(warehouse, only_original)
    assert surfaces(warehouse) == BOTH[:1]
    assert waiting(warehouse, "v2") == [told(ENGLISH)]
    moment = read_at(warehouse, "v2")
    read = replace(matching(PAGE, version="v2"), translated_at=moment)
    mentions = (*only_original.mentions, in_translation(ENGLISH, "Kharbmaydon range", version="v2"))
    land(warehouse, replace(only_original, matchings=(read,), mentions=mentions))
    assert surfaces(warehouse) == BOTH
    assert waiting(warehouse, "v2") == []


def test_a_better_translation_takes_the_mentions_of_the_one_it_replaces(warehouse: Warehouse) -> None:
    better = replace(ENGLISH, text="Troops of the 201st base are at the Kharbmaydon range.", model_version="2.0")
    land(warehouse, Batch(landed_at=THEN + timedelta(hours=1), translations=(better,)))
    assert surfaces(warehouse) == BOTH[:1]
    assert waiting(warehouse) == [told(better)]
    land(warehouse, read_with(better, in_translation(better, "Kharbmaydon range"), at=THEN + timedelta(hours=2)))
    assert waiting(warehouse) == [told(better)], (
        "the same translation landed again is no new one: it waits for a back-scan"
    )
    moment = read_at(warehouse, "v1")
    read = replace(matching(PAGE), translated_at=moment)
    land(
        warehouse,
        Batch(landed_at=THEN, matchings=(read,), mentions=(in_translation(better, "Kharbmaydon range"),)),
    )
    assert ("translated_text", "Kharbmaydon range") in surfaces(warehouse)
    assert waiting(warehouse) == []


def test_what_was_found_in_a_translation_that_is_replaced_meanwhile_does_not_land(warehouse: Warehouse) -> None:
    moment = read_at(warehouse, "v2")
    better = replace(ENGLISH, text="At the range.", model_version="2.0")
    land(warehouse, Batch(landed_at=THEN + timedelta(hours=1), translations=(better,)))
    read = replace(matching(PAGE, version="v2"), translated_at=moment)
    late = in_translation(ENGLISH, "Kharbmaydon range", version="v2")
    land(warehouse, Batch(landed_at=THEN + timedelta(hours=2), matchings=(read,), mentions=(late,)))
    assert surfaces(warehouse) == []
    assert waiting(warehouse, "v2") == [told(better)]


def test_a_gloss_is_not_waited_for(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "wakhan.duckdb") as opened:
        gloss = replace(ENGLISH, engine="gloss")
        batch = Batch(landed_at=NOON, articles=(PAGE,), translations=(gloss,), matchings=(matching(PAGE),))
        land(opened, batch)
        assert waiting(opened) == []
        assert waiting(opened, "v2") == [(None, None, None)]


@pytest.mark.parametrize(
    ("published_at", "baseline", "news"),
    [
        (NOON, False, True),
        (NOON, True, True),
        (NOON - timedelta(days=9), False, False),
        (None, False, True),
        (None, True, False),
    ],
    ids=["dated", "dated, first look", "old", "undated", "undated, first look"],
)
def test_news_is_what_is_dated_since_then_and_no_undated_find_of_a_first_look(
    tmp_path: Path, published_at: datetime | None, baseline: bool, news: bool
) -> None:
    page = article("a", published_at=published_at)
    with open_warehouse(tmp_path / "wakhan.duckdb") as opened:
        offered = {"baseline_items" if baseline else "items": (item("a"),)}
        land(opened, Batch(landed_at=NOON, articles=(page,), outcomes=(landed_item("a"),), **offered))
        found = fresh_articles(opened, {page.article_id}, since=NOON - timedelta(days=2))
    assert (page.article_id in found) == news
