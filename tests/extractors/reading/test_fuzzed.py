"""Pages broken at random: an article or an ``ExtractError``, never anything else."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.outlet import load_outlets
from extractors.reading import extract_article
from records import ExtractError, Fetched

PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").rglob("*.html"))]
OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
# What breaks parsers: unclosed and crossed elements, attributes without an end, entities, NULs, half a character,
# dates and numbers out of range, JSON-LD that is none.
HOSTILE = [
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&#0;",
    b"&#xD800;",
    b"&#99999999999;",
    b"&nbsp",
    b"\0",
    b"\xff\xfe",
    b"\xd0",
    b"\xe4\xb8",
    b"<p" * 50,
    b"<div>" * 200,
    b"</div>" * 200,
    b"<table><tr><td>" * 40,
    b"<svg><style><p>",
    b"<textarea>",
    b"<script type='application/ld+json'>",
    b'{"@graph": [null, {"@type": ["NewsArticle"], "datePublished": 1e400}]}',
    b"[[[[",
    b'<meta property="article:published_time" content="9999-99-99T99:99:99+99:99">',
    b'<time datetime="0000-00-00">',
    b"<base href='//[::1'>",
    b'<link rel="canonical" href="http://[">',
    b'<link rel="canonical" href="https://x.example:99999999/">',
    b'<a rel="next" href="javascript:1">2</a>',
    b'<meta http-equiv="content-type" content="text/html; charset=utf-7">',
    b'<meta charset="no-such">',
    b'<?xml version="1.0" encoding="utf-16"?>',
    "31 февраля 2026, 25:61".encode(),
    "２０２６年１３月４５日".encode(),
    "час назад".encode(),
    b"<title>",
    b"<frameset>",
    b"<template><h1>",
    b"<noscript>",
]

breaks = st.lists(
    st.tuples(st.sampled_from(["insert", "cut", "repeat", "flip"]), st.floats(0, 1), st.sampled_from(HOSTILE)),
    min_size=1,
    max_size=8,
)


def broken(page: bytes, steps: list[tuple[str, float, bytes]]) -> bytes:
    for kind, where, piece in steps:
        at = int(where * len(page))
        if kind == "insert":
            page = page[:at] + piece + page[at:]
        elif kind == "cut":
            page = page[:at] + page[at + len(page) // 5 :]
        elif kind == "repeat":
            page = page[:at] + page[at : at + 400] * 3 + page[at:]
        else:
            page = page[:at] + bytes(byte ^ 0x80 for byte in page[at : at + 3]) + page[at + 3 :]
    return page


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PAGES), breaks, st.sampled_from([None, *sorted(OUTLETS)]))
def test_a_broken_page_is_an_article_or_a_reason(page, steps, outlet):
    fetched = Fetched(
        url="https://paper.example/a?id=1",
        final_url="https://paper.example/a?id=1",
        status=200,
        headers=(),
        body=broken(page, steps),
        etag=None,
        last_modified=None,
        fetched_at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
    )
    try:
        article = extract_article(fetched, outlet=OUTLETS.get(outlet))
    except ExtractError:
        return
    assert article.text.strip()
    assert "\0" not in article.title + article.text
    article.text.encode()
