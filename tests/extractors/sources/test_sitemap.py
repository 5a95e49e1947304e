"""Sitemaps: plain, news, indexes, packed."""

import gzip
from datetime import UTC, datetime

import pytest

from extractors.sources import read_page, read_source
from records import FeedError

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url><loc>https://gazette.example/news/1</loc><news:news><news:publication><news:name>G</news:name></news:publication>
    <news:publication_date>2026-11-20T10:00:00+05:00</news:publication_date>
    <news:title>Учения &amp;amp; манёвры</news:title></news:news></url>
  <url><loc> /news/2 </loc><news:news><news:publication_date>2026-11-21</news:publication_date>
    <news:title>Машқҳо</news:title></news:news></url>
  <url><loc>https://gazette.example/about</loc></url>
</urlset>"""

PLAIN = """<urlset><url><loc>https://gazette.example/news/1</loc><lastmod>2026-10-01</lastmod></url>
<url><loc>https://gazette.example/news/2</loc><lastmod>2026-11-01</lastmod></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://gazette.example/page-sitemap.xml</loc><lastmod>2026-11-20</lastmod></sitemap>
<sitemap><loc>https://gazette.example/post-sitemap1.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>https://gazette.example/post-sitemap3.xml</loc><lastmod>2026-11-19</lastmod></sitemap>
<sitemap><loc>/post-sitemap2.xml</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"""

MONTHS = """<sitemapindex>
<sitemap><loc>https://gazette.example/map?date_start=20261001</loc></sitemap>
<sitemap><loc>https://gazette.example/map?date_start=20261101</loc></sitemap>
<sitemap><loc>https://gazette.example/map?date_start=20260901</loc></sitemap></sitemapindex>"""


@pytest.fixture
def sitemap(outlet_with, answer):
    def run(body, read=read_source, **source):
        outlet, made = outlet_with({"kind": "sitemap", "url": "https://gazette.example/sitemap.xml"} | source)
        return read(made, outlet, answer(body, url="https://gazette.example/sitemap.xml"))

    return run


def test_a_news_sitemap_gives_titles_and_dates_newest_first(sitemap):
    found = sitemap(NEWS)
    assert [(one.url, one.title, one.published_at) for one in found] == [
        ("https://gazette.example/news/2", "Машқҳо", datetime(2026, 11, 20, 19, tzinfo=UTC)),
        ("https://gazette.example/news/1", "Учения & манёвры", datetime(2026, 11, 20, 5, tzinfo=UTC)),
    ]


def test_the_last_change_orders_but_is_no_date_of_publication(sitemap):
    assert [(one.url[-1], one.published_at) for one in sitemap(PLAIN)] == [("2", None), ("1", None)]


def test_of_an_index_the_newest_maps_are_to_be_followed(sitemap):
    page = sitemap(INDEX, read_page, follow="post-sitemap", newest=2)
    assert page.items == ()
    assert page.follow == ("https://gazette.example/post-sitemap3.xml", "https://gazette.example/post-sitemap2.xml")


def test_an_index_without_dates_is_ordered_by_its_numbers(sitemap):
    assert sitemap(MONTHS, read_page, newest=1).follow == ("https://gazette.example/map?date_start=20261101",)


def test_an_index_is_no_list_of_articles(sitemap):
    with pytest.raises(FeedError, match="an index, with 2 more to follow"):
        sitemap(INDEX)


def test_a_packed_file_is_opened(sitemap):
    assert len(sitemap(gzip.compress(NEWS.encode()))) == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param("<html><body>404</body></html>", "answered with <html> instead", id="html"),
        pytest.param("<rss><channel/></rss>", "write `kind: feed`", id="feed"),
        pytest.param("", "instead of a sitemap", id="nothing"),
        pytest.param("<urlset></urlset>", "0 items", id="empty"),
        pytest.param(
            "<urlset><url><loc>https://gazette.example/about</loc></url></urlset>",
            "none of 1 links is the address of an article",
            id="no_articles",
        ),
        pytest.param("<sitemapindex></sitemapindex>", "none is to be followed", id="empty_index"),
        pytest.param(gzip.compress(NEWS.encode())[:80], "sitemap", id="cut_gzip"),
        pytest.param(b"\x1f\x8bnonsense", "damaged gzip", id="damaged_gzip"),
        pytest.param(gzip.compress(b" " * 60_000_000), "more than 50 MB", id="gzip_bomb"),
        pytest.param('<!DOCTYPE urlset [<!ENTITY a "a">]>' + PLAIN, "refused", id="entities"),
    ],
)
def test_an_answer_that_is_no_sitemap_says_so(sitemap, body, said):
    with pytest.raises(FeedError, match="gazette") as raised:
        sitemap(body)
    assert said in str(raised.value)
