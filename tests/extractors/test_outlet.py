"""What a person types into an outlet file is checked when it is read, and errors say where and what to write."""

from datetime import date
from pathlib import Path

import pytest

from extractors.outlet import FeedSource, JsonSource, ListSource, Outlet, load_outlets
from records import OutletError

# The shape of the design: flow mappings, an address without quotes, a list in a list.
GOOD = r"""
title: Pamir Gazette
country: TJ
languages: [ru, tg]                 # most likely first
url: https://gazette.example/
publisher: {name: Pamir Media, kind: independent}
timezone: Asia/Dushanbe
sources:
  - {kind: feed, url: https://gazette.example/ru/rss.xml, language: ru}
  - {kind: list, url: "https://gazette.example/tj/all", language: tg, links: "h3 > a"}
article: {url: '^https?://(www\.)?gazette\.example/(ru|tj)/news/.+', title: h1.title, body: [div.text, //article/p]}
mirrors: [https://www.gazette.example/]
fetch: {every_minutes: 30, timeout_seconds: 20, min_delay_seconds: 2}
lookups: {byline: [{match: [Редакция], value: null}]}
assertions:
  min: {items: 5, text_chars_median: 600, fill: {published_at: 0.9}}
  max: {items: 300, share_und: 0.05}
checked: 2026-11-22
notes: date stands in the URL
"""


def written(folder: Path, text: str = GOOD, name: str = "gazette.yml") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after, 1)


def loaded(folder: Path, text: str = GOOD) -> Outlet:
    (outlet,) = load_outlets(written(folder, text))
    return outlet


def test_a_file_becomes_an_outlet_named_after_it(tmp_path):
    outlet = loaded(tmp_path)
    assert outlet.id == "gazette"
    assert outlet.languages == ("ru", "tg")
    assert [type(source) for source in outlet.sources] == [FeedSource, ListSource]
    assert outlet.article.title == ("h1.title",)
    assert outlet.article.body == ("div.text", "//article/p")
    assert outlet.lookups.byline[0].value is None
    assert outlet.assertions.min.fill == {"published_at": 0.9}
    assert outlet.checked == date(2026, 11, 22)
    assert outlet.notes == ("date stands in the URL",)


def test_an_outlet_cannot_be_changed(tmp_path):
    with pytest.raises(ValueError, match="frozen"):
        loaded(tmp_path).title = "Other"


def test_a_folder_gives_its_outlets_by_id(tmp_path):
    for name in ("zeta.yml", "alpha.yaml", "below/mid.yml"):
        written((tmp_path / name).parent, name=Path(name).name)
    written(tmp_path, "not: an outlet", "readme.txt")
    assert [outlet.id for outlet in load_outlets(tmp_path)] == ["alpha", "mid", "zeta"]


def test_a_byte_order_mark_is_no_error(tmp_path):
    assert loaded(tmp_path, "\ufeff" + GOOD).title == "Pamir Gazette"


