"""JSON lists in the shapes that Chinese outlets and WordPress have."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extractors.sources import read_page, read_source, start_urls
from extractors.sources.json_list import follow_path
from records import FeedError

MOMENT = datetime(2026, 11, 21, 5, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


@pytest.fixture
def listed(outlet_with, answer):
    def run(body, read=read_source, url="https://gazette.example/api/list.json", **source):
        plain = {"kind": "json", "url": url, "fields": {"url": "url", "title": "title", "published": "at"}}
        outlet, made = outlet_with(plain | source)
        return read(made, outlet, answer(body if isinstance(body, bytes) else json.dumps(body), url=url))

    return run


# name, document, source, what comes out: address, title, guid
SHAPES = [
    (
        "xinhua_data_source",
        {
            "datasource": [
                {
                    "publishUrl": "../20261121/c.html",
                    "title": "<a href='x'>联合演习</a>",
                    "contentId": "c1",
                    "publishTime": "2026-11-21 10:00:00",
                }
            ]
        },
        {
            "items": "datasource",
            "fields": {"url": "publishUrl", "title": "title", "guid": "contentId", "published": "publishTime"},
        },
        ("https://gazette.example/20261121/c.html", "联合演习", "c1"),
    ),
    (
        "huanqiu_list",
        {"list": [{"aid": "4Abc", "host": "mil.gazette.example", "title": "边防", "ctime": str(SECONDS * 1000)}, {}]},
        {
            "items": "list",
            "fields": {"url": "https://{host}/article/{aid}", "title": "title", "guid": "aid", "published": "ctime"},
        },
        ("https://mil.gazette.example/article/4Abc", "边防", "4Abc"),
    ),
    (
        "sina_roll",
        {"result": {"data": [{"url": "https://gazette.example/news/1", "title": "军事", "intime": SECONDS}]}},
        {"items": "result.data", "fields": {"url": "url", "title": "title", "published": ["ctime", "intime"]}},
        ("https://gazette.example/news/1", "军事", "https://gazette.example/news/1"),
    ),
    (
        "wordpress_posts",
        [
            {
                "link": "https://gazette.example/news/1",
                "title": {"rendered": "&#171;Рубеж&#187;"},
                "date": "2026-11-21T10:00:00",
            }
        ],
        {"fields": {"url": "link", "title": "title.rendered", "published": "date"}},
        ("https://gazette.example/news/1", "«Рубеж»", "https://gazette.example/news/1"),
    ),
]


@pytest.mark.parametrize(
    ("document", "source", "expected"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES]
)
def test_items_and_fields_are_found_by_path(listed, document, source, expected):
    (found,) = listed(document, **source)
    assert (found.url, found.title, found.guid) == expected
    # Ten in Dushanbe; for the list without zones the outlet's counts.
    assert found.published_at == MOMENT


@pytest.mark.parametrize(
    "wrapped",
    [
        pytest.param("callback({0});", id="call"),
        pytest.param(" /**/ jQuery.cb_12({0})", id="comment_and_dots"),
        pytest.param("var list = {0};", id="variable"),
        pytest.param("\ufeff{0}\n", id="byte_order_mark"),
    ],
)
def test_what_is_wrapped_around_json_is_taken_off(listed, wrapped):
    body = wrapped.replace("{0}", '[{"url": "/news/1", "title": "a(b);"}]').encode()
    assert listed(body)[0].title == "a(b);"


def test_raw_line_breaks_in_strings_are_read(listed):
    assert listed(b'[{"url": "/news/1", "title": "a\nb"}]')[0].title == "a b"


def test_json_in_another_encoding_is_read(listed):
    assert listed('[{"url": "/news/1", "title": "联合反恐演习在帕米尔举行"}]'.encode("gb18030"))[0].title.startswith(
        "联合"
    )


def test_a_list_whose_address_stands_in_a_page_is_found_there(listed, outlet_with):
    page = "https://gazette.example/world/"
    source = {
        "url": "https://gazette.example/world/ds_{id}.json",
        "found_in": {"page": page, "pattern": r"datasource:\s*[\"']?(?P<id>[0-9a-f]{8})"},
    }
    _, made = outlet_with({"kind": "json", "fields": {"url": "u", "title": "t"}} | source)
    assert start_urls(made, MOMENT.date()) == (page,)

    def first(made, outlet, fetched):
        return read_page(made, outlet, replace(fetched, url=page, final_url=page, body=fetched.body))

    html = b"<div data=\"datasource:'0a1b2c3d'\"></div>"
    assert listed(html, first, **source).follow == ("https://gazette.example/world/ds_0a1b2c3d.json",)
    with pytest.raises(FeedError, match="does not name the list"):
        listed(b"<div></div>", first, **source)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"", "empty body", id="nothing"),
        pytest.param(b"<html><body>login</body></html>", "a page instead of JSON: 'login'", id="html"),
        pytest.param(b'{"code": 1, "data": ', "not JSON", id="cut_off"),
        pytest.param(b"ok", "not JSON", id="word"),
        pytest.param(b"[" * 100_000, "not JSON", id="nested_without_end"),
        pytest.param(
            {"code": 1, "msg": "x"},
            "nothing at items: 'data' where a list is expected (the document has: code, msg)",
            id="no_such_path",
        ),
        pytest.param({"data": {}}, "a dict at items: 'data'", id="no_list"),
        pytest.param({"data": []}, "0 items", id="empty_list"),
        pytest.param({"data": [{"link": "x"}]}, "none of 1 items has an address at url", id="no_addresses"),
    ],
)
def test_an_answer_that_is_no_list_says_so(listed, body, said):
    with pytest.raises(FeedError) as raised:
        listed(body, items="data")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", {"a": [{"b": 1}, {"b": 2}, {}]}),
        ("a.0.b", 1),
        ("a.-2.b", 2),
        ("a.*.b", [1, 2]),
        ("a.7", None),
        ("a.b", None),
        ("c", None),
        ("a.0.b.c", None),
    ],
)
def test_a_path_leads_somewhere_or_nowhere(path, expected):
    assert follow_path({"a": [{"b": 1}, {"b": 2}, {}]}, path) == expected
