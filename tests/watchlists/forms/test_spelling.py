"""The forms of an entity put together."""

import pytest

from watchlists.forms import forms_of, phrase_forms
from watchlists.listfile import Entity


@pytest.mark.parametrize(
    ("weak", "expected"),
    [
        pytest.param({}, False, id="shortened-by-us-it-is-a-full-name"),
        pytest.param({"ru": ["МВД КНР"]}, True, id="listed-as-weak-it-stays-weak"),
    ],
)
def test_what_is_listed_as_weak_is_not_made_a_full_name_by_shortening(weak, expected):
    ministry = Entity.model_validate(
        {
            "id": "cn-mps",
            "schema": "PublicBody",
            "caption": "Ministry of Public Security of China",
            "name": {"ru": ["МВД Китая"]},
            "weak": weak,
        }
    )
    assert {form.weak for form in forms_of(ministry) if form.text == "МВД КНР"} == {expected}


@pytest.mark.parametrize(
    ("phrase", "language", "form"),
    [
        pytest.param("А. И. Бастрыкин в поручении", "ru", "А. И. Бастрыкин в поручении", id="initials"),
        pytest.param("улица А. Рахимова", "ru", "улицы А. Рахимова", id="an initial within"),
        pytest.param("第２０１軍事基地後表", "zh", "第201军事基地后表", id="full-width digits"),
    ],
)
def test_a_phrase_with_initials_or_wide_digits_has_its_forms(phrase, language, form):
    assert form in phrase_forms(phrase, language)
