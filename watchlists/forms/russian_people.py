"""Russian forms of a person's name: each word declined by gender, the orders it is written in, the surname alone.

Initials, and a patronymic that is not listed, cannot be spelt out here: ``watchlists.matching.people`` looks for them
around a surname in the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from watchlists.forms.form import Case, Form
from watchlists.forms.russian import pieces_of
from watchlists.forms.russian_words import (
    CASE_NAMES,
    CASES,
    Gender,
    Reading,
    by_ending,
    can_be,
    is_common_word,
    is_known,
    parses,
)
from watchlists.forms.wordlists import words_of

Declined = tuple[tuple[str, ...], ...]  # the forms of a word in the order of CASES
_GENDERS: tuple[Gender, ...] = ("masc", "femn")

_PATRONYMIC = re.compile(r".+(?:вич|ьич|мич|тич|ничн?а|вна|ична|оглы|кызы|углы|угли|қизи)$", re.IGNORECASE)
_FEMALE_PATRONYMIC = re.compile(r".+(?:вна|ична|инична|кызы|қизи)$", re.IGNORECASE)
_FEMALE_SURNAME = re.compile(r".+(?:ова|ева|ёва|ина|ына|ская|цкая|ая)$", re.IGNORECASE)
_MALE_SURNAME = re.compile(r".+(?:ов|ев|ёв|ин|ын|ский|цкий|ой|ый)$", re.IGNORECASE)


def people_forms(name: str, *, language: str = "ru") -> Iterator[Form]:
    """Yield the forms of a person's listed name, the name itself first; the surname alone is weak."""
    pieces, _ = pieces_of(name)
    words = _with_particles([piece.word for piece in pieces])
    seen: set[str] = set()
    for text, reasons, weak, case in itertools.chain([(name, (), False, case_of_person(words))], _spelt(name, words)):
        if text not in seen:
            seen.add(text)
            yield Form(text=text, name=name, language=language, reasons=reasons, weak=weak, case=case)


def case_of_person(words: Sequence[str]) -> Case:
    """Tell which capitals a person's name needs: a single word that means something else needs its own."""
    if len(words) != 1:
        return "any"
    return "capital" if is_common_word(words[0]) or len(words[0]) <= 4 else "any"


def _spelt(name: str, words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], bool, Case]]:
    if not words:
        return
    person = _parts(words)
    declined = {word: _decline(word, person.gender, is_surname=word == person.surname) for word in words}
    for order, reasons in _orders(words, person):
        case = case_of_person(order)
        for text, case_reasons in _in_cases([declined[word] for word in order], name, as_listed=order == tuple(words)):
            yield text, (*reasons, *case_reasons), False, case
        if len(order) > 1 and not any(_is_given(word) or _PATRONYMIC.fullmatch(word) for word in order[:-1]):
            # Foreign names: often only the last word declines (Ким Чен Ына, Ахмад Шах Масуда).
            still: list[Declined] = [((word,),) * len(CASES) for word in order[:-1]]
            for text, case_reasons in _in_cases([*still, declined[order[-1]]], name, as_listed=order == tuple(words)):
                yield text, (*reasons, *case_reasons), False, case
    for part, reason in _weak_parts(words, person):
        for text, case_reasons in _in_cases([declined[word] for word in part], name, as_listed=False):
            yield text, (reason, *case_reasons), True, "capital"


def _weak_parts(words: Sequence[str], person: _Person) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what of a name is met alone, and what to call it: weak, for others may bear it."""
    if len(words) > 1 and len(person.surname) > 1:
        yield (person.surname,), "surname alone"
    if person.given and " " not in person.given and len(person.given) > 2 and _is_given(person.given):
        yield (person.given,), "given name alone"
        if len(person.middle) == 1 and _PATRONYMIC.fullmatch(person.middle[0]):
            yield (person.given, person.middle[0]), "name and patronymic alone"


def _with_particles(words: Sequence[str]) -> tuple[str, ...]:
    """Join a particle to the word it belongs to: Ле Пен, Абу Бакр."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].split(" ")[-1].lower() in words_of("particles, ru"):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class _Person:
    """The parts of a listed name; ``given`` and ``middle`` are empty for a single word."""

    given: str
    middle: tuple[str, ...]
    surname: str
    surname_first: bool
    gender: Gender | None


def _parts(words: Sequence[str]) -> _Person:
    given, middle, surname, surname_first = _split(words)
    return _Person(given, middle, surname, surname_first, _gender(given, middle, surname))


