"""Copies of one text are one story; other texts about the same are not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.stories import Copy, Signature, StoryIndex, shared_part, sign_text, tell_story

DAY = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
RU = [
    "Пограничники двух стран провели в Горном Бадахшане совместную тренировку, сообщили в управлении.",
    "В занятиях участвовали около трёхсот военнослужащих, вертолёты и расчёты беспилотной авиации.",
    "По словам руководителя тренировки, главной задачей было перекрыть горный перевал за одну ночь.",
    "Собеседник агентства рассказал, что подразделения действовали на высоте более четырёх тысяч метров.",
    "Жители соседних кишлаков видели колонны техники, которые шли по Памирскому тракту всю неделю.",
    "Предыдущая такая тренировка прошла в мае, в ней участвовала только одна горная застава.",
    "Следующую планируют провести весной уже с участием инженерных подразделений и военных врачей.",
    "Обозреватели связывают учения с открытием новой дороги, построенной для большегрузных машин.",
]
ZH = [
    "两国边防部队本周在高原地区举行联合训练，约三百名官兵参加，出动了直升机。",
    "训练负责人介绍说，此次训练的重点是在一夜之间封控山口和附近的公路。",
    "一名不愿具名的军官表示，上一次类似训练是在今年五月，规模要小得多。",
    "据悉，明年春季还将组织一次规模更大的训练，届时工兵分队也会参加。",
    "当地居民看到车队整个星期都在公路上行进，学校和商店照常开放。",
    "观察人士认为，训练与新建成的货运公路有关，公路今年秋天刚刚通车。",
]


def edited(sentences: list[str], *, cut: int, changed: tuple[int, ...]) -> list[str]:
    kept = sentences[:cut]
    for place in changed:
        kept[place] = kept[place][::-1]
    return kept


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        pytest.param(RU, RU, id="word for word"),
        pytest.param(RU, edited(RU, cut=8, changed=(1, 5)), id="two sentences changed"),
        pytest.param(RU, edited(RU, cut=5, changed=()), id="cut"),
        pytest.param(RU, edited(RU, cut=6, changed=(0, 3)), id="cut and two sentences changed"),
        pytest.param(RU, ["Как передаёт корреспондент, в области были учения.", *RU], id="a sentence in front"),
        pytest.param(RU, [sentence.upper() for sentence in RU], id="in capitals"),
        pytest.param(ZH, edited(ZH, cut=6, changed=(1,)), id="Chinese, changed"),
        pytest.param(ZH, edited(ZH, cut=4, changed=()), id="Chinese, cut"),
    ],
)
def test_a_copy_joins_the_story_of_its_original(original: list[str], copy: list[str]) -> None:
    index = StoryIndex()
    first = index.place("one", sign_text(" ".join(original)), seen_at=DAY)
    second = index.place("two", sign_text(" ".join(copy)), seen_at=DAY)
    assert (first.story_id, first.relation, first.similarity) == ("one", "first", 1.0)
    assert (second.story_id, second.relation) == ("one", "copy")
    assert second.similarity >= 0.4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RU, list(ZH), id="other language"),
        pytest.param(RU, [" ".join(random.Random(7).sample(" ".join(RU).split(), 70))], id="the same words shuffled"),
        pytest.param(RU[:4], [RU[0], *RU[4:]], id="one shared sentence"),
        pytest.param(["Перевал открыт для машин."], ["Перевал открыт для людей."], id="two short announcements"),
        pytest.param([""], [""], id="nothing"),
    ],
)
def test_another_text_is_another_story(one: list[str], other: list[str]) -> None:
    index = StoryIndex()
    index.place("one", sign_text(" ".join(one)), seen_at=DAY)
    assert index.place("two", sign_text(" ".join(other)), seen_at=DAY).story_id == "two"


def test_an_index_filled_from_stored_signatures_goes_on_as_before() -> None:
    stored = sign_text(" ".join(RU)).to_bytes()
    index = StoryIndex()
    index.recall("yesterday", Signature.from_bytes(stored), story_id="story-of-the-day-before", seen_at=DAY)
    assert index.place("today", sign_text(" ".join(RU)), seen_at=DAY).story_id == "story-of-the-day-before"


def test_stories_older_than_the_window_are_forgotten() -> None:
    index = StoryIndex(window=timedelta(days=2))
    index.place("old", sign_text(" ".join(RU)), seen_at=DAY)
    index.place("new", sign_text(" ".join(ZH)), seen_at=DAY + timedelta(days=2))
    assert index.forget_old(DAY + timedelta(days=3)) == 1
    assert len(index) == 1
    assert index.place("again", sign_text(" ".join(RU)), seen_at=DAY + timedelta(days=3)).story_id == "again"


def test_placing_an_article_twice_does_not_make_it_its_own_copy() -> None:
    index = StoryIndex()
    for _ in range(2):
        assert index.place("one", sign_text(" ".join(RU)), seen_at=DAY).relation == "first"
    assert len(index) == 1


@given(text=st.text(max_size=300))
def test_a_signature_survives_storage_and_shares_all_with_itself(text: str) -> None:
    signature = sign_text(text)
    again = Signature.from_bytes(signature.to_bytes())
    assert (again.values.tolist(), again.shingles, again.anchors) == (
        signature.values.tolist(),
        signature.shingles,
        signature.anchors,
    )
    assert shared_part(signature, again) == (1.0 if signature.shingles else 0.0)


@pytest.mark.parametrize(
    "stored", [b"", b"\x01" * 100, b"\x09" + sign_text("а").to_bytes()[1:], sign_text("а").to_bytes() + b"x"]
)
def test_bytes_that_are_no_signature_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        Signature.from_bytes(stored)


def copy(article_id: str, publisher: str, minutes: int, agency: str | None = None) -> Copy:
    published_at = DAY + timedelta(minutes=minutes)
    return Copy(article_id=article_id, publisher=publisher, published_at=published_at, agency=agency)


def test_a_story_tells_who_was_first_whom_they_credit_and_how_much_later_the_others_were() -> None:
    told = tell_story(
        [
            copy("c", "Азия-Плюс", 95, "ТАСС"),
            copy("a", "Ховар", 0),
            copy("b", "Ховар", 5),
            copy("d", "Авеста", 40, "Ховар"),
            copy("e", "Азия-Плюс", 120, "ТАСС"),
        ]
    )
    assert told.first.article_id == "a"
    assert told.agency == "ТАСС"
    assert [(later.publisher, later.article_id, lag) for later, lag in told.later] == [
        ("Авеста", "d", timedelta(minutes=40)),
        ("Азия-Плюс", "c", timedelta(minutes=95)),
    ]


def test_a_short_text_that_shares_only_background_with_a_long_one_is_no_copy_by_the_luck_of_an_estimate() -> None:
    background = RU[4:6]
    for seed in range(40):
        rng = random.Random(seed)

        def invented(sentences: int, rng: random.Random = rng) -> list[str]:
            words = " ".join(RU).split()
            return [" ".join(rng.choices(words, k=14)).capitalize() + "." for _ in range(sentences)]

        index = StoryIndex()
        index.place("long", sign_text(" ".join([*invented(22), *background])), seen_at=DAY)
        short = index.place("short", sign_text(" ".join([*invented(5), *background])), seen_at=DAY)
        assert short.relation == "first", seed
