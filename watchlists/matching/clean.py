"""The clean text that the edge rules of Tajik and Chinese read: tidy, but with its letters as they were typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from watchlists.forms.chinese_syllables import DOTS

_QUOTES = dict.fromkeys(
    map(ord, "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2039\u203a\u300a\u300b\u300c\u300d\u300e\u300f"), '"'
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"), "-")
_DOTS = dict.fromkeys(map(ord, DOTS), "\u00b7")
_ONE_TO_ONE = {**_QUOTES, **_DASHES, **_DOTS}


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text; ``places[i]`` is where the original's character ``i`` stands in it, with one more for the end."""

    text: str
    places: tuple[int, ...]


def clean(text: str) -> Clean:
    """Return the clean text of a piece of a field."""
    written: list[str] = []
    places: list[int] = []
    for character in text:
        places.append(len(written))
        plain = _plain(character)
        if plain == "":
            _compose(written, character)
        elif plain != " " or not written or written[-1] != " ":
            written.append(plain)
    return Clean("".join(written), (*places, len(written)))


@lru_cache(maxsize=20_000)
def _plain(character: str) -> str:
    """Return what stands for a character in clean text; nothing for a mark."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return ""
    if character.isspace():
        return " "
    plain = _ONE_TO_ONE.get(ord(character)) or unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character


def _compose(written: list[str], mark: str) -> None:
    """Join a mark to its letter where there is a letter for both; stress marks and the like are dropped."""
    if written and unicodedata.combining(mark):
        composed = unicodedata.normalize("NFC", written[-1] + mark)
        if len(composed) == 1 and mark != "\u0301":
            written[-1] = composed
