"""List pages: links by selector, articles by pattern."""

from datetime import UTC, datetime

import pytest

from extractors.sources import read_source
from records import FeedError

PAGE = """<html><head><meta charset="{charset}"></head><body>
<nav><a href="/about">О нас</a><a href="/news/">Все новости</a></nav>
<div class="row"><a href="/news/1"><img src="1.jpg"></a><h3><a href="/news/1">Застава <b>открыта</b></a></h3>
  <span class="date">21.11.2026 10:00</span></div>
<div class="row"><h3><a href="https://www.gazette.example/news/2/?utm_source=front" title="Машқҳо"></a></h3>
  <span class="date">20.11.2026</span></div>
<div class="row"><h3><a href="https://elsewhere.example/news/3">Чужое</a></h3></div>
<div class="row"><h3><a href="javascript:open()">Открыть</a></h3></div>
</body></html>"""


@pytest.fixture
def listed(outlet_with, answer):
    def run(body=None, **source):
        body = PAGE.replace("{charset}", "utf-8") if body is None else body
        outlet, made = outlet_with({"kind": "list", "url": "https://gazette.example/all/", "links": "a"} | source)
        return read_source(made, outlet, answer(body, url="https://gazette.example/all/"))

    return run


def test_links_that_are_articles_come_in_the_order_of_the_page(listed):
    assert [(found.url, found.title, found.position) for found in listed()] == [
        ("https://gazette.example/news/1", "Застава открыта", 0),
        ("https://www.gazette.example/news/2/?utm_source=front", "Машқҳо", 1),
    ]


def test_rows_give_each_link_its_date(listed):
    found = listed(row="div.row", links="h3 a", date="span.date", date_formats=["%d.%m.%Y %H:%M", "%d.%m.%Y"])
    assert [one.published_at for one in found] == [
        datetime(2026, 11, 21, 5, tzinfo=UTC),
        datetime(2026, 11, 19, 19, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"links": "div.row h3 > a"}, id="css"),
        pytest.param({"links": "//div[@class='row']/h3/a"}, id="xpath_to_elements"),
        pytest.param({"links": "//div[@class='row']//a/@href"}, id="xpath_to_addresses"),
        pytest.param({"links": "div.row h3"}, id="what_holds_the_link"),
        pytest.param({"links": ["div.gone a", "div.row a"]}, id="second_choice"),
        pytest.param({"row": "//div[a or h3/a]", "links": "//h3/a"}, id="xpath_within_a_row"),
        pytest.param({"row": "div.row", "links": "h3 a", "title": "//h3/a"}, id="title_within_a_row"),
    ],
)
def test_selectors_find_links_however_they_are_written(listed, source):
    assert [found.position for found in listed(**source)] == [0, 1]
    assert listed(**source)[0].url == "https://gazette.example/news/1"


def test_a_page_is_decoded_by_its_bytes(listed):
    assert (
        listed(PAGE.replace("{charset}", "utf-8").replace("қҳо", "ки").encode("windows-1251"))[0].title
        == "Застава открыта"
    )


def test_a_base_of_the_page_counts(listed):
    body = '<html><head><base href="/news/"></head><body><a href="5">a</a></body></html>'
    assert listed(body)[0].url == "https://gazette.example/news/5"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param("", "answered with 0 bytes and no page in them", id="nothing"),
        pytest.param(
            "<html><body><p>Ремонт</p></body></html>",
            "the selector finds nothing (links: a): redesigned?",
            id="redesigned",
        ),
        pytest.param(
            '<a href="/about">x</a><a href="/news/">y</a>',
            "none of 2 links is the address of an article",
            id="no_articles",
        ),
    ],
)
def test_a_page_without_articles_is_a_failure(listed, body, said):
    with pytest.raises(FeedError) as raised:
        listed(body)
    assert said in str(raised.value)
