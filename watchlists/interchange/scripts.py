"""Sort names that come without a language by their letters, and say where that is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")

# The first line whose letters all stand in a name (each group has one of them) tells its language; the last column is
# why that is a guess, empty where it is none. Tajik has written neither ы nor щ since 1998.
_BY_LETTERS: tuple[tuple[re.Pattern[str], tuple[tuple[str, str, str], ...]], ...] = (
    (
        _CYRILLIC,
        (
            ("ҷӣӯ", "tg", ""),
            ("әұһ", "kk", ""),
            ("ў қғҳ", "uz", ""),
            ("їєґ", "uk", ""),
            ("ў і", "be", ""),
            ("ў", "uz", "Belarusian has ў, too"),
            ("қғ ыщіңөү", "kk", ""),
            ("қғҳ", "tg", "Kazakh and Uzbek have қ, ғ and ҳ, too"),
            ("ңөү і", "kk", ""),
            ("ңөү", "ky", "Kazakh has ң, ө and ү, too"),
            ("і", "uk", "Kazakh and Belarusian have і, too"),
            ("", "ru", "Tajik and other Cyrillic names may be written without a letter of their own"),
        ),
    ),
    (_ARABIC, (("پچژگکی", "fa", ""), ("", "fa", "Arabic names are written with these letters, too"))),
    (_LATIN, (("ʻ", "uz", ""), ("", "en", ""))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedNames:
    """Names by language; ``guesses`` are (name, language, reason), ``unread`` names in letters that are not matched."""

    by_language: dict[str, tuple[str, ...]]
    guesses: tuple[tuple[str, str, str], ...] = ()
    unread: tuple[str, ...] = ()


def language_of_name(name: str) -> tuple[str, str] | None:
    """Return the language a name is listed under by its letters and why that is a guess, empty where it is none.

    ``None`` is for letters that are not matched: Greek, Hangul, Japanese.
    """
    if _KANA.search(name):
        return None
    if _HAN.search(name):
        return "zh", ""
    small = name.lower()
    for script, lines in _BY_LETTERS:
        if script.search(name):
            return next(
                (language, doubt)
                for letters, language, doubt in lines
                if all(any(letter in small for letter in group) for group in letters.split())
            )
    return None


def sort_names(names: Iterable[str]) -> SortedNames:
    """Group names by language, each once, in their order."""
    grouped: dict[str, dict[str, None]] = {}
    guesses: dict[tuple[str, str, str], None] = {}
    unread: dict[str, None] = {}
    for name in names:
        cleaned = " ".join(name.split())
        if not cleaned:
            continue
        told = language_of_name(cleaned)
        if told is None:
            unread[cleaned] = None
            continue
        language, doubt = told
        grouped.setdefault(language, {})[cleaned] = None
        if doubt:
            guesses[cleaned, language, doubt] = None
    return SortedNames(
        by_language={language: tuple(listed) for language, listed in grouped.items()},
        guesses=tuple(guesses),
        unread=tuple(unread),
    )