# name, changed text, key with line, what the problem says, what the fix says
WRONG = [
    ("misspelt_key", changed("timezone:", "timezon:"), "timezon, line 7", "unknown key 'timezon'", "mean 'timezone'?"),
    (
        "misspelt_key_within",
        changed("rss.xml, language", "rss.xml, langage"),
        "sources[0].langage, line 9",
        "unknown",
        "mean 'language'?",
    ),
    (
        "key_of_another_kind",
        changed("language: ru}", "links: a}"),
        "sources[0].links, line 9",
        "unknown key 'links'",
        "full_text",
    ),
    ("missing_key", changed("country: TJ", ""), "country, line 1", "'country' is missing", "Add `country:`"),
    (
        "missing_key_within",
        changed(', links: "h3 > a"', ""),
        "sources[1].links, line 10",
        "'links' is missing",
        "Add `links:`",
    ),
    (
        "id_in_the_file",
        changed("title: Pamir", "id: x\ntitle: Pamir"),
        "id, line 2",
        "not written",
        "Remove it: it is gazette",
    ),
    (
        "unknown_kind",
        changed("kind: feed", "kind: fed"),
        "sources[0], line 9",
        "unknown kind 'fed'",
        "mean 'feed'? Allowed: feed, sitemap, list, json, telegram",
    ),
    (
        "no_kind",
        changed("kind: feed, ", ""),
        "sources[0], line 9",
        "'kind' is missing",
        "Allowed: feed, sitemap, list, json, telegram",
    ),
    (
        "unknown_publisher",
        changed("kind: independent", "kind: indie"),
        "publisher.kind, line 6",
        "'indie' is not allowed",
        "Allowed: state, independent",
    ),
    (
        "not_a_filled_field",
        changed("published_at:", "publishd_at:"),
        "assertions.min.fill.publishd_at, line 16",
        "not allowed",
        "mean 'published_at'?",
    ),
    (
        "not_a_zone",
        changed("Asia/Dushanbe", "Asia/Dushambe"),
        "timezone, line 7",
        "no time zone 'Asia/Dushambe'",
        "Asia/Dushanbe",
    ),
    (
        "not_http",
        changed("https://gazette.example/ru", "ftp://gazette.example/ru"),
        "sources[0].url, line 9",
        "not an http or https address",
        "https://example.org/rss.xml",
    ),
    (
        "no_scheme",
        changed("url: https://gazette.example/\n", "url: gazette.example\n"),
        "url, line 5",
        "not an http",
        "Write it whole",
    ),
    (
        "no_host",
        changed("[https://www.gazette.example/]", "['https:///x']"),
        "mirrors[0], line 12",
        "not an http",
        "Write it whole",
    ),
    (
        "query_on_the_front_page",
        changed("url: https://gazette.example/\n", "url: https://gazette.example/?a=1\n"),
        "url, line 5",
        "has a query",
        "front page only",
    ),
    (
        "unknown_placeholder",
        changed("tj/all", "tj/{Year}"),
        "sources[1].url, line 10",
        "unknown placeholder {Year}",
        "YYYY",
    ),
    ("bad_regex", changed(r"(www\.)", r"(www\."), "article.url, line 11", "not a regular expression", "backslash"),
    ("bad_css", changed("h1.title", "'h1..title'"), "article.title, line 11", "not a CSS selector", "div.text > p"),
    (
        "bad_xpath",
        changed("//article/p", "'//article['"),
        "article.body[1], line 11",
        "not an XPath expression",
        "div.text > p",
    ),
    (
        "bad_charset",
        changed("timezone:", "charset: win1251x\ntimezone:"),
        "charset, line 7",
        "no character set 'win1251x'",
        "windows-1251",
    ),
    (
        "three_letter_language",
        changed("[ru, tg]", "[ru, tgk]"),
        "languages[1], line 4",
        "not a language code",
        "Did you mean `tg`?",
    ),
    (
        "country_for_a_language",
        changed("[ru, tg]", "[kg, ru]"),
        "languages[0], line 4",
        "not a language code",
        "Did you mean `ky`?",
    ),
    (
        "language_that_is_none",
        changed("[ru, tg]", "[ru, xq]"),
        "languages[1], line 4",
        "not a language code",
        "Two small letters",
    ),
    (
        "country_in_words",
        changed("country: TJ", "country: Tajikistan"),
        "country, line 3",
        "not a country code",
        "two capitals",
    ),
    (
        "text_for_number",
        changed("every_minutes: 30", "every_minutes: thirty"),
        "fetch.every_minutes, line 13",
        'text "thirty" stands where a whole number',
        "digits",
    ),
    (
        "number_in_quotes",
        changed("every_minutes: 30", "every_minutes: '30'"),
        "fetch.every_minutes, line 13",
        'text "30" stands where a whole number',
        "digits",
    ),
    (
        "number_for_text",
        changed("title: Pamir Gazette", "title: 24"),
        "title, line 2",
        "number 24 stands where text",
        "quotes",
    ),
    ("text_for_list", changed("[ru, tg]", "ru"), "languages, line 4", 'text "ru" stands where a list', "[a, b]"),
    (
        "text_for_mapping",
        changed("{every_minutes: 30, timeout_seconds: 20, min_delay_seconds: 2}", "often"),
        "fetch, line 13",
        "where a mapping",
        "key: value",
    ),
    (
        "share_above_one",
        changed("published_at: 0.9", "published_at: 9"),
        "assertions.min.fill.published_at, line 16",
        "number 9 stands where a value less than or equal to 1",
        "",
    ),
    ("no_sources", changed("sources:", "sources: []\nxsources:"), "xsources, line 9", "unknown key", "mean 'sources'?"),
    (
        "not_a_date",
        changed("2026-11-22", "yesterday"),
        "checked, line 18",
        'text "yesterday" stands where a date',
        "2026-11-22",
    ),
    (
        "robots_without_reason",
        changed("min_delay_seconds: 2", "ignore_robots: true"),
        "fetch.ignore_robots, line 13",
        "stands where text",
        "",
    ),
    (
        "two_keys_alike",
        changed("country: TJ", "country: TJ\ncountry: UZ"),
        "line 4",
        "the key `country` stands in line 3, too",
        "Write each key once",
    ),
    ("open_bracket", changed("title: Pamir", "title: [Pamir"), "line 3", "not YAML", "quotes"),
    ("a_list_of_outlets", "- title: Pamir Gazette\n", "line 1", "not a list", "title: Asia-Plus"),
    ("plain_text", "see below", "line 1", "not a text", "title: Asia-Plus"),
    ("nothing", " \n", None, "empty", ""),
]


