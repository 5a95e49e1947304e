"""Russian forms of a name that is not a person's: the phrase in every case, its tail frozen.

The words before the head noun agree with it (201-й российской военной базы), the head declines, what follows it stays
as it is (Министерства обороны Таджикистана). A name after the head may stay or decline with it (аэродрома Манас,
города Хорога). Persons are in ``russian_people``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from watchlists.forms.form import Case, Form
from watchlists.forms.pieces import Piece, pieces_of
from watchlists.forms.russian_endings import CASE_NAMES, CASES, Reading
from watchlists.forms.russian_people import people_forms
from watchlists.forms.russian_words import can_be, is_common_word, readings

_NUMBER_JOINT = re.compile(r"(?<=[^\W\d_])-(?=\d)")
_NUMBER_END = re.compile(r"(?<=\d)(?=[А-ЯЁA-Z]{2}\b)")
_PLACE_JOINT = re.compile(r"\b[А-ЯЁ][а-яё]{2,}-[А-ЯЁ][а-яё]{2,}\b")
_JOINT = re.compile(r"(,? и |,? [-–—] |, )")
# What is spoken of in the singular and in the plural alike: one Су-30, three Су-30; a drone, drones.
_COUNTABLE = frozenset({"Asset", "Topic", "Event"})
# More combinations than this come only of words that pymorphy reads in many ways; the first are the likeliest.
_MOST_COMBINATIONS = 48
# A place of four letters is a word of something else in small letters: Ош, and ош the dish.
_SHORT = 4


def russian_forms(name: str, *, schema: str, language: str = "ru") -> Iterator[Form]:
    """Yield the Russian forms of a listed name, the name itself first.

    ``schema`` is the FollowTheMoney schema of its entity: persons decline word by word, things have plurals.
    """
    if schema == "Person":
        yield from people_forms(name, language=language)
        return
    case = case_needed(name)
    seen: set[str] = set()
    for listed, why in ((name, ()), *_shorter(name)):
        for text, reasons in itertools.chain([(listed, ())], _phrases(listed, schema=schema)):
            for spelling, how in ((text, ()), *_joints(text)):
                if spelling not in seen:
                    seen.add(spelling)
                    yield Form(text=spelling, name=name, language=language, reasons=(*why, *reasons, *how), case=case)


def case_needed(name: str) -> Case:
    """Tell which capitals a text must have for a name: more where small letters would mean something else."""
    pieces, _ = pieces_of(name)
    if len(pieces) != 1 or name == name.lower():
        return "any"
    word = pieces[0].word
    if word.isupper() and len(word) > 1:
        # Four letters that are no word in lower case are safe in any case; МИД, ВВП, ПВО and the like are not.
        return "exact" if len(word) <= 3 or is_common_word(word) else "any"
    return "capital" if len(word) <= _SHORT or _has_common_form(word) else "any"


def _has_common_form(word: str) -> bool:
    if is_common_word(word):
        return True
    return any(is_common_word(form) for reading in readings(word) for forms in reading.forms.values() for form in forms)


def _phrases(name: str, *, schema: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    pieces, after = pieces_of(name)
    if not pieces:
        return
    if len(pieces) > 1 and _may_decline_at_its_end(pieces):
        yield from _last_only(name, pieces, after)
    yield from _of_two_heads(name, schema=schema)
    for group, head in _heads(pieces):
        numbers = ("sing", "plur") if schema in _COUNTABLE and head.number == "sing" else (head.number,)
        for number, case in itertools.product(numbers, CASES):
            reasons = (
                *(("plural",) if number != head.number else ()),
                *((CASE_NAMES[case],) if case != "nomn" else ()),
            )
            for text in _declined(pieces, group, head, (case, number)):
                yield text + after, reasons


def _last_only(name: str, pieces: Sequence[Piece], after: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Decline the last word alone, as in foreign names of two words: Сан Луиса, Шри Ланке."""
    if any(can_be(piece.word, "ADJF") for piece in pieces[:-1]):
        return
    last = pieces[-1].word
    before = name[: len(name) - len(after) - len(last)]
    for reading in readings(last):
        for case in CASES[1:]:
            for form in reading.forms.get((case, reading.number), ()):
                yield f"{before}{form}{after}", (CASE_NAMES[case],)


