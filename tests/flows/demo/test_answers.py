from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources

import pytest
from ruamel.yaml import YAML

from flows.demo.answers import Answer, judge, load_answers
from flows.demo.newsroom import PressArticle, load_newsroom
from records import Mention

ANSWERS = load_answers()
ARTICLES = {article.key: article for article in load_newsroom().articles}
LISTED = {
    entity["id"]
    for file in resources.files("watchlists.lists").iterdir()
    if file.name.endswith(".yml")
    for entity in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["entities"]
}

each_answer = pytest.mark.parametrize("answer", ANSWERS.articles, ids=lambda answer: answer.key)


def mention(entity_id: str, surface: str, *, text: str) -> Mention:
    start = text.index(surface)
    return Mention(
        article_id="a",
        entity_id=entity_id,
        list_id="l",
        list_version="1",
        field="text",
        start=start,
        end=start + len(surface),
        surface=surface,
        name=surface,
        form=surface,
        score=1.0,
        reasons=(),
    )


def field_of(article: PressArticle, field: str, revision: int) -> str:
    return article.title if field == "title" else "\n".join(article.paragraphs_in(revision))


def test_every_article_has_an_answer_and_every_answer_an_article() -> None:
    assert [answer.key for answer in ANSWERS.articles] == sorted(
        ARTICLES, key=[answer.key for answer in ANSWERS.articles].index
    )
    assert len(ARTICLES) == len(ANSWERS.articles)


@each_answer
def test_the_sheet_says_what_the_article_says(answer: Answer) -> None:
    article = ARTICLES[answer.key]
    site = load_newsroom().sites[article.outlet_id]
    assert answer.outlet_id == article.outlet_id
    assert answer.title == article.title
    assert answer.language == (article.edition or site.language)
    assert answer.is_read is not article.hangs
    assert answer.published_on(date(2026, 11, 22)) == article.published_at(date(2026, 11, 22), site).date()


@each_answer
@pytest.mark.parametrize("revision", [1, 2])
def test_every_surface_stands_in_its_field_in_every_revision(answer: Answer, revision: int) -> None:
    article = ARTICLES[answer.key]
    for passage in (*answer.planted, *answer.near_misses):
        assert passage.surface in field_of(article, passage.field, revision), passage


@each_answer
def test_every_entity_of_the_sheet_is_on_the_starter_list(answer: Answer) -> None:
    named = answer.entities | {miss.entity_id for miss in answer.near_misses if miss.entity_id}
    assert named <= LISTED


def test_the_press_is_as_large_and_as_varied_as_the_demo_promises() -> None:
    outlets_by_language = {
        language: {answer.outlet_id for answer in ANSWERS.read if answer.language == language}
        for language in ANSWERS.articles_by_language
    }
    assert sum(ANSWERS.articles_by_language.values()) >= 30
    assert all(len(outlets_by_language[language]) >= 3 for language in ("ru", "tg", "zh"))
    assert len({miss.why for answer in ANSWERS.articles for miss in answer.near_misses}) >= 20


def test_one_story_is_carried_by_four_outlets_in_two_languages() -> None:
    (keys,) = ANSWERS.stories.values()
    carried = [answer for answer in ANSWERS.read if answer.key in keys]
    assert len({answer.outlet_id for answer in carried}) == 4
    assert len({answer.language for answer in carried}) == 2


def test_copies_of_the_story_in_one_language_are_near_identical_and_credited() -> None:
    (keys,) = ANSWERS.stories.values()
    copies = [ARTICLES[answer.key] for answer in ANSWERS.read if answer.key in keys and answer.language == "ru"]
    words = [set(" ".join(article.paragraphs).split()) for article in copies]
    for other in words[1:]:
        assert 0.7 < len(words[0] & other) / len(words[0] | other) <= 1
    assert sum(article.credit is not None for article in copies) == len(copies) - 1


def test_an_edit_changes_text_that_stands_there_once_and_no_name_that_alerts() -> None:
    edited = [article for article in ARTICLES.values() if article.edits]
    assert len(edited) == 1
    before, after = (" ".join(edited[0].paragraphs_in(revision)) for revision in (1, 2))
    assert all(before.count(edit.was) == 1 for edit in edited[0].edits)
    assert before != after
    assert edited[0].paragraphs_in(2) == edited[0].paragraphs_in(3)


class TestJudge:
    ANSWER = next(answer for answer in ANSWERS.articles if answer.key == "dv-kazan")
    ARTICLE = ARTICLES["dv-kazan"]
    TEXT = "\n".join(ARTICLE.paragraphs)

    def test_a_right_mention_is_right(self) -> None:
        found = [mention("bayraktar-tb2", "Bayraktar TB2", text=self.TEXT)]
        assert judge(self.ANSWER, found, title=self.ARTICLE.title, text=self.TEXT).is_right

    def test_nothing_found_is_missed(self) -> None:
        verdict = judge(self.ANSWER, [], title=self.ARTICLE.title, text=self.TEXT)
        assert [planted.entity_id for planted in verdict.missed] == ["bayraktar-tb2"]

    def test_a_near_miss_that_is_taken_for_a_name_is_named(self) -> None:
        found = [mention("bayraktar-tb2", "Bayraktar TB2", text=self.TEXT), mention("grad", "град", text=self.TEXT)]
        verdict = judge(self.ANSWER, found, title=self.ARTICLE.title, text=self.TEXT)
        assert [miss.surface for miss in verdict.fooled] == ["град"]
        assert [mention.entity_id for mention in verdict.unexpected] == ["grad"]

    def test_a_mention_elsewhere_does_not_count_for_a_planted_name(self) -> None:
        found = [mention("bayraktar-tb2", "Казани", text=self.TEXT)]
        assert judge(self.ANSWER, found, title=self.ARTICLE.title, text=self.TEXT).missed


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 3, 1)], ids=str)
def test_no_article_is_from_the_future_at_any_time_of_the_day(today: date) -> None:
    midnight = datetime.combine(today, datetime.min.time(), tzinfo=UTC)
    newsroom = load_newsroom()
    for article in newsroom.articles:
        assert article.updated_at(today, newsroom.sites[article.outlet_id], revision=9) <= midnight, article.key
