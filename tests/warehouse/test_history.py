"""A page that is gone is vanished after three tries on two days, and not before."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from records.landing import Batch, MissedPage
from tests.warehouse.press import NOON, article, state
from warehouse import reading
from warehouse.history import history_of, said_before
from warehouse.landing import land
from warehouse.opening import Warehouse, open_warehouse

LANDED = article("pass")


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "w.duckdb") as opened:
        land(opened, Batch(landed_at=NOON, articles=(LANDED,), fetch_states=(state(LANDED.url),)))
        yield opened


def miss(warehouse: Warehouse, at: datetime, *, url: str = LANDED.url) -> None:
    missed = MissedPage(url=url, outlet_id="asia-plus", status=404, missed_at=at)
    land(warehouse, Batch(landed_at=at, missed_pages=(missed,)))


def vanished(warehouse: Warehouse) -> list[tuple[object, ...]]:
    return warehouse.connection.execute("select article_id, missing_since_at, tries from vanished").fetchall()


def due(warehouse: Warehouse, at: datetime) -> tuple[str, ...]:
    return tuple(each.url for each in reading.recheck_urls(warehouse, "asia-plus", now=at))


@pytest.mark.parametrize(
    ("hours", "gone"),
    [
        pytest.param((1,), False, id="once"),
        pytest.param((1, 2, 3, 4), False, id="often on one day"),
        pytest.param((1, 24), False, id="twice on two days"),
        pytest.param((1, 13, 25), True, id="three times on two days"),
        pytest.param((1, 2, 3, 30), True, id="often, and once more the next day"),
        pytest.param((1, 13, 13, 13), False, id="one batch landed again and again"),
    ],
)
def test_a_page_has_vanished_after_three_tries_on_two_days(
    warehouse: Warehouse, hours: tuple[int, ...], gone: bool
) -> None:
    for each in hours:
        miss(warehouse, NOON + timedelta(hours=each))
    missing_since = (NOON + timedelta(hours=1)).replace(tzinfo=None)
    assert vanished(warehouse) == ([(LANDED.article_id, missing_since, len(hours))] if gone else [])


def test_a_page_that_is_there_again_starts_anew(warehouse: Warehouse) -> None:
    miss(warehouse, NOON + timedelta(hours=1))
    miss(warehouse, NOON + timedelta(hours=13))
    land(warehouse, Batch(landed_at=NOON, fetch_states=(state(LANDED.url, at=NOON + timedelta(hours=14)),)))
    miss(warehouse, NOON + timedelta(hours=25))
    assert vanished(warehouse) == []
    missing = history_of(warehouse, LANDED.article_id).missing
    assert missing is not None
    assert (missing.tries, missing.vanished_at) == (1, None)


def test_a_missing_page_is_asked_for_twice_a_day_until_it_has_vanished(warehouse: Warehouse) -> None:
    assert due(warehouse, NOON + timedelta(hours=40)) == (LANDED.url,)
    miss(warehouse, NOON + timedelta(hours=40))
    assert due(warehouse, NOON + timedelta(hours=41)) == ()
    assert due(warehouse, NOON + timedelta(hours=52)) == (LANDED.url,)  # older than two days, and still asked for
    miss(warehouse, NOON + timedelta(hours=52))
    miss(warehouse, NOON + timedelta(hours=64))
    assert vanished(warehouse) != []
    assert due(warehouse, NOON + timedelta(hours=100)) == ()


def test_a_page_that_never_was_an_article_does_not_vanish(warehouse: Warehouse) -> None:
    miss(warehouse, NOON, url="https://asia-plus.example/other")
    assert warehouse.connection.execute("select count(*) from store.missing_pages").fetchall() == [(0,)]


def test_an_articles_versions_are_read_oldest_first(warehouse: Warehouse) -> None:
    later = article("pass", text="Военные ушли.", at=NOON + timedelta(hours=3))
    land(warehouse, Batch(landed_at=NOON, articles=(later,)))
    history = history_of(warehouse, LANDED.url)
    assert [version.text for version in history.versions] == [LANDED.text, later.text]
    assert [version.seen_at for version in history.versions] == [NOON, NOON + timedelta(hours=3)]
    assert said_before(warehouse, [LANDED.article_id, "0" * 16])[LANDED.article_id].text == later.text
    assert len(said_before(warehouse, [LANDED.article_id, "0" * 16])) == 1
