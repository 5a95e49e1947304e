"""Foreign names in Cyrillic letters found by how English spells such a sound: Дебенҳамс is Debenhams.

An English name is read letter by letter into its consonants and, between them, what vowels it has. Names with the same
consonants are compared by their vowels, each of which a table says how Cyrillic letters may write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from extractors.translation.gloss.lexicon import read_lexicon, read_rows

# Letters of English that are one sound, or none; several where it depends on the name. The longest come first.
_GRAPHEMES = {
    "tch": "C", "sch": "S", "chr": "kr", "dge": "J", "igh": "i", "ough": "o", "augh": "o", "eigh": "ei",
    "ph": "f", "sh": "S", "th": "t", "wh": "v", "ck": "k", "cz": "C", "rh": "r", "kh": "h", "dj": "J",
    "cc": "k", "gh": " g", "ch": "CkS", "qu": "Qk", "q": "k", "x": "X", "w": "v", "j": "J",
}  # fmt: skip
_SOFT_C = re.compile("c(?=[eiy])")
_SOFT_G = re.compile("g(?=[eiy])")
_MUTE = re.compile(r"^k(?=n)|^w(?=r)|(?<=[aeiouy])h(?![aeiouy])|(?<=m)b$|(?<=[a-z])h(?=[mnlrs]|$)|t(?=ch)")
_GRAPHEME = re.compile("|".join(sorted(_GRAPHEMES, key=len, reverse=True)))
_LETTER_W = re.compile("(?<=[aeo])w(?![aeiou])")  # part of a vowel: Lawson, Brown
_DOUBLED = re.compile(r"(.)\1+")
_SOUND_LETTERS = re.compile("[^a-zA-Z]")

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "o", "ж": "J", "з": "z", "и": "i",
    "ӣ": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ӯ": "u", "ф": "f", "х": "h", "ҳ": "h", "ц": "s", "ч": "C", "ҷ": "J", "ш": "S", "щ": "S",
    "ы": "i", "э": "e", "ю": "u", "я": "a", "ь": "", "ъ": "",
}  # fmt: skip
_W_IN_CYRILLIC = re.compile("(?:^|(?<=[бвгдзклмнпрстфхчҷшҳ-]))у(?=[аеиоэыӣ])")
_VOWELS = "aeiou"
_SLOTS = re.compile(f"([{_VOWELS}wy]*)([^{_VOWELS}wy]|$)")

# How Cyrillic letters may write English vowels, the plainest first.
_WRITTEN = {
    "": " e i", "a": "a e ei o ai", "e": "e i  a", "i": "i ai e ", "y": "i ai e  ei", "o": "o u a ou ", "u": "u a o i ",
    "ai": "ei ai e i a", "ay": "ei ai e i", "ei": "ei ai i e", "ey": "i ei e ai", "ea": "i e ia ea ei a",
    "ee": "i e ee", "ie": "i ai ie e ii", "oa": "o ou oa", "oe": "o ou e oe oi",
    "oo": "u o oo", "ou": "au ou o u a", "ow": "ou au o u",
    "au": "o au a", "aw": "o au a", "ew": "u e iu", "eu": "oi u eu e", "ue": "u e ue", "ui": "u i ui", "io": "io o i",
    "ia": "ia a ii", "eo": "eo io e i o", "ua": "ua va a", "oy": "oi oia", "oi": "oi ua", "uy": "ai ui",
    "ye": "ai ie e",
}  # fmt: skip
_ALLOWED = {spelling: tuple(ways.split(" ")) for spelling, ways in _WRITTEN.items()}
# The most that vowels may differ by, by how many consonants there are: the fewer, the less.
_TOLERANCE = (-1.0, -1.0, 0.0, 0.1, 0.5, 0.9, 1.2)
_ANOTHER_H = 0.3
# Shorter words are too many names.
_SHORTEST = 4
# People here have names of these letters, or that end so.
_OF_HERE = re.compile("[ғқӯӣ]|(?:зода|ов|ев|ова|ева|заде|бек|ҷон|шоҳ)$")


def _readings(name: str) -> Iterator[str]:
    """Yield an English name as sounds: consonants, capitals for those of two letters, and vowels as spelled."""
    plain = _SOUND_LETTERS.sub("", name).lower()
    plain = re.sub("^mc", "mak", plain)
    plain = _MUTE.sub("", _LETTER_W.sub("Ww", plain)).replace("Ww", "W")
    plain = _SOFT_C.sub("s", plain)
    soft = _SOFT_G.sub("G", plain)
    choices: list[str] = []
    done = 0
    for found in _GRAPHEME.finditer(soft):
        choices += [*soft[done : found.start()], _GRAPHEMES[found[0]] if len(found[0]) < 3 else ""]
        if len(found[0]) > 2:  # several sounds, one after the other
            choices[-1:] = list(_GRAPHEMES[found[0]])
        done = found.end()
    choices += soft[done:]
    ways = {"c": "k", "G": "gJ", "W": "w", "s": "sz"}
    for reading in product(*(ways.get(choice, choice) for choice in choices)):
        sounds = "".join(reading).replace(" ", "").replace("Q", "kv").replace("X", "ks")
        yield _DOUBLED.sub(lambda found: found[0] if found[1] in "eo" else found[1], sounds)


def _in_slots(sounds: str) -> tuple[str, tuple[str, ...]]:
    """Return the consonants of a name, and the vowels before, between and behind them."""
    consonants: list[str] = []
    vowels: list[str] = []
    for vowel, consonant in _SLOTS.findall(sounds):
        if vowel or consonant or not vowels:
            vowels.append(vowel)
            consonants.append(consonant)
    if consonants and consonants[-1]:
        vowels.append("")
    return "".join(consonants), tuple(vowels)


@cache
def _english_names() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """Return English names with their vowels, by their consonants; the names of the lexicons are among them."""
    names = dict.fromkeys(row[0] for row in read_rows("names.tsv"))
    for language in ("tg", "ru"):
        for lemma, entry in read_lexicon(language).items():
            if entry.part == "name" and " " not in lemma and " " not in entry.english and not lemma.isupper():
                names.setdefault(entry.english)
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name in names:
        for reading in dict.fromkeys(_readings(name)):
            consonants, vowels = _in_slots(reading)
            found[consonants].append((vowels, name))
    return found


def _cyrillic_readings(lower: str) -> Iterator[tuple[str, float]]:
    """Yield a Cyrillic name as sounds, and what each reading takes for granted; г may be an h, and an h may be mute."""
    plain = _W_IN_CYRILLIC.sub("в", lower.replace("дж", "ҷ"))
    sounds = _DOUBLED.sub(r"\1", "".join(_CYRILLIC.get(letter, "") for letter in plain))
    yield sounds, 0.0
    if "g" in sounds[:1]:
        yield "h" + sounds[1:], _ANOTHER_H
    if "h" in sounds[1:]:
        yield sounds[0] + sounds[1:].replace("h", ""), _ANOTHER_H


def _apart(spelled: tuple[str, ...], written: tuple[str, ...]) -> float:
    """Return how far the vowels of an English name are from those of a Cyrillic one."""
    apart = 0.0
    last = len(written) - 1
    for at, (english, cyrillic) in enumerate(zip(spelled, written, strict=True)):
        ways = _ALLOWED.get(english, (english,))
        if cyrillic in (english, ways[0]) or (at == last and english == "e" and not cyrillic):
            continue
        apart += 0.1 + 0.05 * ways.index(cyrillic) if cyrillic in ways and english else 0.7
    return apart


@lru_cache(maxsize=50_000)
def english_name(lower: str) -> str | None:
    """Return the English name that a foreign name in Cyrillic letters is most likely, or ``None``."""
    if len(lower) < _SHORTEST or _OF_HERE.search(lower):
        return None
    best: tuple[float, str] | None = None
    for reading, granted in _cyrillic_readings(lower):
        consonants, written = _in_slots(reading)
        most = _TOLERANCE[min(len(consonants), len(_TOLERANCE) - 1)]
        for spelled, name in _english_names().get(consonants, ()):
            apart = granted + _apart(spelled, written)
            if apart <= most and (best is None or apart < best[0]):
                best = apart, name
    return best[1] if best else None
