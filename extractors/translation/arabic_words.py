"""What the shape of a Tajik word that came from Arabic tells of its spelling: short vowels, and which h it has."""

from __future__ import annotations

import re

_VOWELS = "аоуиеёюяӣӯэ"
_CONSONANT = f"[^{_VOWELS}]"
# The Arabic patterns that tell a short vowel: (tafaʿʿul) таваллуд and (mufāʿala) муҳокима.
_TAFAUL = re.compile(rf"та{_CONSONANT}а(.)\1у{_CONSONANT}")
_MUFOALA = re.compile(rf"му.*о{_CONSONANT}и{_CONSONANT}а")
# The plural in -он of fāʿil (сокинон); other words in -он may well be stems.
_DOERS = re.compile(rf"(.+о{_CONSONANT}и{_CONSONANT})они?")
# Where ҳ is the ح of Arabic rather than ه: маҳкама, муҳофизат, ҳарорат; exceptions stand in the lexicon.
_WITH_ARABIC_H = re.compile(r"м[ау]ҳ.{3,}|ҳ.+ат")
ARABIC_H = "ḥ"


def with_arabic_h(word: str) -> str:
    """Put ``ARABIC_H`` in the place of the first ҳ of a word that has the shape of an Arabic one."""
    return word.replace("ҳ", ARABIC_H, 1) if _WITH_ARABIC_H.fullmatch(word) else word


def singular_of_doers(word: str) -> str | None:
    """Return сокин for сокинон."""
    found = _DOERS.fullmatch(word)
    return None if found is None else found[1]


def is_short(word: str, position: int) -> bool:
    """Whether и or у is a short vowel, which Persian does not write.

    So before two consonants (пушт, ҷинс), in a first syllable before о (китоб, ҳисоб, гуноҳ: the Arabic pattern fiʿāl
    and words that sound like it) or у before ӯ (фурӯш, ҳудуд), и in a last syllable after о (тоҷир, ҳоким: fāʿil), in
    -иш (омӯзиш), and where the patterns above have one.
    """
    after = word[position + 1 :]
    vowels = [place for place, letter in enumerate(word) if letter in _VOWELS]
    first, last = position == vowels[0], position == vowels[-1] and len(vowels) > 1
    closed = len(after) > 1 and not set(after[:2]) & set(_VOWELS)
    if closed or (first and (after[1:2] == "о" or (word[position] == "у" and after[1:2] in ("у", "ӯ")))):
        return True
    if word[position] == "у":
        return last and _TAFAUL.fullmatch(word) is not None
    of_action = last and after == "ш" and position > 1
    of_doer = last and word[vowels[-2]] == "о" and len(after) == 1
    of_pattern = (word[0] in "иэ" and not first and after[1:2] == "о") or (
        after[1:] == "а" and _MUFOALA.fullmatch(word) is not None
    )
    return of_action or of_doer or of_pattern
