"""An article in several pages is read as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.outlet import Outlet
from extractors.reading import join_pages, read_page
from records import Fetched

PARAGRAPH = "Пограничники провели {} тренировку на перевале, сообщили вчера вечером в управлении пограничных войск."


def page(url: str, extra: str = "", *numbers: str) -> Fetched:
    text = "".join(f"<p>{PARAGRAPH.format(number)}</p>" for number in numbers or ("первую", "вторую", "третью"))
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=f"<html><head><title>Тренировка</title></head><body><h1>Тренировка</h1>{text}{extra}</body></html>".encode(),
        etag=None,
        last_modified=None,
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def outlet(**rules: object) -> Outlet:
    return Outlet.model_validate(
        {
            "id": "press",
            "title": "Пресса",
            "country": "CN",
            "languages": ("zh",),
            "url": "https://press.example/",
            "timezone": "Asia/Shanghai",
            "sources": ({"kind": "feed", "url": "https://press.example/rss"},),
            "article": rules,
        }
    )


SCRIPT = "<script>createManuscriptPageHTML('3', '0', '16', 'html');</script>"


@pytest.mark.parametrize(
    ("url", "extra", "following"),
    [
        ("https://a.example/16.html", SCRIPT, "https://a.example/16_2.html"),
        ("https://a.example/16_2.html", SCRIPT, "https://a.example/16_3.html"),
        ("https://a.example/16_3.html", SCRIPT, None),
        ("https://a.example/16.shtml", "<a href='16_2.shtml'>下一页</a>", "https://a.example/16_2.shtml"),
        ("https://a.example/16_2.shtml", "<a href='/16_3.shtml'>下一页</a>", "https://a.example/16_3.shtml"),
        ("https://a.example/16_3.shtml", "<a href='/16_2.shtml'>下一页</a>", None),
        ("https://a.example/16.shtml", "<a href='/17.shtml'>下一页</a>", None),
        ("https://a.example/16", "<link rel=next href='/16?page=2'>", "https://a.example/16?page=2"),
        ("https://a.example/16/", "<a href='/16/2/'>Далее</a>", "https://a.example/16/2/"),
        ("https://a.example/16.html", "<a href='https://b.example/16_2.html'>下一页</a>", None),
        ("https://a.example/16.html", "", None),
    ],
)
def test_the_next_page_is_the_same_article_with_another_number(url: str, extra: str, following: str | None) -> None:
    assert read_page(page(url, extra)).next_url == following


def test_the_outlet_may_select_the_next_page() -> None:
    reading = read_page(page("https://press.example/a", "<b><a href='/z?x=1'>2</a></b>"), outlet=outlet(next="b > a"))
    assert reading.next_url == "https://press.example/z?x=1"


def test_the_outlet_may_know_the_address_of_the_whole_text() -> None:
    rules = outlet(whole={"match": r"(\d)\.shtml$", "replace": r"\1_s.shtml"})
    assert read_page(page("https://press.example/1.shtml"), outlet=rules).next_url == "https://press.example/1_s.shtml"
    assert read_page(page("https://press.example/1_s.shtml"), outlet=rules).next_url is None


def test_pages_join_without_what_they_repeat() -> None:
    pages = [
        page("https://a.example/1.html", "", "первую", "вторую"),
        page("https://a.example/1_2.html", "", "вторую", "третью"),
    ]
    joined = join_pages([read_page(each) for each in pages])
    assert joined.text.splitlines() == [PARAGRAPH.format(n) for n in ("первую", "вторую", "третью")]
    assert joined.canonical_url == "https://a.example/1.html"
    assert joined.extractor.endswith("; 2 pages")
    assert joined.content_hash != read_page(pages[0]).article.content_hash
