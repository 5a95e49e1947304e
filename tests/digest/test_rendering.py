import io
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from PIL import Image

from digest import render_digest
from digest.charts import draw_charts
from records.digests import ArchiveCopy
from tests.digest.editions import BASE, DELIVERY, EDITION, EXERCISE, FLOOD, POST, QUIET, UNTIL

EXACT = replace(BASE, surface="Харбмайдон", name="Харбмайдон", reasons=("as listed",))

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
    assert "32 of 34 sources normal; Ozodi failing since 22 Nov, 04:00: no answer in 20 s" in text
    assert "12 pages untranslated" in text


def test_the_statement_of_completeness_counts_what_was_only_glossed():
    glossed = replace(QUIET, completeness=replace(QUIET.completeness, glossed=35))
    assert "; 35 pages in English word by word only. " in render_digest(glossed).text


def test_the_day_of_a_digest_is_the_reader_s():
    evening = replace(EDITION, until=UNTIL - timedelta(hours=5))
    assert [render_digest(each).day.isoformat() for each in (EDITION, evening)] == ["2026-11-22", "2026-11-22"]
    assert render_digest(replace(evening, timezone="UTC")).day.isoformat() == "2026-11-21"


def test_an_empty_day_is_one_line_and_still_says_how_complete_it_is():
    rendered = render_digest(QUIET)
    assert rendered.subject == "Wakhan 22 Nov: No alerts"
    assert rendered.text.startswith("No alerts from 21 Nov, 07:00 to 22 Nov, 07:00. 32 of 34 sources normal;")
    assert len(rendered.text.splitlines()) == 1
    assert rendered.charts == ()


def test_the_style_is_in_the_tags_and_dark_mode_is_kept():
    html = render_digest(EDITION).html
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "@import" not in html
    assert "<link" not in html


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_from_a_page_come_out_harmless(words):
    evidence = replace(BASE, surface=words, before=words, after=words, name=words, reasons=(words,), line_en=words)
    copy = ArchiveCopy(file=words, url=words, fetched_at=UNTIL)
    item = replace(
        EXERCISE, title=words, title_en=words, byline=words, outlet=words, evidence=(evidence,), footnote=words,
        archived=copy,
    )  # fmt: skip
    trends = tuple(replace(trend, caption=words) for trend in EDITION.trends)
    rendered = render_digest(replace(EDITION, items=(item,), trends=trends))
    page = Page(rendered.html)
    assert "script" not in page.tags
    assert [value for name, value in page.attributes if name == "src"] == [f"cid:{c.cid}" for c in rendered.charts]
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert len(rendered.subject.splitlines()) == 1
    for text in (rendered.subject, rendered.text, page.words):
        assert not {"\u202e", "\u2066", "\x00", "\ud800", "\r"} & set(text)
    assert len(rendered.html) < 30_000


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a.example/\r\nX: y",
        'https://a.example/"onx="',
        "http://[",
        "https://a.example/\u202egnp.exe",
        "https://a.example/\u200b",
        "https://a.example/\ud83d",
        "https://a.example/" + "x" * 10_000,
    ],
    ids=ascii,
)
def test_an_address_that_is_none_is_not_linked(url):
    page = Page(
        render_digest(
            replace(EDITION, items=(replace(EXERCISE, url=url, retellings=()),), backscanned=()),
        ).html
    )
    assert page.links == []


def test_three_thousand_alerts_keep_the_page_whole_in_clients_that_cut_it():
    rendered = render_digest(FLOOD)
    # Gmail shows 102 kB and hides the rest.
    assert len(rendered.html.encode()) < 102_000
    assert "3,000 alerts in 1,000 stories" in rendered.text
    today = rendered.text.partition("FOUND LATER")[0]
    assert today.count("[high]") >= 8
    assert today.count("\n- ") >= 40


def test_stories_there_is_no_room_for_are_counted_by_whom_they_name_with_the_command_that_lists_them():
    rendered = render_digest(FLOOD)
    today, _, later = rendered.text.partition("FOUND LATER")
    left = 1000 - today.count("[high]") - today.count("\n- ")
    assert f"And {left} stories more ({left} high). Most of them name: Name 0 ({left}), Name 1 ({left})," in today
    assert (
        "wakhan sql \"from alerts where origin = 'live' and created_at between "
        "'2026-11-21 02:00:00' and '2026-11-22 02:00:01'\""
    ) in today
    assert f"And {1000 - later.count('[high]')} stories more (" in later
    assert "where origin = 'backscan' and" in later


