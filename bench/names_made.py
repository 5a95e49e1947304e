"""Large made-up watch-lists and texts, for measuring speed: names put together from parts, the same at every run."""

from __future__ import annotations

import random

from watchlists.listfile import Entity, WatchList

_GIVEN = (
    "Абдулло Азиз Алишер Андрей Баходур Борис Виктор Далер Зафар Игорь Илхом Камол Михаил Мухаммад Назар Олег Павел "
    "Рустам Саид Сергей Тимур Фаррух Хасан Шухрат Юрий Анна Гулнора Зарина Мадина Нигора Ольга Парвина Сурайё Фарида"
)
_STEMS = (
    "Ахмад Бобо Валид Гафур Давлат Ёдгор Зиё Икром Карим Латиф Мирзо Назар Одил Пулод Рахим Содик Тохир Усмон Файз "
    "Хаким Шариф Юсуф Бахтиёр Гулом Джалил Исмат Курбон Маруф Нур Олим Расул Сафар Турсун Умар Холик Чори Эргаш"
)
_LATIN = "a b v g d e yo zh z i k l m n o p r s t u f kh ch sh yu ya"
_LETTERS = dict(zip("абвгдеёжзиклмнопрстуфхчшюя", _LATIN.split(), strict=True))
_LETTERS |= {russian.upper(): latin.title() for russian, latin in _LETTERS.items()}
_BEFORE = "Отдельный Северный Восточный Объединённый Горный Учебный Пограничный Ракетный Инженерный Танковый"
_HEADS = "полк батальон отряд центр комитет завод институт склад дивизион корпус"
_PLACES = (
    "Шугнан Ванч Дарваз Рашт Хисор Яван Вахдат Турсунзаде Куляб Вахш Восе Темурмалик Фархор Хамадони Муминабад Дангара "
    "Пенджикент Истаравшан Канибадам Ашт Зафарабад Гулистан Бустон Спитамен Матча Шахринав Рудаки Файзабад Нурабад Лахш"
)


def _latin(name: str) -> str:
    return "".join(_LETTERS.get(character, character) for character in name)


def made_list(count: int, *, seed: int = 1) -> WatchList:
    """Return a list of so many entities: three in five are people, the rest units and places with numbers."""
    chance = random.Random(seed)
    given, stems = _GIVEN.split(), _STEMS.split()
    before, heads, places = _BEFORE.split(), _HEADS.split(), _PLACES.split()
    entities = []
    for number in range(count):
        if number % 5 < 3:
            first, middle = chance.choice(given), chance.choice(given[:24])
            female = first in given[25:]
            surname = chance.choice(stems) + chance.choice(stems).lower() + ("ова" if female else "ов")
            patronymic = middle + ("овна" if female else "ович")
            name = {
                "ru": [f"{first} {patronymic} {surname}"],
                "tg": [f"{first} {surname}"],
                "en": [_latin(f"{first} {surname}")],
            }
            schema = "Person"
        else:
            place = chance.choice(places) + chance.choice(stems).lower()
            noun = chance.choice(heads)
            name = {"ru": [f"{chance.choice(before)} {noun} {place}", f"{place}-{number % 97}"], "tg": [f"{place}обод"]}
            schema = "Organization"
        fields = {"id": f"made-{number}", "schema": schema, "caption": f"Made {number}", "name": name}
        entities.append(Entity.model_validate(fields))
    return WatchList(id="made", title="Made", entities=tuple(entities))
