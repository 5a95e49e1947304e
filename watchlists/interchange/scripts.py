"""Sort names that come without a language by their script."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TAJIK = re.compile(r"[ҷҳқғӣӯ]", re.IGNORECASE)
_KAZAKH = re.compile(r"[әңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def language_of_name(name: str) -> str | None:
    """Return the language a name is listed under by its letters, or ``None`` for a script that is not matched."""
    for pattern, language in ((_HAN, "zh"), (_ARABIC, "fa"), (_TAJIK, "tg"), (_KAZAKH, "kk"), (_CYRILLIC, "ru")):
        if pattern.search(name):
            return language
    return "en" if _LATIN.search(name) else None


def by_language(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group names by language, each once, in their order; names in no script that is matched are left out."""
    grouped: dict[str, dict[str, None]] = {}
    for name in names:
        cleaned = " ".join(name.split())
        if cleaned and (language := language_of_name(cleaned)):
            grouped.setdefault(language, {})[cleaned] = None
    return {language: tuple(listed) for language, listed in grouped.items()}
