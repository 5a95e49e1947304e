"""JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from records import ConfigError
from watchlists.listfile import parse_list
from watchlists.matching import Matcher, compile_matcher, match_lines

LIST = "title: T\nentities:\n  - {id: tj, schema: Country, caption: T, name: {ru: [Таджикистан]}}\n"


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_matcher([parse_list(LIST.encode(), path=Path("test.yml"))])


def test_each_line_is_answered_in_order_with_every_field_of_a_mention(matcher: Matcher) -> None:
    lines = ['{"id": 1, "title": "В Таджикистане", "text": "", "lang": "ru"}', "", '{"id": "2", "text": "ничего"}']
    first, second = (json.loads(line) for line in match_lines(lines, matcher, identify=lambda _: "ru"))
    assert first["mentions"] == [
        {
            "entity": "tj", "list": "test", "field": "title", "start": 2, "end": 14, "surface": "Таджикистане",
            "name": "Таджикистан", "score": 0.99, "reasons": ["prepositional"],
        }
    ]  # fmt: skip
    assert second == {"id": "2", "lang": "ru", "mentions": []}


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "no id"}', '{"id": 1, "text": 5}'])
def test_a_line_that_is_not_an_article_is_named(matcher: Matcher, line: str) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        list(match_lines(['{"id": 1}', line], matcher))
