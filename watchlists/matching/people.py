"""Find what belongs to a person's surname in the text: initials, and a given name with a patronymic between."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from importlib import resources

from watchlists.matching.folded import Folded
from watchlists.matching.folding import fold_name

_INITIALS_BEFORE = re.compile(r"(?<![\w.])([^\W\d_])\.\s{0,4}(?:-?[^\W\d_]\.\s{0,4})?$")
_INITIALS_AFTER = re.compile(r",?[ \t\u00a0\u202f]+([^\W\d_])\.(?:[ \t\u00a0\u202f]?-?[^\W\d_]\.)?(?!\w)")
_PATRONYMIC = re.compile(r"[^\W\d_]+(?:ович|евич|ьич|мич|тич|овн|евн|ичн|инишн)(?:а|у|ем|ом|е|ы|ой|ою)?", re.IGNORECASE)
_PATRONYMIC_ENDING = re.compile("ич|[вчш]н")
_PATRONYMIC_ENDS_WITHIN = 6  # letters, with those of the case: ...овичем, ...ишною
_WORD_AFTER = re.compile(r"[ \t\u00a0]+([^\W\d_a-zа-яё][^\W\d_]+)")
_SURNAME_SHAPE = re.compile(r"(?:[оеё]в|[иы]н|ск)(?:а|ой|у|ым|е|ий|ая|ого|ому)?$|(?:зода|заде|пур|иён|ӣ)$")
# Two letters of six may differ; Сергей and Сергий are alike, Сергей and Степан are not.
_ALIKE = 0.75
_BEFORE_INITIALS = frozenset(", \t\u00a0\u202f")
# Tajik and Uzbek have о where Russian and Arabic names have а; a short и is written и, й, ы or ь.
_ONE_SOUND = str.maketrans("оыьйэ", "аииие")
_CASE_ENDING = 2  # letters that a case adds to a given name at most: Ильхомом
_REACH = 60  # characters before a surname; the longest given name and patronymic of the region are shorter
_INITIALS_REACH = 14  # characters of two initials and what parts them


def grown(text: str, start: int, end: int, *, name: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the span of a surname with the initials or the given name and patronymic that stand with it, and why.

    ``name`` is the listed full name: an initial must be one of its other words', a given name one of its words.
    ``None`` where nothing of the kind stands there.
    """
    given = _other_words(name, text[start:end])
    if (found := _INITIALS_AFTER.match(text, end)) and _is_initial(found[1], given):
        return start, found.end(), ("initials", "surname first")
    if (found := _initials_before(text, start)) and _is_initial(found[1], given):
        return found.start(), end, ("initials",)
    first, second = _words_before(text, start)
    if first and second and _is_given(first[0], given):
        if _PATRONYMIC.fullmatch(second[0]):
            return first[1], end, ("patronymic between",)
        if len(second[0]) == 2 and second[0][1] == ".":
            return first[1], end, ("middle initial",)
    if second and second[0].isalpha() and (_is_variant(second[0], given) or _is_like_given(second[0], given)):
        return second[1], end, ("given name spelt otherwise",)
    return None


def beginnings_beside(folded: Folded, at: int, until: int) -> list[str]:
    """Return how the given names begin with which a surname may have ``grown`` at a place of a folded text.

    One letter for an initial; two or three, as ``beginnings_of`` has them, for what may be a given name.
    """
    text = folded.text
    found = [text[until + 1]] if text[until + 2 : until + 3] == " " else []
    if at < 2:
        return found
    before = text.rfind(" ", 0, at - 1) + 1
    word = text[before : at - 1]
    if _is_given_name(word):
        found.append(sounded(word)[:2])
    elif folded.original[folded.place(before)].isupper():
        found.append(word[0])  # an initial, or a given name with a slip of the pen
    # Before an initial or a patronymic stands another initial, or a given name of one part or two.
    if len(word) == 1 or _PATRONYMIC_ENDING.search(word, max(0, len(word) - _PATRONYMIC_ENDS_WITHIN)):
        for _ in range(2):
            if before < 2:
                break
            end = before - 1
            before = text.rfind(" ", 0, end) + 1
            found.append(text[before : min(before + 3, end)])
    return found


def beginnings_of(name: str, surname: str) -> frozenset[str]:
    """Return how the given names of a listed name begin, for comparing with ``beginnings_beside`` its surname."""
    given = _other_words(name, surname)
    plain = (word[:length] for word in given for length in (1, 3))
    return frozenset((*plain, *(sounded(word)[:2] for word in given)))


