"""Spellings of a Tajik name that can be listed; endings, which cannot, are judged by ``tajik_tail``.

Left to the fold that matching applies to list and article alike: the six Tajik letters typed as their plain
neighbours, capitals, quotes, dashes, spacing. Listed here: people with initials, reversed and under the other shape
of a surname (Раҳмон, Раҳмонов; Саид, Саидзода), the two orders of an ordinal (пойгоҳи низомии 201-ум, пойгоҳи 201-уми
низомӣ), words that outlets write for one another (``tajik_terms.txt``), letters of the spelling before 1998, a hard
sign left out, doubled letters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from watchlists.forms.form import Case, Form
from watchlists.forms.persian import persian_forms
from watchlists.forms.tajik_endings import tajik_tail
from watchlists.forms.wordlists import words_of

__all__ = ["tajik_forms", "tajik_tail"]

Spelling = tuple[str, tuple[str, ...]]

_PLAIN_LETTERS = str.maketrans("ҷҳқғӣӯё", "чхкгиуе")
_DOUBLED = re.compile(r"([бвгғдҷжзкқлмнпрстфхҳчш])\1", re.IGNORECASE)
# Letters of Russian that Tajik has not, and what it writes for them.
_NOT_IN_TAJIK = (("щ", "ш"), ("ы", "и"), ("ь", ""))
# Letters that went with the spelling reform of 1998 or that Russian names bring, and what stands for a missing ҷ.
_OTHER_LETTERS = (
    ("тс", "ц", "spelling before 1998"),
    ("ц", "тс", "Tajik spelling"),
    ("ц", "с", "Tajik spelling"),
    *((letter, other, "Tajik spelling") for letter, other in _NOT_IN_TAJIK),
    ("ҷ", "ж", "ж for ҷ"),
    ("ҷ", "дж", "дж for ҷ"),
    ("ғизист", "ғизст", "Tajik spelling"),
)
_UNSPOKEN = re.compile(r"[^\w]+")
_ORDINAL_LAST = re.compile(r"^(?P<noun>\S+[иӣ]) (?P<middle>.+) (?P<number>\d+)(?:-?(?:ум|юм)и?)?$")
_ORDINAL_WORD = re.compile(r"(?<=\d)-?(ум|юм)(и?)\b")
# Surnames that are not Tajik have no -зода and -ов beside them.
_FOREIGN_SURNAME = re.compile(r"(?:ин|ский|ко|ян|ук|юк|вич|у|швили|дзе|сон)$")
# What is spoken of in the singular and in the plural alike.
_COUNTABLE = frozenset({"Asset", "Topic", "Event"})
_ACRONYM_FIRST = re.compile(r"(?P<acronym>[А-ЯЁҶҲҚҒӢӮ]{2,})(?P<izafet>-?и)? (?P<rest>.+)")
_TWO_NAMES = re.compile(r"([А-ЯЁҶҲҚҒӢӮ][а-яёҷҳқғӣӯ]{2,}[^аеёиоуыэюяӣӯ\W]) ([А-ЯЁҶҲҚҒӢӮA-Z][\w-]+)")
_CHILD_ENDS = re.compile(r"зода?$")
_INITIAL_ENDS = re.compile(r"(?:иев|иева|ов|ова|ев|ева)$")
# Хитои бузург; it takes no further ending, for хитоиҳо are a people.
_J_DROPPED = "izafet -и in place of й"
# Names with more spellings than this are phrases whose every word varies; the rarest combinations are left out.
_MOST_SPELLINGS = 48
# One-word names this short are common words more often than not: an acronym must stand as it is listed, another name
# have its capital.
_SHORT, _MAY_BE_A_WORD = 4, 5
# Things, firms and villages are called by words of the language: Шоҳид the drone, шоҳид a witness; Шарора, a spark.
_OFTEN_WORDS = frozenset({"Address", "Asset", "Company", "Event"})


def _data_lines(file: str) -> Iterator[str]:
    text = resources.files("watchlists.forms").joinpath(file).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def plain_letters(text: str) -> str:
    """Return a text in lower case with the six Tajik letters and ``ё`` as their plain neighbours."""
    return text.lower().translate(_PLAIN_LETTERS)


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, ...]]:
    """Each phrase of ``tajik_terms.txt`` in lower case, and what stands for it."""
    terms: dict[str, tuple[str, ...]] = {}
    for line in _data_lines("tajik_terms.txt"):
        phrases = [phrase.strip() for phrase in line.split("|")]
        for phrase in phrases:
            terms[phrase.lower()] = tuple(other for other in phrases if other != phrase)
    return terms


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(plain_letters(word) for word in _data_lines("tajik_words.txt"))


def is_common_word(word: str) -> bool:
    """Tell whether a word, with the izafet or without, is in ``tajik_words.txt``."""
    plain = plain_letters(word)
    return plain in _common_words() or plain.removesuffix("и") in _common_words()


def tajik_forms(name: str, *, schema: str) -> Iterable[Form]:
    """Yield the spellings of a listed Tajik name, the name itself first, each once.

    ``schema`` is the FollowTheMoney schema of its entity; only ``Person`` changes what is made.
    """
    spellings = _person_spellings(name) if schema == "Person" else _phrase_spellings(name, schema=schema)
    seen: set[str] = set()
    for text, reasons, weak in itertools.chain([(name, (), False)], spellings):
        for spelling, why in _letter_variants(text, typing_slips=not reasons):
            if (key := _UNSPOKEN.sub(" ", plain_letters(spelling))) not in seen:
                seen.add(key)
                yield _form(spelling, name=name, reasons=(*reasons, *why), weak=weak, schema=schema)
    yield from persian_forms(name)


def spelt_by_ear(name: str) -> str:
    """Return a Russian name in the letters of Tajik: Игор, Садир."""
    for letter, other in _NOT_IN_TAJIK:
        name = _replace(name, letter, other)
    return name


def _form(text: str, *, name: str, reasons: tuple[str, ...], weak: bool, schema: str) -> Form:
    return Form(
        text=text,
        name=name,
        language="tg",
        reasons=reasons,
        weak=weak,
        # An initial in small letters is a word: Захаров и Саидов.
        case="capital" if "initial" in reasons else _case_of(text, weak=weak, schema=schema),
        edges="word" if _J_DROPPED in reasons else "tajik",
        only_in=("tg",) if any(reason.startswith("surname as") for reason in reasons) else _only_in(text),
    )


def _case_of(text: str, *, weak: bool, schema: str) -> Case:
    if " " in text or not text[0].isupper():
        return "any"
    if text.isupper() and len(text) <= _SHORT:
        return "exact"
    may_be_a_word = len(text) <= _MAY_BE_A_WORD or plain_letters(text) in _common_words()
    return "capital" if weak or may_be_a_word or schema in _OFTEN_WORDS else "any"


def _only_in(text: str) -> tuple[str, ...]:
    """Return the languages to which a one-word name is held because Russian has a word of that spelling.

    Чин is a rank and Помир a past tense of "to die" to a Russian reader; ҶТ becomes "чт", Thursday.
    """
    if " " in text or not text.isalpha() or text.isascii():
        return ()
    return ("tg",) if _is_russian_word(plain_letters(text)) else ()


def _is_russian_word(word: str) -> bool:
    from watchlists.forms.russian_words import is_common_word  # noqa: PLC0415 - loads a dictionary

    # Two letters may abbreviate anything.
    return len(word) <= 2 or is_common_word(word)


def _letter_variants(text: str, *, typing_slips: bool) -> Iterator[Spelling]:
    yield text, ()
    if "ъ" in text.lower():
        yield re.sub("[ъЪ]", "", text), ("ъ left out",)
    if text.endswith("й") and len(text) > _SHORT:
        yield text[:-1] + "и", (_J_DROPPED,)
    if typing_slips and _DOUBLED.search(text):
        yield _DOUBLED.sub(r"\1", text), ("doubled letter typed once",)
        yield _DOUBLED.sub(r"\1\1\1", text), ("doubled letter typed three times",)
    for letter, other, reason in _OTHER_LETTERS:
        if letter in text.lower():
            yield _replace(text, letter, other), (reason,)


def _replace(text: str, old: str, new: str) -> str:
    """Replace letters, with a capital where there was one."""

    def in_kind(found: re.Match[str]) -> str:
        return new.capitalize() if found[0][0].isupper() else new

    return re.sub(old, in_kind, text, flags=re.IGNORECASE)


# Phrases: organisations, places, equipment


def _phrase_spellings(name: str, *, schema: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    for text, reasons in itertools.islice(_with_terms(name), _MOST_SPELLINGS):
        yield text, reasons, False
        for other, why in itertools.chain(_with_ordinals(text), _with_izafet(text), _with_plural(text, schema)):
            yield other, (*reasons, *why), False


def _with_izafet(text: str) -> Iterator[Spelling]:
    """Yield a name that begins with an acronym with the izafet and without: НБО-и Роғун, НБО Роғун.

    What is put together of two names may have it, too: Аэробуси А320, Реали Мадрид.
    """
    if found := _TWO_NAMES.fullmatch(text):
        yield f"{found[1]}и {found[2]}", ("izafet -и",)
    if found := _ACRONYM_FIRST.match(text):
        if found["izafet"]:
            yield f"{found['acronym']} {found['rest']}", ("izafet left out",)
        else:
            yield f"{found['acronym']}-и {found['rest']}", ("izafet -и",)
            yield f"{found['acronym']}и {found['rest']}", ("izafet -и",)


def _with_plural(text: str, schema: str) -> Iterator[Spelling]:
    """Yield the name of a kind of thing in the plural, which stands before the izafet: ҳавопаймоҳои Су-30."""
    first, space, rest = text.partition(" ")
    if space and schema in _COUNTABLE and first.endswith("и") and not first.endswith(("ҳои", "хои")) and len(first) > 3:
        yield f"{first[:-1]}ҳои {rest}", ("plural -ҳо",)


def _with_terms(name: str) -> Iterator[Spelling]:
    """Yield the name with each combination of words that stand for one another."""
    yield name, ()
    places = _places_of_terms(name)
    options = [(None, *_terms()[name[start:end].lower()]) for start, end in places]
    # Fewest replacements first, so that the cut takes the unlikely.
    for chosen in sorted(itertools.product(*options), key=lambda terms: sum(term is not None for term in terms)):
        parts: list[str] = []
        reasons: list[str] = []
        at = 0
        for (start, end), term in zip(places, chosen, strict=True):
            if term is not None:
                parts += [name[at:start], term[0].upper() + term[1:] if name[start].isupper() else term]
                reasons.append(f"{term} for {name[start:end]}")
                at = end
        if reasons:
            yield "".join(parts) + name[at:], tuple(reasons)


def _places_of_terms(name: str) -> list[tuple[int, int]]:
    if name.lower() in _terms():
        return []
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", name)]
    places: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        for last in range(len(words) - 1, first - 1, -1):
            start, end = words[first][0], words[last][1]
            if last - first + 1 < len(words) and name[start:end].lower() in _terms():
                places.append((start, end))
                first = last
                break
        first += 1
    return places


def _with_ordinals(text: str) -> Iterator[Spelling]:
    """Yield a name with its number bare, and before the adjective: 201 for 201-ум, пойгоҳи 201-уми низомӣ."""
    bare = _ORDINAL_WORD.sub("", text)
    if bare != text:
        yield bare, ("number without -ум",)
        yield _ORDINAL_WORD.sub(r"\1\2", text), ("ordinal without hyphen",)
    if found := _ORDINAL_LAST.match(text):
        noun, number = found["noun"], found["number"]
        # The last word of a phrase has no izafet: низомии 201-ум, but 201-уми низомӣ.
        middle = re.sub(r"(?<=[ӣи])и$|(?<=[аоеуӯё])и$|(?<=[^аоеёиӣуӯ\s])и$", "", found["middle"])
        middle = re.sub(r"и$", "ӣ", middle) if found["middle"].endswith("ии") else middle
        ending = "юм" if number.endswith("3") else "ум"
        for ordinal in (f"{number}-{ending}и", f"{number}-{ending}", f"{number}{ending}и"):
            yield f"{noun} {ordinal} {middle}", ("ordinal before the adjective",)
        # A noun with its number is as good as a name: пойгоҳи 201-ум.
        yield f"{noun} {number}-{ending}", ("adjective left out",)
        yield f"{noun} {number}{ending}", ("adjective left out", "ordinal without hyphen")


# People


def _person_spellings(name: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    words = name.split()
    if len(words) < 2 or any("." in word for word in words):
        return
    first, *between, last = words
    # Chinese and Korean names put a short family name first: neither initials nor a surname at the end.
    if len(first) <= 3 and (not between or plain_letters(first) in words_of("surnames that come first, ru")):
        return
    # A particle is as much of the name as what follows it: Муҳаммад бин Салмон is no Муҳаммад Салмон.
    if between and not any(plain_letters(word) in words_of("particles, tg") for word in between):
        yield f"{first} {last}", ("without the middle name",), False
    yield f"{last} {first}", ("surname first",), False
    if len(first) > _SHORT and first.endswith("и"):
        yield f"{first[:-1]} {last}", ("izafet left out",), False
    # Эмомалии Раҳмон, the older way of joining the two.
    yield f"{re.sub('ӣ$', 'и', first)}и {last}", ("izafet between the names",), False
    if first.lower() in words_of("styles, tg"):
        return  # what follows is a given name, whole: Мулло Яъқуб
    surnames = [(last, ()), *((other, (f"surname as {other}",)) for other in _surname_shapes(last))]
    for surname, why in surnames:
        if why:
            # As often another person as an older shape of the name; the article must say who is meant.
            yield f"{first} {surname}", why, not _is_same_surname(surname, last)
            yield f"{surname} {first}", (*why, "surname first"), not _is_same_surname(surname, last)
        if _is_same_surname(surname, last):
            yield f"{first[0]}. {surname}", (*why, "initial"), False
            yield f"{surname} {first[0]}.", (*why, "initial", "surname first"), False
    if len(last) > 3:
        yield last, ("surname alone",), True


def _is_same_surname(surname: str, listed: str) -> bool:
    """Tell spellings of one surname (Саидзод, Саидзода) from shapes that others bear (Саидов)."""
    return surname.rstrip("а") == listed.rstrip("а")


def _surname_shapes(surname: str) -> tuple[str, ...]:
    """Return the other shapes of a Tajik surname: since 2007 many in office have dropped -ов or put -зода for it."""
    low = surname.lower()
    if found := _CHILD_ENDS.search(low):
        stem = surname[: found.start()]
        return (stem + ("ев" if stem[-1] in "аоуӣияё" else "ов"), stem + ("зод" if low.endswith("а") else "зода"))
    if ending := _INITIAL_ENDS.search(low):
        stem = surname[: ending.start()]
        return (stem, stem + "зода") if len(stem) > 3 else (stem + "зода",)
    if _FOREIGN_SURNAME.search(low) or len(low) < _SHORT:
        return ()
    if low.endswith("ӣ"):
        return (surname[:-1] + "ов",)
    return (surname + ("ев" if low[-1] in "аоуияё" else "ов"),)
