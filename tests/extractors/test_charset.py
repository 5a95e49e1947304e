"""Bytes of the beat decode to their letters, whoever is wrong about the charset."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.charset import Rule, decode_text
from extractors.legibility import is_garbled, legibility

RUSSIAN = (
    "В Душанбе завершились совместные учения пограничников. По данным министерства обороны, в них участвовали "
    "подразделения трёх стран; о потерях не сообщается. Наблюдатели отметили новые беспилотные аппараты."
)
TAJIK = (
    "Дар вилояти Бадахшон машқҳои якҷояи ҳарбӣ ба охир расиданд. Ба гуфтаи вазорати дифоъ, қисмҳои сарҳадӣ "
    "низ дар онҳо ширкат карданд. Ҷузъиёти бештар дода нашуд."
)
SIMPLIFIED = (
    "两国边防部队在帕米尔高原举行了联合演习。国防部表示，这次演习是为了提高部队的协同能力，"
    "没有针对第三国。观察人士说，演习中出现了新的无人机，当地居民也看到了车队在公路上行进。"
)
TRADITIONAL = (
    "兩國邊防部隊在高原舉行了聯合演習。國防部表示，這次演習是為了提高部隊的協同能力，"
    "沒有針對第三國。觀察人士說，演習中出現了新的無人機，當地居民也看到了車隊在公路上行進。"
)
POLISH = "Wspólne ćwiczenia zakończyły się w piątek, później żołnierze wrócili do baz; źródła milczą o szczegółach."


def page(text: str, meta: str | None = None) -> str:
    tag = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{tag}<title>x</title></head><body><p>{text}</p></body></html>"


def feed(text: str, encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>{text}</title></channel></rss>'


DECODES: list[tuple[str, bytes, str | None, str, str, Rule]] = [
    ("utf-8 that nobody declares", page(RUSSIAN).encode(), None, RUSSIAN, "utf-8", "utf-8"),
    ("utf-8 in the header", page(TAJIK).encode(), "text/html; charset=utf-8", TAJIK, "utf-8", "header"),
    (
        "windows-1251 in the header",
        page(RUSSIAN).encode("cp1251"),
        "text/html; charset=windows-1251",
        RUSSIAN,
        "cp1251",
        "header",
    ),
    ("quoted header", page(RUSSIAN).encode("cp1251"), 'text/html; Charset="CP1251"', RUSSIAN, "cp1251", "header"),
    (
        "gb2312 in meta means gb18030",
        page(SIMPLIFIED + "镕", "gb2312").encode("gb18030"),
        None,
        SIMPLIFIED + "镕",
        "gb18030",
        "declared",
    ),
    (
        "gbk in the header means gb18030",
        page(SIMPLIFIED).encode("gb18030"),
        "text/html;charset=GBK",
        SIMPLIFIED,
        "gb18030",
        "header",
    ),
    (
        "big5 in the prolog",
        feed(TRADITIONAL, "Big5").encode("big5"),
        "application/rss+xml",
        TRADITIONAL,
        "big5hkscs",
        "declared",
    ),
    ("koi8-r in the prolog", feed(RUSSIAN, "koi8-r").encode("koi8-r", "ignore"), None, RUSSIAN, "koi8-r", "declared"),
    (
        "header says windows-1251, bytes are utf-8",
        page(TAJIK).encode(),
        "text/html; charset=windows-1251",
        TAJIK,
        "utf-8",
        "utf-8",
    ),
    (
        "header says gb2312, bytes are utf-8",
        page(SIMPLIFIED).encode(),
        "text/html; charset=gb2312",
        SIMPLIFIED,
        "utf-8",
        "utf-8",
    ),
    (
        "meta says gb2312, bytes are utf-8",
        page(SIMPLIFIED, "gb2312").encode(),
        "text/html",
        SIMPLIFIED,
        "utf-8",
        "utf-8",
    ),
    (
        "header says utf-8, bytes are windows-1251",
        page(RUSSIAN).encode("cp1251"),
        "text/html; charset=utf-8",
        RUSSIAN,
        "cp1251",
        "detector",
    ),
    (
        "header says utf-8, meta knows better",
        page(RUSSIAN, "windows-1251").encode("cp1251"),
        "text/html; charset=utf-8",
        RUSSIAN,
        "cp1251",
        "declared",
    ),
    (
        "header says iso-8859-1 by default",
        page(RUSSIAN, "windows-1251").encode("cp1251"),
        "text/html; charset=ISO-8859-1",
        RUSSIAN,
        "cp1251",
        "declared",
    ),
    (
        "header says windows-1251, bytes are koi8-r",
        page(RUSSIAN).encode("koi8-r", "ignore"),
        "text/html; charset=windows-1251",
        RUSSIAN,
        "koi8-r",
        "detector",
    ),
    (
        "header says koi8-r, bytes are windows-1251",
        page(RUSSIAN).encode("cp1251"),
        "text/html; charset=koi8-r",
        RUSSIAN,
        "cp1251",
        "detector",
    ),
    (
        "meta says windows-1251, bytes are gb18030",
        page(SIMPLIFIED, "windows-1251").encode("gb18030"),
        None,
        SIMPLIFIED,
        "gb18030",
        "detector",
    ),
    (
        "prolog says gb2312, bytes are big5",
        feed(TRADITIONAL, "gb2312").encode("big5"),
        None,
        TRADITIONAL,
        "big5hkscs",
        "detector",
    ),
    (
        "prolog says windows-1251, bytes are utf-8",
        feed(RUSSIAN, "windows-1251").encode(),
        None,
        RUSSIAN,
        "utf-8",
        "utf-8",
    ),
    ("windows-1251 that nobody declares", page(RUSSIAN).encode("cp1251"), None, RUSSIAN, "cp1251", "detector"),
    ("gb18030 that nobody declares", page(SIMPLIFIED).encode("gb18030"), None, SIMPLIFIED, "gb18030", "detector"),
    ("big5 that nobody declares", page(TRADITIONAL).encode("big5"), None, TRADITIONAL, "big5hkscs", "detector"),
    ("cp866 that nobody declares", page(RUSSIAN).encode("cp866"), None, RUSSIAN, "cp866", "detector"),
    (
        "an accented Latin page is believed",
        page(POLISH, "iso-8859-2").encode("iso-8859-2"),
        None,
        POLISH,
        "iso8859-2",
        "declared",
    ),
    (
        "a charset that does not exist",
        page(RUSSIAN, "klingon").encode("cp1251"),
        "text/html; charset=x-unknown",
        RUSSIAN,
        "cp1251",
        "detector",
    ),
    ("a codec that is no charset", page(RUSSIAN).encode(), "text/html; charset=rot13", RUSSIAN, "utf-8", "utf-8"),
    ("utf-8 with its mark", b"\xef\xbb\xbf" + feed(RUSSIAN, "windows-1251").encode(), None, RUSSIAN, "utf-8", "bom"),
    (
        "utf-16 with its mark",
        feed(RUSSIAN, "utf-16").encode("utf-16"),
        "text/xml; charset=utf-8",
        RUSSIAN,
        "utf-16-le",
        "bom",
    ),
    (
        "big-endian utf-16 with its mark",
        b"\xfe\xff" + page(SIMPLIFIED).encode("utf-16-be"),
        None,
        SIMPLIFIED,
        "utf-16-be",
        "bom",
    ),
    ("utf-16 without a mark", feed(RUSSIAN, "utf-16").encode("utf-16-le"), None, RUSSIAN, "utf-16-le", "detector"),
    (
        "one bad byte in utf-8",
        page(RUSSIAN, "utf-8").encode() + b"\xff",
        "text/html; charset=utf-8",
        RUSSIAN,
        "utf-8",
        "header",
    ),
    ("cut in the middle of a letter", page(RUSSIAN * 3).encode()[:-60], None, RUSSIAN, "utf-8", "detector"),
    (
        "windows-1251 pasted into a utf-8 page",
        page(RUSSIAN * 4, "utf-8").encode() + TAJIK[:60].encode("cp1251", "ignore"),
        "text/html; charset=utf-8",
        RUSSIAN * 4,
        "utf-8",
        "header",
    ),
    (
        "windows-1251 pasted into a page whose meta says utf-8",
        page(RUSSIAN * 4, "utf-8").encode() + RUSSIAN[:80].encode("cp1251"),
        None,
        RUSSIAN * 4,
        "utf-8",
        "declared",
    ),
    (
        "windows-1251 pasted into a utf-8 page that says windows-1251",
        page(RUSSIAN * 4, "windows-1251").encode() + RUSSIAN[:80].encode("cp1251"),
        "text/html; charset=windows-1251",
        RUSSIAN * 4,
        "utf-8",
        "detector",
    ),
    (
        "gb18030 pasted into a utf-8 page",
        page(SIMPLIFIED * 3).encode() + SIMPLIFIED[:20].encode("gb18030"),
        None,
        SIMPLIFIED * 3,
        "utf-8",
        "detector",
    ),
    (
        "cp866, where many letters look like utf-8, that says utf-8",
        page(RUSSIAN, "utf-8").encode("cp866"),
        None,
        RUSSIAN,
        "cp866",
        "detector",
    ),
    (
        "a headline in gb2312 that says big5",
        feed(SIMPLIFIED[:25], "Big5").encode("gb18030"),
        None,
        SIMPLIFIED[:25],
        "gb18030",
        "detector",
    ),
    (
        "a headline in big5 that says gb2312",
        feed(TRADITIONAL[:45], "gb2312").encode("big5"),
        None,
        TRADITIONAL[:45],
        "big5hkscs",
        "detector",
    ),
    (
        "a headline in big5 that says so",
        feed(TRADITIONAL[:25], "Big5").encode("big5"),
        None,
        TRADITIONAL[:25],
        "big5hkscs",
        "declared",
    ),
    (
        "a headline in gb2312 that says so",
        feed(SIMPLIFIED[:12], "gb2312").encode("gb18030"),
        None,
        SIMPLIFIED[:12],
        "gb18030",
        "declared",
    ),
    ("NULs between the letters", page(RUSSIAN).replace(" ", " \0").encode(), None, RUSSIAN, "utf-8", "utf-8"),
]


@pytest.mark.parametrize(
    ("body", "header", "text", "charset", "rule"), [case[1:] for case in DECODES], ids=[case[0] for case in DECODES]
)
def test_a_body_decodes_to_its_letters_and_says_by_which_rule(
    body: bytes, header: str | None, text: str, charset: str, rule: Rule
) -> None:
    decoded = decode_text(body, header=header)
    expected = text.replace("ё", "") if charset == "koi8-r" and "ё" not in decoded.text else text
    assert expected in decoded.text
    assert (decoded.charset, decoded.rule) == (charset, rule)


def test_what_the_outlet_file_says_counts_where_nothing_else_decides() -> None:
    body = page(RUSSIAN).encode("cp1251")
    assert decode_text(body, charset="windows-1251").rule == "outlet"
    assert decode_text(body, header="text/html; charset=windows-1251", charset="koi8-r").rule == "header"
    assert decode_text(body, header="text/html; charset=cp866", charset="windows-1251").rule == "outlet"


def test_the_outlet_file_is_not_believed_against_the_bytes() -> None:
    decoded = decode_text(page(RUSSIAN).encode(), charset="windows-1251")
    assert (decoded.charset, RUSSIAN in decoded.text) == ("utf-8", True)


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb2312", "windows-1251", "hz", "utf-16", "big5"]))
def test_no_bytes_make_it_fail_and_no_nul_comes_out(body: bytes, claim: str | None) -> None:
    assert "\x00" not in decode_text(body, header=claim and f"text/html; charset={claim}").text


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(min_size=1, max_size=300).filter(lambda text: "\x00" not in text and not text.startswith("\ufeff")))
def test_utf8_named_in_the_header_comes_back_unchanged(text: str) -> None:
    assert decode_text(text.encode(), header="text/html; charset=utf-8").text == text


@pytest.mark.parametrize("text", [RUSSIAN, TAJIK, SIMPLIFIED, TRADITIONAL, POLISH, "plain English, no accents"])
def test_good_text_is_not_taken_for_garbled(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (RUSSIAN, "cp1251", "koi8-r"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8-r", "cp1251"),
        (RUSSIAN, "cp1251", "gb18030"),
        (SIMPLIFIED, "gb18030", "cp1251"),
        (SIMPLIFIED, "gb18030", "cp1252"),
        (SIMPLIFIED, "utf-8", "gb18030"),
        (TRADITIONAL, "big5", "gb18030"),
    ],
)
def test_text_read_with_a_wrong_table_is_found_out(text: str, written: str, read: str) -> None:
    garbled = text.encode(written, "ignore").decode(read, "replace")
    assert is_garbled(garbled)
    assert legibility(garbled) < 0.4 < legibility(text)


SHARED = Path(os.environ.get("WAKHAN_GOLD", Path(__file__).parents[3] / "shared"))


@pytest.mark.skipif(not (SHARED / "feeds").is_dir(), reason="the shared data is not here")
def test_real_feeds_and_pages_decode_to_the_right_script() -> None:
    for path in sorted((SHARED / "feeds").iterdir()):
        text = decode_text(path.read_bytes()).text
        block = ("\u4e00", "\u9fff") if path.name.startswith(("Big5", "GB")) else ("\u0400", "\u04ff")
        assert sum(block[0] <= char <= block[1] for char in text) > 100, path.name
        assert not is_garbled(text), path.name
        assert text.count("\ufffd") < 5, path.name
    for path in sorted((SHARED / "pages").glob("*.gz")):
        assert not is_garbled(decode_text(gzip.decompress(path.read_bytes())).text), path.name