@pytest.mark.parametrize(
    ("text", "key", "problem", "fix"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_mistake_is_named_with_file_key_line_and_fix(tmp_path, text, key, problem, fix):
    path = written(tmp_path, text)
    with pytest.raises(OutletError) as raised:
        load_outlets(path)
    assert raised.value.path == path
    assert raised.value.key == key
    assert problem in raised.value.problem
    assert raised.value.fix
    assert fix in raised.value.fix
    assert "\n" not in str(raised.value)


def test_several_mistakes_are_counted_and_the_first_explained(tmp_path):
    text = changed("country: TJ", "country: tj").replace("checked: 2026-11-22", "checked: now")
    with pytest.raises(OutletError, match=r"country, line 3.*1 more: checked \(line 18\)"):
        load_outlets(written(tmp_path, text))


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(OutletError, match="no such file or folder") as raised:
        load_outlets(tmp_path / "none")
    assert raised.value.path == tmp_path / "none"


def test_a_folder_without_outlets(tmp_path):
    written(tmp_path, "text", "notes.txt")
    with pytest.raises(OutletError, match="no outlet files"):
        load_outlets(tmp_path)


@pytest.mark.parametrize("second", ["gazette.yaml", "below/gazette.yml"])
def test_two_files_of_one_id(tmp_path, second):
    written(tmp_path)
    written((tmp_path / second).parent, name=Path(second).name)
    with pytest.raises(OutletError, match="two files give the id 'gazette'"):
        load_outlets(tmp_path)


@pytest.mark.parametrize("name", ["Газета.yml", "my outlet.yml", ".yml"])
def test_a_file_name_that_is_no_id(tmp_path, name):
    with pytest.raises(OutletError, match="cannot be one"):
        load_outlets(written(tmp_path, name=name))


def test_a_file_that_is_not_utf8(tmp_path):
    path = tmp_path / "gazette.yml"
    path.write_bytes(GOOD.replace("Редакция", "Редакция").encode("windows-1251"))
    with pytest.raises(OutletError, match="not UTF-8"):
        load_outlets(path)


def test_dates_and_pages_in_an_address_are_filled_in_newest_first(tmp_path):
    url = "https://gazette.example/{YYYY}/{MM}/{DD}/{D}?p={page}"
    outlet = loaded(
        tmp_path, changed("https://gazette.example/ru/rss.xml", f"'{url}', days: 2, pages: 2, first_page: 0")
    )
    assert outlet.sources[0].urls(date(2026, 3, 1)) == (
        "https://gazette.example/2026/03/01/1?p=0",
        "https://gazette.example/2026/03/01/1?p=1",
        "https://gazette.example/2026/02/28/28?p=0",
        "https://gazette.example/2026/02/28/28?p=1",
    )


def test_an_address_without_placeholders_is_one_address_whatever_the_days(tmp_path):
    outlet = loaded(tmp_path, changed("language: ru}", "days: 3, pages: 4}"))
    assert outlet.sources[0].urls(date(2026, 3, 1)) == ("https://gazette.example/ru/rss.xml",)


def test_an_article_is_known_by_pattern_and_exclusion(tmp_path):
    outlet = loaded(tmp_path, changed("article: {", r"article: {exclude: '/news/live/', "))
    assert outlet.article.matches("https://gazette.example/ru/news/1")
    assert not outlet.article.matches("https://gazette.example/ru/news/live/1")
    assert not outlet.article.matches("https://other.example/ru/news/1")


VERSIONS = changed(
    "article: {",
    "article: {versions: [{until: 2021-05-01, title: h1.old}, {until: 2015-01-01, body: td.text, title: b}], ",
)


@pytest.mark.parametrize(
    ("published", "title", "body"),
    [
        pytest.param(None, "h1.title", "div.text", id="no_date"),
        pytest.param(date(2021, 5, 2), "h1.title", "div.text", id="after_all"),
        pytest.param(date(2021, 5, 1), "h1.old", "div.text", id="on_the_day"),
        pytest.param(date(2014, 12, 31), "b", "td.text", id="before_all"),
    ],
)
def test_a_page_is_read_by_the_rules_of_its_time(tmp_path, published, title, body):
    rules = loaded(tmp_path, VERSIONS).article.on(published)
    assert (rules.title[0], rules.body[0]) == (title, body)


def test_a_rewrite_must_fit_its_groups(tmp_path):
    text = GOOD + "rewrites: [{match: '^https://m\\.(.+)', replace: 'https://\\2'}]\n"
    with pytest.raises(OutletError, match="replace does not fit match"):
        load_outlets(written(tmp_path, text))


def test_json_fields_take_one_path_or_several(tmp_path):
    fields = "items: data.list, fields: {url: [link, url], title: name}"
    outlet = loaded(tmp_path, changed("kind: feed", f"kind: json, {fields}"))
    source = outlet.sources[0]
    assert isinstance(source, JsonSource)
    assert source.fields.url == ("link", "url")
    assert source.fields.title == ("name",)


def test_a_telegram_source_is_a_public_preview(tmp_path):
    text = changed("kind: feed, url: https://gazette.example/ru/rss.xml", "kind: telegram, url: 'https://t.me/gazette'")
    with pytest.raises(OutletError, match=r"Write https://t\.me/s/NAME"):
        load_outlets(written(tmp_path, text))
