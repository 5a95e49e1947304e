"""What holds of matching with whole lists, on sentences as the press writes them."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from records import Mention
from watchlists.listfile import load_lists
from watchlists.matching import Matcher, compile_matcher

LABELLED = Path(__file__).parents[1] / "labelled"
SENTENCES = [
    json.loads(line)["text"]
    for file in sorted(LABELLED.glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n\n".join)


@cache
def _matcher(*, every_list: bool) -> Matcher:
    lists = load_lists(LABELLED / "lists")
    return compile_matcher(lists if every_list else [each for each in lists if each.id in {"land", "figures"}])


def _find(text: str, *, every_list: bool = True) -> tuple[Mention, ...]:
    return _matcher(every_list=every_list).find(article_id="a", title="", text=text)


def _named(mentions: tuple[Mention, ...]) -> Counter[tuple[str, str]]:
    return Counter((mention.list_id, mention.entity_id) for mention in mentions)


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_a_span_is_its_surface(text: str) -> None:
    for mention in _find(text):
        assert text[mention.start : mention.end] == mention.surface


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_composition_and_spacing_change_no_mention(text: str) -> None:
    found = _named(_find(text))
    assert _named(_find(unicodedata.normalize("NFC", text))) == found
    assert _named(_find(unicodedata.normalize("NFD", text))) == found
    assert _named(_find(text.replace(" ", " \u00a0 "))) == found


@settings(max_examples=60, deadline=None)
@given(text=TEXTS.filter(lambda text: len(text.upper()) == len(text)))
def test_a_headline_in_capitals_has_every_full_name(text: str) -> None:
    # Beside a surname alone all capitals look like another name.
    full = {(each.entity_id, each.start) for each in _find(text) if "surname alone" not in each.reasons}
    assert full <= {(each.entity_id, each.start) for each in _find(text.upper())}


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_more_lists_remove_no_mention_of_one(text: str) -> None:
    alone = {(each.list_id, each.entity_id, each.start, each.end) for each in _find(text, every_list=False)}
    assert alone <= {(each.list_id, each.entity_id, each.start, each.end) for each in _find(text)}
