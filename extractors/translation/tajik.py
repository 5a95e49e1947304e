"""Tajik in Persian script: there is no model for Tajik, but there are some for Persian, and it is the same language.

Cyrillic writes all vowels and one letter a sound; Persian script leaves short vowels out and has four letters for z and
three for s. What the letters do not tell stands in ``tajik_lexicon.txt``; endings are taken off until a known stem is
left, and what remains unknown is spelled by rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from extractors.translation.arabic_words import ARABIC_H, is_short, singular_of_doers, with_arabic_h
from extractors.translation.letters import in_tajik_letters

ZWNJ = "\u200c"  # the half space of Persian: joins an ending without joining its letters

_CONSONANTS = dict(zip("бвгғджзйкқлмнпрстфхҳчҷшцщ", "بوگغدژزیکقلمنپرستفخهچجشسش", strict=True))
_OTHERS = {"ъ": "ع", "ь": "", "ы": "ی", "щ": "شچ", "ц": "تس", ARABIC_H: "ح"}
_PUNCTUATION = str.maketrans({",": "،", ";": "؛", "?": "؟"})
_WORD = re.compile(r"[А-Яа-яЁёҒғӢӣҚқӮӯҲҳҶҷʼ’'-]*[А-Яа-яЁёҒғӢӣҚқӮӯҲҳҶҷ]")
# Letters typed without their marks are not guessed here.

# Endings as they are spelled after a stem: (Tajik, Persian, what the stem may end in). The longest that leaves a known
# stem wins; a stem may carry several (китоб-ҳо-и-шон-ро).
_VOWELS = "аоуиеёюяӣӯэ"
_ENDINGS: Mapping[str, str] = {
    "ро": " را",
    "ҳо": f"{ZWNJ}ها",
    "ҳои": f"{ZWNJ}های",
    "ҳоӣ": f"{ZWNJ}هایی",
    "ҳое": f"{ZWNJ}هایی",
    "ҳояш": f"{ZWNJ}هایش",
    "ҳояшон": f"{ZWNJ}هایشان",
    "ҳоро": f"{ZWNJ}ها را",
    "ҳоиро": f"{ZWNJ}های را",
    "он": "ان",
    "они": "ان",
    "онро": "ان را",
    "ён": "یان",
    "ёни": "یان",
    "гон": "گان",
    "гони": "گان",
    "вон": "وان",
    "ӣ": "ی",
    "ии": "ی",
    "гӣ": "گی",
    "гии": "گی",
    "вӣ": "وی",
    "и": "",
    "е": "ی",
    "у": " و",
    "ю": " و",
    "ву": " و",
    "ам": "م",
    "ат": "ت",
    "аш": "ش",
    "ашро": "ش را",
    "амон": "مان",
    "атон": "تان",
    "ашон": "شان",
    "ашонро": "شان را",
    "яш": "یش",
    "ямон": "یمان",
    "яшон": "یشان",
    "ад": "د",
    "анд": "ند",
    "ем": "یم",
    "ед": "ید",
    "яд": "ید",
    "янд": "یند",
    "аст": " است",
    "анда": "نده",
    "ан": "ن",
    "а": "ه",
    "да": "ده",
    "тар": "تر",
    "тари": "تر",
    "тарин": "ترین",
    "ум": "م",
    "уми": "م",
    "нок": "ناک",
    "манд": "مند",
    "дор": "دار",
    "вар": "ور",
    "гар": "گر",
    "кор": "کار",
    "бон": "بان",
    "гоҳ": "گاه",
    "истон": "ستان",
    "ият": "یت",
    "ият-и": "یت",
    "иятӣ": "یتی",
    "от": "ات",
    "оти": "ات",
    "зода": "زاده",
    "ов": "اف",
    "ова": "اوا",
    "ев": "یف",
    "ева": "یوا",
}
_SHORT_STEMS = frozenset({"ҷо", "мо", "об", "рӯ", "мӯ", "се", "ду"})
_LONGEST_ENDING = max(map(len, _ENDINGS))
_PREFIXES: Mapping[str, str] = {
    "ме": f"می{ZWNJ}",
    "наме": f"نمی{ZWNJ}",
    "ҳаме": f"همی{ZWNJ}",
    "би": "ب",
    "бу": "ب",
    "на": "ن",
    "бо": "با",
    "бе": f"بی{ZWNJ}",
    "но": "نا",
    "ҳам": "هم",
    "бар": "بر",
    "дар": "در",
    "пеш": "پیش",
    "боз": "باز",
    "сар": "سر",
}


def to_persian_script(text: str) -> str:
    """Write Tajik in Persian script; words in other alphabets, figures and line breaks stay as they are."""
    written = _WORD.sub(lambda match: _write_word(match[0]), in_tajik_letters(text))
    return written.translate(_PUNCTUATION)


def _write_word(word: str) -> str:
    if word.startswith("-"):  # 201-уми, СММ-ро: the ending of a figure or an abbreviation
        ending = word[1:].lower()
        return _ENDINGS[ending] if ending in _ENDINGS else f"-{_spell(ending)}"
    if "-" in word:
        head, *rest = word.split("-")
        parts = [_ENDINGS[part.lower()].strip() if part.lower() in _ENDINGS else _spell(part.lower()) for part in rest]
        return " ".join(filter(None, [_spell(head.lower()), *parts]))
    return _spell(word.lower())


@lru_cache(maxsize=50_000)
def _spell(word: str) -> str:
    """Spell one word in lower case: as listed, as a listed stem with endings, or by rule."""
    word = re.sub("[ʼ’']", "ъ", word)
    return _listed(word) or _with_preverb(word) or _with_prefix(word) or _compound(word) or _by_rule_with_endings(word)


def _listed(word: str, depth: int = 3) -> str | None:
    lexicon = _lexicon()
    if word in lexicon:
        return lexicon[word]
    if not depth:
        return None
    for length in range(min(_LONGEST_ENDING, len(word) - 2), 0, -1):
        ending = _ENDINGS.get(word[-length:])
        if ending is None:
            continue
        stem = word[:-length]
        if length > 2 and len(stem) < 3 and stem not in _SHORT_STEMS:
            continue  # надорад is not на + дор + ад
        if stem.endswith("и") and ending.startswith((ZWNJ, " را")):
            stem = stem[:-1] + "ӣ"  # чинӣ loses its mark before an ending: чиниҳо
        spelled = _listed(stem, depth - 1)
        if spelled is not None:
            return _join(spelled, stem, word[-length:], ending)
    return None


def _join(spelled: str, stem: str, tajik: str, ending: str) -> str:
    """Put an ending behind a spelled stem: a silent h stays apart, izofat shows after a long vowel only."""
    silent = spelled.endswith("ه") and stem[-1] in "аяе"
    if tajik == "и":
        return spelled + ("ی" if spelled[-1:] in "او" and stem[-1] in "оӯуё" else "")
    if silent and tajik in ("е", "ам", "ат", "аш", "амон", "атон", "ашон", "яш"):
        return f"{spelled}{ZWNJ}ا{ending}"
    if silent and tajik in ("анд", "аст"):
        return f"{spelled}{ZWNJ}اند" if tajik == "анд" else f"{spelled} است"
    if silent and tajik.startswith(("гон", "гӣ", "гии")):
        return spelled[:-1] + ending
    if spelled[-1:] in "او" and stem[-1] in "оӯуё" and tajik in ("ад", "анд", "ем", "ед", "аш", "ам", "ат", "ӣ", "е"):
        return f"{spelled}ی{ending}"
    return spelled + ending


# What may stand before ме in a verb: бармегардад.
_PREVERBS: Mapping[str, str] = {"бар": "بر", "дар": "در", "боз": "باز", "во": "وا", "фуру": "فرو", "фурӯ": "فرو"}


def _with_preverb(word: str) -> str | None:
    for preverb, spelled in _PREVERBS.items():
        if word.startswith((f"{preverb}ме", f"{preverb}наме")) and len(word) > len(preverb) + 5:
            return spelled + _spell(word[len(preverb) :])
    return None


def _with_prefix(word: str) -> str | None:
    for length in (4, 3, 2):
        prefix = _PREFIXES.get(word[:length])
        if prefix is not None and len(word) - length >= 3 and (spelled := _listed(word[length:])) is not None:
            if spelled.startswith("آ") and not prefix.endswith(ZWNJ):
                # An alif in the middle of a word loses its hat: ن + آمد is نیامد, باز + آمد is بازآمد.
                return f"{prefix}یا{spelled[1:]}" if prefix in ("ن", "ب") else prefix + spelled
            return prefix + spelled
    return None


def _compound(word: str) -> str | None:
    """Spell a word made of two listed ones of three letters or more (роҳсоз, кӯҳистонбадахшон)."""
    lexicon = _lexicon()
    for cut in range(len(word) - 3, 2, -1):
        if word[:cut] in lexicon and (rest := _listed(word[cut:])) is not None:
            # The half space stands after a silent h and before a participle: таъсиркунанда, боздоштшуда.
            apart = lexicon[word[:cut]][-1] == "ه" or word.startswith(("шуд", "кун", "кард", "дод"), cut)
            return lexicon[word[:cut]] + (ZWNJ if apart else "") + rest
    return None


def _by_rule_with_endings(word: str) -> str:
    """Take off one ending that cannot be part of a stem, and spell the rest letter by letter."""
    for ending in ("ҳояшонро", "ҳояшон", "ҳоиро", "ҳоро", "ҳояш", "ҳои", "ҳо", "ро", "ии"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _by_rule(word[: -len(ending)]) + _ENDINGS.get(ending, "")
    for prefix in ("наме", "ме"):
        if word.startswith(prefix) and len(word) > len(prefix) + 4:
            return _PREFIXES[prefix] + _by_rule(word[len(prefix) :])
    if (doer := singular_of_doers(word)) is not None:
        return _by_rule(doer) + "ان"
    if word.endswith("и") and len(word) >= 4:  # izofat
        return _by_rule(word[:-1]) + ("ی" if word[-2] in "оуӯ" else "")
    return _by_rule(word)


# How a vowel is written first, in the middle, last, and after another vowel.
_VOWELS_BY_PLACE: Mapping[str, tuple[str, str, str, str]] = {
    "а": ("ا", "", "ه", "ئ"),
    "о": ("آ", "ا", "ا", "ا"),
    # Long in the last syllable of most words that came from Arabic (вазир, хабир); see _is_closed for the short one.
    "и": ("ا", "ی", "ی", "ئی"),
    "ӣ": ("ای", "ی", "ی", "ئی"),
    "у": ("ا", "و", "و", "و"),
    "ӯ": ("او", "و", "و", "و"),
    "э": ("ا", "ی", "ی", "ئ"),
    "е": ("ی", "ی", "ی", "ی"),
    "ё": ("یا", "یا", "یا", "یا"),
    "ю": ("یو", "یو", "یو", "یو"),
    "я": ("ی", "ی", "یه", "ی"),
}


def _by_rule(word: str) -> str:
    word = with_arabic_h(word)
    spelled = []
    for position, letter in enumerate(word):
        if letter in _OTHERS:
            spelled.append(_OTHERS[letter])
        elif letter in _CONSONANTS:
            if word[position - 1 : position] == letter:
                continue  # a doubled consonant is written once
            spelled.append(_CONSONANTS[letter])
        elif letter in _VOWELS_BY_PLACE:
            first, middle, last, after_vowel = _VOWELS_BY_PLACE[letter]
            if position == 0:
                spelled.append(first)
            elif word[position - 1] == "и" and letter in "ёя":
                spelled.append("ا" if letter == "ё" else "")  # the и before has written the y
            elif word[position - 1] in _VOWELS:
                spelled.append(after_vowel)
            elif position == len(word) - 1:
                spelled.append(last)
            else:
                spelled.append("" if letter in "иу" and is_short(word, position) else middle)
        else:
            spelled.append(letter)
    return "".join(spelled)


@cache
def _lexicon() -> Mapping[str, str]:
    text = (files("extractors.translation") / "tajik_lexicon.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return dict(pair.replace("_", " ").split("=", 1) for line in lines for pair in line.split())
