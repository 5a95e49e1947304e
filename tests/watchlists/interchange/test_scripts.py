"""Names without a language are put under one by their letters."""

import pytest

from watchlists.interchange.scripts import language_of_name, sort_names


@pytest.mark.parametrize(
    ("name", "language", "sure"),
    [
        ("Эмомалӣ Раҳмон", "tg", True),
        ("Шавкат Мирзиёев", "ru", False),
        ("Ўктам Ҳакимов", "uz", True),
        ("Қайрат Нұртас", "kk", True),
        ("Қасым-Жомарт Жақсылық", "kk", True),
        ("Тоқаев", "tg", False),
        ("Сооронбай Жээнбеков Өмүрбек", "ky", False),
        ("Володимир Зеленський Юрійович", "uk", False),
        ("Київ", "uk", True),
        ("Oʻzbekiston", "uz", True),
        ("Muḥammad O'Brien", "en", True),
        ("王毅 (Wang Yi)", "zh", True),
        ("ابراهیم رئیسی", "fa", True),
        ("محمد", "fa", False),
    ],
    ids=str,
)
def test_a_name_is_put_under_a_language_by_its_letters(name, language, sure):
    told = language_of_name(name)
    assert told is not None
    assert (told[0], told[1] == "") == (language, sure)


def test_names_in_letters_that_are_not_matched_are_told():
    found = sort_names(["Ελλάδα", "たろう", " ", "Ivan"])
    assert (found.by_language, found.unread) == ({"en": ("Ivan",)}, ("Ελλάδα", "たろう"))