def test_addresses_of_10_kb_do_not_fill_the_mail():
    url = "https://a.example/" + "x" * 10_000
    copies = tuple(replace(copy, url=url) for copy in EXERCISE.retellings)
    items = tuple(replace(EXERCISE, story_id=f"s{n}", url=url, retellings=copies) for n in range(300))
    rendered = render_digest(replace(EDITION, items=items))
    assert len(rendered.html.encode()) < 102_000
    assert len(rendered.text.encode()) < 100_000


def test_names_of_one_sentence_stand_in_it_together():
    sentence = "第201军事基地派出BMP-2M和S-300分队参演。"
    names = ("第201军事基地", "BMP-2M", "S-300")
    evidence = tuple(
        replace(
            BASE,
            entity_id=name,
            caption=f"The {name}",
            before=sentence.partition(name)[0],
            surface=name,
            after=sentence.partition(name)[2],
            name=name,
            reasons=(),
            line_en="The base sends a detachment.",
            short_id={"BMP-2M": "b3b3b3b3", "S-300": "30030030", "第201军事基地": "20120120"}[name],
        )
        for name in ("BMP-2M", "S-300", "第201军事基地")
    )
    rendered = render_digest(replace(EDITION, items=(replace(EXERCISE, evidence=evidence),), backscanned=()))
    assert (
        "   The BMP-2M [b3b3b3b3], The S-300 [30030030], The 第201军事基地 [20120120]: "
        "*第201军事基地*派出*BMP-2M*和*S-300*分队参演。\n"
        "   In English: The base sends a detachment.\n"
        "   Why: “BMP-2M” stands there as it is listed. “S-300” stands there as it is listed. “第201军事基地” stands"
    ) in rendered.text
    assert Page(rendered.html).marked == list(names)
    assert Page(rendered.html).words.count("The base sends a detachment.") == 1


def test_a_sentence_that_lists_names_explains_the_first_and_marks_all():
    names = [f"имя-{letter}" for letter in "абвгдежзик"]
    sentence = ", ".join(names)
    evidence = tuple(
        replace(
            BASE,
            entity_id=name,
            before=sentence.partition(name)[0],
            surface=name,
            after=sentence.partition(name)[2],
            name=name,
        )
        for name in names
    )
    rendered = render_digest(replace(EDITION, items=(replace(EXERCISE, evidence=evidence),), backscanned=()))
    assert Page(rendered.html).marked == names
    assert "“имя-з” stands there as it is listed: genitive case. 2 more names in it.\n" in rendered.text


def test_names_that_overlap_are_marked_as_one():
    inner = replace(BASE, entity_id="mo", before="Сообщило ", surface="министерство обороны", after=" России.")
    outer = replace(inner, entity_id="mo-ru", surface="министерство обороны России", after=".")
    text = render_digest(replace(EDITION, items=(replace(EXERCISE, evidence=(inner, outer)),))).text
    assert ": Сообщило *министерство обороны России*.\n" in text


def test_names_in_lines_there_is_no_room_for_are_counted():
    evidence = tuple(replace(BASE, entity_id=f"e{n}", before=f"Строка {n // 2}. ") for n in range(11))
    text = render_digest(replace(EDITION, items=(replace(EXERCISE, evidence=evidence),), backscanned=())).text
    assert text.count("In English:") == 4
    assert "3 more names in this story." in text


@pytest.mark.parametrize("title", ["", "\u200b\u202e"], ids=ascii)
def test_a_title_of_nothing_that_is_seen_has_words_to_click_on(title):
    rendered = render_digest(replace(EDITION, items=(replace(EXERCISE, title=title, title_en=title),)))
    assert Page(rendered.html).words.count("(no title)") == 1
    assert "1. [high] (no title)\n" in rendered.text
    assert rendered.subject.endswith("(no title)")


def test_a_line_that_was_edited_out_is_said_to_be():
    item = replace(EXERCISE, evidence=())
    assert "has been edited out" in render_digest(replace(EDITION, items=(item,))).text


def test_an_exact_hit_is_said_once():
    text = render_digest(replace(EDITION, items=(replace(EXERCISE, evidence=(EXACT,)),))).text
    assert "“Харбмайдон” stands there as it is listed." in text
    assert "as listed" not in text.replace("as it is listed", "")


