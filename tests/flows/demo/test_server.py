from __future__ import annotations

import gzip
import http.client
import json
import threading
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree, html
from ruamel.yaml import YAML

from flows.demo.newsroom import load_newsroom
from flows.demo.server import Press, start_press

TODAY = date(2026, 11, 22)
NEWSROOM = load_newsroom()
READABLE = [article for article in NEWSROOM.articles if not article.hangs]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with start_press(today=TODAY) as running:
        yield running


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        raw = response.read()
        self.body = gzip.decompress(raw) if self.headers.get("Content-Encoding") == "gzip" else raw


def ask(press: Press, outlet_id: str, path: str, *, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(press.base_url(outlet_id)).netloc, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, quote(path), headers=named)
        return Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.mark.parametrize("article", READABLE, ids=lambda article: article.key)
def test_each_page_holds_its_article_in_the_bytes_of_its_character_set(press: Press, article) -> None:  # type: ignore[no-untyped-def]
    answer = ask(press, article.outlet_id, article.path_on(TODAY))
    text = unescape(answer.body.decode(NEWSROOM.sites[article.outlet_id].charset))
    assert answer.status == 200
    assert article.title in text
    for paragraph in article.paragraphs:
        assert paragraph in text
    assert "Wakhan" in text, "every page says that it is demonstration text"


