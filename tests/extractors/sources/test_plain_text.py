"""Markup in, what a reader sees out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sources.plain_text import plain_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>a</p><p>b</p>", "a b", id="paragraphs"),
        pytest.param("a<br>b<br/>c", "a b c", id="breaks"),
        pytest.param("С-<b>300</b>", "С-300", id="inline_tags_join"),
        pytest.param('<a title="a > b" href=x>в</a>', "в", id="bracket_in_attribute"),
        pytest.param("погибло <10 человек, > 5 ранены", "погибло <10 человек, > 5 ранены", id="not_tags"),
        pytest.param("<новое> дело", "<новое> дело", id="brackets_for_quotes"),
        pytest.param("a<script>if (a<b) x()</script>b<!-- c -->", "a b", id="scripts_and_comments"),
        pytest.param("a<style>p{}", "a", id="open_style"),
        pytest.param("&laquo;Рубеж&raquo;&nbsp;&mdash; 2026", "«Рубеж» — 2026", id="entities"),
        pytest.param("&amp;lt;b&amp;gt;x", "<b>x", id="escaped_thrice_is_left"),
        pytest.param("&lt;b&gt;x&lt;/b&gt; &amp;amp;", "x &", id="escaped_twice"),
        pytest.param("a\x00b\x1bc\x9fd", "a b c d", id="control_characters"),
        pytest.param("Тоҷи\u00adкис\u200bтон\ufeff", "Тоҷикистон", id="invisible"),
        pytest.param("\u202eevil", "evil", id="direction_override"),
        pytest.param("می\u200cروم", "می\u200cروم", id="joiner_of_persian_stays"),
        pytest.param("中国\u3000塔吉克", "中国 塔吉克", id="wide_blank"),
        pytest.param("  a \n\t b  ", "a b", id="blanks"),
        pytest.param("a\ud800b", "a\ufffdb", id="half_a_pair"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_is_what_a_reader_sees(markup, expected):
    assert plain_text(markup) == expected


def test_paragraphs_can_stay_lines():
    assert plain_text("<p>a  b</p>\n\n<p> c</p>", keep_lines=True) == "a b\nc"


@given(st.text(), st.booleans())
def test_nothing_that_breaks_a_mail_or_a_terminal_comes_out(markup, keep_lines):
    text = plain_text(markup, keep_lines=keep_lines)
    assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) <= 0x9F for char in text)
    assert "  " not in text
    assert text == text.strip()
    text.encode("utf-8")
