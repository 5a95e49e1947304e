"""Finding the sources of a site, and what to write when one moved."""

from datetime import date

import pytest

from extractors.outlet import load_outlets
from extractors.sources.discovery import FoundSource, moved_to, sources_in_page, sources_in_robots, usual_feed_urls
from extractors.sources.draft import TriedSource, draft_outlet, outlet_id_for
from extractors.sources.patterns import article_pattern
from records import FeedItem

TODAY = date(2026, 11, 22)
FRONT = """<html lang="tg-TJ"><head><title>Рӯзномаи Помир — асосӣ</title>
<meta property="og:site_name" content="Рӯзномаи &quot;Помир&quot;">
<link rel="alternate" type="application/rss+xml" title="Хабарҳо" hreflang="tg" href="/feed/">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://gazette.example/ru/atom.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" hreflang="ru" href="/ru/"><link rel="stylesheet" href="/a.css"></head>
<body><a href="/feed">RSS</a><a href="/rss.php">RSS</a><a href="/news/1">x</a>
<a href="https://t.me/pamirgazette">Telegram</a><a href="https://t.me/share/url?u=x">share</a>
<a href="https://telegram.me/s/pamirgazette">t</a></body></html>"""


def found(url, *, kind="feed", language=None, how="declared by the page"):
    return FoundSource(kind=kind, url=url, title="", language=language, how=how)


def items(*urls):
    return tuple(
        FeedItem(outlet_id="x", guid=url, url=url, title="", summary="", published_at=None, position=at)
        for at, url in enumerate(urls)
    )


def test_feeds_are_found_declared_ones_first_comments_never(answer):
    sources = sources_in_page(answer(FRONT, url="https://gazette.example/"))
    assert [(one.kind, one.url, one.how) for one in sources] == [
        ("feed", "https://gazette.example/feed/", "declared by the page"),
        ("feed", "https://gazette.example/ru/atom.xml", "declared by the page"),
        ("feed", "https://gazette.example/feed", "linked by the page"),
        ("feed", "https://gazette.example/rss.php", "linked by the page"),
        ("telegram", "https://t.me/s/pamirgazette", "linked by the page"),
    ]
    assert (sources[0].title, sources[0].language) == ("Хабарҳо", "tg")


@pytest.mark.parametrize("body", ["", "<html></html>", "plain words"])
def test_a_page_that_declares_nothing_gives_nothing(answer, body):
    assert sources_in_page(answer(body)) == ()


def test_sitemaps_stand_in_robots(answer):
    robots = answer(
        "User-agent: *\nDisallow: /a\nSitemap: https://gazette.example/sitemap.xml\nsitemap:https://gazette.example/n.xml\n"
        "Sitemap: https://gazette.example/sitemap.xml\nSitemap: ftp://gazette.example/x\n",
        url="https://gazette.example/robots.txt",
    )
    assert [one.url for one in sources_in_robots(robots)] == [
        "https://gazette.example/sitemap.xml",
        "https://gazette.example/n.xml",
    ]


def test_the_usual_addresses_are_tried_below_the_page_and_at_the_root():
    urls = usual_feed_urls("https://gazette.example/ru")
    assert urls[:2] == ("https://gazette.example/ru/feed/", "https://gazette.example/feed/")
    assert "https://gazette.example/export/rss2/archive/index.xml" in urls
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize(
    ("final_url", "expected"),
    [
        pytest.param("https://gazette.example/feed/", None, id="where_it_was"),
        pytest.param("http://gazette.example/feed", None, id="scheme_and_slash_only"),
        pytest.param("https://new.example/feed/", "https://new.example/feed/", id="new_host"),
        pytest.param("https://gazette.example/tg/rss.xml", "https://gazette.example/tg/rss.xml", id="new_path"),
    ],
)
def test_a_redirect_tells_where_a_source_moved(outlet_with, answer, final_url, expected):
    _, source = outlet_with({"kind": "feed", "url": "https://gazette.example/feed/"})
    assert moved_to(source, answered=answer("", url=final_url)) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([found("https://gazette.example/feed")], None, id="the_one_that_failed"),
        pytest.param([found("https://gazette.example/a.xml")], "https://gazette.example/a.xml", id="the_only_one"),
        pytest.param(
            [found("https://gazette.example/a.xml"), found("https://gazette.example/b.xml")],
            None,
            id="nobody_knows_which",
        ),
        pytest.param(
            [found("https://gazette.example/a.xml"), found("https://gazette.example/b.xml", language="tg")],
            "https://gazette.example/b.xml",
            id="the_one_in_its_language",
        ),
        pytest.param([found("https://t.me/s/gazette", kind="telegram")], None, id="another_kind"),
    ],
)
def test_a_source_that_fails_is_sought_on_the_page(outlet_with, candidates, expected):
    _, source = outlet_with({"kind": "feed", "url": "https://gazette.example/feed/", "language": "tg"})
    assert moved_to(source, answered=None, found=candidates) == expected