def sounded(word: str) -> str:
    """Return a folded word with one letter for those by which spellings of a name differ: Ильхам, Ильхом."""
    return word.translate(_ONE_SOUND)


def _initials_before(text: str, start: int) -> re.Match[str] | None:
    if not text[max(0, start - 5) : start].rstrip().endswith("."):
        return None
    # The pattern ends at the surname, and looks no further back than two initials reach.
    return _INITIALS_BEFORE.search(text, max(0, start - _INITIALS_REACH), start)


Placed = tuple[str, int]  # a word and where it starts


def _words_before(text: str, start: int) -> tuple[Placed | None, Placed | None]:
    """Return the two words before a place, parted from it and from one another by white space within a paragraph."""
    before = text[max(0, start - _REACH) : start]
    words = before.split()
    if not words or not before[-1:].isspace() or before.count("\n", len(before.rstrip())) > 1:
        return None, None
    offset = start - len(before)
    at = before.rindex(words[-1])
    second = (words[-1], offset + at)
    if len(words) < 2:
        return None, second
    return (words[-2], offset + before.rindex(words[-2], 0, at)), second


def has_another_bearer(text: str, start: int, end: int, *, name: str) -> bool:
    """Tell whether a surname in the text stands with the given name or the initials of somebody else."""
    given = _other_words(name, text[start:end])
    if found := _initials_before(text, start) or _INITIALS_AFTER.match(text, end):
        return found[1].isupper() and not _is_initial(found[1], given)
    after = _WORD_AFTER.match(text, end)
    if after and _SURNAME_SHAPE.search(after[1]) and not _SURNAME_SHAPE.search(text[start:end]):
        return True  # Рахмон Озодов: here the surname looked for is a given name
    return any(
        _is_given_name(word) and not (_is_given(word, given) or _is_variant(word, given))
        for word in _capitalised_neighbours(text, start, end)
    )


def is_named_like_it(text: str, start: int, end: int) -> bool:
    """Tell whether the name of a place is a surname here: after a given name or initials, as in Мирзо Турсунзаде."""
    if not has_surname_shape(text[start:end]):
        return False
    if _initials_before(text, start):
        return True
    _, before = _words_before(text, start)
    return before is not None and before[0][:1].isupper() and before[0].isalpha() and _is_given_name(before[0])


def has_surname_shape(surface: str) -> bool:
    """Tell whether a name ends as surnames of the region do: Турсунзаде, Чкалов."""
    return _SURNAME_SHAPE.search(surface) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a given name stands by itself: no other capitalised word beside it, nor an initial."""
    if _WORD_AFTER.match(text, end) or _INITIALS_AFTER.match(text, end) or _initials_before(text, start):
        return False
    return not any(_is_given_name(word) for word in _capitalised_neighbours(text, start, end))


def _capitalised_neighbours(text: str, start: int, end: int) -> list[str]:
    _, before = _words_before(text, start)
    after = _WORD_AFTER.match(text, end)
    words = [before[0] if before else "", after[1] if after else ""]
    return [word for word in words if word[:1].isupper() and len(word) > 1 and word.isalpha()]


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
    words = tuple(word for word in fold_name(name).split() if not word.startswith(beginning))
    return tuple(word for word in words if not _PATRONYMIC.fullmatch(word)) or words


def _is_initial(letter: str, given: tuple[str, ...]) -> bool:
    return letter.isupper() and any(word[0] == fold_name(letter) for word in given)


@lru_cache(maxsize=50_000)
def _is_like_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a capitalised word is another spelling of a given name: Гаррет for Гаретт, Садир for Садыр."""
    folded = fold_name(word)
    return word[0].isupper() and any(
        len(name) >= 4
        and folded[0] == name[0]
        and difflib.SequenceMatcher(None, folded, name).ratio() >= _ALIKE
        and not _is_given_name(word)
        for name in given
    )


def _is_variant(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a capitalised word is a case form of another spelling of a given name: Ильхама for Ильхом."""
    if not word[0].isupper():
        return False
    heard = sounded(fold_name(word))
    return any(
        len(name) > 3 and len(heard) <= len(name) + _CASE_ENDING and heard[: len(name) - 1] == sounded(name)[:-1]
        for name in given
    )


def _is_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a word is a case form of one of the given names: they differ in the last two letters at most."""
    folded = fold_name(word)
    return any(folded[: max(3, len(name) - 1)] == name[: max(3, len(name) - 1)] for name in given)
