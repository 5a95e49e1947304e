from __future__ import annotations

import pytest

from watchlists.forms.persian import persian_forms


@pytest.mark.parametrize(
    ("tajik", "persian"),
    [
        ("Тоҷикистон", "تاجیکستان"),
        ("Вазорати мудофиаи Тоҷикистон", "وزارت دفاع تاجیکستان"),
        ("Осиёи Марказӣ", "آسیای مرکزی"),
        ("пойгоҳи низомии 201-ум", "پایگاه نظامی ۲۰۱"),
        ("Эмомалӣ Раҳмон", "امامعلی رحمان"),
        ("Шаймоқ", "شیماق"),
    ],
)
def test_a_tajik_name_is_spelt_in_persian_script(tajik: str, persian: str) -> None:
    assert persian in [form.text for form in persian_forms(tajik)]


def test_persian_spellings_count_in_persian_articles_only() -> None:
    assert {form.only_in for form in persian_forms("Душанбе")} == {("fa",)}


def test_an_abbreviation_has_no_persian_spelling() -> None:
    assert list(persian_forms("СААД")) == []