def _split(words: Sequence[str]) -> tuple[str, tuple[str, ...], str, bool]:
    """Tell given name, what stands in the middle, surname, and whether the surname came first."""
    if len(words) == 1:
        return "", (), words[0], False
    first, last = words[0], words[-1]
    patronymic = next((word for word in words[1:-1] if _PATRONYMIC.fullmatch(word)), None)
    if len(words) == 3 and patronymic is None and _PATRONYMIC.fullmatch(last) and not can_be(last, "Surn", "nomn"):
        return words[1], (last,), first, True
    comes_first = first.lower() in words_of("surnames that come first, ru")
    if comes_first and patronymic is None and (len(words) == 3 or not can_be(first, "Name")):
        return " ".join(words[1:]), (), first, True
    is_style = first.lower() in words_of("styles, ru")
    if len(words) == 2 and not is_style and _is_given(last) and _is_plain_surname(first):
        return last, (), first, True
    return first, tuple(words[1:-1]), last, False


def _is_given(word: str) -> bool:
    return can_be(word, "Name", "nomn")


def _is_plain_surname(word: str) -> bool:
    shaped = _MALE_SURNAME.fullmatch(word) or _FEMALE_SURNAME.fullmatch(word)
    return not _is_given(word) and (shaped is not None or can_be(word, "Surn", "nomn")) and not can_be(word, "Name")


def _gender(given: str, middle: Sequence[str], surname: str) -> Gender | None:
    """Tell the gender from the patronymic, the given name or the surname's ending; ``None`` where none of them does."""
    for word in middle:
        if _PATRONYMIC.fullmatch(word):
            return "femn" if _FEMALE_PATRONYMIC.fullmatch(word) else "masc"
    if of_given := _gender_of_given(given.split(" ", maxsplit=1)[0]):
        return of_given
    if _FEMALE_SURNAME.fullmatch(surname) and not can_be(surname, "masc", "Surn", "nomn"):
        return "femn"
    return "masc" if _MALE_SURNAME.fullmatch(surname) else None


def _gender_of_given(word: str) -> Gender | None:
    genders: set[Gender] = {gender for gender in _GENDERS if word and can_be(word, "Name", "nomn", "sing", gender)}
    return genders.pop() if len(genders) == 1 else None


def _orders(words: Sequence[str], person: _Person) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the orders of words a name is written in, each with its reasons, the listed one first."""
    given, middle, surname = person.given, person.middle, person.surname
    yield tuple(words), ()
    if not given or " " in given or len(words) == 1:
        return
    if middle:
        yield (given, surname), ("without middle name",)
        yield (surname, given, *middle), ("surname first",)
        if len(middle) == 1 and not _PATRONYMIC.fullmatch(middle[0]):
            yield (middle[0], surname), ("without first name",)
    if person.surname_first:
        yield (given, *middle, surname), ("surname last",)
    yield (surname, given), ("surname first",)


def _in_cases(declined: Sequence[Declined], name: str, *, as_listed: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words together in each case, with the separators of the listed name where the order is its own."""
    separators = [piece.before for piece in pieces_of(name)[0]][1:] if as_listed else []
    if len(separators) != len(declined) - 1:
        separators = [" "] * (len(declined) - 1)
    for position, case in enumerate(CASES):
        reasons = (CASE_NAMES[case],) if case != "nomn" else ()
        for words in itertools.islice(itertools.product(*(forms[position] for forms in declined)), 48):
            text = words[0] + "".join(part for pair in zip(separators, words[1:], strict=True) for part in pair)
            yield text, reasons


@lru_cache(maxsize=50_000)
def _decline(word: str, gender: Gender | None, *, is_surname: bool) -> Declined:
    """Return the forms of one word of a person's name in the six cases."""
    if " " in word:
        before, _, last = word.rpartition(" ")
        of_last = _decline(last, gender, is_surname=is_surname)
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
    if gender is None or not any(found[1:]):
        for forms in found:
            forms.append(lower)
    return tuple(tuple(dict.fromkeys(_capitalised(form, word) for form in forms)) or (word,) for forms in found)


def _is_cyrillic(word: str) -> bool:
    return all("а" <= character <= "я" or character in "ё-" for character in word.lower())


def _capitalised(form: str, like: str) -> str:
    return form[:1].upper() + form[1:] if like[:1].isupper() else form


def _decline_hyphenated(word: str, gender: Gender | None, *, is_surname: bool) -> Declined:
    parts = word.split("-")
    declined = [_decline(part, gender, is_surname=is_surname) for part in parts]
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
        elif not can_be(lower, "Name", "nomn"):
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
