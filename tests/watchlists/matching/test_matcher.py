"""Which names are found in a text, which are not, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from records import Mention, Translation
from watchlists.listfile import WatchList, parse_list
from watchlists.matching import ArticleText, Matcher, alerts_of, compile_matcher

LIST = """\
title: Test
entities:
  - {id: tajikistan, schema: Country, caption: Tajikistan, name: {ru: [Таджикистан], tg: [Тоҷикистон], zh: [塔吉克斯坦], en: [Tajikistan]}}
  - {id: china, schema: Country, caption: China, name: {ru: [Китай], tg: [Чин], zh: [中国], en: [China]}}
  - {id: base, schema: Organization, caption: Base, name: {ru: [201-я военная база]}, weak: {ru: [201-я база]},
     context: {ru: [военный, Душанбе]}, not: {ru: [201-я база отдыха]}, priority: high}
  - {id: mod, schema: PublicBody, caption: Ministry, name: {ru: [Министерство обороны Таджикистана]}}
  - {id: rahmon, schema: Person, caption: Rahmon, name: {ru: [Эмомали Рахмон], tg: [Эмомалӣ Раҳмон], en: [Emomali Rahmon]}}
  - {id: rats, schema: Organization, caption: RATS, name: {en: [RATS], ru: [РАТС]}}
  - {id: mia, schema: PublicBody, caption: Interior ministry, name: {ru: [МВД], en: [MIA]}}
  - {id: mfa, schema: PublicBody, caption: Foreign ministry, name: {ru: [МИД]}}
  - {id: s300, schema: Asset, caption: S-300, name: {ru: [С-300]}}
  - {id: orlan, schema: Asset, caption: Orlan, name: {ru: [Орлан-10], en: [Orlan-10]}}
  - {id: grad, schema: Asset, caption: Grad, name: {ru: [Град]}}
  - {id: petrov, schema: Person, caption: Petrov, name: {ru: [Иван Петров]}}
  - {id: merkel, schema: Person, caption: Merkel, name: {ru: [Ангела Меркель]}}
  - {id: kim, schema: Person, caption: Kim, name: {ru: [Ким Чен Ын]}}
  - {id: york, schema: Address, caption: York, name: {ru: [Йорк]}}
  - {id: belt, schema: Topic, caption: Belt, name: {ru: [Один пояс — один путь]}}
  - {id: sarez, schema: Address, caption: Sarez, name: {ru: [Сарезское озеро]}}
  - {id: mirzo, schema: Person, caption: Mirzo, name: {zh: [舍拉利·米尔佐]}}
  - {id: ilhom, schema: Person, caption: Ilhom, name: {ru: [Ильхом Саттаров]}}
  - {id: tursunzoda, schema: Address, caption: Tursunzoda, name: {ru: [Турсунзаде]}}
  - {id: belarus, schema: Country, caption: Belarus, name: {ru: [Беларусь]}}
  - {id: gao, schema: Person, caption: Gao Feng, name: {zh: [高峰]}}
  - {id: rahimov, schema: Person, caption: Rahimov, name: {ru: [Павел Борисович Рахимов]}}
  - {id: nomads, schema: Event, caption: World Nomad Games, name: {zh: [世界游牧民族运动会]}}
  - {id: lancet, schema: Asset, caption: Lancet, name: {zh: [柳叶刀]}, not: {zh: [《柳叶刀》]}}
  - {id: manas, schema: Address, caption: Manas, name: {ru: [Манас]}, not: {ru: [«Манас»]}}
  - {id: herat, schema: Address, caption: Herat, name: {fa: [هرات]}}
