from __future__ import annotations

from collections import Counter

import pytest

from watchlists.listfile import Entity, WatchList, load_lists
from watchlists.matching import compile_matcher

LANGUAGES = ("en", "ru", "tg", "zh")
# What floods: countries stand in every article of this press and are context, not entities.
COUNTRIES = {"Россия", "Китай", "Таджикистан", "Русия", "Чин", "Тоҷикистон", "俄罗斯", "中国", "塔吉克斯坦"}


@pytest.fixture(scope="module")
def starter() -> WatchList:
    (watch_list,) = (one for one in load_lists() if one.id == "china-russia-tajikistan-security")
    return watch_list


def names_of(entity: Entity, language: str) -> tuple[str, ...]:
    return (*entity.name.get(language, ()), *entity.weak.get(language, ()))


def test_it_names_at_least_eighty_entities_in_every_language(starter: WatchList) -> None:
    for language in LANGUAGES:
        assert sum(bool(names_of(entity, language)) for entity in starter.entities) >= 80, language


def test_every_entity_has_a_name_in_every_language(starter: WatchList) -> None:
    lacking = [(e.id, language) for e in starter.entities for language in LANGUAGES if not names_of(e, language)]
    assert lacking == []


def test_a_weak_name_says_beside_what_it_counts(starter: WatchList) -> None:
    without = [(e.id, language) for e in starter.entities for language in e.weak if language not in e.context]
    assert without == []


def test_no_full_name_belongs_to_two_entities(starter: WatchList) -> None:
    owners = Counter(
        (language, name.casefold())
        for entity in starter.entities
        for language, names in entity.name.items()
        for name in names
    )
    assert [name for name, count in owners.items() if count > 1] == []


def test_no_country_is_an_entity_or_a_full_name(starter: WatchList) -> None:
    assert not COUNTRIES & {name for entity in starter.entities for names in entity.name.values() for name in names}
    assert "Country" not in {entity.schema_name for entity in starter.entities}


def test_high_priority_is_kept_for_a_quarter_of_the_list(starter: WatchList) -> None:
    shares = Counter(entity.priority for entity in starter.entities)
    assert shares["high"] <= len(starter.entities) / 4


@pytest.mark.parametrize(
    "entity_id",
    [
        *("csto", "sco", "sco-rats", "base-201", "gbao", "murghab", "ishkashim", "wakhan", "border-posts-china"),
        *("tj-mod", "tj-mvd", "tj-gknb", "cn-mnd", "cn-mps", "cn-mss", "ru-mod", "ru-mvd", "fsb", "taliban", "iskp"),
        *("huawei", "crbc", "tbea", "s-300", "bmp", "wing-loong", "bayraktar-tb2", "ababil-2", "orlan-10", "rubezh"),
        *("regional-cooperation", "lyaur", "fakhrabad", "kharb-maidon", "ayni", "farkhor", "rahmon", "xi-jinping"),
    ],
)
def test_the_beat_is_covered_under_ids_that_are_never_reused(starter: WatchList, entity_id: str) -> None:
    assert starter.entity(entity_id) is not None


# Names as they are written; Имомали we have not seen in print ourselves.
WRITTEN = [
    *[("rahmon", "ru", name) for name in ("Эмомали Рахмон", "Имомали Рахмон", "Имомали Рахмона")],
    *[("rahmon", "zh", name) for name in ("埃莫马利·拉赫蒙", "塔吉克斯坦总统拉赫蒙", "塔國總統拉赫蒙")],
    *[("shoigu", "zh", name) for name in ("绍伊古", "谢尔盖·绍伊古")],
    ("sherali-mirzo", "zh", "舍拉利·米尔佐"),
    ("belousov", "ru", "Андрея Белоусова"),
]


@pytest.mark.parametrize(("entity_id", "language", "name"), WRITTEN)
def test_a_person_is_found_by_each_way_it_is_written(
    starter: WatchList, entity_id: str, language: str, name: str
) -> None:
    matcher = compile_matcher((starter,))
    found = matcher.find(article_id="a", title="", text=name, language=language)
    assert [(mention.entity_id, mention.surface) for mention in found] == [(entity_id, name)]


def test_people_in_office_say_as_of_when(starter: WatchList) -> None:
    assert [entity.id for entity in starter.entities if entity.schema_name == "Person" and not entity.notes] == []