def _may_decline_at_its_end(pieces: Sequence[Piece]) -> bool:
    """Tell a foreign name (Шри Ланка, Хизб ут-Тахрир) and one behind an acronym, in quotes or not (ЧВК «Вагнер»)."""
    last = pieces[-1].word
    if len(pieces) == 2 and last.islower() and not last.isdigit() and _is_nominative(last) and not can_be(last, "gent"):
        return True  # a noun beside a noun: «Газпром нефти»
    if _is_acronym(pieces[0].word):
        return pieces[-1].word[:1].isupper() and not _is_acronym(pieces[-1].word)
    return all(
        (piece.word[:1].isupper() or piece.word.rpartition("-")[2][:1].isupper()) and not piece.before.strip(" '\u2019")
        for piece in pieces
    )


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _of_two_heads(name: str, *, schema: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Decline both of two nominatives that are joined: Пояса и пути, одного пояса — одного пути."""
    parts = _JOINT.split(name)
    if len(parts) != 3 or not all(_is_nominative(part) for part in parts[::2]):
        return
    left, right = ([(part, ()), *_phrases(part, schema=schema)] for part in parts[::2])
    for case in CASES[1:]:
        reasons = (CASE_NAMES[case],)
        forms = ([text for text, why in side if why == reasons] for side in (left, right))
        for first, second in itertools.islice(itertools.product(*forms), _MOST_COMBINATIONS):
            yield first + parts[1] + second, reasons


def _is_nominative(part: str) -> bool:
    words = [piece.word for piece in pieces_of(part)[0]]
    return bool(words) and all(can_be(word, "nomn") for word in words)


def _heads(pieces: Sequence[Piece]) -> Iterator[tuple[int, Reading]]:
    """Yield the place and the readings of the head: the first noun after words that can agree with it."""
    for place, piece in enumerate(pieces):
        if place and piece.word == "и":  # two adjectives of one noun
            continue
        found = readings(piece.word)
        adjectives = [reading for reading in found if reading.is_adjective]
        nouns = [reading for reading in found if not reading.is_adjective]
        if adjectives and _is_followed(adjectives, pieces[place + 1 :]):
            continue
        if nouns or adjectives:
            yield from ((place, reading) for reading in (*nouns, *adjectives))
        if place and (not found or _is_acronym(piece.word)) and (before := _adjectives(pieces[0].word)):
            # A head that never changes (РВБ, НАТО, ГЭС): the words before it still do, in their own gender.
            yield place, _unchanging(piece.word, before[0])
        return


def _is_followed(adjectives: Sequence[Reading], rest: Sequence[Piece]) -> bool:
    """Tell whether what comes next is a noun that one of the adjectives agrees with, or another adjective."""
    if rest and rest[0].word == "и":
        rest = rest[1:]
    if not rest:
        return False
    word = rest[0].word
    if _is_acronym(word) or can_be(word, "Fixd"):
        return True
    return any(
        reading.is_adjective
        or (reading.number == own.number and (own.number == "plur" or None in (own.gender, reading.gender)))
        or (reading.number == own.number and own.gender == reading.gender)
        for reading in readings(word)
        for own in adjectives
    )


def _adjectives(word: str) -> list[Reading]:
    return [reading for reading in readings(word) if reading.is_adjective]


def _unchanging(word: str, agreeing: Reading | None) -> Reading:
    gender = agreeing.gender if agreeing else None
    number = agreeing.number if agreeing else "sing"
    return Reading(False, number, gender, {(case, n): (word,) for case in CASES for n in ("sing", "plur")}, {})


def _declined(pieces: Sequence[Piece], place: int, head: Reading, slot: tuple[str, str]) -> Iterator[str]:
    case, number = slot
    options: list[Sequence[str]] = []
    for position, piece in enumerate(pieces):
        if position < place:
            options.append(_agreeing(piece.word, head, case, number))
        elif position == place:
            options.append(_of_head(head, case, number))
        elif position == place + 1 == len(pieces) - 1 and _may_decline_too(pieces, position):
            options.append((piece.word, *_as_apposition(piece.word, case)))
        else:
            options.append((piece.word,))
    for words in itertools.islice(itertools.product(*options), _MOST_COMBINATIONS):
        yield "".join(piece.before + word for piece, word in zip(pieces, words, strict=True))


def _agreeing(word: str, head: Reading, case: str, number: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for reading in _adjectives(word):
        gender = "" if number == "plur" else (head.gender if not head.is_adjective else None) or reading.gender
        for each in [gender] if gender is not None else ["masc", "femn", "neut"]:
            found.update(dict.fromkeys(reading.by_gender.get((case, number, each), ())))
    return tuple(found) or (word,)


def _of_head(head: Reading, case: str, number: str) -> tuple[str, ...]:
    if not head.is_adjective:
        return tuple(dict.fromkeys(head.forms.get((case, number), ())))
    gender = "" if number == "plur" else head.gender or "masc"
    return tuple(dict.fromkeys(head.by_gender.get((case, number, gender), ())))


def _may_decline_too(pieces: Sequence[Piece], position: int) -> bool:
    """Tell a name in apposition (города Хорога) from a genitive, which is frozen (база Таджикистана)."""
    word = pieces[position].word
    if can_be(word, "nomn", "plur") and can_be(pieces[position - 1].word, "nomn", "plur", "Surn"):
        return True  # Воробьёвы горы: the dictionary has the adjective as a surname
    if not word[:1].isupper() or word.isupper() or pieces[position].before.strip():
        return False
    return not can_be(word, "gent") or can_be(word, "nomn", "sing")


def _as_apposition(word: str, case: str) -> tuple[str, ...]:
    nouns = (reading for reading in readings(word) if not reading.is_adjective)
    return tuple(dict.fromkeys(form for noun in nouns for form in noun.forms.get((case, noun.number), ())))


def _joints(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a type number and a place written together or apart: С300 for С-300, Ил-76 МД, Сарыташ for Сары-Таш."""
    if _NUMBER_JOINT.search(text):
        yield _NUMBER_JOINT.sub("", text), ("written together",)
    if _NUMBER_END.search(text):
        yield _NUMBER_END.sub(" ", text), ("written apart",)
    if found := _PLACE_JOINT.search(text):
        joined = text[: found.start()] + found[0].replace("-", "").capitalize() + text[found.end() :]
        yield joined, ("written together",)


_TERMS = "russian_terms.txt"


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    """Return the pairs of ``russian_terms.txt``: what a name may begin or end with, and what is written for it."""
    text = resources.files("watchlists.forms").joinpath(_TERMS).read_text(encoding="utf-8")
    lines = ([part.strip() for part in line.split("|")] for line in text.splitlines() if line and line[0] != "#")
    return tuple((first, other) for terms in lines for first, other in itertools.permutations(terms, 2))


def _shorter(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a name with its office or its state written otherwise: Минобороны Таджикистана, МИД КНР."""
    names: dict[str, tuple[str, ...]] = {name: ()}
    for term, other in _terms():
        for listed, why in tuple(names.items()):
            if len(why) == 2 or any(reason.endswith(f" for {other}") for reason in why):
                continue
            if listed.startswith(f"{term} "):
                names.setdefault(other + listed[len(term) :], (*why, f"{other} for {term}"))
            elif listed.endswith(f" {term}"):
                names.setdefault(listed[: -len(term)] + other, (*why, f"{other} for {term}"))
    del names[name]
    yield from names.items()
