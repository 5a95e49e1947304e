"""Small sets of words that parts of names are told by, kept as data in ``name_words.txt``."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def _kinds() -> dict[str, frozenset[str]]:
    text = resources.files("watchlists.forms").joinpath("name_words.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
    return {kind: frozenset(words.split()) for kind, _, words in lines}


def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind, in lower case. Raises ``KeyError`` for a kind that is not in the file."""
    return _kinds()[kind]
