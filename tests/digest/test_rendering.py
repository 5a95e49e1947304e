from dataclasses import replace
from html.parser import HTMLParser

import pytest

from digest import render_digest
from tests.digest.editions import BASE, DELIVERY, EDITION, EXERCISE, POST, QUIET

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="attribute break"),
    pytest.param("Title\r\nBcc: everyone@example.org", id="header break"),
    pytest.param("safe\u202egnp.exe\u2066", id="direction override"),
    pytest.param("а" * 10_000, id="ten thousand letters"),
    pytest.param("{{ edition.__class__ }} {% raw %}", id="template"),
    pytest.param("🛩️💥 \ud800 \x00", id="emoji, broken UTF-16, NUL"),
    pytest.param("", id="nothing"),
]


class Page(HTMLParser):
    """What a mail client sees: tags, links and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.marked: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words += data
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)
            self.tags.append("")

    @property
    def links(self):
        return [value for name, value in self.attributes if name == "href"]


def test_a_digest_has_title_original_line_reason_and_link_of_each_story():
    page = Page(render_digest(EDITION).html)
    text = render_digest(EDITION).text
    for wanted in (EXERCISE.title_en, EXERCISE.title, DELIVERY.title_en, DELIVERY.title, POST.title, "genitive case"):
        assert wanted in page.words
        assert wanted in text
    for item in (EXERCISE, DELIVERY, POST):
        assert item.url in page.links
        assert item.url in text
    assert "201-й российской военной базы" in page.marked
    assert "*201-й российской военной базы*" in text


def test_a_space_beside_the_mark_stands_only_where_the_original_has_one():
    text = render_digest(EDITION).text
    assert "中国*公安部*与" in text
    assert "полигоне *Харбмайдон* до" in text


def test_the_most_important_comes_first_and_back_scanned_stories_apart():
    text = render_digest(EDITION).text
    today, _, later = text.partition("FOUND LATER")
    assert today.index("[high]") < today.index("[normal]")
    assert "A road to Murghab" in later
    assert "A road to Murghab" not in today


def test_the_statement_of_completeness_names_what_is_missing():
    text = render_digest(EDITION).text
    assert "32 of 34 sources normal; Ozodi failing since 22 Nov, 04:00 (FetchError: no answer in 20 s)" in text
    assert "12 pages untranslated" in text


def test_an_empty_day_is_one_line_and_still_says_how_complete_it_is():
    rendered = render_digest(QUIET)
    assert rendered.subject == "Wakhan 22 Nov: No alerts"
    assert "No alerts." in rendered.text
    assert "32 of 34 sources normal" in rendered.text
    assert len(rendered.text.splitlines()) <= 6


def test_the_style_is_in_the_tags_and_dark_mode_is_kept():
    html = render_digest(EDITION).html
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "@import" not in html
    assert "<link" not in html


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_from_a_page_come_out_harmless(words):
    evidence = replace(BASE, surface=words, before=words, after=words, name=words, reasons=(words,), line_en=words)
    item = replace(EXERCISE, title=words, title_en=words, byline=words, outlet=words, evidence=(evidence,))
    rendered = render_digest(replace(EDITION, items=(item,)))
    page = Page(rendered.html)
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert len(rendered.subject.splitlines()) == 1
    for text in (rendered.subject, rendered.text, page.words):
        assert not {"\u202e", "\u2066", "\x00", "\ud800", "\r"} & set(text)
    assert len(rendered.html) < 30_000


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "https://a.example/\r\nX: y", 'https://a.example/"onx="', "http://["],
)
def test_an_address_that_is_none_is_not_linked(url):
    page = Page(
        render_digest(replace(EDITION, items=(replace(EXERCISE, url=url, retellings=()),), backscanned=())).html
    )
    assert page.links == []


def test_three_thousand_alerts_stay_under_200_kb():
    items = tuple(replace(EXERCISE, story_id=f"s{n}", alert_ids=(f"{n}a", f"{n}b", f"{n}c")) for n in range(1000))
    rendered = render_digest(replace(EDITION, items=items))
    assert len(rendered.html.encode()) < 200_000
    assert "3,000 alerts in 1,000 stories" in rendered.text
    assert "And 840 stories more" in rendered.text


def test_a_line_that_was_edited_out_is_said_to_be():
    item = replace(EXERCISE, evidence=())
    assert "has been edited out" in render_digest(replace(EDITION, items=(item,))).text
