"""What an outlet file promises, seen through one run: order of trust, worded dates, several pages, promises broken."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bad_server import Connection, Request, feed, item
from misbehaving_press import OutletServer, outlet_file, watch_list

from flows.ingest.once import run_once
from flows.ingest.reporting import report_json, wrongs_of
from flows.settings import Settings, TranslationSettings
from records import FeedItem, OutletReport, PollResult
from records.landing import Batch
from warehouse.asking import ask
from warehouse.landing import land
from warehouse.opening import open_warehouse

LISTED = (
    "<html><body><div class=row><h3><a href='/news/5'>Учения у перевала завершены</a></h3>"
    "<span class=when>19 ноября 2026, 14:05</span></div></body></html>"
)
FIRST_OF_TWO = (
    "<html lang=ru><body><h1>Учения</h1><div class=body><p>Первая страница говорит о первом дне.</p></div>"
    "<a class=next href='/news/1?page=2'>Далее</a></body></html>"
)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What one run over all outlets left: reports by outlet, servers by outlet, the warehouse."""

    reports: dict[str, OutletReport]
    servers: dict[str, OutletServer]
    settings: Settings
    report_as_json: str

    def rows(self, sql: str) -> tuple[tuple[Any, ...], ...]:
        return tuple(ask(self.settings.published, sql).rows)


def answers(body: str | bytes) -> Any:
    content = body.encode() if isinstance(body, str) else body

    def play(connection: Connection, _: Request) -> None:
        connection.answer(content, headers=[("Content-Type", "text/html; charset=utf-8")])

    return play


def source(server: OutletServer, path: str, more: str) -> str:
    return f'\n  - {{kind: feed, url: "http://{server.name}/{path}", {more}}}\narticle'


def write_outlets(folder: Path, servers: dict[str, OutletServer]) -> None:
    """Write the outlet files; each is the plain one with what is tried changed or added."""

    def written(outlet_id: str, path: str, *changes: tuple[str, str]) -> None:
        text = outlet_file(servers[outlet_id], path)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / f"{outlet_id}.yml").write_text(text, encoding="utf-8")

    for outlet_id, path in (("fallen-back", "status-404"), ("content", "fine")):
        second = source(servers[outlet_id], "second", "fallback: true")
        third = source(servers[outlet_id], "third", "fallback: true")
        written(outlet_id, path, ("\narticle", second), ("\narticle", third))
    written(
        "worded",
        "list",
        ("kind: feed", "kind: list"),
        ('/list"', '/list", links: h3 > a, row: div.row, date: span.when, language: ru'),
        ("timezone: UTC", "timezone: Asia/Dushanbe"),
    )
    written("paged", "one", ("title: h1", "next: a.next, title: h1"))
    written("promising", "fine", ("fetch:", "assertions: {min: {items: 5}, max: {newest_age_hours: 1}}\nfetch:"))
    written("silent", "fine")


def remember_a_month_of_news(settings: Settings, source_url: str) -> None:
    """Land what a run every six hours had left: three new items each time, and none for the last three days."""
    now = datetime.now(UTC)
    polls = [
        PollResult(
            outlet_id="silent",
            source_url=source_url,
            polled_at=now - timedelta(hours=6 * back),
            ok=True,
            items=3,
            new_items=3 if back > 12 else 0,
            baseline=back == 100,
            status=200,
        )
        for back in range(100, 0, -1)
    ]
    known = tuple(_item(number, source_url) for number in range(3))
    with open_warehouse(settings.warehouse) as warehouse:
        land(warehouse, Batch(landed_at=now - timedelta(days=3), items=known, polls=tuple(polls)))


def _item(number: int, source_url: str) -> FeedItem:
    url = source_url.replace("/fine", f"/news/{number}")
    return FeedItem(
        outlet_id="silent", guid=url, url=url, title="Весть", summary="", published_at=None, position=number
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("road")
    (folder / "outlets").mkdir()
    with ExitStack() as stack:
        ids: Sequence[str] = ("fallen-back", "content", "worded", "paged", "promising", "silent")
        servers = {
            each: stack.enter_context(OutletServer(name=f"c{number:04}.test")) for number, each in enumerate(ids)
        }
        servers["worded"].pages["list"] = answers(LISTED)
        servers["paged"].pages["one"] = answers(feed([item(1)]))
        servers["paged"].pages["news/1"] = answers(FIRST_OF_TWO)
        write_outlets(folder / "outlets", servers)
        settings = Settings(
            data_dir=folder / "data",
            outlets=folder / "outlets",
            lists=watch_list(folder),
            translation=TranslationSettings(engines=()),
        )
        remember_a_month_of_news(settings, f"http://{servers['silent'].name}/fine")
        report = run_once(settings, addresses={server.name: ("127.0.0.1", server.port) for server in servers.values()})
        yield Ran(
            reports={each.outlet_id: each for each in report.outlets},
            servers=servers,
            settings=settings,
            report_as_json=json.dumps(report_json(report)),
        )


def test_the_next_in_trust_is_asked_when_the_first_fails_and_those_after_it_are_not(ran):
    asked = ran.servers["fallen-back"].paths()
    assert [path for path in asked if not path.startswith("/news/")] == ["/status-404", "/second"]
    assert ran.reports["fallen-back"].new == 3
    health = ran.rows(
        "select parse_filename(source_url), state from store.source_health where outlet_id = 'fallen-back'"
    )
    assert dict(health) == {"status-404": "gone", "second": "new"}


def test_a_fallback_is_left_alone_while_the_first_answers(ran):
    assert [path for path in ran.servers["content"].paths() if not path.startswith("/news/")] == ["/fine"]


def test_a_date_in_words_is_read_in_the_outlets_language_and_zone(ran):
    ((published,),) = ran.rows("select published_at from articles where outlet_id = 'worded'")
    assert published == datetime(2026, 11, 19, 9, 5)  # noqa: DTZ001 - UTC, as the views have it


def test_an_article_of_two_pages_is_one_with_both_texts_and_both_proofs(ran):
    ((article_id, text),) = ran.rows("select article_id, text from articles where outlet_id = 'paged'")
    assert "первом дне" in text
    assert "колонну из 1?page=2 машин" in text  # the server's page for any other address
    assert len(ran.rows(f"from store.captures where article_id = '{article_id}'")) == 2


def test_less_than_promised_is_a_failure_and_more_is_a_warning(ran):
    failures = [(failure.step, failure.message) for failure in ran.reports["promising"].failures]
    assert failures == [("promises", "3 items, at least 5 expected (assertions.min.items)")]
    assert len(ran.reports["promising"].broken) == 2


def test_a_promise_that_did_not_hold_is_shown_stored_and_in_the_json(ran):
    report = ran.reports["promising"]
    said = "3 items, at least 5 expected (assertions.min.items)"
    assert f"not as expected: {said}" in wrongs_of(report)
    assert any("newest_age_hours" in wrong for wrong in wrongs_of(report))
    (found,) = (each for each in json.loads(ran.report_as_json)["outlets"] if each["outlet_id"] == "promising")
    assert said in found["broken"]
    ((status, broken),) = ran.rows("select status, broken from outlet_health where outlet_id = 'promising'")
    assert (status, said in broken) == ("degraded", True)


def test_a_source_that_answers_and_brings_nothing_for_three_days_is_silent(ran):
    assert (ran.reports["silent"].failures, ran.reports["silent"].items) == ((), 3)
    ((state, status, advice),) = ran.rows("select state, status, advice from outlet_health where outlet_id = 'silent'")
    assert (state, status) == ("silent", "silent"), advice
    assert "wakhan outlets check silent" in advice