"""  # noqa: E501  one entity a line


@pytest.fixture(scope="module")
def lists() -> tuple[WatchList, ...]:
    return (parse_list(LIST.encode(), path=Path("test.yml")),)


@pytest.fixture(scope="module")
def matcher(lists: tuple[WatchList, ...]) -> Matcher:
    return compile_matcher(lists)


def _find(matcher: Matcher, text: str, language: str | None = None, title: str = "") -> tuple[Mention, ...]:
    found = matcher.find(article_id="a", title=title, text=text, language=language)
    fields = {"title": title, "text": text}
    assert all(fields[mention.field][mention.start : mention.end] == mention.surface for mention in found)
    return found


FOUND = [
    ("genitive", "в столице Таджикистана", "ru", "tajikistan", "Таджикистана"),
    ("capitals", "КИТАЙ СТРОИТ", "ru", "china", "КИТАЙ"),
    ("small letters", "в таджикистане", "ru", "tajikistan", "таджикистане"),
    ("phrase in the genitive", "у 201-й военной базы", "ru", "base", "201-й военной базы"),
    ("ordinal with a long ending", "на 201-ой военной базе", "ru", "base", "201-ой военной базе"),
    ("accusative", "усилить 201-ю военную базу", "ru", "base", "201-ю военную базу"),
    ("bare number", "201 военная база", "ru", "base", "201 военная база"),
    ("frozen tail", "Министерством обороны Таджикистана", "ru", "mod", "Министерством обороны Таджикистана"),
    ("broken over lines", "Министерство\nобороны  Таджикистана", "ru", "mod", "Министерство\nобороны  Таджикистана"),
    ("no-break space", "у 201-й\u00a0военной базы", "ru", "base", "201-й\u00a0военной базы"),
    ("hyphenated at the line end", "в Таджи-\nкистане", "ru", "tajikistan", "Таджи-\nкистане"),
    ("soft hyphen", "в Таджи\u00adкистане", "ru", "tajikistan", "Таджи\u00adкистане"),
    ("stress mark", "Кита\u0301й строит", "ru", "china", "Кита\u0301й"),
    ("decomposed", "Кита\u0438\u0306 строит", "ru", "china", "Кита\u0438\u0306"),
    ("zero-width space", "Ки\u200bтай", "ru", "china", "Ки\u200bтай"),
    ("Latin look-alikes", "в Taджикистaне", "ru", "tajikistan", "Taджикистaне"),
    ("Latin type number", "комплекс C-300", "ru", "s300", "C-300"),
    ("no hyphen", "комплекс С300", "ru", "s300", "С300"),
    ("en dash", "комплекс С–300", "ru", "s300", "С–300"),
    ("declined type name", "два Орлана-10", "ru", "orlan", "Орлана-10"),
    ("quotes", "РЛС «Град» и", "ru", "grad", "Град"),
    ("acronym with ending", "у МИДа", "ru", "mfa", "МИДа"),
    ("joined countries", "саммит Россия-Китай", "ru", "china", "Китай"),
    ("full name declined", "с Эмомали Рахмоном", "ru", "rahmon", "Эмомали Рахмоном"),
    ("surname first", "Рахмону Эмомали", "ru", "rahmon", "Рахмону Эмомали"),
    ("patronymic between", "с Эмомали Шариповичем Рахмоном", "ru", "rahmon", "Эмомали Шариповичем Рахмоном"),
    ("initial", "указ Э. Рахмона", "ru", "rahmon", "Э. Рахмона"),
    ("initials without space", "указ Э.Ш.Рахмона", "ru", "rahmon", "Э.Ш.Рахмона"),
    ("initials of given name and patronymic", "с П. Б. Рахимовым", "ru", "rahimov", "П. Б. Рахимовым"),
    ("initials behind", "Рахмон Э.Ш. подписал", "ru", "rahmon", "Рахмон Э.Ш."),
    ("woman's surname stays", "с Ангелой Меркель", "ru", "merkel", "Ангелой Меркель"),
    ("last word alone declines", "с Ким Чен Ыном", "ru", "kim", "Ким Чен Ыном"),
    ("Tajik object marker", "Тоҷикистонро", "tg", "tajikistan", "Тоҷикистонро"),
    ("typed without Tajik letters", "дар Точикистон", "tg", "tajikistan", "Точикистон"),
    ("Chinese inside a sentence", "访问塔吉克斯坦首都", "zh", "tajikistan", "塔吉克斯坦"),
    ("Chinese over a line break", "访问塔吉克\n斯坦首都", "zh", "tajikistan", "塔吉克\n斯坦"),
    ("possessive", "Tajikistan's border", "en", "tajikistan", "Tajikistan"),
    ("hyphenated English", "a China-led bloc", "en", "china", "China"),
    ("en dash between spaces", "проект «Один пояс – один путь»", "ru", "belt", "Один пояс – один путь"),
    ("adjective in no dictionary", "у Сарезского озера", "ru", "sarez", "Сарезского озера"),
    ("one more way to write it in traditional", "世界遊牧民族運動會", "zh", "nomads", "世界遊牧民族運動會"),
    ("full stop for a middle dot", "防长舍拉利.米尔佐表示", "zh", "mirzo", "舍拉利.米尔佐"),
    ("a patronymic between dots", "防长舍拉利·马利科维奇·米尔佐上将", "zh", "mirzo", "舍拉利·马利科维奇·米尔佐"),
    ("the same in traditional characters", "防長舍拉利·馬利科維奇·米爾佐", "zh", "mirzo", "舍拉利·馬利科維奇·米爾佐"),
    ("an initial between dots", "将军舍拉利·M.米尔佐说", "zh", "mirzo", "舍拉利·M.米尔佐"),
    ("given name spelt otherwise", "Эмомале Рахмону", "ru", "rahmon", "Эмомале Рахмону"),
    ("another spelling of the given name", "с Ильхамом Саттаровым", "ru", "ilhom", "Ильхамом Саттаровым"),
    ("a place of a surname's shape", "из города Турсунзаде", "ru", "tursunzoda", "Турсунзаде"),
    ("a name that is a word, beside a title", "发言人高峰3日会见记者", "zh", "gao", "高峰"),
    ("not in the quotes in which it does not count", "操作员用“柳叶刀”击中", "zh", "lancet", "柳叶刀"),
    ("in the quotes and outside", "газета «Манас» о селе Манас", "ru", "manas", "Манас"),
    ("Persian", "در هرات امروز", "fa", "herat", "هرات"),
]


@pytest.mark.parametrize(("text", "language", "entity", "surface"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_a_name_is_found_as_it_is_written(
    matcher: Matcher, text: str, language: str, entity: str, surface: str
) -> None:
    assert (entity, surface) in {(mention.entity_id, mention.surface) for mention in _find(matcher, text, language)}


QUIET = [
    ("adjective", "китайский и таджикский", "ru"),
    ("longer word", "китайка и Китайгород", "ru"),
    ("compound with a hyphen", "у метро Китай-город", "ru"),
    ("small letters that are a word", "выпал град", "ru"),
    ("acronym that is a word", "the rats left; Rats!", "en"),
    ("longer number", "комплекс С-3000", "ru"),
    ("Russian word for a Tajik name", "военный чин. Чин майора", "ru"),
    ("surname of nobody named", "сказал Петров", "ru"),
    ("another given name", "Пётр Петров и Анна Меркель", "ru"),
    ("another initial", "С. Петров", "ru"),
    ("initial of the patronymic", "Б. Рахимов", "ru"),
    ("the patronymic's name for the given name", "Борис Рахимов", "ru"),
    ("compound surname", "художник Иван Петров-Водкин", "ru"),
    ("compound place", "в Нью-Йорке", "ru"),
    ("end of a sentence between", "Приехал Иван. Петров остался", "ru"),
    ("comma between", "Министерство обороны, Таджикистане", "ru"),
    ("developing countries", "发展中国家", "zh"),
    ("across a paragraph", "Иван\n\nПетров", "ru"),
    ("excluded phrase", "на 201-й базе отдыха в Душанбе", "ru"),
    ("a person whose name the place has", "поэту Мирзо Турсунзаде и М. Турсунзаде", "ru"),
    ("a people, of the letters of a case form", "беларусӣ забон аст", "tg"),
    ("three given names", "作家谢尔盖·舍拉利·马利克·米尔佐", "zh"),
    ("the son of somebody with an initial", "小舍拉利·M·米尔佐", "zh"),
    ("brothers", "舍拉利与马利克·米尔佐", "zh"),
    ("in the quotes in which it does not count", "刊登在《柳叶刀》上", "zh"),
    ("inflected in such quotes", "в “Манасе” пишут", "ru"),
    ("a word that is somebody's name", "客流高峰已过", "zh"),
    ("another surname before", "王高峰出席", "zh"),
    ("a given name of the same beginning", "Илья Саттаров", "ru"),
    ("weak without context", "на 201-й базе склад", "ru"),
]


@pytest.mark.parametrize(("text", "language"), [case[1:] for case in QUIET], ids=[case[0] for case in QUIET])
def test_nothing_is_found_where_no_name_stands(matcher: Matcher, text: str, language: str) -> None:
    found = [mention for mention in _find(matcher, text, language) if mention.entity_id not in {"tajikistan"}]
    assert found == []


def test_a_weak_name_counts_beside_its_context_within_200_characters(matcher: Matcher) -> None:
    near = _find(matcher, "На 201-й базе " + "и " * 80 + "военная тревога", "ru")
    far = _find(matcher, "На 201-й базе " + "и " * 120 + "военная тревога", "ru")
    assert [mention.surface for mention in near] == ["201-й базе"]
    assert "weak name" in near[0].reasons
    assert far == ()


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("", "201-я база у г.Душанбе.", "near Душанбе"),
        ("ДУШАНБЕ", "201-я база", "near ДУШАНБЕ"),
        ("201-я база", "Воен\u00adный", "near Военный"),
    ],
)
def test_a_reason_has_the_context_as_the_article_writes_it(
    matcher: Matcher, title: str, text: str, reason: str
) -> None:
    (found,) = _find(matcher, text, "ru", title=title)
    assert reason in found.reasons


def test_a_weak_name_counts_anywhere_in_an_article_with_a_full_name(matcher: Matcher) -> None:
    found = _find(matcher, "и " * 300 + "на 201-й базе", "ru", title="201-я военная база")
    assert [(mention.field, mention.surface) for mention in found] == [
        ("title", "201-я военная база"),
        ("text", "201-й базе"),
    ]
    assert found[1].score < found[0].score == 1.0


def test_a_name_that_is_a_word_counts_in_an_article_where_it_is_plainly_somebody(matcher: Matcher) -> None:
    found = _find(matcher, "发言人高峰3日会见记者。客流高峰已过。", "zh")
    assert [mention.reasons for mention in found] == [("as listed",), ("full name in the article",)]


def test_a_surname_alone_counts_beside_the_full_name_and_says_so(matcher: Matcher) -> None:
    found = _find(matcher, "Рахмон уехал.", "ru", title="Эмомали Рахмон в Хороге")
    assert found[1].surface == "Рахмон"
    assert found[1].reasons == ("surname alone", "full name in the article")


def test_the_longest_form_of_an_entity_is_taken_and_other_entities_inside_it_stay(matcher: Matcher) -> None:
    found = _find(matcher, "Министерство обороны Таджикистана", "ru")
    assert [(mention.entity_id, mention.start) for mention in found] == [("mod", 0), ("tajikistan", 21)]


def test_a_name_of_one_language_is_held_back_only_where_the_language_is_known(matcher: Matcher) -> None:
    assert _find(matcher, "Чин майора", "ru") == ()
    assert [mention.entity_id for mention in _find(matcher, "Чин ва Эрон", None)] == ["china"]


def test_a_retired_entity_is_not_looked_for() -> None:
    content = LIST.replace("caption: York,", "caption: York, retired: 2026-01-01,")
    lists = (parse_list(content.encode(), path=Path("test.yml")),)
    assert _find(compile_matcher(lists, today=dt.date(2026, 2, 1)), "в Йорке", "ru") == ()
    assert len(_find(compile_matcher(lists, today=dt.date(2025, 12, 31)), "в Йорке", "ru")) == 1


def _translated(text: str, translation: str, **told: str) -> ArticleText:
    made = Translation(
        article_id="a", source="ru", target="en", title="", text=translation, engine="test", model_version="1",
        dropped_names=(),
    )  # fmt: skip
    return ArticleText(article_id="a", title="", text=text, language="ru", translation=replace(made, **told))


def test_a_mention_in_the_translation_alone_is_kept_marked_and_scores_lower(matcher: Matcher) -> None:
    original, translated = matcher.find_in_both(_translated("Китай и соседи", "China and Tajikistan"))
    assert (original.entity_id, original.field) == ("china", "text")
    assert (translated.entity_id, translated.field, translated.surface) == (
        "tajikistan",
        "translated_text",
        "Tajikistan",
    )
    assert translated.reasons == ("named only in the machine translation",)
    assert translated.score < 0.7


def test_a_gloss_is_not_read_whether_it_is_the_whole_translation_or_its_rest(matcher: Matcher) -> None:
    text = "The minister arrived.\n[gloss] China and Tajikistan.\nTajikistan waits."
    (found,) = matcher.find_in_both(_translated("Министр прибыл.", text, extent="lead"))
    assert (found.entity_id, text[found.start : found.end]) == ("tajikistan", "Tajikistan")
    assert found.start > text.index("\nTajikistan")
    assert matcher.find_in_both(_translated("Министр прибыл.", text, engine="gloss")) == ()


def test_two_articles_of_one_id_are_each_read_with_their_own_translation(matcher: Matcher) -> None:
    both = (_translated("Китай и соседи", "Neighbours"), _translated("Соседи", "Tajikistan"))
    found = [[mention.entity_id for mention in mentions] for _, mentions in matcher.find_many_in_both(both)]
    assert found == [["china"], ["tajikistan"]]


def test_an_article_makes_one_alert_for_an_entity_with_the_best_score_and_the_listed_priority(
    matcher: Matcher, lists: tuple[WatchList, ...]
) -> None:
    mentions = _find(matcher, "201-я база и 201-я военная база в Таджикистане", "ru")
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    alerts = alerts_of(mentions, lists, origin="live", created_at=at)
    assert [(alert.entity_id, alert.priority, alert.score) for alert in alerts] == [
        ("base", "high", 1.0),
        ("tajikistan", "normal", mentions[-1].score),
    ]


def test_a_matcher_from_the_cache_finds_the_same(tmp_path: Path, lists: tuple[WatchList, ...]) -> None:
    text = "Эмомали Рахмон, 201-я база, военный Душанбе, 201-я база отдыха, 发展中国家 中国"
    made = compile_matcher(lists, cache_dir=tmp_path)
    (file,) = tmp_path.glob("*.npz")
    read = compile_matcher(lists, cache_dir=tmp_path)
    assert _find(made, text) == _find(read, text) != ()
    file.write_bytes(b"half a file")
    assert _find(compile_matcher(lists, cache_dir=tmp_path), text) == _find(made, text)


COMMA_AND_DASH = "{id: road, schema: Topic, caption: R, name: {ru: ['Один пояс — один путь', 'Один пояс, один путь']}}"
ASSEMBLY = "{id: spa, schema: PublicBody, caption: S, name: {ru: [Верховное народное собрание КНДР]}}"
BILAL = "{id: bilal, schema: Person, caption: B, name: {ru: [Билал Хассеин]}}"
AMNESTY = "{id: amnesty, schema: Organization, caption: A, name: {ru: [Международная амнистия]}}"
ALONE = [
    ("a comma listed beside a dash", COMMA_AND_DASH, "Идея «Один пояс, один путь» жива", ["Один пояс, один путь"]),
    ("a dash listed beside a comma", COMMA_AND_DASH, "Идея «Один пояс – один путь» жива", ["Один пояс – один путь"]),
    ("a noun in -ние", ASSEMBLY, "глава Верховного народного собрания КНДР", ["Верховного народного собрания КНДР"]),
    ("brackets", BILAL, "Билала Хассеина (Bilal Hussein) ждут", ["Билала Хассеина", "Bilal Hussein"]),
    ("brackets of another", BILAL, "Билала Хассеина (Reuters) ждут", ["Билала Хассеина"]),
    (
        "brackets with a name that is translated",
        AMNESTY,
        "Международной амнистии (Amnesty International)",
        ["Международной амнистии", "Amnesty International"],
    ),
]


WEAK_PERSON = (
    "{id: a, schema: Person, caption: A, name: {zh: [王毅]}, weak: {ru: [Ван И]}, context: {ru: [Китай], tg: [Чин]}}"
)
ALONE += [
    ("another given name beside a weak surname", WEAK_PERSON, "Певец Ван Ибо выступил в Пекине, Китай.", []),
    ("a given name before a weak surname", WEAK_PERSON, "Жан-Клод Ван Дамм приехал в Китай", []),
    ("another given name of three syllables", WEAK_PERSON, "В Китае Ван Хунвэй открыл завод", []),
    ("a weak person beside the context", WEAK_PERSON, "Китай: Ван И прибыл. Ван Ибо поёт.", ["Ван И"]),
    (
        "another given name in English",
        "{id: a, schema: Person, caption: A, name: {en: [Wang Yi]}}",
        "Wang Yi met Wang Xiaohong in Dushanbe. Wang Yibo sang. Wang Says no.",
        ["Wang Yi", "Wang"],
    ),
]


@pytest.mark.parametrize(("entity", "text", "surfaces"), [a[1:] for a in ALONE], ids=[a[0] for a in ALONE])
def test_one_entity_is_found_so_and_not_otherwise(entity: str, text: str, surfaces: list[str]) -> None:
    watch_list = parse_list(f"title: One\nentities:\n  - {entity}\n".encode(), path=Path("one.yml"))
    found = compile_matcher([watch_list]).find(article_id="a", title="", text=text, language="ru")
    assert [mention.surface for mention in found] == surfaces


def test_an_article_of_undetermined_language_is_matched_as_one_of_unknown_language(matcher: Matcher) -> None:
    text = "Дар Тоҷикистонро Раҳмонро Шойгуро диданд"
    assert _find(matcher, text, "und") == _find(matcher, text, None)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("А. Петров, И. Сидоров и Б. Орлов", []),
        ("Алексей Петров, И. Сидоров", []),
        ("И. Петров, А. Сидоров", ["И. Петров"]),
        ("Петров, И. и Сидоров, А.", ["Петров, И."]),
    ],
)
def test_initials_behind_a_comma_in_a_roll_are_the_next_ones(matcher: Matcher, text: str, surfaces: list[str]) -> None:
    assert [mention.surface for mention in _find(matcher, text, "ru")] == surfaces
