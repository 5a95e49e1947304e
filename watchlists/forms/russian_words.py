"""Decline one Russian word: by pymorphy3's dictionary where it has the word, by its ending where it has not.

Most names of the beat are in no dictionary. For those, what the ending allows is generated; a form that nobody would
write costs nothing, a form that is missing costs a mention.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

Gender = Literal["masc", "femn", "neut"]
Number = Literal["sing", "plur"]
Slot = tuple[str, str]  # case and number, in pymorphy's words
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
CASE_NAMES = {
    "nomn": "nominative",
    "gent": "genitive",
    "datv": "dative",
    "accs": "accusative",
    "ablt": "instrumental",
    "loct": "prepositional",
}
_CASE_OF = {
    **{case: case for case in CASES},
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
}
_CYRILLIC_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)-(й|ый|ой|я|ая|е|ое|го|го|му|ю|ую|х|ых|м|ым|ми)")
_NUMBERED = re.compile(r"([А-ЯЁ]?[а-яё]{3,})(-\d\w*)")  # Орлан-10, Рубеж-2024
_ADJECTIVE = re.compile(r"(.{2,}(?:ск|цк|н|в))(ий|ый|ой|ая|ое|ие|ые)")
_VOWELS = frozenset("аеёиоуыэюя")
_HUSHING = frozenset("жшчщ")
# Between them the first noun of a place name declines and the rest stays: Ростов-на-Дону.
_JOINTS = frozenset({"на", "над", "под", "де", "ла", "эль", "аль", "ан", "аш", "и", "о", "ле", "сюр"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a nominative word, with its forms by case and number.

    An adjective has forms for each gender in ``by_gender``; a noun has them in ``forms`` and a gender of its own.
    ``known`` tells a word of the dictionary from a guess by its ending.
    """

    is_adjective: bool
    number: Number
    gender: Gender | None
    forms: Mapping[Slot, tuple[str, ...]]
    by_gender: Mapping[tuple[str, str, str], tuple[str, ...]]
    known: bool = True


@cache
def morphology() -> Any:
    """Return pymorphy3's analyzer, loaded once a process (about 0.2 s)."""
    import pymorphy3  # noqa: PLC0415  heavy, and not needed where a compiled matcher is read from the cache

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=100_000)
def parses(word: str) -> tuple[Any, ...]:
    """Return pymorphy's readings of a word, in the dictionary or guessed."""
    return tuple(morphology().parse(word))


@lru_cache(maxsize=100_000)
def is_known(word: str) -> bool:
    """Tell whether pymorphy's dictionary has a word, in lower case; its own property looks it up at every asking."""
    return bool(morphology().word_is_known(word))


