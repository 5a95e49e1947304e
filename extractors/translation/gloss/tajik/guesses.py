"""Tajik words that are nearly one of the lexicon: mistyped by a letter, or foreign names spelled by another ear."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from extractors.translation.gloss.lexicon import Entry, read_lexicon
from extractors.translation.gloss.spelling import english_name
from extractors.translation.gloss.tajik.endings import without_endings
from extractors.translation.gloss.tajik.entries import as_word
from extractors.translation.gloss.words import Word

# A word this short is one letter away from too many others.
_SHORTEST = 6
# Three consonants, as in Морелос, would fit too many names.
_FEWEST_CONSONANTS = 4
# A name that sounds the same in all its vowels needs fewer: Раян, Райан.
_FEWEST_SURE_CONSONANTS = 2
# Баггот is not Баг, of which there are several.
_ENDINGS_OF_NAMES = frozenset({"izafet", "object", "and"})
_PARTS = frozenset({"n", "a", "adv"})


def mistyped(lower: str) -> Word | None:
    """Gloss a word as the one word of the lexicon that is a letter away, left out, put in, changed or swapped."""
    for stem, off in without_endings(lower):
        if len(stem) < _SHORTEST:
            continue
        near = {lemma for less in _one_less(stem) for lemma in _lemmas_by_spelling_less_one().get(less, ())}
        near = {lemma for lemma in near if _one_apart(stem, lemma)}
        if len(near) == 1:
            lemma = near.pop()
            return as_word(lemma, read_lexicon("tg")[lemma], off)
    return None


def _one_less(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@cache
def _lemmas_by_spelling_less_one() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for lemma, entry in read_lexicon("tg").items():
        if " " not in lemma and len(lemma) >= _SHORTEST and lemma[0].islower() and entry.part in _PARTS:
            for less in _one_less(lemma):
                found[less].append(lemma)
    return {less: tuple(lemmas) for less, lemmas in found.items()}


def _one_apart(one: str, other: str) -> bool:
    """Whether a letter was left out, put in, changed, or swapped with its neighbor."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


# Letters that Russian and Tajik choose between for a foreign sound: Гамильтон, Ҳамилтон; Рейнджерс, Рейнҷерс.
_SOUNDS = str.maketrans(
    {"ҷ": "дж", "ҳ": "х", "г": "х", "қ": "к", "ғ": "х", "ц": "с", "щ": "ш", "з": "с", "э": "е", "ё": "е", "ы": "и",
     "ӣ": "и", "ӯ": "у", "й": "и", "ю": "иу", "я": "иа", "ь": "", "ъ": ""}
)  # fmt: skip
_SOFT_VOWEL = re.compile("ь(?=[еёуо])")  # Пьер, Пйер
_VOWELS = re.compile("[аеиоуюя]")
_DOUBLED = re.compile(r"(.)\1+")


def _sounds(name: str) -> str:
    return _DOUBLED.sub(r"\1", _SOFT_VOWEL.sub("и", name.lower()).translate(_SOUNDS))


@cache
def _names_by_consonants() -> Mapping[str, Mapping[str, str]]:
    """Return the English of names by their sounds, by the consonants among these."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language in ("ru", "tg"):
        for lemma, entry in read_lexicon(language).items():
            if entry.part == "name" and not lemma.isupper() and " " not in lemma:
                sounds = _sounds(lemma)
                found[_VOWELS.sub("", sounds)].setdefault(sounds, entry.english)
    return found


def name_by_ear(lower: str) -> Word | None:
    """Gloss a name as the one name with the same consonants in a row and all vowels but one."""
    for stem, off in without_endings(lower):
        sounds = _sounds(stem)
        consonants = _VOWELS.sub("", sounds)
        known = _names_by_consonants().get(consonants, {})
        if len(consonants) >= _FEWEST_SURE_CONSONANTS and sounds in known and off <= _ENDINGS_OF_NAMES:
            return as_word(stem, Entry(english=known[sounds], part="name"), off)
        if len(consonants) < _FEWEST_CONSONANTS:
            continue
        near = {english for other, english in known.items() if _one_apart(other, sounds)}
        if len(near) == 1:
            return as_word(stem, Entry(english=near.pop(), part="name"), off)
    return None


def name_by_spelling(lower: str) -> Word | None:
    """Gloss a name as the one that English spells so: Дебенҳамс, Литгоу."""
    for stem, off in without_endings(lower):
        if off <= _ENDINGS_OF_NAMES and (english := english_name(stem)) is not None:
            return as_word(stem, Entry(english=english, part="name"), off)
    return None
