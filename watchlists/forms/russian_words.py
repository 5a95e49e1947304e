"""Decline one Russian word: by pymorphy3's dictionary where it has the word, by its ending where it has not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from watchlists.forms.russian_endings import (
    ADJECTIVE,
    CASES,
    VOWELS,
    Gender,
    Reading,
    Slot,
    adjective_by_ending,
    by_ending,
    masculine_hard,
    noun,
)

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
# Орлан-10, Рубеж-2024, Панцирь-С1, Искандер-М
_NUMBERED = re.compile(r"([А-ЯЁ]?[а-яё]{3,})(-(?:[A-ZА-ЯЁ]{0,3}\d\w*|[A-ZА-ЯЁ]{1,3}))")
# Between them the first noun of a place name declines and the rest stays: Ростов-на-Дону.
_JOINTS = frozenset({"на", "над", "под", "де", "ла", "эль", "аль", "ан", "аш", "и", "о", "ле", "сюр"})


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
    # Half a character, which a broken encoding leaves, the dictionary cannot even be asked for.
    return word.isprintable() and bool(morphology().word_is_known(word))


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
    if found and can_be(lower, "Geox") and lower[-1] not in VOWELS and lower[-1] not in "йь":
        # The dictionary takes some places of the region for words that lose a vowel: Лахор, Лахра.
        found += (noun("masc", "sing", masculine_hard(lower)),)
    shape = ADJECTIVE.fullmatch(lower)
    if found and shape and can_be(lower, "Geox") and not any(reading.is_adjective for reading in found):
        # A village in the dictionary, and here perhaps the adjective of a lake: Сарезское.
        found += (adjective_by_ending(shape[1], shape[2]),)
    if not found and "-" in lower:
        found = tuple(_hyphenated(lower))
    elif not found and not can_be(lower, "Fixd", "nomn"):
        found = tuple(_guessed(lower))
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
    ends_in_sound = word[-2:-1].lower() in VOWELS or word[-1] == "Р"  # БТР is spoken бэтээр
    if len(word) < 3 or "-" in word or word[-1].lower() in VOWELS or not ends_in_sound:
        return ()
    endings = {
        "sing": {"nomn": "", "gent": "а", "datv": "у", "accs": "", "ablt": "ом", "loct": "е"},
        "plur": {"nomn": "ы", "gent": "ов", "datv": "ам", "accs": "ы", "ablt": "ами", "loct": "ах"},
    }
    forms = {
        (case, number): (word,) if not end else (word, word + end)
        for number, by_case in endings.items()
        for case, end in by_case.items()
    }
    return (Reading(False, "sing", "masc", forms, {}, known=False),)


def _hyphenated(lower: str) -> Iterable[Reading]:
    """Decline the last part, or the first before a joint, or all parts together."""
    parts = lower.split("-")
    if len(parts) > 2 and parts[1] in _JOINTS:
        yield from _joined([readings(parts[0]), *([()] * (len(parts) - 1))], parts)
        return
    # Turkic names have -Кия for a rock, and writers say Кызыл-Кие for Кызыл-Кии.
    guessed = tuple(by_ending(parts[-1])) if parts[-1].endswith("ия") else ()
    yield from _joined([*([()] * (len(parts) - 1)), (*readings(parts[-1]), *guessed)], parts)
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


def _guessed(lower: str) -> Iterable[Reading]:
    """Decline a word that is in no dictionary by its ending, or as a plural like one that is known (Викиновости)."""
    yield from by_ending(lower)
    if lower[-1] in "ыи":
        for parse in parses(lower):
            if parse.tag.POS == "NOUN" and parse.tag.case == "nomn" and parse.tag.number == "plur":
                yield _reading_of(parse, is_adjective=False)
                break
