"""Names that only the machine translation has: found, marked, told, and found again; by a real model on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from bad_server import Connection, Request, feed, item
from misbehaving_press import OutletServer, outlet_file

from bench.argos_models import write_lexicon_package
from digest import render_digest
from flows.ingest.once import run_once
from flows.names.backscan import backscan
from flows.settings import Settings, TranslationSettings
from warehouse.caring import check
from warehouse.digesting import read_edition
from warehouse.opening import open_warehouse
from watchlists.listfile import load_lists

RUSSIAN = {
    "Президент": "The president",
    "прибыл": "arrived",
    "Делегация": "A delegation",
    "прибыла": "arrived",
    "в": "in",
    "Пекин.": "Beijing.",
    "утром": "in the morning",
    "и": "and",
    "Граница": "The border",
    "граница": "the border",
    "закрыта.": "is closed.",
}
# What is listed in English only, one of them a word that the gloss has, and what is listed in both languages.
LIST = """\
title: Capitals
entities:
  - {id: beijing, schema: Address, caption: Beijing, priority: high, name: {en: [Beijing]}}
  - {id: president, schema: Topic, caption: President, name: {en: [president]}}
  - {id: border, schema: Topic, caption: The border, name: {ru: [граница], en: [border]}}
"""
ADDED = "  - {id: delegation, schema: Topic, caption: Delegation, name: {en: [delegation]}}\n"
ARTICLES = {
    "1": ("Делегация прибыла утром", "<p>Делегация прибыла утром в Пекин.</p>", timedelta(hours=3)),
    "2": ("Граница закрыта.", "<p>Президент прибыл утром и граница закрыта.</p>", timedelta(hours=2)),
    "3": ("Президент прибыл утром", "<p>Президент прибыл утром в Пекин.</p>", timedelta(days=30)),
}
Press = tuple[Settings, dict[str, list[tuple[Any, ...]]]]


def answers(body: bytes, kind: str) -> Any:
    def play(connection: Connection, _: Request) -> None:
        connection.answer(body, headers=[("Content-Type", kind)])

    return play


def page(title: str, body: str) -> Any:
    html = f"<!DOCTYPE html><html lang=ru><meta charset=utf-8><body><h1>{title}</h1><div class=body>{body}</div>"
    return answers(html.encode(), "text/html; charset=utf-8")


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse) as warehouse:
        assert [result for result in check(warehouse) if result.broken] == []
        return warehouse.connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """Run over the press with the gloss, then with a model too; yield the settings and what was there in between."""
    folder = tmp_path_factory.mktemp("press")
    write_lexicon_package(folder / "models", RUSSIAN, source="ru")
    for name in ("outlets", "lists"):
        (folder / name).mkdir()
    (folder / "lists" / "capitals.yml").write_text(LIST, encoding="utf-8")
    now = datetime.now(UTC)
    with OutletServer(name="n0001.test") as server:
        (folder / "outlets" / "outlet.yml").write_text(outlet_file(server, "feed"), encoding="utf-8")
        items = [item(int(number), date=format_datetime(now - age)) for number, (_, _, age) in ARTICLES.items()]
        server.pages["feed"] = answers(feed(items), "application/rss+xml")
        for number, (title, body, _) in ARTICLES.items():
            server.pages[f"news/{number}"] = page(title, body)
        settings = Settings(
            data_dir=folder / "data",
            outlets=folder / "outlets",
            lists=folder / "lists",
            translation=TranslationSettings(engines=("gloss",), models_dir=folder / "models"),
        )
        addresses = {server.name: ("127.0.0.1", server.port)}
        run_once(settings, addresses=addresses)
        glossed = {
            "alerts": rows(settings, "select distinct entity_id from alerts"),
            "titles": rows(settings, "select title_en from articles order by all"),
        }
        with_model = settings.translation.model_copy(update={"engines": ("argos", "gloss")})
        settings = settings.model_copy(update={"translation": with_model})
        run_once(settings, addresses=addresses)
        glossed["counted"] = rows(
            settings, "select sum(alerts), (select count(*) from alerts) from store.outlet_reports"
        )
        yield settings, glossed


def found(settings: Settings, entity_id: str) -> list[tuple[Any, ...]]:
    return rows(
        settings,
        "select a.title, m.field, m.surface, m.reasons, m.score, al.priority, al.origin, al.score "
        "from mentions as m join articles as a using (article_id) join alerts as al using (article_id, entity_id) "
        f"where entity_id = '{entity_id}' order by all",
    )


def test_a_gloss_is_not_read(press: Press) -> None:
    _, glossed = press
    assert sum("resident" in title for (title,) in glossed["titles"]) == 1
    assert glossed["alerts"] == [("border",)]


def test_what_only_the_translation_names_alerts_says_so_and_scores_lower(press: Press) -> None:
    settings, _ = press
    only = ["named only in the machine translation"]
    assert found(settings, "beijing") == [
        ("Делегация прибыла утром", "translated_text", "Beijing", only, 0.6, "high", "live", 0.6),
        ("Президент прибыл утром", "translated_text", "Beijing", only, 0.6, "high", "backscan", 0.6),
    ]
    ((line,),) = rows(settings, "select line from mentions_of('beijing') where title like 'Делегация%'")
    assert line == "A delegation arrived in the morning in Beijing."


def test_alerts_that_the_backlog_makes_are_counted_in_the_run(press: Press) -> None:
    _, between = press
    ((counted, alerts),) = between["counted"]
    assert counted == alerts > len(between["alerts"])


def test_what_both_name_has_only_the_mentions_of_the_original(press: Press) -> None:
    settings, _ = press
    assert [(field, surface) for _, field, surface, *_ in found(settings, "border")] == [
        ("text", "граница"),
        ("title", "Граница"),
    ]


def test_the_digest_shows_the_english_line_and_says_where_it_stands(press: Press) -> None:
    settings, _ = press
    until = datetime.now(UTC) + timedelta(minutes=1)
    with open_warehouse(settings.warehouse) as warehouse:
        edition = read_edition(warehouse, since=until - timedelta(days=1), until=until)
    (told,) = (shown for each in edition.items for shown in each.evidence if shown.entity_id == "beijing")
    assert (told.before, told.surface) == ("A delegation arrived in the morning in ", "Beijing")
    assert told.line_en is None
    rendered = render_digest(edition)
    line = f"Beijing [{told.short_id}] (in English only): A delegation arrived in the morning in *Beijing*."
    assert line in rendered.text
    assert "named only in the machine translation" in rendered.text
    assert "A delegation arrived in the morning in <mark" in rendered.html


def test_a_changed_list_is_looked_for_in_translations_and_forgets_nothing(press: Press) -> None:
    settings, _ = press
    before = found(settings, "beijing")
    assert settings.lists is not None
    (settings.lists / "capitals.yml").write_text(LIST + ADDED, encoding="utf-8")
    (watch_list,) = load_lists(settings.lists)
    assert backscan(settings, watch_list, done=lambda _: None).articles == 3
    assert [(field, origin) for _, field, *_, origin, _ in found(settings, "delegation")] == [
        ("translated_text", "backscan"),
        ("translated_title", "backscan"),
    ]
    assert found(settings, "beijing") == before
    assert backscan(settings, watch_list, done=lambda _: None).articles == 0
