from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.translation.junk import junk_reason
from extractors.translation.sentences import split_sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("ru", ["Колонна прошла г. Хорог.", "Потерь нет."]),
        ("ru", ["База открыта в 2026 г.", "Она стоит у границы."]),
        ("ru", ["А. С. Громов прибыл в 15:40.", "Его встретил ген. Саидов."]),
        ("ru", ["«Граница закрыта!»", "Так сказал министр…", "Почему?"]),
        ("ru", ["Выделено 5,3 млн. сомони и т. д. по списку.", "Срок — 22.11.2026."]),
        ("tg", ["Вазир ба ш. Хоруғ омад.", "Дар он ҷо 20 ҳаз. нафар зиндагӣ мекунанд."]),
        ("zh", ["中国国防部长抵达杜尚别。", "他说：“合作很好。”", "会谈持续两小时！"]),
        ("fa", ["وزیر وارد شد.", "آیا مرز بسته است؟", "خیر."]),
        ("en", ["Gen. Smith met Mr. Lee at 3 p.m. on Nov. 22.", "They signed."]),
    ],
)
def test_a_paragraph_is_cut_where_sentences_end(language: str, sentences: list[str]) -> None:
    joined = "" if language == "zh" else " "
    assert split_sentences(joined.join(sentences), language) == sentences


def test_a_sentence_too_long_for_a_model_is_cut_at_commas() -> None:
    clause = "колонна бронетехники прошла мимо посёлка без остановки"
    pieces = split_sentences(", ".join([clause] * 40) + ".", "ru")
    assert max(map(len, pieces)) <= 700
    assert all(piece.endswith((",", ".")) for piece in pieces)


@given(st.text("аБ .!?。”»г1\t,", max_size=300), st.sampled_from(["ru", "tg", "zh", "en", "fa", "xx"]))
def test_no_character_but_white_space_is_lost(text: str, language: str) -> None:
    assert "".join("".join(split_sentences(text, language)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("original", "translation", "reason"),
    [
        ("Граница закрыта.", "The border is closed.", None),
        ("Душанбе", "Dushanbe", None),
        ("Нет, нет, нет и ещё раз нет.", "No, no, no and no again.", None),
        ("Да, да, да, да, да!", "Yes, yes, yes, yes, yes!", None),
        ("— 12 —", "", None),
        ("Граница закрыта.", "", "empty"),
        ("Граница закрыта.", "The border the border the border the border is closed", "loop"),
        ("Граница закрыта.", "aaaaaaaaaaaaaaaaaaaa", "loop"),
        ("Граница закрыта.", "♪ The border ♪", "subtitle"),
        ("Граница закрыта сегодня.", "Граница закрыта сегодня.", "copied"),
        ("中国。", "China " + "is a country in which many things happen and one of them is " * 2, "too long"),
    ],
)
def test_junk_is_told_from_translation(original: str, translation: str, reason: str | None) -> None:
    source = "zh" if original.startswith("中") else "ru"
    assert junk_reason(original, translation, source=source) == reason
