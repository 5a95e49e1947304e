"""What a Tajik word may be without its endings.

The order of endings is that of ``watchlists/forms/tajik_endings.py``, which judges what may follow a given name; here
the question is the other way round, which word stands before the endings, and wrong guesses only cost a gloss.
"""

from __future__ import annotations

from collections.abc import Iterator

_POSSESSIVES = ("амон", "атон", "ашон", "ямон", "ятон", "яшон", "аш", "яш", "ам", "ат", "ям", "ят")
# Ending, its name here, and the length from which a word may have it.
_OTHERS = (
    ("аст", "copula", 6),
    ("ест", "copula", 6),
    ("анд", "copula", 6),
    ("тарин", "most", 8),
    ("тар", "more", 6),
    ("ум", "ordinal", 5),
    ("юм", "ordinal", 5),
    ("умин", "ordinal", 7),
    ("юмин", "ordinal", 7),
)


def without_endings(word: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a word may be without endings, likeliest first, with the names of the endings taken off."""
    seen = set()
    pending = [(word, frozenset[str]())]
    while pending:
        stem, off = pending.pop(0)
        if stem in seen or len(stem) < 2:
            continue
        seen.add(stem)
        yield stem, off
        pending += [(rest, off | {name}) for rest, name in _shorter(stem, off)]


def _shorter(word: str, off: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield a word without its last ending, and which ending that was."""
    if not off and word.endswith("ро"):
        yield word[:-2], "object"
        if word.endswith("иро"):
            yield word[:-3] + "ӣ", "object"
    if off <= {"object"}:
        yield from _without_and(word)
    if not off & {"izafet", "plural", "possessive"} and word.endswith("и"):
        yield from _without_izafet(word)
    if not off & {"izafet", "plural", "possessive", "indefinite"}:
        yield from _without_possessive(word)
    if "plural" not in off:
        yield from _without_plural(word)
    yield from _without_copula(word)
    for ending, name, shortest in _OTHERS:
        if word.endswith(ending) and name not in off and len(word) >= shortest:
            yield word[: -len(ending)], name


def _without_copula(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("иест"):  # варзишиест, of варзишӣ
        yield word[:-4] + "ӣ", "copula"
    elif word.endswith("ист") and len(word) > 6:  # зарурист, of зарурӣ
        yield word[:-3] + "ӣ", "copula"
    elif word.endswith(("аст", "ост")) and len(word) > 6:  # бегонаст, of бегона
        yield word[:-2], "copula"


def _without_and(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ию"):
        yield word[:-2] + "ӣ", "and"
    if word.endswith("ю"):  # саъю, of саъй
        yield word[:-1] + "й", "and"
    if len(word) > 4 and word.endswith("у") and word[-2] == word[-3]:  # ҳаллу, of ҳал
        yield word[:-2], "and"
    if word.endswith(("ю", "у")):
        yield word.removesuffix("ву") if word.endswith("ву") else word[:-1], "and"


def _without_izafet(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ии"):
        yield word[:-2] + "ӣ", "izafet"
    yield word[:-1], "izafet"
    if word.endswith("ъи"):
        yield word[:-2], "izafet"
    if word.endswith(("аи", "еи", "ои", "ӯи", "уи")):  # мавқеи, иттилои, of мавқеъ, иттилоъ
        yield word[:-1] + "ъ", "izafet"
    if len(word) > 4 and word[-2] == word[-3]:  # синни, ҳадди, of син and ҳад
        yield word[:-2], "izafet"


def _without_possessive(word: str) -> Iterator[tuple[str, str]]:
    ending = next((each for each in _POSSESSIVES if word.endswith(each)), "")
    if ending and len(word) - len(ending) >= 3:
        yield word[: -len(ending)], "possessive"
        if ending[0] in "аия" and word[: -len(ending)].endswith("и"):
            yield word[: -len(ending) - 1] + "ӣ", "possessive"
    if word.endswith("ие"):
        yield word[:-2] + "ӣ", "indefinite"
    if word.endswith("е") and len(word) > 3:
        yield word[:-1], "indefinite"
        yield word[:-1] + "а", "indefinite"


def _without_plural(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ҳо"):
        yield word[:-2], "plural"
        if word.endswith("иҳо"):
            yield word[:-3] + "ӣ", "plural"
    elif word.endswith("хо") and len(word) > 5:  # typed without the letters of Tajik
        yield word[:-2], "plural"
    elif word.endswith("гон"):
        yield word[:-3], "plural"
        yield word[:-3] + "а", "plural"
    elif word.endswith("иён"):
        yield word[:-3] + "ӣ", "plural"
    elif word.endswith(("он", "ён")) and len(word) > 4:
        yield word[:-2], "plural"
        if word.endswith("вон"):
            yield word[:-3], "plural"
            yield word[:-3] + "ӯ", "plural"
    elif word.endswith("от") and len(word) > 5:
        yield word[:-2], "plural"
