from __future__ import annotations

import pytest

from watchlists.forms import Form
from watchlists.forms.tajik import tajik_forms


def _forms(name: str, schema: str = "Organization") -> dict[str, Form]:
    return {form.text: form for form in tajik_forms(name, schema=schema)}


def test_the_name_itself_comes_first_and_without_reasons() -> None:
    first = next(iter(tajik_forms("Эмомалӣ Раҳмон", schema="Person")))
    assert (first.text, first.reasons, first.weak) == ("Эмомалӣ Раҳмон", (), False)


@pytest.mark.parametrize(
    ("name", "schema", "form", "reason"),
    [
        ("Эмомалӣ Раҳмон", "Person", "Раҳмон Эмомалӣ", "surname first"),
        ("Эмомалӣ Раҳмон", "Person", "Э. Раҳмон", "initial"),
        ("Эмомалӣ Раҳмон", "Person", "Эмомалии Раҳмон", "izafet between the names"),
        ("Эмомалӣ Раҳмон", "Person", "Эмомалӣ Раҳмонов", "surname as Раҳмонов"),
        ("Рамазон Раҳимзода", "Person", "Рамазон Раҳимов", "surname as Раҳимов"),
        ("Садир Ҷабборов", "Person", "Садир Ҷаббор", "surname as Ҷаббор"),
        ("пойгоҳи низомии 201-ум", "Organization", "пойгоҳи 201-уми низомӣ", "ordinal before the adjective"),
        ("пойгоҳи низомии 201-ум", "Organization", "пойгоҳи низомии 201", "number without -ум"),
        ("пойгоҳи низомии 201-ум", "Organization", "пойгоҳи 201-ум", "adjective left out"),
        ("Вазорати мудофиаи Тоҷикистон", "PublicBody", "Вазорати дифоъи Тоҷикистон", "дифоъи for мудофиаи"),
        ("Созмони амнияти дастаҷамъӣ", "Organization", "Созмони амнияти дастаҷамӣ", "ъ left out"),
        ("Хитой", "Country", "Хитои", "izafet -и in place of й"),
        ("Қувваҳои Мусаллаҳ", "Organization", "Қуввваҳои Мусалллаҳ", "doubled letter typed three times"),
        ("Тоҷикистон", "Country", "Тожикистон", "ж for ҷ"),
        ("Федератсияи нав", "Organization", "Федерацияи нав", "spelling before 1998"),
    ],
)
def test_a_spelling_is_listed_with_its_reason(name: str, schema: str, form: str, reason: str) -> None:
    assert reason in _forms(name, schema)[form].reasons


def test_a_surname_alone_is_weak_and_needs_its_capital() -> None:
    surname = _forms("Эмомалӣ Раҳмон", "Person")["Раҳмон"]
    assert surname.weak
    assert surname.case == "capital"


def test_a_name_with_the_family_name_first_is_not_taken_apart() -> None:
    tajik = [form.text for form in tajik_forms("Си Ҷинпин", schema="Person") if form.only_in != ("fa",)]
    assert tajik == ["Си Ҷинпин", "Си Жинпин", "Си Джинпин"]


def test_a_name_that_is_a_word_of_russian_counts_in_tajik_articles_only() -> None:
    assert _forms("Чин", "Country")["Чин"].only_in == ("tg",)
    assert _forms("Тоҷикистон", "Country")["Тоҷикистон"].only_in == ()


@pytest.mark.parametrize(
    ("name", "schema", "case"),
    [
        ("Бохтар", "Address", "capital"),
        ("Ош", "Address", "capital"),
        ("Шарора", "Address", "capital"),
        ("ҶТ", "Country", "exact"),
        ("Уммон", "Country", "capital"),
        ("Тоҷикистон", "Country", "any"),
    ],
)
def test_a_name_that_is_a_word_or_short_needs_its_capitals(name: str, schema: str, case: str) -> None:
    assert _forms(name, schema)[name].case == case


def test_a_set_of_terms_never_replaces_a_whole_name() -> None:
    assert "ҶТ" not in _forms("Ҷумҳурии Тоҷикистон", "Country")


@pytest.mark.parametrize("name", ["Вазорати мудофиаи Ҷумҳурии Тоҷикистон", "Қувваҳои низомии Федератсияи Русия"])
def test_no_spelling_is_listed_twice(name: str) -> None:
    texts = [form.text for form in tajik_forms(name, schema="PublicBody")]
    assert len(texts) == len(set(texts))