@lru_cache(maxsize=100_000)
def is_common_word(word: str) -> bool:
    """Tell whether a word, in lower case, is also a form of something other than a name."""
    lower = word.lower()
    if not is_known(lower):
        return False
    proper = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"}
    return any(not proper & set(parse.tag.grammemes) for parse in parses(lower))


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the ways to decline a word that stands in its base form; empty for one that never changes."""
    lower = word.lower()
    if ordinal := _ORDINAL.fullmatch(lower):
        return (_ordinal(ordinal[1], ordinal[2]),)
    if numbered := _NUMBERED.fullmatch(word):
        return tuple(_with_tail(reading, numbered[2]) for reading in readings(numbered[1]))
    if not _CYRILLIC_WORD.fullmatch(lower):
        return ()
    if word.isupper() and len(word) > 1:
        return _acronym(word)
    found = tuple(_of_dictionary(lower))
    if found and can_be(lower, "Geox") and lower[-1] not in _VOWELS and lower[-1] not in "йь":
        # The dictionary takes some places of the region for words that lose a vowel: Лахор, Лахра.
        found += (_noun("masc", "sing", _masculine_hard(lower)),)
    shape = _ADJECTIVE.fullmatch(lower)
    if found and shape and can_be(lower, "Geox") and not any(reading.is_adjective for reading in found):
        # A village in the dictionary, and here perhaps the adjective of a lake: Сарезское.
        found += (_adjective_by_ending(shape[1], shape[2]),)
    if not found and "-" in lower:
        found = tuple(_hyphenated(lower))
    elif not found and not can_be(lower, "Fixd", "nomn"):
        found = tuple(by_ending(lower))
    return tuple(_with_capitals_of(reading, word) for reading in found)


def can_be(word: str, *grammemes: str) -> bool:
    """Tell whether the dictionary allows a word all of these properties at once."""
    lower = word.lower()
    wanted = set(grammemes)
    return is_known(lower) and any(wanted <= parse.tag.grammemes for parse in parses(lower))


def _of_dictionary(lower: str) -> Iterable[Reading]:
    seen: set[tuple[str, str]] = set()
    for parse in parses(lower) if is_known(lower) else ():
        tag = parse.tag
        if tag.case != "nomn" or tag.POS not in {"NOUN", "ADJF", "PRTF", "NUMR"}:
            continue
        if "Fixd" in tag.grammemes or (parse.normal_form, tag.POS + str(tag.number)) in seen:
            continue
        seen.add((parse.normal_form, tag.POS + str(tag.number)))
        is_adjective = tag.POS in {"ADJF", "PRTF"}
        yield _reading_of(parse, is_adjective=is_adjective)


def _reading_of(parse: Any, *, is_adjective: bool) -> Reading:
    forms: dict[Slot, list[str]] = {}
    by_gender: dict[tuple[str, str, str], list[str]] = {}
    for other in parse.lexeme:
        tag = other.tag
        case = _CASE_OF.get(tag.case or "")
        # -ою for -ой is poetry, and would double the forms of every phrase.
        if case is None or "V-oy" in tag.grammemes or (is_adjective and not _same_adjective(parse.tag, tag)):
            continue
        if is_adjective:
            by_gender.setdefault((case, tag.number, tag.gender or ""), []).append(other.word)
        else:
            forms.setdefault((case, tag.number), []).append(other.word)
    return Reading(
        is_adjective,
        parse.tag.number or "sing",
        parse.tag.gender,
        {slot: tuple(dict.fromkeys(words)) for slot, words in forms.items()},
        {slot: tuple(dict.fromkeys(words)) for slot, words in by_gender.items()},
    )


def _same_adjective(tag: Any, other: Any) -> bool:
    """Keep out what pymorphy counts among the forms: superlatives, other participles of the verb."""
    superlative = ("Supr" in tag.grammemes) == ("Supr" in other.grammemes)
    return superlative and (tag.POS, tag.voice, tag.tense) == (other.POS, other.voice, other.tense)


def _with_capitals_of(reading: Reading, word: str) -> Reading:
    if word == word.lower():
        return reading
    return Reading(
        reading.is_adjective,
        reading.number,
        reading.gender,
        {slot: tuple(_capitals(form, word) for form in forms) for slot, forms in reading.forms.items()},
        {slot: tuple(_capitals(form, word) for form in forms) for slot, forms in reading.by_gender.items()},
        reading.known,
    )


def _capitals(form: str, like: str) -> str:
    """Write a form with the capitals of the word it comes from: each hyphenated part has its own."""
    written, models = form.split("-"), like.split("-")
    return "-".join(
        part if index >= len(models) or not models[index][:1].isupper() else part[:1].upper() + part[1:]
        for index, part in enumerate(written)
    )


def _with_tail(reading: Reading, tail: str) -> Reading:
    forms = {slot: tuple(form + tail for form in forms) for slot, forms in reading.forms.items()}
    by_gender = {slot: tuple(form + tail for form in forms) for slot, forms in reading.by_gender.items()}
    return Reading(reading.is_adjective, reading.number, reading.gender, forms, by_gender, reading.known)


def _ordinal(number: str, ending: str) -> Reading:
    """Decline a number with an ending: 201-я, 201-й, 201-ю; the bare number is understood too (201 РВБ)."""
    endings = {
        "masc": ("й ый ой", "го ого", "му ому", "й ый ой го ого", "м ым", "м ом"),
        "neut": ("е ое", "го ого", "му ому", "е ое", "м ым", "м ом"),
        "femn": ("я ая", "й ой", "й ой", "ю ую", "й ой", "й ой"),
        "": ("е ые", "х ых", "м ым", "е ые х ых", "ми ыми", "х ых"),
    }
    by_gender = {
        (case, "sing" if gender else "plur", gender): (*(f"{number}-{end}" for end in ends.split()), number)
        for gender, by_case in endings.items()
        for case, ends in zip(CASES, by_case, strict=True)
    }
    gender: dict[str, Gender] = {"я": "femn", "ая": "femn", "й": "masc", "ый": "masc", "ой": "masc", "ое": "neut"}
    return Reading(True, "plur" if ending == "ые" else "sing", gender.get(ending), {}, by_gender)


def _acronym(word: str) -> tuple[Reading, ...]:
    """Decline what is spoken as a word and ends in a consonant: МИДа, ШОСом. Others stay as they are."""
    if len(word) < 3 or "-" in word or word[-1].lower() in _VOWELS or word[-2].lower() not in _VOWELS:
        return ()
    endings = {"nomn": "", "gent": "а", "datv": "у", "accs": "", "ablt": "ом", "loct": "е"}
    forms = {(case, "sing"): (word,) if not end else (word, word + end) for case, end in endings.items()}
    return (Reading(False, "sing", "masc", forms, {}, known=False),)


def _hyphenated(lower: str) -> Iterable[Reading]:
    """Decline the last part, or the first before a joint, or all parts together."""
    parts = lower.split("-")
    if len(parts) > 2 and parts[1] in _JOINTS:
        yield from _joined([readings(parts[0]), *([()] * (len(parts) - 1))], parts)
        return
    yield from _joined([*([()] * (len(parts) - 1)), readings(parts[-1])], parts)
    if len(parts) == 2 and all(readings(part) for part in parts):
        yield from _joined([readings(part) for part in parts], parts)


def _joined(by_part: list[tuple[Reading, ...]], parts: list[str]) -> Iterable[Reading]:
    """Combine the readings of the parts that decline; a part with none stays as it is."""
    options = [part_readings or (None,) for part_readings in by_part]
    for chosen in itertools.islice(itertools.product(*options), 6):
        moving = [reading for reading in chosen if reading is not None]
        if not moving or len({reading.is_adjective for reading in moving}) > 1:
            continue
        last = moving[-1]
        slots: Iterable[Any] = last.by_gender if last.is_adjective else last.forms
        combined: dict[Any, tuple[str, ...]] = {}
        for slot in slots:
            written = [
                (part,)
                if reading is None
                else (reading.by_gender if last.is_adjective else reading.forms).get(slot, ())
                for part, reading in zip(parts, chosen, strict=True)
            ]
            combined[slot] = tuple("-".join(words) for words in itertools.islice(itertools.product(*written), 8))
        empty: dict[Any, tuple[str, ...]] = {}
        yield Reading(
            last.is_adjective,
            last.number,
            last.gender,
            empty if last.is_adjective else combined,
            combined if last.is_adjective else empty,
            known=False,
        )


def by_ending(lower: str) -> Iterable[Reading]:
    """Decline a word that is in no dictionary as its ending allows; several ways where it allows several."""
    for gender, number, table in _tables_for(lower):
        yield _noun(gender, number, table)
    if lower[-1] in "ыи":
        for parse in parses(lower):  # a plural by its likeness to a word that is known: Викиновости
            if parse.tag.POS == "NOUN" and parse.tag.case == "nomn" and parse.tag.number == "plur":
                yield _reading_of(parse, is_adjective=False)
                break
    if found := _ADJECTIVE.fullmatch(lower):
        yield _adjective_by_ending(found[1], found[2])


def _adjective_by_ending(stem: str, ending: str) -> Reading:
    """Decline an adjective of the kinds that place names are made with: Сарезское, Шугнанский."""
    i = "и" if stem[-1] in "гкхжшчщ" else "ы"
    masculine = (f"{i}й", "ого", "ому", f"{i}й ого", f"{i}м", "ом")
    by_ending: dict[str, tuple[str, ...]] = {
        "masc": masculine,
        "neut": ("ое", *masculine[1:3], "ое", *masculine[4:]),
        "femn": ("ая", "ой", "ой", "ую", "ой", "ой"),
        "": (f"{i}е", f"{i}х", f"{i}м", f"{i}е {i}х", f"{i}ми", f"{i}х"),
    }
    by_gender = {
        (case, "sing" if gender else "plur", gender): tuple(stem + end for end in ends.split())
        for gender, by_case in by_ending.items()
        for case, ends in zip(CASES, by_case, strict=True)
    }
    genders: dict[str, Gender] = {"ая": "femn", "ое": "neut"}
    is_plural = ending.endswith("е") and ending != "ое"
    gender = None if is_plural else genders.get(ending, "masc")
    return Reading(True, "plur" if is_plural else "sing", gender, {}, by_gender, known=False)


def _noun(gender: Gender | None, number: Number, table: list[list[str]]) -> Reading:
    forms: dict[Slot, tuple[str, ...]] = {
        (case, number): tuple(dict.fromkeys(words)) for case, words in zip(CASES, table, strict=True)
    }
    return Reading(False, number, gender, forms, {}, known=False)


def _tables_for(lower: str) -> Iterable[tuple[Gender | None, Number, list[list[str]]]]:
    stem, last = lower[:-1], lower[-1]
    before = stem[-1:] or " "
    if last not in _VOWELS and last not in "ьй":
        yield "masc", "sing", _masculine_hard(lower)
        if (fleeting := _without_fleeting_vowel(lower)) is not None:
            yield "masc", "sing", _masculine_hard(fleeting, nominative=lower)
    elif last == "й":
        yield "masc", "sing", _table(stem, "й", "я", "ю", ("й", "я"), ("ем", "ём"), "и" if before == "и" else "е")
    elif last == "ь":
        yield "masc", "sing", _table(stem, "ь", "я", "ю", ("ь", "я"), ("ем", "ём"), "е")
        yield "femn", "sing", _table(stem, "ь", "и", "и", "ь", "ью", "и")
    elif last == "а":
        genitive = "и" if before in "гкхжшчщ" else "ы"
        yield "femn", "sing", _table(stem, "а", genitive, "е", "у", ("ой", "ей"), "е")
    elif last == "я":
        yield (
            "femn",
            "sing",
            _table(stem, "я", "и", ("и", "е") if before == "и" else "е", "ю", ("ей", "ёй"), ("и", "е")),
        )
    elif last == "о":
        yield "neut", "sing", _table(stem, "о", ("о", "а"), ("о", "у"), "о", ("о", "ом"), ("о", "е"))
    elif last == "е" and before in "оеие":
        yield "neut", "sing", _table(stem, "е", ("е", "я"), ("е", "ю"), "е", ("е", "ем"), ("е", "и"))
    elif last == "ы" or (last == "и" and before in "гкхжшчщц"):
        yield None, "plur", _plural(stem, last)


def _masculine_hard(stem: str, *, nominative: str | None = None) -> list[list[str]]:
    instrumental = ("ем", "ом") if stem[-1] in _HUSHING or stem[-1] == "ц" else ("ом",)
    name = nominative or stem
    return [
        [name],
        [f"{stem}а"],
        [f"{stem}у"],
        [name, f"{stem}а"],
        [f"{stem}{end}" for end in instrumental],
        [f"{stem}е"],
    ]


def _without_fleeting_vowel(lower: str) -> str | None:
    """Return the stem of what loses a vowel when it declines: -ец, -ок, -ек (Лавренец, Лавренца)."""
    if len(lower) < 5 or lower[-2:] not in {"ец", "ок", "ек", "ёк"}:
        return None
    before = lower[-3]
    if before in _VOWELS:
        return lower[:-2] + "й" + lower[-1] if lower[-2] in "её" else None
    return lower[:-2] + ("ь" if before == "л" and lower[-1] == "ц" else "") + lower[-1]


def _table(stem: str, *endings: str | tuple[str, ...]) -> list[list[str]]:
    return [[stem + end for end in ((ends,) if isinstance(ends, str) else ends)] for ends in endings]


def _plural(stem: str, last: str) -> list[list[str]]:
    soft = last == "и" and stem[-1:] not in "гкхжшчщ"
    vowels = ("ям", "ями", "ях") if soft else ("ам", "ами", "ах")
    return [
        [stem + last],
        [stem, f"{stem}ов", f"{stem}ей"] if not soft else [f"{stem}ей", f"{stem}ь", f"{stem}й"],
        [stem + vowels[0]],
        [stem + last],
        [stem + vowels[1]],
        [stem + vowels[2]],
    ]
