import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from records import WarehouseError
from records.landing import Batch, Capture
from tests.warehouse.press import NOON, article, guess, outlet, translation
from warehouse import land, open_warehouse, sync_outlets
from warehouse.citing import Citable, bibtex_of, cite, csl_of, footnote_of, ris_of
from warehouse.romanising import author_of

EXERCISE = Citable(
    article_id="00112233aabbccdd",
    title="На Памире открыли новую заставу",
    title_en="A new border post was opened in the Pamirs",
    byline="Фарход Салимов",
    outlet="Asia-Plus",
    publisher="Asia-Plus Media",
    language="ru",
    published_on=date(2026, 5, 9),
    url="https://asia-plus.example/ru/1",
    accessed_on=date(2026, 11, 22),
    archive_file="2026-11/wakhan-0001.warc.gz",
    body_sha256="ab" * 32,
)

FOOTNOTES = [
    pytest.param(
        {},
        "Фарход Салимов, “На Памире открыли новую заставу (A new border post was opened in the Pamirs),” *Asia-Plus*, "
        "May 9, 2026, https://asia-plus.example/ru/1 (accessed November 22, 2026).",
        id="author, English title, date",
    ),
    pytest.param(
        {"byline": None, "title_en": None},
        "“На Памире открыли новую заставу,” *Asia-Plus*, May 9, 2026, https://asia-plus.example/ru/1 "
        "(accessed November 22, 2026).",
        id="neither author nor English",
    ),
    pytest.param(
        {"byline": None, "title_en": None, "title": "Кто охраняет границу?", "published_on": None},
        "“Кто охраняет границу?” *Asia-Plus*, n.d., https://asia-plus.example/ru/1 (accessed November 22, 2026).",
        id="question without a date",
    ),
    pytest.param(
        {"byline": None, "title": "«Мы вернёмся». Что сказал генерал?", "title_en": "“We shall return”. What said he?"},
        "“«Мы вернёмся». Что сказал генерал? (‘We shall return’. What said he?),” *Asia-Plus*, May 9, 2026, "
        "https://asia-plus.example/ru/1 (accessed November 22, 2026).",
        id="quotes inside",
    ),
    pytest.param(
        {"byline": "本报记者 王伟、欧阳小明", "language": "zh", "title": "“边境”新闻", "title_en": '"Border" news'},
        "Wang Wei [王伟] and Ouyang Xiaoming [欧阳小明], “‘边境’新闻 (‘Border’ news),” *Asia-Plus*, May 9, 2026, "
        "https://asia-plus.example/ru/1 (accessed November 22, 2026).",
        id="Chinese authors",
    ),
]


@pytest.mark.parametrize(("changes", "footnote"), FOOTNOTES)
def test_a_footnote_reads_as_the_studies_print_it(changes, footnote):
    assert footnote_of(replace(EXERCISE, **changes)) == footnote


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("记者王伟", "Wang Wei [王伟]"),
        ("王 伟", "Wang Wei [王伟]"),
        ("作者：单田芳", "Shan Tianfang [单田芳]"),
        ("文/曾国安", "Zeng Guo'an [曾国安]"),
        ("文静", "Wen Jing [文静]"),
        ("李明 王伟 赵强", "Li Ming [李明], Wang Wei [王伟] and Zhao Qiang [赵强]"),
        ("新华社北京分社", "新华社北京分社"),
        ("本站编辑", None),
        ("本站记者 陈镕", "Chen Rong [陈镕]"),
        ("Xinhua", "Xinhua"),
        ("  ", None),
    ],
)
def test_chinese_authors_are_romanised_with_their_characters(byline, author):
    assert author_of(byline, "zh") == author


def test_csl_has_what_reference_managers_read():
    item = csl_of(EXERCISE)
    assert item["issued"] == {"date-parts": [[2026, 5, 9]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert (item["type"], item["container-title"], item["archive_location"]) == (
        "article-newspaper",
        "Asia-Plus",
        "2026-11/wakhan-0001.warc.gz",
    )
    assert json.loads(json.dumps(item)) == item


def test_ris_is_one_tagged_line_a_field():
    lines = ris_of(replace(EXERCISE, title="Две\nстроки")).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert "TI  - Две строки" in lines
    assert "DA  - 2026/05/09" in lines


def test_bibtex_is_escaped_and_balanced():
    entry = bibtex_of(replace(EXERCISE, title="50 % {of} R&D_costs", url="https://a.example/{x}"))
    assert r"title = {{50 \% \{of\} R\&D\_costs}}" in entry
    assert "url = {https://a.example/%7Bx%7D}" in entry
    unescaped = entry.replace(r"\{", "").replace(r"\}", "")
    assert unescaped.count("{") == unescaped.count("}")


@pytest.fixture
def warehouse(tmp_path: Path):
    with open_warehouse(tmp_path / "w.duckdb") as opened:
        sync_outlets(opened, (outlet(),), now=NOON)
        yield opened


def test_an_article_is_cited_by_id_or_address_with_its_capture(warehouse):
    page = article("a", published_at=NOON.replace(hour=20))
    capture = Capture(
        article_id=page.article_id,
        url=page.url,
        fetched_at=NOON,
        body_sha256="cd" * 32,
        warc_file="w.warc.gz",
        warc_record_id="urn:uuid:1",
    )
    land(
        warehouse,
        Batch(
            landed_at=NOON,
            articles=(page,),
            languages=(guess(page),),
            translations=(translation(page),),
            captures=(capture,),
        ),
    )
    expected = (
        "“Учения на полигоне Харбмайдон (Exercise at Kharbmaydon),” *Asia-Plus*, November 21, 2026, "
        f"{page.url} (accessed November 20, 2026).\n"
    )
    assert cite(warehouse, [page.url]) == cite(warehouse, [page.article_id[:8]]) == expected
    (item,) = json.loads(cite(warehouse, [page.article_id], style="csl"))
    assert item["custom"] == {"sha256": "cd" * 32}


@pytest.mark.parametrize(("wanted", "problem"), [("ab", "too short"), ("0123456789", "no article")])
def test_what_cannot_be_cited_says_why(warehouse, wanted, problem):
    with pytest.raises(WarehouseError, match=problem):
        cite(warehouse, [wanted])
