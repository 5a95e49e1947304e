"""Tajik names in Persian script: Tajik is Persian in Cyrillic letters, and Kabul and Tehran write of the same people.

The way back is not one to one: short vowels are not written, and letters that Tajik writes alike differ (т is ت or ط).
Words of the beat are looked up in ``persian_words.txt``; the others are spelt by letter, with the vowels that may be
written or not, as long as few candidates come of it. Variants of one letter (ي ی, ك ک), zero-width non-joiners and
vowel marks are the business of the fold.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from watchlists.forms.form import Form

_CONSONANTS = dict(zip("бвгғджзйкқлмнпрстфхҳчҷшъ", "بوگغدژزیکقلمنپرستفخهچجشع", strict=True))
# By place in the word: first, inside, last. Where several are given, the likelier comes first.
_VOWELS = {
    "а": (("ا",), ("",), ("ه", "ا")),
    "о": (("آ",), ("ا",), ("ا",)),
    "и": (("ا", "ای"), ("ی", ""), ("ی",)),
    "ӣ": (("ای",), ("ی",), ("ی",)),
    "у": (("ا", "او"), ("و", ""), ("و",)),
    "ӯ": (("او",), ("و",), ("و",)),
    "э": (("ا", "ای"), ("ی",), ("ی",)),
    "е": (("ی",), ("ی", ""), ("ی",)),
    "ё": (("یا",), ("یا",), ("یا",)),
    "ю": (("یو",), ("یو",), ("یو",)),
    "я": (("یا",), ("یا", "ی"), ("یه", "یا")),
}
# More candidates than this and the word is too far from any spelling to be looked for.
_MOST_CANDIDATES = 8
_NUMBER = re.compile(r"(\d+)(?:-?[ую]ми?)?")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_WORD = re.compile(r"[\w'-]+")


@lru_cache(maxsize=1)
def _known_words() -> dict[str, tuple[str, ...]]:
    text = resources.files("watchlists.forms").joinpath("persian_words.txt").read_text(encoding="utf-8")
    pairs = [line.split("=") for line in text.splitlines() if line and not line.startswith("#")]
    return {tajik.strip(): tuple(word.strip() for word in persian.split("|")) for tajik, persian in pairs}


def persian_forms(name: str) -> Iterator[Form]:
    """Yield spellings of a Tajik name in Persian script, the likeliest first; none where there would be too many.

    They count in articles in Persian only.
    """
    words = _WORD.findall(name)
    options = [_spellings(word, is_last=place == len(words) - 1) for place, word in enumerate(words)]
    if not words or not all(options) or math.prod(map(len, options)) > _MOST_CANDIDATES:
        return
    for spelt in itertools.product(*options):
        yield Form(text=" ".join(spelt), name=name, language="tg", reasons=("Persian script",), only_in=("fa",))


def _spellings(word: str, *, is_last: bool) -> tuple[str, ...]:
    low = word.lower()
    for stem in (low,) if is_last else (low, *_without_izafet(low)):
        if found := _known_words().get(stem):
            return found if stem == low else tuple(map(_with_izafet, found))
    if number := _NUMBER.fullmatch(low):
        return (number[1], number[1].translate(_PERSIAN_DIGITS))
    # A word in capitals is an abbreviation, which the two scripts do not share.
    if word.isupper() or not re.fullmatch(r"[а-яёғӣқӯҳҷ]{3,}", low):
        return ()
    stem = low if is_last else next(iter(_without_izafet(low)), low)
    return _by_letter(stem) if stem == low else tuple(map(_with_izafet, _by_letter(stem)))


def _without_izafet(word: str) -> tuple[str, ...]:
    """Return the word without a joined izafet, which Persian script does not write: вазорати, but not кӯҳӣ."""
    if not word.endswith("и") or len(word) < 4:
        return ()
    return (word[:-1], word[:-1].removesuffix("и") + "ӣ") if word.endswith("ии") else (word[:-1],)


def _with_izafet(word: str) -> str:
    """Return the Persian word with its izafet where that is written, after a long vowel: آسیای مرکزی."""
    return word + "ی" if word[-1] in "او" else word


def _by_letter(word: str) -> tuple[str, ...]:
    options: list[tuple[str, ...]] = []
    for place, letter in enumerate(word):
        if letter in _CONSONANTS:
            # A doubled letter is written once, with a mark that is left out.
            options.append(("",) if place and word[place - 1] == letter else (_CONSONANTS[letter],))
        elif letter in _VOWELS:
            first, inside, last = _VOWELS[letter]
            options.append(first if place == 0 else last if place == len(word) - 1 else inside)
        else:
            return ()
    if math.prod(map(len, options)) > _MOST_CANDIDATES:
        return ()
    return tuple(dict.fromkeys("".join(letters) for letters in itertools.product(*options)))