@pytest.mark.parametrize(
    ("outlet_id", "path", "texts"),
    [
        (outlet_id, listing.path, [a.title for a in NEWSROOM.articles_of(outlet_id) if a.edition == listing.edition])
        for outlet_id, site in NEWSROOM.sites.items()
        for listing in site.listings
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_list_names_every_article_of_its_edition(
    press: Press, outlet_id: str, path: str, texts: list[str]
) -> None:
    answer = ask(press, outlet_id, path)
    listing = next(listing for listing in NEWSROOM.sites[outlet_id].listings if listing.path == path)
    text = answer.body.decode(listing.charset)
    if path.endswith(".json"):
        titles = [item["title"] for item in json.loads(text)["datasource"]]
    elif "xml" in listing.content_type:
        titles = etree.fromstring(answer.body).xpath(
            "//*[local-name()='item' or local-name()='entry']/*[local-name()='title']/text()"
        )
    else:
        titles = [link.text_content() for link in html.fromstring(text).xpath("//h3/a | //h4/a | //li/a")]
    assert set(texts) <= set(titles)


def test_the_oddities_that_the_demo_promises_are_there(press: Press) -> None:
    feed = ask(press, "delovoy_vestnik", "/RSS/news.xml")
    assert b'encoding="windows-1251"' in feed.body
    assert "Рубеж".encode("windows-1251") in feed.body

    undated = ask(press, "lenta_dnya", "/rss")
    assert b"pubDate" not in undated.body

    no_feed = ask(press, "stepnoy_telegraf", "/feed/")
    assert no_feed.status == 200
    assert b"<!DOCTYPE html>" in no_feed.body

    gb = NEWSROOM.articles_of("guofang_zaixian")
    claims_utf8 = next(article for article in gb if article.header_charset)
    page = ask(press, "guofang_zaixian", claims_utf8.path_on(TODAY))
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("gb2312")
    assert b"charset=gb2312" in page.body
    assert claims_utf8.title in page.body.decode("gb18030")

    tajik = ask(press, "navidi_pomir", NEWSROOM.articles_of("navidi_pomir")[0].path_on(TODAY))
    assert b"charset=windows-1251" in tajik.body
    assert tajik.headers["Content-Type"] == "text/html"
    tajik.body.decode("utf-8")


@pytest.mark.parametrize("outlet_id", [o for o, s in NEWSROOM.sites.items() if s.validators in ("both", "etag")])
def test_the_same_etag_is_answered_304(press: Press, outlet_id: str) -> None:
    path = NEWSROOM.sites[outlet_id].listings[0].path
    first = ask(press, outlet_id, path)
    again = ask(press, outlet_id, path, If_None_Match=first.headers["ETag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert ask(press, outlet_id, path, If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    "outlet_id", [o for o, s in NEWSROOM.sites.items() if s.validators in ("both", "last-modified")]
)
def test_the_same_date_is_answered_304(press: Press, outlet_id: str) -> None:
    path = NEWSROOM.sites[outlet_id].listings[0].path
    first = ask(press, outlet_id, path)
    assert ask(press, outlet_id, path, If_Modified_Since=first.headers["Last-Modified"]).status == 304
    assert ask(press, outlet_id, path, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200
    assert ask(press, outlet_id, path, If_Modified_Since="yesterday").status == 200


def test_an_etag_that_differs_goes_before_a_date_that_agrees(press: Press) -> None:
    first = ask(press, "paygham", "/feed/")
    headers = {"If_None_Match": '"other"', "If_Modified_Since": first.headers["Last-Modified"]}
    assert ask(press, "paygham", "/feed/", **headers).status == 200


def test_a_second_run_sees_one_page_and_its_feed_changed() -> None:
    def prints(press: Press) -> dict[tuple[str, str], str]:
        return {
            (outlet_id, path): printed.etag
            for outlet_id in NEWSROOM.sites
            for path, printed in press.printing.site_paths(outlet_id, revision=press.revision).items()
        }

    with start_press(today=TODAY) as press:
        first = prints(press)
        press.revision = 2
        second = prints(press)
    changed = {place for place in first if first[place] != second[place]}
    edited = next(article for article in NEWSROOM.articles if article.edits)
    assert first.keys() == second.keys()
    assert changed == {
        (edited.outlet_id, edited.path_on(TODAY)),
        (edited.outlet_id, NEWSROOM.sites[edited.outlet_id].listings[0].path),
    }


def test_a_page_that_hangs_holds_up_no_other_and_not_the_end() -> None:
    hanging = next(article for article in NEWSROOM.articles if article.hangs)
    asked = threading.Event()

    with start_press(today=TODAY) as press:

        def wait_for_it() -> None:
            connection = http.client.HTTPConnection(urlsplit(press.base_url(hanging.outlet_id)).netloc, timeout=60)
            connection.request("GET", hanging.path_on(TODAY))
            asked.set()
            with pytest.raises((http.client.HTTPException, ConnectionError)):
                connection.getresponse()

        client = threading.Thread(target=wait_for_it)
        client.start()
        assert asked.wait(10)
        assert ask(press, hanging.outlet_id, "/export/rss.xml").status == 200
        assert ask(press, "paygham", "/feed/").status == 200
    client.join(10)
    assert not client.is_alive(), "closing the press lets go of the page that hangs"


def test_requests_are_logged_with_their_outcome() -> None:
    with start_press(today=TODAY) as press:
        etag = ask(press, "paygham", "/feed/").headers["ETag"]
        press.forget_requests()
        ask(press, "paygham", "/feed/", If_None_Match=etag)
        ask(press, "paygham", "/nothing-here", method="HEAD")
        log = [(r.outlet_id, r.method, r.path, r.status, r.conditional) for r in press.requests]
    assert log == [("paygham", "GET", "/feed/", 304, True), ("paygham", "HEAD", "/nothing-here", 404, False)]


def test_pages_are_compressed_for_those_who_can_read_it(press: Press) -> None:
    plain = ask(press, "paygham", "/feed/")
    packed = ask(press, "paygham", "/feed/", Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.body == plain.body


def test_robots_txt_lets_articles_be_read(press: Press) -> None:
    assert b"Disallow: /search" in ask(press, "lenta_dnya", "/robots.txt").body


def test_each_outlet_has_a_file_and_a_home_that_stays_from_run_to_run(press: Press) -> None:
    files = {file.stem: YAML(typ="safe").load(file.read_text("utf-8")) for file in press.outlets_dir.iterdir()}
    assert files.keys() == NEWSROOM.sites.keys()
    for outlet_id, content in files.items():
        host = urlsplit(content["url"]).netloc
        assert host.endswith(".example")
        assert {urlsplit(source["url"]).netloc for source in content["sources"]} == {host}
        address, port = press.addresses[host]
        assert press.base_url(outlet_id) == f"http://{address}:{port}"
