"""Decline a Russian word that is in no dictionary by its ending; several ways where the ending allows several.

Most names of the beat are in none. A form that nobody would write costs nothing, a form that is missing costs a
mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

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
ADJECTIVE = re.compile(r"(.{2,}(?:ск|цк|н|в))(ий|ый|ой|ая|ое|ие|ые)")
VOWELS = frozenset("аеёиоуыэюя")
_HUSHING = frozenset("жшчщ")


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


def by_ending(lower: str) -> Iterable[Reading]:
    """Decline a word that is in no dictionary as its ending allows; several ways where it allows several."""
    if len(lower) == 1:
        return  # an initial: А. И. Бастрыкин
    for gender, number, table in _tables_for(lower):
        yield noun(gender, number, table)
    if found := ADJECTIVE.fullmatch(lower):
        yield adjective_by_ending(found[1], found[2])


def adjective_by_ending(stem: str, ending: str) -> Reading:
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


def noun(gender: Gender | None, number: Number, table: list[list[str]]) -> Reading:
    """Return a noun of the forms in ``table``, by case, with the plural that its stem makes."""
    forms: dict[Slot, tuple[str, ...]] = {
        (case, number): tuple(dict.fromkeys(words)) for case, words in zip(CASES, table, strict=True)
    }
    if number == "sing" and (genitive := table[1][0])[-1] in "аяыи":
        # A drone, drones: Байрактары, Шахедами.
        soft = table[0][0][-1] in "йья"
        stem = genitive[:-1]
        plural = _plural(stem, "и" if soft or stem[-1] in "гкхжшчщ" else "ы", soft=soft)
        forms |= {(case, "plur"): tuple(words) for case, words in zip(CASES, plural, strict=True)}
    return Reading(False, number, gender, forms, {}, known=False)


def _tables_for(lower: str) -> Iterable[tuple[Gender | None, Number, list[list[str]]]]:
    stem, last = lower[:-1], lower[-1]
    before = stem[-1:] or " "
    if last not in VOWELS and last not in "ьй":
        yield "masc", "sing", masculine_hard(lower)
        if (fleeting := _without_fleeting_vowel(lower)) is not None:
            yield "masc", "sing", masculine_hard(fleeting, nominative=lower)
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
        yield None, "plur", _plural(stem, last, soft=last == "и" and before not in "гкхжшчщ")


def masculine_hard(stem: str, *, nominative: str | None = None) -> list[list[str]]:
    """Return the forms by case of a masculine noun in a consonant; ``stem`` is without the vowel that it loses."""
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
    if before in VOWELS:
        return lower[:-2] + "й" + lower[-1] if lower[-2] in "её" else None
    return lower[:-2] + ("ь" if before == "л" and lower[-1] == "ц" else "") + lower[-1]


def _table(stem: str, *endings: str | tuple[str, ...]) -> list[list[str]]:
    return [[stem + end for end in ((ends,) if isinstance(ends, str) else ends)] for ends in endings]


def _plural(stem: str, last: str, *, soft: bool) -> list[list[str]]:
    vowels = ("ям", "ями", "ях") if soft else ("ам", "ами", "ах")
    return [
        [stem + last],
        [stem, f"{stem}ов", f"{stem}ей"] if not soft else [f"{stem}ей", f"{stem}ь", f"{stem}й"],
        [stem + vowels[0]],
        [stem + last],
        [stem + vowels[1]],
        [stem + vowels[2]],
    ]
