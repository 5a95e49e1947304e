"""The sentences were written for these tests."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language import identify_language, identify_paragraphs
from extractors.language.count_profiles import FONT, PLAIN, uzbek_in_cyrillic

TAJIK = (
    "Раиси Кумитаи давлатии амнияти миллӣ бо ҳамтои чинии худ мулоқот кард.",
    "Дар ноҳияи Мурғоб машқи муштараки сарҳадбонон анҷом ёфт.",
    "Ба гуфтаи мақомот, вазъ дар марз бо Афғонистон ором аст.",
    "Се нафар бо гумони қочоқи маводи мухаддир боздошт шуданд.",
    "Ширкати чинӣ сохтмони роҳи навро то охири сол ба итмом мерасонад.",
    "Вазорати корҳои хориҷӣ изҳороти рӯзномаро рад кард.",
    "Ӯ афзуд, ки музокирот дар Душанбе рӯзи панҷшанбе идома меёбад.",
)
RUSSIAN = (
    "Председатель Госкомитета нацбезопасности встретился с китайским коллегой.",
    "В Мургабском районе завершились совместные учения пограничников.",
    "По словам властей, обстановка на границе с Афганистаном спокойная.",
    "Трое задержаны по подозрению в контрабанде наркотиков.",
    "Нам нужна сделка, сказал он.",
    "Он добавил, что переговоры в Душанбе продолжатся в четверг.",
)
CASES = [
    *[(text, "tg", "Cyrl") for text in TAJIK],
    *[(text, "ru", "Cyrl") for text in RUSSIAN],
    ("中国国防部长星期二抵达杜尚别访问。", "zh", "Hans"),
    ("中國國防部長星期二抵達杜尚別訪問。", "zh", "Hant"),
    ("在 Tony Blair Institute 发表的报告", "zh", "Hans"),
    ("The defence minister arrived in Dushanbe on Tuesday.", "en", "Latn"),
    ("Қорғаныс министрі сейсенбі күні Душанбеге ұшып келді.", "kk", "Cyrl"),
    ("Коргоо министри шейшемби күнү Дүйшөмбүгө учуп келди.", "ky", "Cyrl"),
    ("Mudofaa vaziri seshanba kuni Dushanbega yetib keldi, deyiladi xabarda.", "uz", "Latn"),
    ("Мудофаа вазири сешанба куни Душанбега етиб келди, дейилади хабарда.", "uz", "Cyrl"),
    ("وزیر دفاع روز سه‌شنبه وارد دوشنبه شد و با همتای خود دیدار کرد.", "fa", "Arab"),
    ("د دفاع وزیر د سه شنبې په ورځ کابل ته ورسېد او له خپل سیال سره یې وکتل.", "ps", "Arab"),
    ("Міністр оборони прибув до Душанбе у вівторок, повідомляє відомство.", "uk", "Cyrl"),
    ("Министърът на отбраната пристигна в Душанбе във вторник, съобщиха от ведомството.", "bg", "Cyrl"),
    ("国防大臣は火曜日にドゥシャンベに到着した。", "ja", "Jpan"),
    ("ПРЕЗИДЕНТ ТАДЖИКИСТАНА ПРИБЫЛ В ПЕКИН", "ru", "Cyrl"),
    ("ПРЕЗИДЕНТИ ТОҶИКИСТОН БА ПЕКИН РАФТ", "tg", "Cyrl"),
]


@pytest.mark.parametrize(("text", "language", "script"), CASES, ids=[case[0][:40] for case in CASES])
def test_a_sentence_is_given_its_language_and_script(text: str, language: str, script: str) -> None:
    guess = identify_language(text, article_id="a1")
    assert (guess.article_id, guess.language, guess.script) == ("a1", language, script)
    assert guess.confidence > 0.5


@pytest.mark.parametrize("text", TAJIK)
@pytest.mark.parametrize("typing", [PLAIN["tg"], FONT], ids=["without its letters", "in an eight-bit font"])
def test_tajik_stays_tajik_however_it_is_typed(text: str, typing: dict[int, int]) -> None:
    assert identify_language(text.translate(typing)).language == "tg"


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Рахмон ба Чин рафт", "tg"),
        ("Маҷлиси Олӣ ҷамъ омад", "tg"),
        ("Нархи нон боло рафт", "tg"),
        ("Гарнизон поднят по тревоге", "ru"),
        ("Граница закрыта", "ru"),
        ("Цены на хлеб выросли", "ru"),
        ("习近平会见拉赫蒙", "zh"),
    ],
)
def test_a_headline_of_a_few_words_is_enough_beside_the_outlet_s_languages(headline: str, language: str) -> None:
    assert identify_language(headline, expected=("ru", "tg", "zh")).language == language
    assert identify_language(headline, expected=("tg", "ru", "zh")).language == language


@pytest.mark.parametrize("text", [*TAJIK, *RUSSIAN])
def test_the_outlet_s_languages_are_no_verdict(text: str) -> None:
    assert identify_language(text, expected=("zh", "kk")).language == identify_language(text).language


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no letters"),
        ("12.11.2026 — 45 %, 3:0", "no letters"),
        ("https://example.org/ru/news/1 press@example.org @kanal #tag www.example.org/a", "no letters"),
        ("А", "too short: 1 letter"),
        ("中", "too short: 1 letter"),
        ("щшьъ ыъьщц ъйцщш ьъщшх цщъйы", "no profile fits"),
        ("เจ้าหน้าที่เดินทางถึง", "no profiles for script Thai"),
    ],
    ids=lambda value: value[:20],
)
def test_where_there_is_nothing_to_go_by_the_language_is_und_and_the_method_says_why(text: str, reason: str) -> None:
    guess = identify_language(text, expected=("ru", "tg"))
    assert guess.language == "und"
    assert guess.method.startswith(reason)


def test_a_guess_without_an_even_chance_is_und_and_names_the_two_it_hung_between() -> None:
    guess = identify_language("Ассалом")
    assert guess.language == "und"
    assert guess.confidence < 0.5
    assert guess.method.startswith("below 0.5: ")


def test_a_tajik_page_with_russian_quotes_is_tajik_and_each_paragraph_keeps_its_own_language() -> None:
    text = "\n\n".join([TAJIK[0], f"«{RUSSIAN[2]}»", TAJIK[2], TAJIK[6]])
    guess = identify_language(text)
    assert guess.language == "tg"
    assert guess.method == "vote of 4 paragraphs: tg 3, ru 1"
    assert guess.languages == ("tg", "ru")
    paragraphs = identify_paragraphs(text)
    assert [paragraph.language for paragraph in paragraphs] == ["tg", "ru", "tg", "tg"]
    assert [text[p.start : p.end] for p in paragraphs] == text.split("\n\n")


def test_one_long_paragraph_outvotes_many_bylines() -> None:
    text = "\n".join(["Reuters", "Photo", "Share this", "Telegram", " ".join(RUSSIAN)])
    guess = identify_language(text)
    assert (guess.language, guess.languages) == ("ru", ("ru",))


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("O‘zbekiston Respublikasi", "Ўзбекистон Республикаси"),
        ("G'arbiy chegara", "Ғарбий чегара"),
        ("eshik va yer", "эшик ва ер"),
        ("ma’no", "маъно"),
    ],
)
def test_uzbek_is_written_in_cyrillic_for_counting(latin: str, cyrillic: str) -> None:
    assert uzbek_in_cyrillic(latin) == cyrillic


@given(st.text(max_size=200))
def test_any_text_gets_a_language_and_a_confidence_between_0_and_1(text: str) -> None:
    guess = identify_language(text)
    assert 0.0 <= guess.confidence <= 1.0
    assert guess.method


@given(st.lists(st.sampled_from([*TAJIK, *RUSSIAN]), min_size=1, max_size=6), st.randoms())
def test_the_order_of_paragraphs_does_not_change_the_language(texts: list[str], order: random.Random) -> None:
    shuffled = list(texts)
    order.shuffle(shuffled)
    before, after = identify_language("\n".join(texts)), identify_language("\n".join(shuffled))
    if before.confidence > 0.51:  # an exact tie has no majority
        assert before.language == after.language
