"""English forms of a name, and of any name in Latin letters: plurals, British and American spelling, orders.

A possessive needs no form of its own: what follows an apostrophe is another word to the matcher.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from watchlists.forms.form import Case, Form
from watchlists.forms.wordlists import words_of

Spelling = tuple[str, tuple[str, ...], bool]

_AMERICAN = (("organis", "organiz"), ("defence", "defense"), ("centre", "center"), ("programme", "program"),
             ("harbour", "harbor"), ("labour", "labor"))  # fmt: skip
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_DESIGNATOR = re.compile(r"(?<=[A-Za-z])[- ](?=\d)")
_GENERATION = frozenset({"jr", "sr", "ii", "iii"})


def english_forms(name: str, *, schema: str, language: str = "en") -> Iterator[Form]:
    """Yield the forms of a listed name in Latin letters, the name itself first."""
    words = name.split()
    spellings = _of_person(words) if schema == "Person" else _of_thing(name, words, schema=schema)
    seen: set[str] = set()
    for text, reasons, weak in itertools.chain([(name, (), False)], spellings):
        if text not in seen:
            seen.add(text)
            yield Form(
                text=text, name=name, language=language, reasons=reasons, weak=weak, case=latin_case(text, weak=weak)
            )


def latin_case(text: str, *, weak: bool = False) -> Case:
    """Tell which capitals a text must have: a word in small letters may be another (rats, china, grad)."""
    words = re.findall(r"[^\W\d_]+", text)
    if any(len(word) > 1 and word.isupper() for word in words) and len("".join(words)) <= 6:
        return "exact"
    has_number = any(character.isdigit() for character in text)
    if len(words) == 1 and words[0] != words[0].lower() and not has_number:
        return "exact" if words[0].isupper() and len(words[0]) > 1 else "capital"
    return "capital" if weak and words else "any"


def _of_thing(name: str, words: Sequence[str], *, schema: str) -> Iterator[Spelling]:
    if words[0].lower() == "the" and len(words) > 1:
        yield " ".join(words[1:]), ("without the",), False
    for british, american in _AMERICAN:
        for here, there in ((british, american), (american, british)):
            if here in name.lower():
                yield re.sub(here, _like(there), name, flags=re.IGNORECASE), ("British or American spelling",), False
    yield from _with_other_and(name)
    if _DOTTED.search(name):
        yield _DOTTED.sub(lambda found: found[0].replace(".", ""), name), ("without full stops",), False
    elif len(words) == 1 and name.isalpha() and name.isascii() and name.isupper() and 2 <= len(name) <= 4:
        yield "".join(f"{letter}." for letter in name), ("full stops",), False
    if _DESIGNATOR.search(name):
        yield _DESIGNATOR.sub("", name), ("written together",), False
    if schema in {"Asset", "Topic", "Event", "Organization"} and words[-1][-1].isalnum():
        # Makers' designations take a plural s whatever they end in: BMPs, S-300s.
        yield _plural(name), ("plural",), False
        if schema == "Asset" and _DESIGNATOR.search(name):
            yield _plural(_DESIGNATOR.sub("", name)), ("written together", "plural"), False


def _with_other_and(name: str) -> Iterator[Spelling]:
    for here, there in ((" & ", " and "), (" and ", " & ")):
        if here in name:
            yield name.replace(here, there), (f"{there.strip()} for {here.strip()}",), False


def _like(text: str) -> Callable[[re.Match[str]], str]:
    def replaced(found: re.Match[str]) -> str:
        if found[0].isupper():
            return text.upper()
        return text.capitalize() if found[0][0].isupper() else text

    return replaced


def _plural(name: str) -> str:
    last = name[-2:].lower()
    if name[-1].isdigit() or name[-1].isupper():
        return f"{name}s"
    if last[-1] == "y" and last[0] not in "aeiou":
        return f"{name[:-1]}ies"
    if last[-1] in "sxz" or last in {"ch", "sh"}:
        return f"{name}es"
    return f"{name}s"


def _of_person(words: Sequence[str]) -> Iterator[Spelling]:
    words = [word for word in words if word.strip(".,").lower() not in _GENERATION]
    if len(words) < 2:
        return
    surname_first = words[0].lower() in words_of("surnames that come first, en") and len(words) <= 3
    surname, given = (words[0], words[1:]) if surname_first else (words[-1], words[:-1])
    particles = [word for word in given if word.islower()]
    if surname_first:
        yield f"{' '.join(given)} {surname}", ("surname last",), False
        yield f"{surname} {''.join(given)}", ("written together",), False
    else:
        if particles:
            surname = " ".join([*particles, surname])
            given = [word for word in given if not word.islower()]
        if len(given) > 1 and not particles:
            yield f"{given[0]} {surname}", ("without middle name",), False
        if given:
            yield f"{surname}, {' '.join(given)}", ("surname first",), False
            yield f"{surname} {' '.join(given)}", ("surname first",), False
    if len(surname) > 1 and surname[0].isalpha():
        yield surname, ("surname alone",), True
