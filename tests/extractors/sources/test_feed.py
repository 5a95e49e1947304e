"""Feeds as they come: lying about their encoding, broken, empty, enormous, hostile."""

import logging
from datetime import UTC, datetime

import pytest

from extractors.sources import read_source
from records import FeedError

RUSSIAN = "На заставе у Мургаба прошли учения пограничников двух стран"
TAJIK = "Дар Ҷумҳурии Тоҷикистон машқҳои муштараки низомӣ ба охир расиданд"
CHINESE = "中塔两国边防部队在帕米尔高原举行联合反恐演习，双方表示将继续加强在这一领域的合作"
TRADITIONAL = "中塔兩國邊防部隊在帕米爾高原舉行聯合反恐演習，雙方表示將繼續加強在這一領域的合作"


def rss(*items: str, prolog: str = '<?xml version="1.0"?>', title: str = "Газета") -> str:
    return f'{prolog}<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(number: int = 1, *, title: str = "Весть", link: str | None = None, more: str = "") -> str:
    link = f"https://gazette.example/news/{number}" if link is None else link
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


@pytest.fixture
def read(outlet_with, answer):
    def run(body, *, content_type="", source=None, in_words=None, **keys):
        outlet, made = outlet_with({"kind": "feed", "url": "https://gazette.example/feed/"} | (source or {}), **keys)
        return read_source(made, outlet, answer(body, content_type=content_type), in_words=in_words)

    return run


def prolog(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


# name, real encoding, text, prolog's word, header's word
ENCODINGS = [
    ("windows_1251", "windows-1251", RUSSIAN, "windows-1251", ""),
    ("koi8", "koi8-r", RUSSIAN, "koi8-r", ""),
    ("gb2312_is_gb18030", "gb18030", CHINESE + "镕", "gb2312", ""),
    ("big5", "big5", TRADITIONAL, "big5", ""),
    ("utf8_without_a_word", "utf-8", TAJIK, "", ""),
    ("utf8_with_mark", "utf-8-sig", TAJIK, "utf-8", ""),
    ("utf16_with_mark", "utf-16", TAJIK, "utf-16", ""),
    ("utf16_without_mark", "utf-16-le", RUSSIAN, "", ""),
    ("prolog_lies_utf8", "windows-1251", RUSSIAN, "utf-8", ""),
    ("prolog_lies_cyrillic", "utf-8", TAJIK, "windows-1251", ""),
    ("prolog_lies_koi8", "windows-1251", RUSSIAN, "koi8-r", ""),
    ("prolog_lies_latin", "windows-1251", RUSSIAN, "iso-8859-1", ""),
    ("prolog_lies_big5", "gb18030", CHINESE, "big5", ""),
    ("prolog_lies_gb", "big5", TRADITIONAL, "gb2312", ""),
    ("header_lies_utf8", "windows-1251", RUSSIAN, "windows-1251", "utf-8"),
    ("header_lies_latin", "windows-1251", RUSSIAN, "windows-1251", "iso-8859-1"),
    ("header_alone_is_right", "windows-1251", RUSSIAN, "", "windows-1251"),
    ("nobody_says_cyrillic", "windows-1251", RUSSIAN, "", ""),
    ("nobody_says_chinese", "gb18030", CHINESE, "", ""),
    ("unknown_encoding", "windows-1251", RUSSIAN, "x-cp-one", ""),
]


@pytest.mark.parametrize(
    ("encoding", "text", "declared", "header"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS]
)
def test_text_comes_out_as_it_was_written(read, encoding, text, declared, header):
    body = rss(item(title=text), prolog=prolog(declared) if declared else "", title=text).encode(encoding)
    (found,) = read(body, content_type=f"application/rss+xml; charset={header}" if header else "")
    assert found.title == text


def test_the_outlets_file_can_force_an_encoding(read):
    # Two letters are not enough to tell, and both readings are Cyrillic.
    body = rss(item(title="Да"), prolog=prolog("windows-1251")).encode("koi8-r")
    assert read(body, source={"encoding": "koi8-r"})[0].title == "Да"


def test_a_letter_cut_in_half_does_not_spoil_the_rest(read):
    body = rss(item(title=TAJIK), item(2, title="cut")).encode().replace(b"cut", "Ҷ".encode()[:1])
    assert read(body)[0].title == TAJIK


# name, body, what the error says
NOT_FEEDS = [
    (
        "html",
        "<!DOCTYPE html><html><head><title>Сайт на ремонте</title></head><body>x</body></html>",
        "HTML page titled 'Сайт на ремонте'",
    ),
    ("html_fragment", "<div>" + "Please wait while we check your browser. " * 5 + "</div>", "an HTML page instead"),
    ("eleven_bytes", "<?xml?>\n\n\r\n", "answered with 11 bytes instead of a feed"),
    ("words", "Not found", "answered with 9 bytes instead of a feed: 'Not found'"),
    ("nothing", "", "empty body"),
    ("no_items", rss(), "answered properly, with 0 items"),
    ("json", '{"items": []}', "write `kind: json`"),
    ("sitemap", "<urlset><url><loc>https://gazette.example/</loc></url></urlset>", "write `kind: sitemap`"),
    ("other_xml", f"<note>{'x' * 100}</note>", "<note> is not a feed"),
    (
        "entity_bomb",
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + rss(item(title="&c;"), prolog=""),
        "refused",
    ),
    (
        "external_entity",
        prolog("utf-8") + '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + rss(item(title="&b;"), prolog=""),
        "refused",
    ),
    (
        "bomb_behind_a_comment",
        '<?xml version="1.0"?><!-- <rss --><!DOCTYPE a [<!ENTITY b "b">]>' + rss(item(), prolog=""),
        "refused",
    ),
    ("parameter_entities", '<!DOCTYPE rss SYSTEM "x" [%a;]>' + rss(item(), prolog=""), "refused"),
    (
        "no_addresses",
        rss(item(link=""), item(link="javascript:void(0)"), item(link="mailto:desk@gazette.example")),
        "none of 3 entries has an address",
    ),
]


@pytest.mark.parametrize(("body", "said"), [case[1:] for case in NOT_FEEDS], ids=[case[0] for case in NOT_FEEDS])
def test_an_answer_that_is_no_feed_says_so_in_one_line(read, body, said):
    with pytest.raises(FeedError) as raised:
        read(body)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert (raised.value.outlet_id, raised.value.url) == ("gazette", "https://gazette.example/feed/")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\n\n  " + rss(item()), id="blank_lines_before_the_prolog"),
        pytest.param("<br />\n<b>Warning</b>: mysql in /www/a.php on line 5\n" + rss(item()), id="php_warning_before"),
        pytest.param(
            '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss.dtd">' + rss(item(), prolog=""), id="old_doctype"
        ),
        pytest.param(rss(item(title="Ве\x00сть\x0b &#0;&#x1F;")), id="control_characters"),
        pytest.param(rss(item(title="A & B <новое>")), id="bare_ampersand"),
        pytest.param(rss(item(), item(2))[:-40], id="cut_off"),
        pytest.param(
            rss(item(), prolog='<?xml version="1.0"?><?xml-stylesheet href="a.css"?><!-- a -->'), id="style_sheet"
        ),
    ],
)
def test_a_feed_with_a_flaw_is_read_all_the_same(read, body):
    assert read(body)[0].url == "https://gazette.example/news/1"


