"""Pages in the structure of the beat's outlets give their article, all of it and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.outlet import Outlet
from extractors.reading import extract_article
from records import ExtractError, FeedItem, Fetched

PAGES = Path(__file__).parent / "pages"
SEEN_AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
URL = "https://press.example/news/2026/11/22/training"


def fetched(body: bytes | str, *, url: str = URL, content_type: str | None = None) -> Fetched:
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", content_type),) if content_type else (),
        body=body.encode() if isinstance(body, str) else body,
        etag=None,
        last_modified=None,
        fetched_at=SEEN_AT,
    )


def page(name: str) -> Fetched:
    return fetched((PAGES / f"{name}.html").read_bytes())


def outlet(**article: object) -> Outlet:
    return Outlet.model_validate(
        {
            "id": "press",
            "title": "Пресса",
            "country": "TJ",
            "languages": ("ru",),
            "url": "https://press.example/",
            "timezone": "Asia/Dushanbe",
            "sources": ({"kind": "feed", "url": "https://press.example/rss"},),
            "article": article,
        }
    )


RU_FIRST, RU_LAST = "Пограничники двух стран", "с участием инженерных подразделений."
ZH_FIRST, ZH_LAST = "两国边防部队本周", "届时工兵分队也会参加。"


@pytest.mark.parametrize(
    ("name", "title", "first", "last", "lines"),
    [
        (
            "news_agency_boxes",
            "На Памире прошла ночная тренировка пограничников",
            "Руководитель тренировки",
            RU_LAST,
            5,
        ),
        (
            "wordpress_tajik",
            "Сарҳадбонон тамрини якҷоя гузарониданд",
            "ДУШАНБЕ, 22.11.2026",
            "низ иштирок мекунанд.",
            3,
        ),
        ("portal_chinese_2019", "边防部队举行高原联合训练", "新华社杜尚别11月22日电", ZH_LAST, 4),
        ("textarea_chinese", "边防部队举行高原联合训练", ZH_FIRST, ZH_LAST, 4),
        ("text_between_breaks", "边防部队举行高原联合训练", ZH_FIRST, ZH_LAST, 4),
        ("lead_russian", "Ночь на перевале", "Чем закончились учения", RU_LAST, 5),
        ("front_page_teasers", "На Памире прошла тренировка", RU_FIRST, RU_LAST, 4),
    ],
)
def test_a_page_without_an_outlet_file_gives_its_title_and_all_its_paragraphs(
    name: str, title: str, first: str, last: str, lines: int
) -> None:
    article = extract_article(page(name))
    assert article.title == title
    assert article.text.startswith(first)
    assert article.text.endswith(last)
    assert len(article.text.splitlines()) == lines


def test_the_outlets_selectors_are_asked_first() -> None:
    article = extract_article(page("portal_chinese_2019"), outlet=outlet(title=".h-title", body="#p-detail"))
    assert article.extractor == "selectors"
    assert article.title == "边防部队举行高原联合训练"
    assert "纠错" not in article.text


def test_selectors_that_match_nothing_are_passed_over_and_the_reason_is_kept() -> None:
    article = extract_article(page("portal_chinese_2019"), outlet=outlet(body="#detail-of-another-year"))
    assert article.extractor == "densest: selectors gave 0 chars"
    assert article.text.endswith(ZH_LAST)


def test_selectors_that_now_match_a_teaser_do_not_win() -> None:
    article = extract_article(page("front_page_teasers"), outlet=outlet(body="article.jeg_post"))
    assert article.text.startswith(RU_FIRST)
    assert "selectors gave" in article.extractor


def test_a_short_article_is_believed_to_the_selectors() -> None:
    html = "<title>Кратко</title><div class=t><p>Перевал открыт.</p></div><div><p>Погода: ясно.</p></div>"
    article = extract_article(fetched(html), outlet=outlet(body="div.t"))
    assert article.text == "Перевал открыт."


def test_what_the_outlet_removes_or_ends_with_is_not_text() -> None:
    rules = outlet(body="div.t", remove="span.x", remove_text=(r" \(эксклюзив\)",), end=("^Об авторе",))
    html = (
        "<title>Кратко</title><div class=t><p>Перевал <span class=x>ещё</span> открыт (эксклюзив).</p>"
        "<p>Об авторе: живёт в горах.</p><p>Пишет книги.</p></div>"
    )
    assert extract_article(fetched(html), outlet=rules).text == "Перевал открыт."


def test_json_ld_is_read_where_the_page_shows_nothing() -> None:
    body = " ".join(["Пограничники провели ночью тренировку на перевале, сообщили в управлении."] * 8)
    html = (
        '<title>Т</title><script type="application/ld+json">'
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "Тренировка", '
        f'"articleBody": "{body}"}}]}}'
        "</script><div id=app></div>"
    )
    article = extract_article(fetched(html))
    assert (article.extractor, article.text) == ("json-ld", body)


def test_the_canonical_link_names_the_article_where_it_is_of_the_same_site() -> None:
    amp = "https://press.example/amp/news/2026/11/22/training"
    html = (PAGES / "lead_russian.html").read_text(encoding="utf-8")
    linked = html.replace("<head>", f'<head><link rel="canonical" href="{URL}">')
    assert extract_article(fetched(linked, url=amp)).canonical_url == URL
    front = html.replace("<head>", '<head><link rel="canonical" href="https://press.example/">')
    assert extract_article(fetched(front)).canonical_url == URL
    foreign = html.replace("<head>", '<head><link rel="canonical" href="https://other.example/a">')
    assert extract_article(fetched(foreign)).canonical_url == URL


def test_a_pages_text_does_not_depend_on_who_found_it() -> None:
    item = FeedItem(outlet_id="", guid="1", url=URL, title="x", summary="", published_at=SEEN_AT, position=0)
    alone, from_feed = extract_article(page("lead_russian")), extract_article(page("lead_russian"), item=item)
    assert (alone.title, alone.text, alone.content_hash) == (from_feed.title, from_feed.text, from_feed.content_hash)


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        pytest.param(b"", None, "empty", id="nothing"),
        pytest.param(b" \r\n\0\0", None, "empty", id="blanks and NULs"),
        pytest.param(b"%PDF-1.7 ...", None, "not HTML", id="a PDF"),
        pytest.param(b"<p>" + bytes(range(256)) * 50, None, "no text", id="bytes of a program"),
        pytest.param(b"{}", "application/json", "not HTML but application/json", id="JSON by its type"),
        pytest.param(b'{"a": 1}', "text/html", "no tag", id="JSON that says it is HTML"),
        pytest.param(b'<?xml version="1.0"?><!-- a --><!-- b --><rss><channel/></rss>', None, "a feed", id="a feed"),
        pytest.param("<p>Проверка браузера перед доступом</p>".encode(), None, "holds visitors up", id="a bot wall"),
        pytest.param(
            "<title>404</title><p>Страница не найдена. Вернитесь на главную.</p>".encode(), None, "error page", id="404"
        ),
        pytest.param(b"<html><body><img src=a.jpg></body></html>", None, "no text", id="pictures only"),
        pytest.param(b"<div>" * 100_000 + b"text", None, "too deep", id="nested 100,000 deep"),
        pytest.param(b"<p>a" * 31_000, None, "too large", id="too many elements"),
        pytest.param(b"<p>" + b"a" * 50_000_000, None, "too large", id="50 MB"),
        pytest.param(b"<div " + b"a=1 " * 9000 + b">text</div>", None, "attributes", id="a tag of 9,000 attributes"),
        pytest.param(b"<!--a-->" * 5000 + b"<", None, "no text", id="comments without end"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(body: bytes, content_type: str | None, reason: str) -> None:
    with pytest.raises(ExtractError, match=reason) as caught:
        extract_article(fetched(body, content_type=content_type))
    assert caught.value.url == URL


@pytest.mark.parametrize("depth", [300, 900, 1900])
def test_an_article_deep_inside_is_found(depth: int) -> None:
    text = "".join(
        f"<p>Пограничники провели {n}-ю тренировку на перевале, сообщили в управлении.</p>" for n in range(9)
    )
    article = extract_article(fetched("<title>Т</title>" + "<div>" * depth + text))
    assert len(article.text.splitlines()) == 9


def test_bytes_of_two_charsets_and_nuls_give_text_all_the_same() -> None:
    good = (
        "<meta charset=utf-8>" + "<p>Пограничники провели тренировку на перевале, сообщили в управлении войск.</p>" * 9
    )
    body = good.encode() + b"\0\0" + "<p>Ещё предложение в другой кодировке.</p>".encode("cp1251") + b"\0"
    article = extract_article(fetched(body))
    assert "\0" not in article.text
    assert len(article.text.splitlines()) == 10
