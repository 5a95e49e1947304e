"""Find the original spelling of a name in brackets right behind it: Билал Хассеин (Bilal Hussein)."""

from __future__ import annotations

import difflib
import re
import unicodedata

_LATIN_IN_BRACKETS = re.compile(
    r"[\"»”]?\s?\((?:англ\.|фр\.|нем\.|исп\.|ит\.|тур\.)?\s?([A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’. -]{1,60})[,;)]"
)
# Consonants that transliteration mixes up are one; vowels, signs and the silent h say little.
_SOUNDS = {
    **dict(zip("бпвфгхдтзсцшщжчклмнр", "bpvfggdtsssssssklmnr", strict=True)),
    **dict(zip("bpvwfghdtzscjkqxlmnr", "bpvvfggdtsskskkslmnr", strict=True)),
}
# Of the consonants of two spellings of one name; different names of the same length share about a third.
_ALIKE = 0.6


def spelt_in_brackets(text: str, start: int, end: int, *, is_sounded: bool) -> tuple[int, int] | None:
    """Return the span of the Latin spelling in brackets behind the full name that stands at ``[start:end]``.

    Where it ``is_sounded``, it must sound like the name, as those of people and places do; organisations have their
    own name there, of two words at least (Международная амнистия (Amnesty International)).
    """
    if "(" not in text[end : end + 3] or not (found := _LATIN_IN_BRACKETS.match(text, end)):
        return None
    if _sound_alike(text[start:end], found[1]):
        return found.span(1)
    capitals = sum(word[0].isupper() for word in found[1].split())
    return found.span(1) if not is_sounded and capitals > 1 else None


def _sound_alike(name: str, latin: str) -> bool:
    return difflib.SequenceMatcher(None, _sounds(name), _sounds(latin), autojunk=False).ratio() >= _ALIKE


def _sounds(name: str) -> str:
    return "".join(_SOUNDS.get(letter, "") for letter in unicodedata.normalize("NFD", name.lower()))
