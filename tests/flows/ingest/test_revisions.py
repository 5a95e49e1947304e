"""What becomes of landed articles when their pages change or go, over two runs on a small site."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from flows.ingest.once import run_once
from flows.settings import Settings
from tests.flows.commands.conftest import Site, serve_site
from warehouse.opening import open_warehouse

TEXT = "Пограничники двух стран провели на участке у реки совместное учение, сообщила пресс-служба. "
SLUGS = ("counted", "corrected", "removed", "led-home")
LIST = """\
title: Units
entities:
  - {id: base-201, schema: Organization, caption: 201st Base, name: {ru: [201-я военная база]}}
"""


def print_page(site: Site, slug: str, *, views: int, men: int = 300) -> None:
    paragraphs = "".join(f"<p>{TEXT * 3}Часть {part}, {men} человек.</p>" for part in range(3))
    counter = f"<p>Просмотров: {views}</p><p>Обновлено {views} минут назад. Комментариев: {views}</p>"
    site.put(f"/news/{slug}", f"<html lang=ru><h1>Учение {slug}</h1><div class=text>{paragraphs}{counter}</div></html>")


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """Run twice: the second time one page has new counters, one a new number, one is gone; by slug what has landed."""
    folder: Path = tmp_path_factory.mktemp("revisions")
    (folder / "outlets").mkdir()
    (folder / "lists").mkdir()
    (folder / "lists" / "units.yml").write_text(LIST, encoding="utf-8")
    (folder / "outlets" / "gazette.yml").write_text(
        "title: Gazette\ncountry: TJ\nlanguages: [ru]\nurl: http://gazette.example/\ntimezone: Asia/Dushanbe\n"
        "sources:\n  - {kind: feed, url: 'http://gazette.example/rss.xml', language: ru}\n"
        "article: {title: h1, body: div.text}\n",
        encoding="utf-8",
    )
    settings = Settings(data_dir=folder, outlets=folder / "outlets", lists=folder / "lists")
    with serve_site() as site:
        name, port = site.host.split(":")
        items = "".join(
            f"<item><title>{slug}</title><link>http://gazette.example/news/{slug}</link><guid>{slug}</guid>"
            f"<pubDate>{format_datetime(datetime.now(UTC) - timedelta(hours=1))}</pubDate></item>"
            for slug in SLUGS
        )
        site.put("/rss.xml", f"<rss version='2.0'><channel>{items}</channel></rss>", content_type="text/xml")
        for slug in SLUGS:
            print_page(site, slug, views=12)
        run_once(settings, addresses={"gazette.example": (name, int(port))})
        print_page(site, "counted", views=3456)
        print_page(site, "corrected", views=3456, men=350)
        del site.paths["/news/removed"]
        site.put("/", "<html><h1>Gazette</h1><div class=text><p>" + TEXT * 5 + "</p></div></html>")
        site.redirect("/news/led-home", "/")
        with open_warehouse(settings.warehouse) as warehouse:
            # As if the first run had been yesterday, so that the pages are due again.
            warehouse.connection.execute("update store.fetch_states set fetched_at = fetched_at - interval 1 day")
        run_once(settings, addresses={"gazette.example": (name, int(port))})
    with open_warehouse(settings.warehouse) as warehouse:
        rows = warehouse.connection.execute(
            "select url, revision, coalesce(status, 0) from articles left join store.missing_pages using (url)"
        ).fetchall()
    return {url.rpartition("/")[2]: (revision, status) for url, revision, status in rows}


def test_counters_and_clocks_make_no_revision(landed: dict[str, tuple[int, int]]) -> None:
    assert landed["counted"] == (0, 0)


def test_a_changed_number_makes_one(landed: dict[str, tuple[int, int]]) -> None:
    assert landed["corrected"] == (1, 0)


def test_a_page_that_is_gone_is_noted_and_its_article_stays(landed: dict[str, tuple[int, int]]) -> None:
    assert landed["removed"] == (0, 404)


def test_an_address_that_leads_to_the_front_page_is_noted_and_the_front_page_is_no_article(
    landed: dict[str, tuple[int, int]],
) -> None:
    assert landed["led-home"] == (0, 200)
    assert set(landed) == set(SLUGS)
