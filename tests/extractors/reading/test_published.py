"""The date of an article is the one of the most trusted place that gives a day to be believed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors.outlet import Outlet
from extractors.reading import extract_article
from records import Article, FeedItem, Fetched

SEEN_AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEXT = "<p>" + "Пограничники провели тренировку на перевале, сообщили в управлении войск. " * 8 + "</p>"
LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Т", "datePublished": "{}"}}</script>'
NUMBERED = r"n(?P<month>\d\d)(?P<day>\d\d)-(?P<year>\d\d)-(?P<hour>\d\d)(?P<minute>\d\d)"
META = '<meta property="article:published_time" content="{}">'


def article(
    head: str = "",
    shown: str = "",
    *,
    url: str = "https://press.example/1",
    feed: datetime | None = None,
    since: date | None = None,
    **rules: object,
) -> Article:
    outlet = Outlet.model_validate(
        {
            "id": "press",
            "title": "Пресса",
            "country": "TJ",
            "languages": ("tg", "ru"),
            "url": "https://press.example/",
            "timezone": "Asia/Dushanbe",
            "since": since,
            "sources": ({"kind": "feed", "url": "https://press.example/rss"},),
            "article": rules,
        }
    )
    page = Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=f"<html><head><title>Т</title>{head}</head><body>{shown}{TEXT}</body></html>".encode(),
        etag=None,
        last_modified=None,
        fetched_at=SEEN_AT,
    )
    item = FeedItem(outlet_id="press", guid="1", url=url, title="Т", summary="", published_at=feed, position=0)
    return extract_article(page, outlet=outlet, item=item)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "source", "published_at"),
    [
        pytest.param(article(LD.format("2026-11-20T10:00:00Z"), feed=at(19, 9)), "feed", at(19, 9), id="feed first"),
        pytest.param(
            article(LD.format("2026-11-20T10:00:00Z") + META.format("2026-11-21T10:00:00Z")),
            "json-ld",
            at(20, 10),
            id="JSON-LD before meta",
        ),
        pytest.param(
            article(META.format("2026-11-21T10:00:00Z"), "<i class=d>20.11.2026 15:00</i>", date=(".d",)),
            "meta",
            at(21, 10),
            id="meta before selector",
        ),
        pytest.param(
            article("", "<i class=d>20.11.2026 15:00</i>", url="https://press.example/2026/11/19/a", date=(".d",)),
            "selector",
            at(20, 10),
            id="selector before address",
        ),
        pytest.param(
            article("", "<h1>Т</h1><div>18.11.2026</div>", url="https://press.example/2026/11/19/a"),
            "url",
            at(18, 19),
            id="address before text: midnight in Dushanbe",
        ),
        pytest.param(article("", "<h1>Т</h1><div>Ноябрь 18, 2026 15:51</div>"), "text", at(18, 10, 51), id="text"),
        pytest.param(
            article(META.format("2026-11-21"), "<h1>Т</h1><div>21 ноябри 2026 соати 15:51</div>"),
            "meta, hour from text",
            at(21, 10, 51),
            id="a day takes its hour from where the same day is named",
        ),
        pytest.param(
            article(META.format("2026-11-21"), "<h1>Т</h1><div>20 ноябри 2026 соати 15:51</div>"),
            "meta",
            at(20, 19),
            id="another day's hour is not taken",
        ),
        pytest.param(
            article(LD.format("2027-11-20T10:00:00Z") + META.format("2026-11-21T10:00:00Z")),
            "meta",
            at(21, 10),
            id="the future is refused",
        ),
        pytest.param(
            article(LD.format("0001-01-01T00:00:00") + META.format("2026-11-21T10:00:00Z")),
            "meta",
            at(21, 10),
            id="the year one is refused",
        ),
        pytest.param(
            article("", "<i class=d>Рӯзи 20 / ноябр / 2026</i>", date=(".d",), date_formats=("Рӯзи %d / %B / %Y",)),
            "selector",
            at(19, 19),
            id="the outlet's own format",
        ),
        pytest.param(
            article(url="https://press.example/n1120-26-1551-x", url_date=NUMBERED),
            "url",
            at(20, 10, 51),
            id="the outlet's own pattern of addresses",
        ),
        pytest.param(article("", "<p>Ошибок не было.</p>"), None, None, id="no date is better than a guess"),
    ],
)
def test_the_most_trusted_place_that_can_be_believed_gives_the_date(
    found: Article, source: str | None, published_at: datetime | None
) -> None:
    assert (found.date_source, found.published_at) == (source, published_at)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2026/11/22/slug/", "2026-11-22"),
        ("https://a.example/politics/2026_11_22_517162.shtml", "2026-11-22"),
        ("https://a.example/c/2026-11-22/doc-i.shtml", "2026-11-22"),
        ("https://a.example/2026-11/22/c_1125.htm", "2026-11-22"),
        ("https://a.example/n1/2026/1122/c1001-1.html", "2026-11-22"),
        ("https://a.example/20261122/slug-171.html", "2026-11-22"),
        ("https://a.example/ru/news/tajikistan/society/20261122/slug", "2026-11-22"),
        ("https://a.example/zkzg/202611/t20261122_59.shtml", "2026-11-22"),
        ("https://a.example/news/202611221551-Ab1c.html", "2026-11-22"),
    ],
)
def test_a_day_in_an_address_is_found(url: str, day: str) -> None:
    found = article(url=url)
    assert found.published_at is not None
    assert found.date_source == "url"
    assert found.published_at.astimezone().strftime("%Y-%m-%d") in {day, "2026-11-21"}


def test_a_redesigned_site_is_read_by_the_rules_of_its_day() -> None:
    rules = {"body": ("div.new",), "versions": ({"until": at(1).date(), "body": ("div.old",)},)}
    shown = "".join(f"<div class={name}><p>Статья в разметке {name}. {TEXT[3:-4]}</p></div>" for name in ("old", "new"))
    old = article(META.format("2026-10-20T10:00:00Z"), shown, **rules)
    new = article(META.format("2026-11-20T10:00:00Z"), shown, **rules)
    assert (old.text[:23], new.text[:23]) == ("Статья в разметке old. ", "Статья в разметке new. ")
    assert (old.extractor, new.extractor) == ("selectors", "selectors")


def test_a_date_in_the_address_of_another_page_is_not_that_of_the_article() -> None:
    link = '<p><a href="https://other.example/2026/07/07/world/story.html">сообщает</a> другая газета.</p>'
    assert article(shown=link).published_at is None


def test_a_date_before_the_outlet_existed_is_passed_over() -> None:
    old, printed = META.format("1999-05-01T10:00:00+05:00"), "<h1>Т</h1><div class=date>22.11.2026 15:51</div>"
    assert article(old, printed).published_at == datetime(1999, 5, 1, 5, tzinfo=UTC)
    assert article(old, printed, since=date(2011, 3, 1)).published_at == at(22, 10, 51)


@pytest.mark.parametrize(
    ("day", "believed"), [("2011-03-01", True), ("2011-02-28", False)], ids=["its first day", "the day before"]
)
def test_the_first_day_counts_in_the_outlets_zone(day: str, believed: bool) -> None:
    found = article(META.format(f"{day}T00:30:00+05:00"), since=date(2011, 3, 1)).published_at
    assert (found is not None) == believed
