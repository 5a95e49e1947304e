from __future__ import annotations

import pytest

from watchlists.forms import Form
from watchlists.forms.chinese import chinese_forms
from watchlists.forms.chinese_script import simplified


def _forms(name: str, schema: str = "Organization") -> dict[str, Form]:
    return {form.text: form for form in chinese_forms(name, schema=schema)}


@pytest.mark.parametrize(
    ("name", "schema", "form", "reason"),
    [
        pytest.param("习近平", "Person", "習近平", "traditional", id="to traditional"),
        pytest.param("習近平", "Person", "习近平", "simplified", id="to simplified"),
        pytest.param("老挝", "Country", "寮國", "traditional, Taiwan wording", id="another word in Taiwan"),
        pytest.param("埃莫马利·拉赫蒙", "Person", "埃莫马利拉赫蒙", "dot left out", id="no dot"),
        pytest.param("弗拉基米尔·普京", "Person", "弗·普京", "initial", id="initial"),
        pytest.param("埃莫马利·拉赫蒙", "Person", "拉赫蒙", "surname alone", id="surname"),
        pytest.param("第201军事基地", "Organization", "201军事基地", "without 第", id="without 第"),
        pytest.param("第201军事基地", "Organization", "第二〇一军事基地", "Chinese numeral", id="Chinese digits"),
        pytest.param("二十国集团", "Organization", "20国集团", "numeral", id="counted states"),
        pytest.param("7国集团", "Organization", "七国集团", "Chinese numeral", id="counted states in Arabic digits"),
        pytest.param("第58集团军", "Organization", "第五十八集团军", "Chinese numeral", id="counted numeral"),
        pytest.param("第二零一军事基地", "Organization", "第201军事基地", "numeral", id="to Arabic digits"),
        pytest.param("S-300", "Asset", "S300", "hyphen left out", id="no hyphen"),
        pytest.param("TB2无人机", "Asset", "TB-2无人机", "hyphen put in", id="hyphen"),
        pytest.param("塔吉克斯坦国防部", "PublicBody", "塔国防部", "塔 for 塔吉克斯坦", id="state in one character"),
    ],
)
def test_a_spelling_is_listed_with_its_reason(name: str, schema: str, form: str, reason: str) -> None:
    assert reason in _forms(name, schema)[form].reasons


def test_only_the_surname_alone_is_weak() -> None:
    weak = [form.text for form in chinese_forms("谢尔盖·绍伊古", schema="Person") if form.weak]
    assert weak[0] == "绍伊古"
    assert all("·" not in text for text in weak)


def test_a_chinese_person_is_not_taken_apart() -> None:
    assert set(_forms("习近平", "Person")) == {"习近平", "習近平"}


def test_characters_are_simplified_one_by_one() -> None:
    assert "塔吉克斯坦總統訪華，會見習近平".translate(simplified()) == "塔吉克斯坦总统访华，会见习近平"