def test_what_is_not_well_formed_is_said_in_the_log(read, caplog):
    with caplog.at_level(logging.WARNING):
        read(rss(item(title="a < b")))
    assert "not well-formed XML" in caplog.text


def test_relative_links_are_made_whole(read):
    body = rss(item(1, link="/news/1"), item(2, link="news/2"), item(3, link=" https://gazette.example/news/3\n"))
    assert [found.url for found in read(body)] == [
        "https://gazette.example/news/1",
        "https://gazette.example/feed/news/2",
        "https://gazette.example/news/3",
    ]


def test_links_in_cdata_are_links(read):
    assert read(rss(item(link="<![CDATA[https://gazette.example/news/7]]>")))[0].url.endswith("/news/7")


def test_a_link_to_another_host_stays_and_the_pattern_knows_it(read, outlet_with):
    own, foreign = read(rss(item(1), item(2, link="https://elsewhere.example/news/2")))
    outlet, _ = outlet_with({"kind": "feed", "url": "https://gazette.example/feed/"})
    assert outlet.article.matches(own.url)
    assert not outlet.article.matches(foreign.url)


def test_an_article_offered_twice_is_one_item(read):
    twice = ("https://gazette.example/news/1", "http://www.gazette.example/news/1/?utm_source=rss")
    found = read(rss(*(item(link=link) for link in twice), item(2)))
    assert [(one.url, one.position) for one in found] == [(twice[0], 0), ("https://gazette.example/news/2", 1)]


def test_equal_guids_of_two_articles_do_not_merge_them(read):
    same = "<guid isPermaLink='false'>42</guid>"
    assert len(read(rss(item(1, more=same), item(2, more=same)))) == 2


def test_a_guid_that_changes_changes_nothing_but_itself(read):
    first, second = (read(rss(item(more=f"<guid isPermaLink='false'>{guid}</guid>")))[0] for guid in ("a-1", "a-2"))
    assert first.url == second.url
    assert (first.guid, second.guid) == ("a-1", "a-2")


def test_without_a_guid_the_address_is_it(read):
    assert read(rss(item()))[0].guid == "https://gazette.example/news/1"


def test_a_guid_that_is_an_address_stands_in_for_the_link(read):
    (found,) = read(rss("<item><title>a</title><guid>https://gazette.example/news/9</guid></item>"))
    assert found.url == "https://gazette.example/news/9"


