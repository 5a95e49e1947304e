"""What a text that nobody wrote for reading does to the matcher: it takes its time, no more, and no harm."""

from __future__ import annotations

import itertools
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from watchlists.listfile import parse_list
from watchlists.matching import ArticleText, Matcher, compile_matcher, judging

LIST = """\
title: Worst cases
entities:
  - {id: rahmon, schema: Person, caption: R, name: {ru: [Эмомали Рахмон], tg: [Эмомалӣ Раҳмон]}}
  - {id: russia, schema: Country, caption: R, name: {ru: [Россия]}}
  - {id: qum, schema: Address, caption: Q, name: {tg: [Қум]}}
  - {id: mod, schema: PublicBody, caption: M, name: {ru: [Министерство обороны Таджикистана]}, weak: {ru: [Минобороны]}}
  - {id: army, schema: Organization, caption: A, name: {zh: [中国人民解放军第82集团军]}}
  - {id: institute, schema: Organization, caption: I, name: {ru: [Российский институт]}}
  - {id: rifle, schema: Asset, caption: K, name: {ru: [Калашников]}}
  - {id: istanbul, schema: Address, caption: I, name: {en: [Istanbul]}}
  - {id: urumqi, schema: Address, caption: U, name: {tg: [Урумчӣ]}}
"""
# Reading such a text takes a second at most; before each took the square of its length, half a minute and more.
SECONDS = 10
LONG_TEXTS = {
    "a full name in every line": "Эмомали Рахмон\n" * 20_000,
    "a full name, then its surname": "Эмомали Рахмон. " + "Рахмон, " * 20_000,
    "initials": "Э. Рахмон " * 20_000,
    "a name and its Latin spelling": "Эмомали Рахмон (Emomali Rahmon), " * 16_000,
    "a name and what is short for it": "Министерство обороны Таджикистана, Минобороны " * 10_000,
    "a country in quotes": "«Россия» " * 20_000,
    "a chain of countries": "Россия-" * 20_000,
    "a name without its Tajik letters": "Кум " * 20_000,
    "Chinese without a space": "中国人民解放军第" * 50_000,
    "blanks and a sign in the gap of a name": f"Эмомали{' ' * 20_000}!Рахмон",
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_matcher([parse_list(LIST.encode(), path=Path("worst.yml"))])


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(matcher: Matcher, text: str) -> None:
    begun = time.process_time()
    matcher.find(article_id="a", title="", text=text)
    assert time.process_time() - begun < SECONDS


def test_every_line_of_a_long_roll_of_names_counts_once(matcher: Matcher) -> None:
    text = "Эмомали Рахмон (Emomali Rahmon), Рахмон.\n" * 50
    found = matcher.find(article_id="a", title="", text=text)
    assert [mention.surface for mention in found] == ["Эмомали Рахмон", "Emomali Rahmon", "Рахмон"] * 50


@pytest.mark.parametrize("order", list(itertools.permutations(("Э Рахмон. Потом", "Э Рахмон потом"))))
def test_a_dot_behind_a_surname_is_none_of_its_initials_whatever_was_read_before(order: tuple[str, ...]) -> None:
    content = "title: T\nentities:\n  - {id: r, schema: Person, caption: R, name: {ru: [Э. Рахмон]}}\n"
    matcher = compile_matcher([parse_list(content.encode(), path=Path("t.yml"))])
    assert [matcher.find(article_id="a", title="", text=text) for text in order] == [(), ()]
    assert matcher.find(article_id="a", title="", text="Э. Рахмон потом")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pоссийский институт", 1),  # a Latin P
        ("Россий-\nский институт", 1),
        ("Pосси\u0301я", 1),
        ("Росси́-\nя", 1),
        ("Рóссия", 1),  # a Latin ó for the stress
        ("роӣЭ. Рахмон", 0),  # no initial, but the end of something
        ("Саад Урумчӣ", 0),  # somebody
    ],
)
def test_how_letters_are_composed_changes_nothing(matcher: Matcher, text: str, count: int) -> None:
    for form in ("NFC", "NFD"):
        found = matcher.find(article_id="a", title="", text=unicodedata.normalize(form, text))  # type: ignore[arg-type]
        assert len({mention.start for mention in found}) == count, form


@pytest.mark.parametrize("text", ["İstanbul", "ISTANBUL", "İSTANBUL", "Istanbul"])
def test_a_capital_with_two_small_letters_is_one_letter(matcher: Matcher, text: str) -> None:
    for form in ("NFC", "NFD"):
        assert matcher.find(article_id="a", title="", text=unicodedata.normalize(form, text))  # type: ignore[arg-type]


def test_half_a_character_beside_a_name_does_no_harm(matcher: Matcher) -> None:
    for half in ("\ud800", "\udfff", "И\ud800", "\ud800ван"):
        text = f"{half} Калашников {half} Рахмон {half} Россия {half} Эмомали {half} Рахмон"
        assert matcher.find(article_id="a", title=half, text=text)


def test_blanks_within_a_name_are_not_kept_in_memory(matcher: Matcher) -> None:
    text = f"Эмомали{' ' * 5000}Рахмон"
    assert matcher.find(article_id="a", title="", text=text)
    assert max(len(surface) for _, surface, _ in matcher._finder._judge._surfaces) < 1000


def test_threads_that_share_a_matcher_find_what_one_alone_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [f"{given} {family}ов" for family in ("Назар", "Рахим") for given in _given_names(150)]
    entities = "".join(
        f"  - {{id: p{n}, schema: Person, caption: P, name: {{ru: [{name}]}}}}\n" for n, name in enumerate(people)
    )
    watch_list = parse_list(f"title: T\nentities:\n{entities}".encode(), path=Path("t.yml"))
    texts = [f"{name}, {name[0]}. {name.split()[1]} и {name.split()[1]}у {name.split()[0]}" for name in people[::10]]
    articles = [ArticleText(article_id=str(n), title="", text=text, language="ru") for n, text in enumerate(texts)]
    alone = list(compile_matcher([watch_list]).find_many(articles))
    monkeypatch.setattr(judging, "_SURFACES_KEPT", 5)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(3):
            shared = compile_matcher([watch_list])
            with ThreadPoolExecutor(8) as pool:
                for found in pool.map(lambda _, matcher=shared: list(matcher.find_many(articles)), range(8)):
                    assert found == alone
    finally:
        sys.setswitchinterval(interval)


def _given_names(count: int) -> list[str]:
    """Names that nobody has, so that no two of them are taken for one."""
    syllables = ("ба", "го", "ду", "жи", "ка", "ло", "му", "ни")
    return ["".join(each).capitalize() + "х" for each in itertools.product(syllables, repeat=3)][:count]


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\ufeff", "\u200e", "\u2060"])
@pytest.mark.parametrize("text", ["Э. Рахмона поздравил", "Эмомали Шарипович Рахмон выступил", "Саад Урумчӣ сказал"])
def test_what_nobody_sees_changes_no_mention(matcher: Matcher, text: str, unseen: str) -> None:
    bare = [mention.surface for mention in matcher.find(article_id="a", title="", text=text)]
    written = unseen + unseen.join(text)
    found = matcher.find(article_id="a", title="", text=written)
    assert [mention.surface.replace(unseen, "") for mention in found] == bare
    assert [written[mention.start : mention.end] for mention in found] == [mention.surface for mention in found]
