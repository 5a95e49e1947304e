"""Russian forms of a person's name: each word declined by gender, the orders it is written in, the surname alone.

Initials, and a patronymic that is not listed, cannot be spelt out here: ``watchlists.matching.growing`` looks for them
around a surname in the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchlists.forms.form import Case, Form
from watchlists.forms.pieces import pieces_of
from watchlists.forms.russian_endings import CASE_NAMES, CASES, Gender
from watchlists.forms.russian_surnames import Declined, decline
from watchlists.forms.russian_words import can_be, is_common_word, is_known
from watchlists.forms.wordlists import words_of

_GENDERS: tuple[Gender, ...] = ("masc", "femn")

_PATRONYMIC = re.compile(r".+(?:вич|ьич|мич|тич|ничн?а|вна|ична|оглы|кызы|углы|угли|қизи)$", re.IGNORECASE)
_FEMALE_PATRONYMIC = re.compile(r".+(?:вна|ична|инична|кызы|қизи)$", re.IGNORECASE)
_FEMALE_SURNAME = re.compile(r".+(?:ова|ева|ёва|ина|ына|ская|цкая|ая)$", re.IGNORECASE)
# Chinese syllables as the Russian press writes them.
_PALLADIUS = re.compile(
    r"(?:(?:чж|цз|[бпмфдтнлгкхцсжчшзрв])?"
    r"(?:юань|уань|юэ|юнь|янь|яо|ян|юн|уай|уан|унь|уа|уй|ун|уо|ань|ан|ай|ао|энь|эн|эй|эр|оу|инь|ин|[аоэиуюяеы]))+",
    re.IGNORECASE,
)
_DOUBLED = re.compile(r"([бвгдзклмнпрстфхш])\1", re.IGNORECASE)
# Not аль-Асад: a particle has no capital of its own, or two letters.
_PARTS = re.compile(r"[А-ЯЁ][а-яё]{2,}-[А-ЯЁа-яё][а-яё]{2,}")
_LONG = 6  # letters of a word in which a doubled one is easily lost: Мохаммад, but not Анна
_MALE_SURNAME = re.compile(r".+(?:ов|ев|ёв|ин|ын|ский|цкий|ой|ый)$", re.IGNORECASE)


def people_forms(name: str, *, language: str = "ru") -> Iterator[Form]:
    """Yield the forms of a person's listed name, the name itself first; the surname alone is weak."""
    pieces, _ = pieces_of(name)
    words = _with_particles([piece.word for piece in pieces])
    seen: set[str] = set()
    listed = (name, (), False, case_of_person(words))
    spellings = itertools.chain([listed], _spelt(name, words), _single(words), _together(words))
    for text, reasons, weak, case in spellings:
        if text not in seen:
            seen.add(text)
            yield Form(text=text, name=name, language=language, reasons=reasons, weak=weak, case=case)


def _single(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], bool, Case]]:
    """Yield the name with the doubled letters of its long words typed once: Касым-Жомарт, Мохамад."""
    once = tuple(_DOUBLED.sub(r"\1", word) if len(word) >= _LONG else word for word in words)
    if len(words) > 1 and once != tuple(words):
        for text, reasons, weak, case in _spelt(" ".join(once), once):
            if not weak:
                yield text, ("doubled letter typed once", *reasons), False, case


def _together(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], bool, Case]]:
    """Yield the name with a given name of two parts written as one word: Касымжомарт for Касым-Жомарт."""
    surname = _parts(words).surname
    joined = tuple(word if word == surname else _PARTS.sub(_in_one, word) for word in words)
    if len(words) > 1 and joined != tuple(words):
        for text, reasons, weak, case in _spelt(" ".join(joined), joined):
            if not weak:
                yield text, ("written together", *reasons), False, case


def _in_one(parts: re.Match[str]) -> str:
    return parts[0].replace("-", "").capitalize()


def case_of_person(words: Sequence[str]) -> Case:
    """Tell which capitals a person's name needs: one that means something else needs its own, as Ван И."""
    if len(words) != 1:
        return "capital" if any(len(word) == 1 for word in words) else "any"
    return "capital" if is_common_word(words[0]) or len(words[0]) <= 4 else "any"


def _spelt(name: str, words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], bool, Case]]:
    if not words:
        return
    person = _parts(words)
    declined = {word: decline(word, person.gender, is_surname=word == person.surname) for word in words}
    for order, reasons in _orders(words, person):
        case = case_of_person(order)
        for text, case_reasons in _in_cases([declined[word] for word in order], name, as_listed=order == tuple(words)):
            yield text, (*reasons, *case_reasons), False, case
        for still in _standing_still(order):
            parts = [((word,),) * len(CASES) if word in still else declined[word] for word in order]
            for text, case_reasons in _in_cases(parts, name, as_listed=order == tuple(words)):
                yield text, (*reasons, *case_reasons), False, case
    for part, reason in _weak_parts(words, person):
        for text, case_reasons in _in_cases([declined[word] for word in part], name, as_listed=False):
            yield text, (reason, *case_reasons), True, "capital"


def _standing_still(order: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield which words of a foreign name stay as they are: often only the last one declines, or it and the first.

    Ким Чен Ына, Ахмад Шах Масуда, Мохаммада Захир Шаха.
    """
    before = tuple(order[:-1])
    if not before or any(_PATRONYMIC.fullmatch(word) for word in order):
        return
    if len(order) > 2 or not _is_given(before[0]):
        yield before
    if len(order) > 2:
        yield before[1:]


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
    if len(words) > 1 and _is_family(words[0]) and all(_is_syllable(word) for word in words[1:]):
        return tuple(words)  # Ван И, for whom Ван is no particle
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
    comes_first = _is_family(first)
    is_chinese = len(words) == 3 or not can_be(first, "Name") or _is_syllable(last)
    if comes_first and patronymic is None and is_chinese:
        return " ".join(words[1:]), (), first, True
    is_style = first.lower() in words_of("styles, ru")
    if len(words) == 2 and not is_style and _is_given(last) and _is_plain_surname(first):
        return last, (), first, True
    return first, tuple(words[1:-1]), last, False


def _is_family(word: str) -> bool:
    return word.lower() in words_of("surnames that come first, ru")


def _is_syllable(word: str) -> bool:
    """Tell a given name of Chinese, which no word of Russian is, but for the letters that are words by themselves."""
    return _PALLADIUS.fullmatch(word) is not None and (len(word) == 1 or not is_known(word))


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
    if word.lower() in words_of("given names of men and women, ru"):
        return None  # the dictionary has Эммануэль for women alone
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