def test_a_title_glossed_word_by_word_is_marked_and_a_translated_one_is_not():
    glossed = replace(POST, title_en="New border post at Ishkashim into use given", engine="gloss")
    rendered = render_digest(replace(EDITION, items=(replace(EXERCISE, engine="argos"), glossed), backscanned=()))
    assert rendered.text.count("[gloss]") == 1
    assert "into use given [gloss]" in rendered.text
    assert rendered.html.count(">gloss<") == 1


def test_a_footnote_stands_ready_to_paste_with_the_outlet_in_italics():
    note = "Farhod Salimov, “Учения (Exercise),” *Asia-Plus*, November 21, 2026, https://a.example/1 (accessed ...)."
    rendered = render_digest(replace(EDITION, items=(replace(EXERCISE, footnote=note),)))
    assert f"Footnote: {note}" in rendered.text
    assert note.replace("*", "") in " ".join(Page(rendered.html).words.split())
    assert ">Asia-Plus</em>" in rendered.html


def test_the_kept_copy_is_linked_where_it_is_replayed_and_named_elsewhere():
    copy = ArchiveCopy(file="2026-11-21.warc.gz", url="https://a.example/1", fetched_at=UNTIL)
    edition = replace(EDITION, items=(replace(EXERCISE, archived=copy),))
    assert "Archive copy: 2026-11-21.warc.gz" in render_digest(edition).text
    replayed = "https://replay.example/press/20261122020000/https://a.example/1"
    assert replayed in Page(render_digest(edition, archive_url="https://replay.example/press/").html).links


def test_a_name_told_much_more_than_usual_is_marked_in_its_stories():
    tags = render_digest(EDITION).html
    assert "201st Military Base ▲ 3.6×</div>" in tags.replace(" · Kharbmaydon range", "")


def test_each_chart_is_a_small_png_of_its_own_with_words_for_it():
    rendered = render_digest(EDITION)
    assert len({chart.png for chart in rendered.charts}) == 3
    for chart in rendered.charts:
        assert chart.png.startswith(b"\x89PNG")
        assert len(chart.png) < 1000
        assert f'src="cid:{chart.cid}"' in rendered.html
    assert rendered.charts[0].alt.endswith("oldest first: 3, 4, 2, 5, 3, 4, 6, 14; usual 3.9")
    assert "cid:" not in rendered.page
    assert rendered.page.count("data:image/png;base64,") == 3


def test_each_name_has_the_id_of_its_alert_and_the_foot_says_once_what_for():
    rendered = render_digest(EDITION)
    page = Page(rendered.html)
    for words in (rendered.text, page.words):
        assert "201st Military Base [3f2a91bc]: " in words
        assert "Kharbmaydon range [0b7de410]: " in words
        assert words.count("wakhan verdict ID wrong") == 1
    assert "wakhan verdict" not in render_digest(QUIET).text + render_digest(QUIET).html


def test_a_story_told_by_its_headline_has_the_ids_of_its_first_alerts():
    text = render_digest(FLOOD).text
    first = text.partition("FURTHER STORIES")[2].splitlines()[1]
    assert re.search(r", high\) \[(?P<story>\d{7})0, (?P=story)1, \+4\]$", first)
    gone = replace(EXERCISE, evidence=())
    assert "or its translation since. [3f2a91bc, 0b7de410]\n" in render_digest(replace(EDITION, items=(gone,))).text


def test_a_young_warehouse_says_nothing_of_usual_weeks():
    young = tuple(replace(trend, usual=None) for trend in EDITION.trends)
    rendered = render_digest(replace(EDITION, trends=young))
    for words in ("▲", "▼", "as usual", " new"):
        assert words not in rendered.text.partition("NAMED THIS WEEK")[2]
    assert rendered.charts[0].alt.endswith("usual not known yet")


def test_bars_are_as_high_as_the_weeks_are_full():
    (chart,) = draw_charts([replace(EDITION.trends[0], weeks=(0, 2, 4, 8, 0, 0, 0, 8), usual=0)])
    picture = Image.open(io.BytesIO(chart.png)).convert("RGBA")
    step = picture.width // 8
    filled = [
        sum(picture.getpixel((place * step + step // 2, y))[3] > 0 for y in range(picture.height)) for place in range(8)
    ]
    assert filled[1] < filled[2] < filled[3] == filled[7]
    assert filled[2] == pytest.approx(2 * filled[1], abs=2)
