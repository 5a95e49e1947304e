"""One address per article, and never one address for two."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.outlet import Outlet
from extractors.urls import canonical_url, leads_away


def outlet(**keys: object) -> Outlet:
    plain = {
        "id": "press",
        "title": "Press",
        "country": "TJ",
        "languages": ["tg"],
        "url": "https://press.example/",
        "timezone": "Asia/Dushanbe",
        "sources": [{"kind": "feed", "url": "https://press.example/feed/"}],
    }
    return Outlet.model_validate_json(json.dumps(plain | keys))


PRESS = outlet(
    article={"url": r"^https://press\.example/news/\d+/?$"},
    mirrors=["https://press-mirror.example/", "http://10.0.0.7:8080/press/"],
    rewrites=[{"match": r"^https://m\.press\.example/", "replace": "https://press.example/"}],
)
HTTP_ONLY = outlet(url="http://www.mod.example/", keep_query=["newsid"])
SLASHED = outlet(article={"url": r"^https://press\.example/\d{4}/[\w-]+/$"})
LOOPBACK = outlet(url="http://127.0.0.1:8123/")

SAME = [
    ("case_of_scheme_and_host", "HTTPS://WWW.Example.ORG/A", "https://www.example.org/A", None),
    ("http_is_https", "http://example.org/a", "https://example.org/a", None),
    ("default_port", "https://example.org:443/a", "https://example.org/a", None),
    ("port_of_http", "http://example.org:80/a", "https://example.org/a", None),
    ("other_port_keeps_its_scheme", "http://example.org:8080/a", "http://example.org:8080/a", None),
    ("address_keeps_its_scheme", "http://192.0.2.7/a", "http://192.0.2.7/a", None),
    ("localhost_keeps_its_scheme", "http://localhost/a", "http://localhost/a", None),
    ("ipv6", "http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a", None),
    ("user_and_password", "https://me:secret@example.org/a", "https://example.org/a", None),
    ("empty_path", "https://example.org", "https://example.org/", None),
    ("fragment", "https://example.org/a#comments", "https://example.org/a", None),
    ("hashbang_is_content", "https://example.org/#!/news/7", "https://example.org/#!/news/7", None),
    ("utm", "https://example.org/a?utm_source=tg&id=7&utm_medium=rss", "https://example.org/a?id=7", None),
    ("click_ids", "https://example.org/a?fbclid=x&yclid=2&ysclid=l3&_openstat=z", "https://example.org/a", None),
    ("from_a_channel", "https://example.org/a?from=rss", "https://example.org/a", None),
    ("from_a_number_is_content", "https://example.org/a?from=2026", "https://example.org/a?from=2026", None),
    ("parameters_sorted", "https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2", None),
    ("repeated_parameters_in_order", "https://example.org/?b=2&b=1", "https://example.org/?b=2&b=1", None),
    ("parameter_without_value", "https://example.org/?rss", "https://example.org/?rss", None),
    ("ampersand_escaped_twice", "https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2", None),
    ("cyrillic_path", "https://example.org/а/Ҷ", "https://example.org/%D0%B0/%D2%B6", None),
    ("lower_case_escapes", "https://example.org/%d0%b0", "https://example.org/%D0%B0", None),
    ("needless_escapes", "https://example.org/%61%2D%7e", "https://example.org/a-~", None),
    ("escaped_slash_stays", "https://example.org/a%2fb", "https://example.org/a%2Fb", None),
    ("lone_percent", "https://example.org/100%", "https://example.org/100%25", None),
    ("blank_in_path", "https://example.org/a b", "https://example.org/a%20b", None),
    ("blanks_around", " https://example.org/a\n", "https://example.org/a", None),
    ("line_break_within", "https://example.org/a\n\tb", "https://example.org/ab", None),
    ("dots", "https://example.org/a/../b/./c", "https://example.org/b/c", None),
    ("glued_slashes", "https://example.org//news/1", "https://example.org/news/1", None),
    ("session_in_path", "https://example.org/a;jsessionid=1F", "https://example.org/a", None),
    ("cyrillic_host", "https://Ховар.тҷ/a", "https://xn--80ad9akv.xn--r1a8u/a", None),
    ("dot_after_host", "https://example.org./a", "https://example.org/a", None),
    ("no_outlet_leaves_the_slash", "https://example.org/a/", "https://example.org/a/", None),
    ("www_of_the_outlet", "https://www.press.example/about", "https://press.example/about", PRESS),
    ("mirror", "https://press-mirror.example/news/12", "https://press.example/news/12", PRESS),
    ("mirror_below_a_path", "http://10.0.0.7:8080/press/news/12", "https://press.example/news/12", PRESS),
    ("mobile_host_by_rewrite", "https://m.press.example/news/12/?utm_source=x", "https://press.example/news/12", PRESS),
    ("slash_taken_or_left", "https://press.example/news/12/", "https://press.example/news/12", PRESS),
    ("slash_that_the_pattern_wants", "https://press.example/2026/a-b", "https://press.example/2026/a-b/", SLASHED),
    ("slash_of_other_pages_stays", "https://press.example/about/", "https://press.example/about/", SLASHED),
    ("outlet_without_https", "https://mod.example/a", "http://www.mod.example/a", HTTP_ONLY),
    ("only_naming_parameters", "http://www.mod.example/?newsid=5&p=2", "http://www.mod.example/?newsid=5", HTTP_ONLY),
    ("another_site_with_an_outlet", "http://other.example/a", "https://other.example/a", HTTP_ONLY),
    ("loopback_outlet", "http://127.0.0.1:8123/a?utm_source=x", "http://127.0.0.1:8123/a", LOOPBACK),
    ("mail_address", "mailto:desk@example.org", "mailto:desk@example.org", None),
    ("not_an_address", "https://[broken/a", "https://[broken/a", None),
    ("nothing", "", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("url", "expected", "of"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_one_form_for_all_ways_to_write_an_address(url, expected, of):
    assert canonical_url(url, outlet=of) == expected


DIFFERENT = [
    ("path_case", "https://press.example/A", "https://press.example/a"),
    ("ids_in_query", "https://press.example/?newsid=1", "https://press.example/?newsid=2"),
    ("pages", "https://press.example/news/1?page=2", "https://press.example/news/1?page=3"),
    ("order_of_equal_names", "https://press.example/?a=1&a=2", "https://press.example/?a=2&a=1"),
    ("subdomains", "https://tj.press.example/1", "https://ru.press.example/1"),
    ("ports", "http://press.example:8001/1", "http://press.example:8002/1"),
    ("escaped_question_mark", "https://press.example/a%3Fb", "https://press.example/a?b"),
    ("escaped_ampersand", "https://press.example/?a=1%26b=2", "https://press.example/?a=1&b=2"),
    ("inner_double_slash", "https://press.example/a//b", "https://press.example/a/b"),
    ("mirror_of_nobody", "https://press-mirror.example.evil/news/1", "https://press.example/news/1"),
]


@pytest.mark.parametrize("of", [None, PRESS], ids=["alone", "with_outlet"])
@pytest.mark.parametrize(("one", "other"), [case[1:] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT])
def test_two_articles_keep_two_addresses(one, other, of):
    assert canonical_url(one, outlet=of) != canonical_url(other, outlet=of)


HOSTS = st.sampled_from(
    [
        "press.example",
        "WWW.press.example",
        "m.press.example",
        "press-mirror.example",
        "10.0.0.7:8080",
        "ховар.tj",
        "[::1]",
    ]
)
PIECES = st.text(alphabet="aZ0/.%2eF?&=;#! +а中~:@[]\\'\"\x00\ud800", max_size=24)
ADDRESSES = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "HTTP"]), HOSTS, PIECES)


@given(ADDRESSES | PIECES | st.text(max_size=40), st.sampled_from([None, PRESS, HTTP_ONLY, SLASHED]))
def test_the_form_of_the_form_is_the_form(url, of):
    once = canonical_url(url, outlet=of)
    assert canonical_url(once, outlet=of) == once


@given(
    st.text(alphabet="abcА中 %/?&=", max_size=20), st.sampled_from(["utm_source=x", "fbclid=IwAR0", "from=telegram"])
)
def test_tracking_changes_nothing(path, tracking):
    url = f"https://press.example/{path.replace('?', '')}/"
    assert canonical_url(f"{url}?{tracking}") == canonical_url(url)


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_numbers_are_never_merged(one, other):
    urls = [f"https://press.example/news/{number}/" for number in (one, other)]
    assert (len({canonical_url(url, outlet=PRESS) for url in urls}) == 1) == (one == other)


@pytest.mark.parametrize(
    ("asked", "landed", "expected"),
    [
        pytest.param("https://a.example/ru/news/2026/x", "https://a.example/", True, id="front page"),
        pytest.param("https://a.example/ru/news/2026/x", "https://a.example/ru/", True, id="front page of a language"),
        pytest.param("https://a.example/ru/news/2026/x", "https://www.a.example/ru/news", True, id="section"),
        pytest.param("https://a.example/node.php?id=7", "https://a.example/?from=old", True, id="number to front page"),
        pytest.param("https://a.example/node/7", "https://a.example/404.html", True, id="page for what is not found"),
        pytest.param("https://a.example/node/7", "https://a.example/ru/not-found/", True, id="the same, deeper"),
        pytest.param("http://a.example/news/x/", "https://a.example/news/x", False, id="same page"),
        pytest.param("https://a.example/news/x", "https://a.example/2026/news/x", False, id="new address"),
        pytest.param("https://a.example/news/7", "https://a.example/news/7-long-title", False, id="number and title"),
        pytest.param("https://a.example/", "https://a.example/", False, id="asked for home"),
        pytest.param("https://a.example/?p=404", "https://a.example/news/404-families", False, id="a 404 of its own"),
        pytest.param("https://a.example/?p=12", "https://a.example/news/floods/", False, id="short link"),
    ],
)  # fmt: skip
def test_who_is_led_to_a_front_page_is_led_away(asked, landed, expected):
    assert leads_away(asked, landed) is expected
