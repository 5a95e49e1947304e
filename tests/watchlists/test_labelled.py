"""The labelled sentences are what they say, and matching finds what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from watchlists.listfile import load_lists

HERE = Path(__file__).parent / "labelled"
# At least so many sentences, half of them traps (issue "4. Names").
LEAST = {"tg": 150, "zh": 150, "ru": 100}


def _sentences(language: str) -> list[dict[str, Any]]:
    lines = (HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("language", LEAST)
def test_every_span_is_its_surface_and_every_entity_is_listed(language: str) -> None:
    (region,) = load_lists(HERE / "lists")
    listed = {entity.id for entity in region.entities}
    sentences = _sentences(language)
    assert sentences
    for sentence in sentences:
        for mention in sentence["mentions"]:
            field = sentence[mention["field"]]
            assert field[mention["start"] : mention["end"]] == mention["surface"], sentence["id"]
            assert mention["entity"] in listed, sentence["id"]


@pytest.mark.parametrize(("language", "least"), LEAST.items())
def test_there_are_enough_sentences_and_near_half_of_them_are_traps(language: str, least: int) -> None:
    sentences = _sentences(language)
    traps = [sentence for sentence in sentences if sentence["trap"]]
    assert len(sentences) >= least
    assert 0.45 <= len(traps) / len(sentences) <= 0.6
    assert len({sentence["id"] for sentence in sentences}) == len(sentences)
