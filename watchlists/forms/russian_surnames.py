"""Decline one word of a person's name: by the dictionary of names, else as grammars of Russian decline surnames."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from watchlists.forms.russian_endings import CASES, Gender, Reading, by_ending
from watchlists.forms.russian_words import can_be, is_common_word, is_known, parses, readings
from watchlists.forms.wordlists import words_of

Declined = tuple[tuple[str, ...], ...]  # the forms of a word in the order of CASES
# Surnames that as many writers leave as they are: Рахимзода, Лакруа.
_MAY_STAY = re.compile(r"(?:з[ао]да|[уоие]а)$")


@lru_cache(maxsize=50_000)
def decline(word: str, gender: Gender | None, *, is_surname: bool) -> Declined:
    """Return the forms of one word of a person's name in the six cases."""
    if " " in word:
        before, _, last = word.rpartition(" ")
        of_last = decline(last, gender, is_surname=is_surname)
        return tuple(tuple(f"{before} {form}" for form in forms) for forms in of_last)
    lower = word.lower()
    if (
        lower in words_of("particles, ru")
        or len(word) == 1
        or (word.isupper() and len(word) > 1)
        or not _is_cyrillic(word)
    ):
        return ((word,),) * len(CASES)
    if "-" in word:
        return _decline_hyphenated(word, gender, is_surname=is_surname)
    found: list[list[str]] = [[] for _ in CASES]
    for table in _tables(lower, gender, is_surname=is_surname):
        for forms, more in zip(found, table, strict=True):
            forms.extend(more)
    found[0].insert(0, lower)
    if gender is None or not any(found[1:]) or _MAY_STAY.search(lower):
        for forms in found:
            forms.append(lower)
    return tuple(tuple(dict.fromkeys(_capitalised(form, word) for form in forms)) or (word,) for forms in found)


def _is_cyrillic(word: str) -> bool:
    return all("а" <= character <= "я" or character in "ё-" for character in word.lower())


def _capitalised(form: str, like: str) -> str:
    return form[:1].upper() + form[1:] if like[:1].isupper() else form


def _decline_hyphenated(word: str, gender: Gender | None, *, is_surname: bool) -> Declined:
    parts = word.split("-")
    declined = [decline(part, gender, is_surname=is_surname) for part in parts]
    stays = _all_but_last_stay(parts)
    return tuple(
        tuple(
            dict.fromkeys(
                "-".join(forms)
                for forms in itertools.product(
                    *(
                        (part,) if stays and position < len(parts) - 1 else dict.fromkeys((*by_case[index], part))
                        for position, (part, by_case) in enumerate(zip(parts, declined, strict=True))
                    )
                )
            )
        )
        for index in range(len(CASES))
    )


def _all_but_last_stay(parts: Sequence[str]) -> bool:
    return any(part.lower() in words_of("particles, ru") for part in parts[:-1])


def _tables(lower: str, gender: Gender | None, *, is_surname: bool) -> Iterable[Sequence[Sequence[str]]]:
    genders: tuple[Gender, ...] = (gender,) if gender else ("masc", "femn")
    for each in genders:
        yield from _of_dictionary(lower, each)
        if is_surname:
            yield from _of_surname(lower, each)
        elif lower.endswith("и") and can_be(f"{lower}й", "Name", "nomn", each):
            yield from _of_dictionary(f"{lower}й", each)  # Григори Фингер: Григорию Фингеру
        elif not can_be(lower, "Name", "nomn", each):
            yield from (_by_case(reading) for reading in by_ending(lower) if _fits(reading, lower, each))


def _of_dictionary(lower: str, gender: Gender) -> Iterable[Sequence[Sequence[str]]]:
    for parse in parses(lower) if is_known(lower) else ():
        tag = parse.tag
        names = {"Name", "Surn", "Patr"} & tag.grammemes
        if not (names and tag.case == "nomn" and tag.number == "sing"):
            continue
        if tag.gender not in (gender, None) and "ms-f" not in tag.grammemes:
            continue
        lexeme = [
            other
            for other in parse.lexeme
            if other.tag.number == "sing" and other.tag.gender == tag.gender and "V-oy" not in other.tag.grammemes
        ]
        yield [[other.word for other in lexeme if _same_case(other.tag.case, case)] for case in CASES]


def _same_case(found: str | None, case: str) -> bool:
    return found == case or (case == "gent" and found == "gen2") or (case == "loct" and found == "loc2")


def _of_surname(lower: str, gender: Gender) -> Iterable[Sequence[Sequence[str]]]:
    """Decline a surname by its ending, as the grammars of Russian give it."""
    stem = lower[:-2]
    if gender == "femn":
        if lower.endswith(("ова", "ева", "ёва", "ина", "ына")):
            short = lower[:-1]
            yield [[lower], [f"{short}ой"], [f"{short}ой"], [f"{short}у"], [f"{short}ой"], [f"{short}ой"]]
        elif lower.endswith(("ая", "яя")):
            soft = lower.endswith("яя")
            oblique = stem + ("ей" if soft else "ой")
            oblique_too = stem + "ей"
            both = [oblique, oblique_too]
            yield [[lower], both, both, [stem + ("юю" if soft else "ую")], both, both]
        elif lower[-1] in "ая":
            yield from (_by_case(reading) for reading in by_ending(lower))
        return
    if lower.endswith(("ий", "ый", "ой")):
        soft = lower.endswith("ий") and stem[-1:] not in "гкхжшчщ"
        a, m = ("его", "им") if soft else ("ого", "им" if lower.endswith("ий") or stem[-1:] in "гкхжшчщ" else "ым")
        u, o = ("ему", "ем") if soft else ("ому", "ом")
        yield [[lower], [stem + a], [stem + u], [stem + a], [stem + m], [stem + o]]
    if lower.endswith(("ов", "ев", "ёв", "ин", "ын")):
        yield [[lower], [f"{lower}а"], [f"{lower}у"], [f"{lower}а"], [f"{lower}ым", f"{lower}ом"], [f"{lower}е"]]
    elif not lower.endswith(("ых", "их", "ово", "аго", "яго", "ий", "ый", "ой")):
        if is_common_word(lower):  # Заяц, Зайца
            yield from (_by_case(reading) for reading in readings(lower) if _fits(reading, lower, gender))
        yield from (_by_case(reading) for reading in by_ending(lower) if _fits(reading, lower, gender))


def _fits(reading: Reading, lower: str, gender: Gender) -> bool:
    """Tell whether a man or a woman can be called by a noun of this kind: women's names in consonants stay."""
    if reading.is_adjective or reading.number == "plur" or lower[-1] in "оеиыуюэё":
        return False
    return lower[-1] in "ая" or reading.gender == gender


def _by_case(reading: Reading) -> list[list[str]]:
    # A man's accusative is his genitive.
    cases = ("nomn", "gent", "datv", "gent", "ablt", "loct") if reading.gender == "masc" else CASES
    return [list(reading.forms.get((case, reading.number), ())) for case in cases]
