"""Find what belongs to a person's surname in the text: initials, and a given name with a patronymic between."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from watchlists.forms.chinese_middle_names import dotted_given_name_before
from watchlists.matching.beside import (
    PATRONYMIC,
    REACH,
    initials_after,
    initials_before,
    is_given,
    is_given_name,
    is_initial,
    is_variant,
    other_words,
    sounded,
    words_before,
)
from watchlists.matching.folding import fold_name

_HYPHENS = frozenset("-\u2010\u2011")
# Of Arabic surnames: аль-Асад.
_ARTICLES = frozenset({"ал", "эл", "аль", "эль", "ас", "аш", "ан", "ар", "ат", "ад", "аз"})
_WITH_ARTICLE = re.compile(rf"([^\W\d_]+)\s(?:{'|'.join(sorted(_ARTICLES))}).$", re.IGNORECASE)
_PATRONYMIC_ENDING = re.compile("ич|[вчш]н")
_PATRONYMIC_ENDS_WITHIN = 6  # letters, with those of the case: ...овичем, ...ишною
# Two letters of six may differ; Сергей and Сергий are alike, Сергей and Степан are not.
_ALIKE = 0.75


def grown(text: str, start: int, end: int, *, name: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the span of a surname with the initials or the given name and patronymic that stand with it, and why.

    ``name`` is the listed full name: an initial must be one of its other words', a given name one of its words.
    ``None`` where nothing of the kind stands there.
    """
    if (given_at := dotted_given_name_before(text, start, name=name)) is not None:
        return given_at, end, ("middle name between",)
    given = other_words(name, text[start:end])
    if (found := initials_after(text, start, end)) and is_initial(found[1], given):
        return start, found.end(), ("initials", "surname first")
    if (found := initials_before(text, start)) and is_initial(found[1], given):
        return found.start(), end, ("initials",)
    if (found := _before_article(text, start)) and is_given(found[1], given):
        return found.start(), end, ("article between",)
    return _grown_by_given_name(text, start, end, given)


def _grown_by_given_name(
    text: str, start: int, end: int, given: tuple[str, ...]
) -> tuple[int, int, tuple[str, ...]] | None:
    first, second = words_before(text, start)
    if first and second and is_given(first[0], given):
        if PATRONYMIC.fullmatch(second[0]):
            return first[1], end, ("patronymic between",)
        if len(second[0]) == 2 and second[0][1] == ".":
            return first[1], end, ("middle initial",)
    if second and second[0].isalpha() and (is_variant(second[0], given) or _is_like_given(second[0], given)):
        return second[1], end, ("given name spelt otherwise",)
    return None


@lru_cache(maxsize=50_000)
def _is_like_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a capitalised word is another spelling of a given name: Гаррет for Гаретт, Садир for Садыр."""
    folded = fold_name(word)
    return word[0].isupper() and any(
        len(name) >= 4
        and folded[0] == name[0]
        and difflib.SequenceMatcher(None, folded, name).ratio() >= _ALIKE
        and not is_given_name(word)
        for name in given
    )


def _before_article(text: str, start: int) -> re.Match[str] | None:
    """Return the word before the Arabic article that a surname hangs on: Башар аль-Асад, listed as Башар Асад."""
    if not start or text[start - 1] not in _HYPHENS:
        return None
    return _WITH_ARTICLE.search(text, max(0, start - REACH), start)


def beginnings_in(word: str, *, is_capital: bool) -> tuple[str, ...]:
    """Return how the given name may begin that a folded word before a surname is, or that it is the initial of.

    One letter for an initial; two, as ``beginnings_of`` has them, for what may be a given name.
    """
    if is_given_name(word):
        return (sounded(word)[:2],)
    return (word[0],) if word and is_capital else ()  # an initial, or a given name with a slip of the pen


def may_follow_a_given_name(word: str) -> bool:
    """Tell whether before a folded word, which stands before a surname, another initial or a given name may stand.

    So it is with an initial, an article or a patronymic; a given name may have two parts.
    """
    return (
        len(word) == 1
        or word in _ARTICLES
        or _PATRONYMIC_ENDING.search(word, max(0, len(word) - _PATRONYMIC_ENDS_WITHIN)) is not None
    )


def beginnings_before(text: str, at: int) -> Iterator[str]:
    """Yield how the two words of a folded text begin that stand before the one at ``at``, in three letters."""
    for _ in range(2):
        if at < 2:
            return
        end = at - 1
        at = text.rfind(" ", 0, end) + 1
        yield text[at : min(at + 3, end)]


def beginnings_of(name: str, surname: str) -> frozenset[str]:
    """Return how the given names of a listed name begin, for comparing with those beside its surname."""
    given = other_words(name, surname)
    plain = (word[:length] for word in given for length in (1, 3))
    return frozenset((*plain, *(sounded(word)[:2] for word in given)))
