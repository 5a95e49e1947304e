"""Whatever a server sends, a reader gives items or one FeedError: nothing that comes over the wire is a bug of ours."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.sources import read_page
from extractors.sources.discovery import sources_in_page
from extractors.sources.opml import import_opml
from extractors.sources.plain_text import plain_text
from extractors.sources.xml_text import root_name, without_prolog, xml_fault
from records import FeedError

SOURCES = {
    "feed": {"kind": "feed", "url": "https://gazette.example/feed/"},
    "sitemap": {"kind": "sitemap", "url": "https://gazette.example/sitemap.xml"},
    "list": {"kind": "list", "url": "https://gazette.example/", "links": "//h3/a", "row": "div, li", "date": "span"},
    "json": {
        "kind": "json",
        "url": "https://gazette.example/a.json",
        "items": "a.*.b",
        "fields": {"url": "{u}/{i}", "title": "t", "published": "d"},
    },
    "telegram": {"kind": "telegram", "url": "https://t.me/s/gazette"},
}
SCRAPS = [
    '<?xml version="1.0" encoding="gb2312"?>',
    "<rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<channel>",
    "<item>",
    "<title>",
    "</title>",
    "<link>https://gazette.example/news/1</link>",
    "<link href='//[x'/>",
    "<pubDate>",
    "</item>",
    "<entry><id>a</id>",
    "</rss>",
    "<!DOCTYPE a",
    "[<!ENTITY b 'c'>]",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<?x",
    "&#0;",
    "&lt;b",
    "<urlset>",
    "<url><loc>",
    "</loc></url>",
    "<lastmod>0001-01-01</lastmod>",
    "<sitemapindex>",
    "<opml><body>",
    "<outline xmlUrl='x:' text=''/>",
    "<div data-post='a/1' class='tgme_widget_message'>",
    "<h3><a href='/news/1' v-on:click='x'>",
    "<span>31.12.9999",
    "<html>",
    "<base href='http://['>",
    '{"a": [{"b": {"u": "/news", "i": 1, "d": 9999999999}}]}',
    "cb(",
    ");",
    "[",
    "{",
    "\x00",
    "\ud800",
    "ҷ",
    "中",
    " " * 50,
    '<a "',
    "Mon, 99 Jan 0000 99:99 +9999",
    "<pubDate>Mon, 01 Jan 0001 00:00:00 +9900</pubDate>",
    "<pubDate>0001-01-01</pubDate>",
    "<pubDate>9999-12-31T23:59:59-23:59</pubDate>",
]
BODIES = st.one_of(
    st.lists(st.sampled_from(SCRAPS), max_size=14).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    st.binary(max_size=60),
    st.lists(st.sampled_from(SCRAPS), max_size=8).map(lambda parts: "".join(parts).encode("utf-16", "surrogatepass")),
)
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("kind", SOURCES)
@given(body=BODIES)
@UNHURRIED
def test_a_reader_gives_items_or_says_what_is_wrong(kind, outlet_with, answer, body):
    outlet, source = outlet_with(SOURCES[kind])
    try:
        page = read_page(source, outlet, answer(body, url=source.url))
    except FeedError as error:
        said = str(error)
    else:
        said = "" if page.items or page.follow else "\n"
    assert "\n" not in said


@given(body=BODIES)
@UNHURRIED
def test_discovery_and_opml_survive_it_too(answer, body):
    assert all(found.url.startswith(("http://", "https://")) for found in sources_in_page(answer(body)))
    with contextlib.suppress(FeedError):
        assert import_opml(answer(body)).sites


@pytest.mark.parametrize(
    "scrap",
    [
        "<a '",
        '<a "',
        "<!DOCTYPE [",
        "[]x",
        "<!--",
        "<script",
        " ",
        "&lt;",
        "<p><p",
        "cb(",
        "<?xml ",
        "<item>",
        "/* ",
        "\n ",
    ],
)
@pytest.mark.parametrize(
    ("read", "holds"),
    [
        pytest.param(root_name, lambda body, root: root is None or f"<{root}" in body.lower(), id="root_name"),
        pytest.param(without_prolog, lambda body, rest: body.endswith(rest), id="without_prolog"),
        pytest.param(xml_fault, lambda _, fault: fault is None or len(fault) < 200, id="xml_fault"),
        pytest.param(plain_text, lambda body, text: len(text) <= len(body), id="plain_text"),
    ],
)
@pytest.mark.timeout(30)
def test_repetition_without_end_is_read_in_time(read, holds, scrap):
    # What makes careless regular expressions quadratic: ten thousand million steps are no matter of 30 seconds.
    text = scrap * (100_000 // len(scrap))
    for body in (text, f"<rss>{text}", f"<!DOCTYPE {text}"):
        assert holds(body, read(body))


@pytest.mark.parametrize("scrap", ["cb(", "/*", " ", "a.", "var ", "[", ")", ";"])
@pytest.mark.timeout(30)
def test_a_wrapper_without_end_is_read_in_time(outlet_with, answer, scrap):
    outlet, source = outlet_with(SOURCES["json"])
    with pytest.raises(FeedError, match="JSON"):
        read_page(source, outlet, answer(f"cb({scrap * 100_000}"))