PATTERNS = [
    (
        "dated",
        ["https://g.example/2026/11/21/rubezh-2026/", "https://g.example/2026/10/01/sco/"],
        "https://www.g.example/2027/01/02/x-y",
        "https://g.example/category/army/",
    ),
    (
        "numbered",
        ["https://g.example/doc/123", "https://g.example/doc/99"],
        "https://g.example/doc/7715044",
        "https://g.example/theme/5",
    ),
    (
        "html",
        ["https://g.example/a/1.html", "https://g.example/b/27.html"],
        "https://g.example/c/3.html",
        "https://g.example/c/d.html",
    ),
    (
        "query",
        ["https://g.example/index.php?newsid=1", "https://g.example/index.php?newsid=5"],
        "https://g.example/index.php?newsid=77",
        "https://g.example/index.php?do=login",
    ),
    (
        "two_shapes",
        [
            "https://g.example/news/1",
            "https://g.example/news/2",
            "https://g.example/ru/news/3/x",
            "https://g.example/ru/news/4/y",
        ],
        "https://g.example/ru/news/5/z",
        "https://g.example/about/us/1",
    ),
    (
        "one_stranger",
        ["https://g.example/news/1", "https://g.example/news/2", "https://ads.example/x"],
        "https://g.example/news/3",
        "https://ads.example/x",
    ),
]


@pytest.mark.parametrize(
    ("urls", "article", "other"), [case[1:] for case in PATTERNS], ids=[case[0] for case in PATTERNS]
)
def test_a_pattern_knows_more_of_the_same(outlet_with, urls, article, other):
    outlet, _ = outlet_with({"kind": "feed", "url": "https://g.example/"}, article={"url": article_pattern(urls)})
    own = [url for url in urls if "ads" not in url]
    assert all(outlet.article.matches(url) for url in [*own, article])
    assert not outlet.article.matches(other)


def test_nothing_gives_no_pattern():
    assert article_pattern([]) is None


def test_a_draft_loads_and_says_what_was_found(tmp_path, answer):
    tried = [
        TriedSource(found=found("https://gazette.tj/rss.php"), problem="answered properly, with 0 items"),
        TriedSource(
            found=found("https://gazette.tj/feed/", language="tg"),
            items=items("https://gazette.tj/news/1", "https://gazette.tj/news/2"),
        ),
    ]
    text = draft_outlet("https://gazette.tj/tg/", front=answer(FRONT), tried=tried, languages=["tg", "ru"], today=TODAY)
    (tmp_path / "gazette.yml").write_text(text, encoding="utf-8")
    (outlet,) = load_outlets(tmp_path)
    assert (outlet.title, outlet.country, outlet.timezone) == ('Рӯзномаи "Помир"', "TJ", "Asia/Dushanbe")
    assert (outlet.languages, outlet.url) == (("tg", "ru"), "https://gazette.tj/")
    assert [source.url for source in outlet.sources] == ["https://gazette.tj/feed/"]
    assert outlet.article.matches("https://gazette.tj/news/3")
    assert "# feed https://gazette.tj/rss.php: answered properly, with 0 items" in text


@pytest.mark.parametrize("front", [None, "", "<html><head><title>a: [b] {c} #d\n'e'</title></head></html>"])
def test_a_draft_of_a_site_that_tells_nothing_loads_all_the_same(tmp_path, answer, front):
    page = None if front is None else answer(front)
    text = draft_outlet("https://gazette.example/", front=page, tried=[], today=TODAY)
    (tmp_path / "gazette.yml").write_text(text, encoding="utf-8")
    assert load_outlets(tmp_path)[0].confidence == "unverified"
    assert "# to be filled in" in text


@pytest.mark.parametrize(
    ("url", "taken", "expected"),
    [
        ("https://www.asia-plus.tj/ru", (), "asia_plus"),
        ("https://mil.gazette.example/", (), "mil_gazette"),
        ("https://gazette.example/", ("gazette",), "gazette_2"),
        ("https://gazette.example/", ("gazette", "gazette_2"), "gazette_3"),
        ("https://ховар.тҷ/", (), "xn_80ad9akv"),
        ("http://127.0.0.1:8000/", (), "127_0_0"),
    ],
)
def test_an_id_is_the_hosts_own_name(url, taken, expected):
    assert outlet_id_for(url, taken=taken) == expected
