from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.forms.tajik_endings import tajik_tail

CONSONANT = ["ро", "рову", "у", "и", "ҳо", "ҳоро", "ҳои", "ҳояшонро", "ам", "амон", "ашонро", "е", "аст"]
VOWEL = ["ро", "ву", "ю", "и", "йи", "яшон", "ям", "ст", "ҳову", "ее"]


@pytest.mark.parametrize(
    ("name", "rest", "length", "reasons"),
    [
        pytest.param("Тоҷикистон", "ро даъват", 2, ("object -ро",), id="object"),
        pytest.param("Тоҷикистон", "у қирғизистон", 1, ("and -у",), id="and after a consonant"),
        pytest.param("Русия", "ву чин", 2, ("and -ву",), id="and after a vowel"),
        pytest.param("Душанбе", "ю хоруғ", 1, ("and -ю",), id="and after е"),
        pytest.param("Тоҷикистон", "и азиз", 1, ("izafet -и",), id="izafet"),
        pytest.param("Айнӣ", "и нав", 1, ("izafet -и",), id="izafet after ӣ"),
        pytest.param("Тоҷикистон", "амонро", 6, ("possessive -амон", "object -ро"), id="possessive and object"),
        pytest.param("Русия", "ст.", 2, ("copula -ст",), id="copula"),
        pytest.param("танк", "ҳояшонро", 8, ("plural -ҳо", "possessive -яшон", "object -ро"), id="the whole order"),
        pytest.param("танк", "хоро", 4, ("plural -хо", "object -ро"), id="plural typed without ҳ"),
        pytest.param("марзбон", "онро", 4, ("plural -он", "object -ро"), id="plural of a common noun"),
        pytest.param("СҲШ", "-ро", 3, ("object -ро",), id="hyphen after an acronym"),
        pytest.param("Huawei", "-ро", 3, ("object -ро",), id="hyphen after Latin letters"),
        pytest.param("Орлан-10", "ро", 2, ("object -ро",), id="after a digit"),
        pytest.param("пойгоҳи низомии 201", "-уми русия", 4, ("ordinal -ум", "izafet -и"), id="ordinal"),
        pytest.param("машқгоҳи Марғоб", '"-и вазорат', 0, ("izafet -и",), id="behind a closing quote"),
        pytest.param("Тоҷикистон", "", 0, (), id="end of the text"),
        pytest.param("Тоҷикистон", ", гуфт", 0, (), id="comma"),
        pytest.param("Тоҷикистон", "-чин", 0, (), id="hyphen and another name"),
    ],
)
def test_a_chain_of_endings_belongs_to_the_name(name: str, rest: str, length: int, reasons: tuple[str, ...]) -> None:
    tail = tajik_tail(rest, form_text=name, language="tg")
    assert tail is not None
    assert (tail.length, tail.reasons) == (length, reasons)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        pytest.param("Тоҷикистон", "ӣ", id="relation adjective"),
        pytest.param("Тоҷикистон", "иён", id="people of a place"),
        pytest.param("Тоҷикистон", "иро", id="adjective with object"),
        pytest.param("Душанбе", "гӣ", id="person of a place"),
        pytest.param("Раҳмон", "зода", id="another surname"),
        pytest.param("Раҳмон", "-зода", id="another surname with a hyphen"),
        pytest.param("Раҳмон", "ов", id="Russian surname"),
        pytest.param("Салом", "ат", id="another given name"),
        pytest.param("Толиб", "он", id="no plural -он of a proper name"),
        pytest.param("БМП-2", "м", id="another model"),
        pytest.param("пойгоҳи низомии 201", "0", id="longer number"),
        pytest.param("Русия", "лик", id="no ending at all"),
    ],
)
def test_the_beginning_of_another_word_is_refused(name: str, rest: str) -> None:
    assert tajik_tail(rest, form_text=name, language="tg") is None


def test_in_a_russian_article_only_the_object_marker_counts() -> None:
    assert tajik_tail("у", form_text="Рахмон", language="ru") is None
    assert tajik_tail("ро", form_text="Раҳмон", language="ru") is not None


@given(name=st.sampled_from(["Тоҷикистон", "Хуҷанд", "Мурғоб"]), ending=st.sampled_from(CONSONANT))
def test_no_ending_of_a_consonant_is_longer_than_it_is_written(name: str, ending: str) -> None:
    tail = tajik_tail(ending + " дигар", form_text=name, language="tg")
    assert tail is not None
    assert tail.length == len(ending)


@given(name=st.sampled_from(["Русия", "Осиё", "Исфара"]), ending=st.sampled_from(VOWEL))
def test_no_ending_of_a_vowel_is_longer_than_it_is_written(name: str, ending: str) -> None:
    tail = tajik_tail(ending + " дигар", form_text=name, language="tg")
    assert tail is not None
    assert tail.length == len(ending)
