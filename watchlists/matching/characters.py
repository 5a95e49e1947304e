"""What each character folds to, which script it is of, and the byte it is scanned as."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from watchlists.forms.chinese_script import simplified

Codes = npt.NDArray[np.uint16]

DELETED, SPACE = 0, 0x20
SHORT_I, BREVE = ord("й"), 0x306
# Bits, so that two neighbours tell by one XOR whether they are Cyrillic and Latin.
OTHER, CYRILLIC, LATIN, CHINESE = 0, 1, 2, 4
# After these no ending of a name comes, whatever the language.
ENDS_A_WORD = frozenset(" \n\t.,;:!?()\u00a0\u2026")
CLOSING_QUOTES = frozenset('"»”')
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212")
END, QUOTE, HYPHEN, LETTER = 1, 2, 3, 4  # 0 is all else

# Letters of the region's Cyrillic alphabets and what is typed where the keyboard has no such key.
_PLAIN = str.maketrans("ҷҳқғӣӯңөүұәһіїєўёґӷҚ", "чхкгиуноууахииеуеггк")
# Letters of other alphabets in the place of the Tajik ones: of the fonts from before Unicode, which put them where
# Serbian and Macedonian have theirs, and of keyboards for Uighur, Bashkir, Azerbaijani and Siberian languages.
_OTHER_LETTERS = str.maketrans("љјҹњћⱨҝҡӄԛⱪҕӻӽӿ", "чччхххккккк" + "ггхх")
# Arabic and Persian variants of one letter.
_ARABIC = str.maketrans("يىكةأإآٱؤئۀ", "ییکهااااویه")
# Latin letters that look like Cyrillic ones, by case: B looks like В but b like no small letter.
_LATIN_TO_CYRILLIC = dict(zip("ABCEHKMOPTXYaceopxyIiJjSsk", "АВСЕНКМОРТХУасеорхуІіЈјЅѕк", strict=True))
_CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in _LATIN_TO_CYRILLIC.items()}
# Kana, Han, their compatibility forms, and the private stand-ins.
_CHINESE_BLOCKS = ((0x3005, 0x3008), (0x3040, 0x3100), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xE000, 0xFB00))
# All of the basic plane but Han, Hangul syllables, surrogates and private use, where a character is itself.
_LETTERS_OF_MANY_FORMS = ((0, 0x3400), (0x4DC0, 0x4E00), (0xA000, 0xAC00), (0xF900, 0x10000))
_ASCII_OF_THEIR_OWN = " 0123456789abcdefghijklmnopqrstuvwxyz"
_WITH_BYTES_OF_THEIR_OWN = frozenset(_ASCII_OF_THEIR_OWN + "".join(map(chr, range(0x430, 0x450))))
_PRIVATE = range(0xE000, 0xF900)  # stands in for the rarer Han characters


def bytes_of(codes: Codes) -> bytes:
    """Write folded characters in one byte each: those of Russian and English as in windows-1251.

    All others share the bytes that are left, so two texts of the same bytes need not be the same.
    """
    return _byte_table().take(codes).tobytes()


def from_bytes(data: bytes) -> str:
    """Return the folded text that ``bytes_of`` wrote, where it has no letters but those of Russian and English."""
    return data.decode("cp1251")


def as_scanned(folded: str) -> str:
    """Write a folded text of Russian and English letters with the characters of the numbers of its bytes."""
    return folded.encode("cp1251").decode("latin-1")


def is_told_by_bytes(folded: str) -> bool:
    """Tell whether no other folded text has the same bytes: one of Russian and English letters only."""
    return all(character in _WITH_BYTES_OF_THEIR_OWN for character in folded)


@cache
def _byte_table() -> npt.NDArray[np.uint8]:
    own = [ord(character) for character in _ASCII_OF_THEIR_OWN]
    shared = np.array([*range(1, 9), *range(0x21, 0x30), *range(0x3A, 0x61), *range(0x7B, 0xE0)], dtype=np.uint8)
    table = shared[np.arange(0x10000) % len(shared)]
    table[own] = own
    table[0x430:0x450] = np.arange(0xE0, 0x100)
    return table


def in_basic_plane(found: re.Match[str]) -> str:
    """Stand in for a character above U+FFFF by one below: what it means, a private letter, or a space."""
    character = found[0]
    meant = unicodedata.normalize("NFKC", character)  # fancy mathematical letters are A to Z
    if len(meant) == 1 and ord(meant) <= 0xFFFF:
        return meant
    return chr(_PRIVATE.start + ord(character) % len(_PRIVATE)) if character.isalnum() else " "


def folded_code(code: int) -> int:
    character = chr(code)
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        # A zero-width non-joiner parts words in Persian; the rest is invisible or an accent.
        return DELETED if code != 0x200C else SPACE
    if not character.isalnum():
        return SPACE
    lower = unicodedata.normalize("NFKC", character).lower()
    base = lower[:1] if lower[:1] == "й" else unicodedata.normalize("NFD", lower)[:1]
    base = base.translate(_PLAIN).translate(_OTHER_LETTERS).translate(_ARABIC)
    if not base.isalnum():
        return SPACE
    return ord(base) if ord(base) <= 0xFFFF else code


@cache
def folded_codes() -> Codes:
    table = np.arange(0x10000, dtype=np.uint16)
    for start, end in _LETTERS_OF_MANY_FORMS:
        table[start:end] = [folded_code(code) for code in range(start, end)]
    table[0x0640] = DELETED  # the Arabic stretching stroke
    table[0xD800:0xE000] = SPACE
    table[0] = SPACE
    return table


@cache
def simplified_codes() -> Codes:
    """Return the table of ``folded_codes`` with the simplified character for each traditional one."""
    table = np.arange(0x10000, dtype=np.uint16)
    for traditional, simple in simplified().items():
        if simple <= 0xFFFF:
            table[traditional] = simple
    return table


@cache
def script_of_codes() -> npt.NDArray[np.uint8]:
    scripts = np.zeros(0x10000, dtype=np.uint8)
    scripts[0x400:0x530] = CYRILLIC
    scripts[ord("a") : ord("z") + 1] = LATIN
    for start, end in _CHINESE_BLOCKS:
        scripts[start:end] = CHINESE
    return scripts


@cache
def marks_of_codes() -> npt.NDArray[np.uint8]:
    """Return what each character says of a word that it stands beside, by which most are told to end there or not."""
    marks = np.zeros(0x10000, dtype=np.uint8)
    marks[0x400:0x530] = LETTER
    marks[ord("a") : ord("z") + 1] = marks[ord("A") : ord("Z") + 1] = LETTER
    for characters, mark in ((ENDS_A_WORD, END), (CLOSING_QUOTES, QUOTE), (HYPHENS, HYPHEN)):
        marks[[ord(character) for character in characters]] = mark
    return marks


def in_one_script(word: str) -> str:
    """Return a word of Latin and Cyrillic letters with the look-alikes of one of them put right, if that settles it."""
    latin = [character for character in word if "LATIN" in unicodedata.name(character, "")]
    cyrillic = [character for character in word if "CYRILLIC" in unicodedata.name(character, "")]
    if all(character in _LATIN_TO_CYRILLIC for character in latin):
        return "".join(_LATIN_TO_CYRILLIC.get(character, character) for character in word)
    if all(character in _CYRILLIC_TO_LATIN for character in cyrillic):
        return "".join(_CYRILLIC_TO_LATIN.get(character, character) for character in word)
    return word
