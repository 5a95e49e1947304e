"""Find what belongs to a person's surname in the text: initials, and a given name with a patronymic between."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

from watchlists.matching.folding import fold_name

_INITIALS_BEFORE = re.compile(r"(?<![\w.])([^\W\d_])\.[ \t\u00a0\u202f]*\n?(?:-?[^\W\d_]\.[ \t\u00a0\u202f]*\n?)?$")
_INITIALS_AFTER = re.compile(r",?[ \t\u00a0\u202f]+([^\W\d_])\.(?:[ \t\u00a0\u202f]?-?[^\W\d_]\.)?(?!\w)")
_GIVEN_AND_PATRONYMIC = re.compile(
    r"(?<!\w)([^\W\d_]+)\s+([^\W\d_]+(?:ович|евич|ьич|мич|тич|овн|евн|ичн|ович|инишн)(?:а|у|ем|ом|е|ы|ой|ою)?)\s+$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_a-zа-яё][^\W\d_]+)[ \t\u00a0\n]+$")
_WORD_AFTER = re.compile(r"[ \t\u00a0]+([^\W\d_a-zа-яё][^\W\d_]+)")
_MIDDLE_INITIAL = re.compile(r"(?<!\w)([A-Z][a-z]+)\s+[A-Z]\.\s+$")
_SURNAME_SHAPE = re.compile(r"(?:[оеё]в|[иы]н|ск)(?:а|ой|у|ым|е|ий|ая|ого|ому)?$|(?:зода|заде|пур|иён|ӣ)$")
# Two letters of six may differ; Сергей and Сергий are alike, Сергей and Степан are not.
_ALIKE = 0.75
_REACH = 60  # characters before a surname; the longest given name and patronymic of the region are shorter


def grown(text: str, start: int, end: int, *, name: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the span of a surname with the initials or the given name and patronymic that stand with it, and why.

    ``name`` is the listed full name: an initial must be one of its other words', a given name one of its words.
    ``None`` where nothing of the kind stands there.
    """
    given = _other_words(name, text[start:end])
    if not given:
        return None
    before = text[max(0, start - _REACH) : start]
    if (found := _INITIALS_AFTER.match(text, end)) and _is_initial(found[1], given):
        return start, found.end(), ("initials", "surname first")
    for pattern, fits, reason in _STANDING_BEFORE:
        if (found := pattern.search(before)) and fits(found[1], given):
            return start - (len(before) - found.start()), end, (reason,)
    return None


def has_another_bearer(text: str, start: int, end: int, *, name: str) -> bool:
    """Tell whether a surname in the text stands with the given name or the initials of somebody else."""
    before = text[max(0, start - _REACH) : start]
    given = _other_words(name, text[start:end])
    if found := _INITIALS_BEFORE.search(before):
        return found[1].isupper() and not _is_initial(found[1], given)
    if found := _INITIALS_AFTER.match(text, end):
        return found[1].isupper() and not _is_initial(found[1], given)
    after = _WORD_AFTER.match(text, end)
    if after and _SURNAME_SHAPE.search(after[1]) and not _SURNAME_SHAPE.search(text[start:end]):
        # Рахмон Озодов: here the surname looked for is a given name.
        return True
    neighbours = [found[1] for found in (_WORD_BEFORE.search(before), after) if found]
    return any(_is_given_name(word) and not _is_given(word, given) for word in neighbours)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a given name stands by itself: no other capitalised word beside it, nor an initial."""
    before = text[max(0, start - _REACH) : start]
    if _WORD_AFTER.match(text, end) or _INITIALS_AFTER.match(text, end) or _INITIALS_BEFORE.search(before):
        return False
    found = _WORD_BEFORE.search(before)
    return found is None or not _is_given_name(found[1])


@lru_cache(maxsize=1)
def _tajik_given_names() -> frozenset[str]:
    text = resources.files("watchlists.forms").joinpath("tajik_given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold_name(name) for line in lines for name in line.split())


@lru_cache(maxsize=20_000)
def _is_given_name(word: str) -> bool:
    """Tell whether a capitalised word is a given name, by pymorphy's dictionary of Russian and a list of Tajik ones."""
    folded = fold_name(word)
    if not ("а" <= folded[:1] <= "я"):
        return False
    # With or without the izafet: Рустами Эмомалӣ.
    if folded in _tajik_given_names() or folded.removesuffix("и") in _tajik_given_names():
        return True
    from watchlists.forms.russian_words import can_be  # noqa: PLC0415  loads the dictionary, only where it is needed

    return can_be(folded, "Name")


@lru_cache(maxsize=10_000)
def _other_words(name: str, surname: str) -> tuple[str, ...]:
    beginning = fold_name(surname)[:3]
    return tuple(word for word in fold_name(name).split() if not word.startswith(beginning))


def _is_initial(letter: str, given: tuple[str, ...]) -> bool:
    return letter.isupper() and any(word[0] == fold_name(letter) for word in given)


def _is_like_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a word is another spelling of a given name: Гаррет for Гаретт, Садир for Садыр."""
    folded = fold_name(word)
    return any(
        len(name) >= 4
        and folded[0] == name[0]
        and difflib.SequenceMatcher(None, folded, name).ratio() >= _ALIKE
        and not _is_given_name(word)
        for name in given
    )


def _is_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a word is a case form of one of the given names: they differ in the last two letters at most."""
    folded = fold_name(word)
    return any(folded[: max(3, len(name) - 1)] == name[: max(3, len(name) - 1)] for name in given)


# What may stand before a surname, whether its first word fits the listed name, and what to call it.
_STANDING_BEFORE: tuple[tuple[re.Pattern[str], Callable[[str, tuple[str, ...]], bool], str], ...] = (
    (_INITIALS_BEFORE, _is_initial, "initials"),
    (_GIVEN_AND_PATRONYMIC, _is_given, "patronymic between"),
    (_MIDDLE_INITIAL, _is_given, "middle initial"),
    (_WORD_BEFORE, _is_like_given, "given name spelt otherwise"),
)
