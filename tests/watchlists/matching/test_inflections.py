"""One listed name, and the ways a text may have it: what is made of a name that no dictionary knows."""

from __future__ import annotations

import pytest

from watchlists.listfile import Entity, WatchList
from watchlists.matching import compile_matcher

FOUND = [
    ("ru", "Address", "Горно-Алтайск", ["Горно-Алтайска", "Горно Алтайске", "Горноалтайском", "ГОРНО-АЛТАЙСК"]),
    ("ru", "Address", "Мазари-Шариф", ["Мазари-Шарифе", "Мазаришарифа"]),
    ("ru", "Address", "Джалал-Абадская область", ["Джалал-Абадской области", "Джалалабадскую область"]),
    ("ru", "Address", "Ош", ["Оше", "Ошем"]),
    ("ru", "Organization", "ЧВК «Вагнер»", ["ЧВК Вагнер", "ЧВК «Вагнера", "ЧВК «Вагнером"]),
    ("ru", "Organization", "Хизб ут-Тахрир", ["Хизб-ут-Тахрир", "Хизб ут-Тахрира"]),
    ("ru", "PublicBody", "Министерство обороны Республики Таджикистан", ["Минобороны Таджикистана"]),
    ("ru", "PublicBody", "Генеральная прокуратура Киргизии", ["Генпрокуратуры Кыргызстана", "Генпрокуратурой КР"]),
    ("ru", "Asset", "Белорусская АЭС", ["Белорусской АЭС", "БЕЛОРУССКУЮ АЭС"]),
    ("ru", "Asset", "Искандер-М", ["Искандеров-М", "Искандерами-М", "Искандеру-М"]),
    ("ru", "Asset", "Панцирь-С1", ["Панцирей-С1", "Панцире-С1"]),
    ("ru", "Asset", "Байрактар", ["Байрактары", "Байрактаров", "Байрактарами"]),
    ("ru", "Asset", "Шахед-136", ["Шахедов-136", "Шахедами-136"]),
    ("ru", "Asset", "вертолёт Ми-8", ["вертолётами Ми8", "вертолетов Ми-8"]),
    ("ru", "Asset", "Ил-76МД", ["Ил-76 МД", "ИЛ-76МД"]),
    ("ru", "Topic", "Пояс и путь", ["Пояса и пути", "Поясом и путём"]),
    ("ru", "Topic", "Один пояс — один путь", ["одного пояса — одного пути", "Один пояс – один путь"]),
    ("ru", "Person", "Абдул Гани Барадар", ["Абдул Гани Барадара", "Абдула Гани Барадара"]),
    ("ru", "Person", "Мохаммад Захир Шах", ["Мохаммада Захир Шаха", "Мохамада Захир Шаха"]),
    ("ru", "Person", "Жан-Пьер Лакруа", ["Жан-Пьера Лакруа", "Жан-Пьером Лакруа"]),
    ("ru", "Person", "Кассым-Жомарт Токаев", ["Касым-Жомарта Токаева", "Токаеву Кассым-Жомарту"]),
    ("ru", "Person", "Абдухалим Назарзода", ["Абдухалима Назарзоды", "Абдухалима Назарзода"]),
    ("ru", "Person", "Пётр Заяц", ["Петра Зайца", "Петру Зайцу"]),
    ("ru", "Person", "Дун Цзюнь", ["Дун Цзюнем", "Дун Цзюня"]),
    ("tg", "Asset", "НБО Роғун", ["НБО-и Роғун", "НБО-и «Роғун", "НБО Роғунро"]),
    ("tg", "Asset", "ҳавопаймои Су-30", ["ҳавопаймоҳои Су-30", "хавопаймохои Су-30-ро"]),
    ("tg", "Person", "Шамсиддин Орумбекзод", ["Шамсиддин Орумбекзода", "Шамсиддини Орумбекзод"]),
    ("tg", "Person", "Игор Захаров", ["И. Захаров", "И.Захаров", "Захаров И."]),
    ("en", "Company", "China Road and Bridge Corporation", ["China Road & Bridge Corporation"]),
]
NOT_FOUND = [
    ("ru", "Address", "Ош", ["ош пал"]),
    ("ru", "Asset", "Искандер-М", ["Искандеровна"]),
    ("tg", "Person", "Игор Захаров", ["Захаров и Саидов", "И Захаров омад", "Захаров И омад"]),
    ("tg", "Person", "Мулло Яъқуб", ["Мулло Яъқубов"]),
]


def _surfaces(language: str, schema: str, name: str, text: str) -> list[str]:
    entity = Entity.model_validate({"id": "it", "schema": schema, "caption": "It", "name": {language: [name]}})
    matcher = compile_matcher([WatchList(id="list", title="List", entities=(entity,))])
    found = matcher.find(article_id="", title="", text=text, language="ru" if language == "en" else language)
    return [mention.surface for mention in found]


@pytest.mark.parametrize(("language", "schema", "name", "texts"), FOUND, ids=[case[2] for case in FOUND])
def test_a_name_is_found_as_it_is_inflected_and_typed(language: str, schema: str, name: str, texts: list[str]) -> None:
    text = "\n\n".join(f"— {each} —" for each in texts)
    assert _surfaces(language, schema, name, text) == texts


@pytest.mark.parametrize(("language", "schema", "name", "texts"), NOT_FOUND, ids=[case[2] for case in NOT_FOUND])
def test_what_only_looks_like_the_name_is_not_it(language: str, schema: str, name: str, texts: list[str]) -> None:
    assert _surfaces(language, schema, name, "\n\n".join(texts)) == []