def test_titles_and_summaries_are_plain_text(read):
    markup = "<![CDATA[<p>Погибло &lt;10&nbsp;человек</p><script>x()</script><p>в\u200b  ГБАО&amp;nbsp;сегодня</p>]]>"
    (found,) = read(rss(item(title="&lt;b&gt;С-300&lt;/b&gt;\n и \tБМП", more=f"<description>{markup}</description>")))
    assert found.title == "С-300 и БМП"
    assert found.summary == "Погибло <10 человек в ГБАО сегодня"


def test_a_feed_with_whole_articles_gives_them_line_by_line(read):
    content = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</content:encoded>"
    body = rss(item(more="<description>lead</description>" + content))
    assert read(body)[0].summary == "lead"
    assert read(body, source={"full_text": True})[0].summary == "a\nb"


# name, what the feed says, what is meant (the outlet is in Dushanbe, five hours ahead; it is noon UTC on 22 November)
DATES = [
    ("rfc822", "Sat, 21 Nov 2026 10:00:00 +0300", datetime(2026, 11, 21, 7, tzinfo=UTC)),
    ("rfc822_named_zone", "Sat, 21 Nov 2026 10:00:00 MSK", datetime(2026, 11, 21, 7, tzinfo=UTC)),
    ("rfc822_without_zone_is_local", "Sat, 21 Nov 2026 10:00:00", datetime(2026, 11, 21, 5, tzinfo=UTC)),
    ("rfc822_without_weekday", "21 Nov 2026 10:00 GMT", datetime(2026, 11, 21, 10, tzinfo=UTC)),
    ("iso", "2026-11-21T10:00:00+05:00", datetime(2026, 11, 21, 5, tzinfo=UTC)),
    ("iso_fraction", "2026-11-21T10:00:00.123Z", datetime(2026, 11, 21, 10, tzinfo=UTC)),
    ("iso_without_zone_is_local", "2026-11-21 10:00", datetime(2026, 11, 21, 5, tzinfo=UTC)),
    ("day_only_is_local_midnight", "2026-11-21", datetime(2026, 11, 20, 19, tzinfo=UTC)),
    ("local_time_sent_as_gmt", "Sun, 22 Nov 2026 16:30:00 GMT", datetime(2026, 11, 22, 11, 30, tzinfo=UTC)),
    ("clock_some_minutes_ahead", "Sun, 22 Nov 2026 12:05:00 GMT", datetime(2026, 11, 22, 12, 5, tzinfo=UTC)),
    ("future", "Tue, 22 Dec 2026 10:00:00 GMT", None),
    ("future_with_its_zone", "2026-11-22T20:00:00+05:00", None),
    ("year_one", "0001-01-01T00:00:00Z", None),
    ("unix_null", "Thu, 01 Jan 1970 00:00:00 GMT", None),
    ("thirtieth_of_february", "2026-02-30", None),
    ("nonsense", "вчера", None),
    ("none", "", None),
]


@pytest.mark.parametrize(("raw", "meant"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_a_date_is_what_the_outlet_means_or_none(read, raw, meant):
    assert read(rss(item(more=f"<pubDate>{raw}</pubDate>")))[0].published_at == meant


def test_dates_in_words_are_left_to_who_can_read_them(read):
    asked = []

    def in_words(raw, outlet):
        asked.append((raw, outlet.id))
        return datetime(2026, 11, 21, 5, tzinfo=UTC)

    (found,) = read(rss(item(more="<pubDate>21 ноябри 2026</pubDate>")), in_words=in_words)
    assert asked == [("21 ноябри 2026", "gazette")]
    assert found.published_at == datetime(2026, 11, 21, 5, tzinfo=UTC)


def test_atom_gives_the_alternate_link_and_the_published_date(read):
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>tag:a,1</id>
      <title type="html">&lt;i&gt;Рубеж&lt;/i&gt;-2026</title>
      <link rel="edit" href="https://gazette.example/edit/1"/><link rel="alternate" href="/news/1"/>
      <updated>2026-11-21T10:00:00Z</updated><published>2026-11-20T10:00:00Z</published></entry></feed>"""
    (found,) = read(body)
    assert (found.url, found.guid, found.title) == ("https://gazette.example/news/1", "tag:a,1", "Рубеж-2026")
    assert found.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_rdf_is_a_feed(read):
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel/><item rdf:about="https://gazette.example/news/3"><title>a</title>
      <link>https://gazette.example/news/3</link></item></rdf:RDF>"""
    assert read(body)[0].url == "https://gazette.example/news/3"


def test_two_thousand_items_are_two_thousand_items(read):
    # Ten thousand go through the whole road in tests/flows/ingest/test_misbehaving_outlets.py.
    found = read(rss(*(item(number) for number in range(2_000))))
    assert len(found) == 2_000
    assert [one.position for one in found[:3]] == [0, 1, 2]
