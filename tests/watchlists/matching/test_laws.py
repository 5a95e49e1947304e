"""What holds of matching whatever the text."""

from __future__ import annotations

import itertools
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import Mention
from watchlists.listfile import parse_list
from watchlists.matching import ArticleText, Matcher, compile_matcher, folded
from watchlists.matching.folding import fold

ENTITIES = {
    "tajikistan": "schema: Country, caption: T, name: {ru: [Таджикистан], tg: [Тоҷикистон], zh: [塔吉克斯坦]}",
    "mod": "schema: PublicBody, caption: M, name: {ru: [Министерство обороны Таджикистана]}",
    "rahmon": "schema: Person, caption: R, name: {ru: [Эмомали Рахмон], en: [Emomali Rahmon]}",
    "other-rahmon": "schema: Person, caption: O, name: {ru: [Рустам Рахмон]}",
    "s300": "schema: Asset, caption: S, name: {ru: [С-300]}",
}
PIECES = (
    *("Таджикистана", "Тоҷикистонро", "塔吉克斯坦", "Министерстве обороны Таджикистана", "Эмомали Рахмоном", "Рахмон"),
    *(
        "С-300",
        "C300",
        "Э. Рахмон",
        "Рустаму Рахмону",
        "Emomali Rahmon’s",
        "ӣ",
        "и\u0306",
        "\u00ad",
        "\n",
        "-\n",
        "😀",
        "𝐂",
    ),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=8).map(" ".join)
PLAIN = st.lists(st.sampled_from([*PIECES[:11], "и", "в", "уехал"]), min_size=1, max_size=6).map(" ".join)


@cache
def _matcher(*ids: str) -> Matcher:
    lines = "".join(f"  - {{id: {entity_id}, {ENTITIES[entity_id]}}}\n" for entity_id in ids)
    return compile_matcher([parse_list(f"title: Laws\nentities:\n{lines}".encode(), path=Path("laws.yml"))])


def _spans(matcher: Matcher, text: str) -> set[tuple[str, int, int]]:
    found = matcher.find(article_id="a", title="", text=text)
    return {(mention.entity_id, mention.start, mention.end) for mention in found}


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, text=TEXTS)
def test_the_span_of_a_mention_is_its_surface_and_its_score_a_share(title: str, text: str) -> None:
    for mention in _matcher(*ENTITIES).find(article_id="a", title=title, text=text):
        field = title if mention.field == "title" else text
        assert field[mention.start : mention.end] == mention.surface
        assert 0 < mention.score <= 1
        assert mention.reasons


BESIDE = st.sampled_from(
    [*' -–\n,.»"”…1中\u00a0\u00ad\u0301’', "", "ро ", "у ", "ов ", "-ро ", "» ", "»ро", " «", "-то ", "\u200b"]
)
BETWEEN = st.lists(st.one_of(BESIDE, st.sampled_from(PIECES)), max_size=16).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=BETWEEN, language=st.sampled_from([None, "ru", "tg", "zh"]))
def test_an_edge_that_is_told_at_a_glance_is_judged_as_one_that_is_looked_at(text: str, language: str | None) -> None:
    def find(matcher: Matcher) -> tuple[Mention, ...]:
        return matcher.find(article_id="a", title="", text=text, language=language)

    at_a_glance = find(_matcher(*ENTITIES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folded, "_edges", lambda before, _after, _behind: np.full(len(before), folded.DOUBTFUL))
        assert find(_matcher(*ENTITIES)) == at_a_glance


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_every_folded_character_knows_where_it_stood(text: str) -> None:
    folded = fold(text)
    places = [folded.place(at) for at in range(len(folded.text))]
    assert folded.text.startswith(" ")
    assert folded.text.endswith(" ")
    assert "  " not in folded.text
    assert all(before <= after for before, after in itertools.pairwise(places))
    assert places[-1] <= len(text)


@settings(max_examples=100, deadline=None)
@given(text=PLAIN)
def test_composed_and_decomposed_text_have_the_same_mentions(text: str) -> None:
    found = [mention.entity_id for mention in _matcher(*ENTITIES).find(article_id="a", title="", text=text)]
    decomposed = unicodedata.normalize("NFD", text)
    assert [m.entity_id for m in _matcher(*ENTITIES).find(article_id="a", title="", text=decomposed)] == found


@settings(max_examples=100, deadline=None)
@given(text=PLAIN)
def test_capitals_throughout_and_wider_spaces_change_no_mention(text: str) -> None:
    matcher = _matcher("tajikistan", "mod", "s300")
    found = [mention.entity_id for mention in matcher.find(article_id="a", title="", text=text)]
    for changed in (text.upper(), text.replace(" ", " \u00a0 ")):
        assert [mention.entity_id for mention in matcher.find(article_id="a", title="", text=changed)] == found


@settings(max_examples=100, deadline=None)
@given(text=PLAIN, added=st.sampled_from(sorted(ENTITIES)))
def test_adding_an_entity_never_removes_a_mention_of_another(text: str, added: str) -> None:
    without = tuple(entity_id for entity_id in ENTITIES if entity_id != added)
    assert _spans(_matcher(*without), text) <= _spans(_matcher(*ENTITIES), text)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, max_size=6))
def test_many_articles_at_once_have_the_mentions_they_have_one_by_one(texts: list[str]) -> None:
    matcher = _matcher(*ENTITIES)
    articles = [ArticleText(article_id=str(n), title="", text=text, language=None) for n, text in enumerate(texts)]
    together = {article.article_id: found for article, found in matcher.find_many(articles)}
    for article in articles:
        alone = matcher.find(article_id=article.article_id, title="", text=article.text)
        assert together.get(article.article_id, ()) == alone
