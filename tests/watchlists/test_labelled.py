"""The labelled sentences are what they say, and matching finds what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from records import Mention
from watchlists.listfile import WatchList, load_lists
from watchlists.matching import Matcher, compile_matcher

HERE = Path(__file__).parent / "labelled"
# At least so many sentences, near half of them traps, and the floors of issue "4. Names".
LEAST = {"tg": 150, "zh": 150, "ru": 100}
FLOOR = 0.97


@lru_cache(maxsize=1)
def _lists() -> dict[str, WatchList]:
    return {watch_list.id: watch_list for watch_list in load_lists(HERE / "lists")}


@lru_cache(maxsize=4)
def _matcher(list_id: str) -> Matcher:
    return compile_matcher([_lists()[list_id]])


@lru_cache(maxsize=4)
def _sentences(language: str) -> tuple[dict[str, Any], ...]:
    lines = (HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def _found(sentence: dict[str, Any]) -> tuple[Mention, ...]:
    return _matcher(sentence["list"]).find(
        article_id=sentence["id"], title=sentence["title"], text=sentence["text"], language=sentence["lang"]
    )


def _same(mention: Mention, label: dict[str, Any]) -> bool:
    overlap = mention.start < label["end"] and label["start"] < mention.end
    return overlap and (mention.entity_id, mention.field) == (label["entity"], label["field"])


def _judged(language: str) -> Iterator[tuple[int, int, int]]:
    """Yield right, wrong and missed mentions of each sentence."""
    for sentence in _sentences(language):
        labels = list(sentence["mentions"])
        right = wrong = 0
        for mention in _found(sentence):
            if label := next((label for label in labels if _same(mention, label)), None):
                labels.remove(label)
                right += 1
            else:
                wrong += 1
        yield right, wrong, len(labels)


@pytest.mark.parametrize("language", LEAST)
def test_every_span_is_its_surface_and_every_entity_is_listed(language: str) -> None:
    for sentence in _sentences(language):
        watch_list = _lists()[sentence["list"]]
        for mention in sentence["mentions"]:
            field = sentence[mention["field"]]
            assert field[mention["start"] : mention["end"]] == mention["surface"], sentence["id"]
            assert watch_list.entity(mention["entity"]) is not None, sentence["id"]


@pytest.mark.parametrize(("language", "least"), LEAST.items())
def test_there_are_enough_sentences_and_near_half_of_them_are_traps(language: str, least: int) -> None:
    sentences = _sentences(language)
    traps = [sentence for sentence in sentences if sentence["trap"]]
    assert len(sentences) >= least
    assert 0.45 <= len(traps) / len(sentences) <= 0.6
    assert len({sentence["id"] for sentence in sentences}) == len(sentences)


@pytest.mark.parametrize("language", LEAST)
def test_recall_and_precision_hold_their_floors(language: str) -> None:
    right, wrong, missed = (sum(counts) for counts in zip(*_judged(language), strict=True))
    assert right / (right + missed) >= FLOOR, f"recall {right / (right + missed):.3f}"
    assert right / (right + wrong) >= FLOOR, f"precision {right / (right + wrong):.3f}"
