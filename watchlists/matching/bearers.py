"""Tell whether a surname, or the name of a place that is like one, is that of somebody else."""

from __future__ import annotations

import re
import unicodedata

from watchlists.forms.wordlists import words_of
from watchlists.matching.beside import (
    SURNAME_SHAPE,
    composed,
    initials_after,
    initials_before,
    is_given,
    is_given_name,
    is_initial,
    is_variant,
    other_words,
    word_after,
    words_before,
)
from watchlists.matching.folding import fold_name
from watchlists.matching.namesakes import begins_a_sentence, is_tajik

# A given name of one syllable or two, as Chinese is written in Latin letters.
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?a(?:ng?|o|i)?|i?ong|i?u|ia?n?|ie|ing?|e(?:ng?|i|r)?|ou?|u(?:a(?:ng?|i)?|e|i|n|o)?)'?){1,2}"
)
_ENGLISH_TOO = frozenset({"can", "he", "she", "in", "on", "no", "men"})
_VOWELS = frozenset("аеиоуыэюя")
_NEAR = 300  # characters on either side by which the language of a sentence is told


def has_another_bearer(text: str, start: int, end: int, *, name: str) -> bool:
    """Tell whether a surname in the text stands with the given name or the initials of somebody else."""
    given = other_words(name, text[start:end])
    if found := initials_before(text, start) or initials_after(text, start, end):
        return found[1].isupper() and not is_initial(found[1], given)
    if _has_more_names(text, start, name=name) or _is_family_first(text, start, end, given=given):
        return True
    after = word_after(text, end)
    own = unicodedata.normalize("NFC", text[start:end])
    if after and SURNAME_SHAPE.search(after) and (not SURNAME_SHAPE.search(own) or is_given_name(own)):
        # Рахмон Озодов: here the surname looked for is a given name. But Трампу Путин are two, Трампу Путину too.
        return own[-1] not in "ую" or fold_name(own) in fold_name(name).split()
    if any(
        is_given_name(word) and not (is_given(word, given) or is_variant(word, given))
        for word in _capitalised_neighbours(text, start, end)
    ):
        return True
    _, before = words_before(text, start)
    return before is not None and _may_be_somebody(text, *before, given=given)


def _may_be_somebody(text: str, word: str, at: int, *, given: tuple[str, ...]) -> bool:
    """Tell a capitalised word before a surname, within a sentence, that can hardly be anything but another given name.

    It is in no dictionary and stands in the nominative, where the name of a place or an office would be a genitive; in
    Tajik, where there is none, it is no place that one knows. With the izafet it is what the rest is the name of
    (Мазори Шариф).
    """
    if not (word.isalpha() and word[0].isupper() and word[1:].islower() and len(word) > 2):
        return False
    if begins_a_sentence(text, at) or is_given(word, given) or is_variant(word, given):
        return False
    from watchlists.forms.given_names import may_be_a_given_name  # noqa: PLC0415  loads the dictionary

    folded = fold_name(word)
    if not may_be_a_given_name(folded):
        return False
    return folded[-1] not in _VOWELS or is_tajik(text[max(0, at - _NEAR) : at + _NEAR])


def _has_more_names(text: str, start: int, *, name: str) -> bool:
    """Tell whether a second given name stands between, that the listed name lacks: Ахмад Шах Масуд, the father."""
    first, second = words_before(text, start)
    if first is None or second is None or fold_name(second[0]) not in words_of("second given names"):
        return False
    return first[0][:1].isupper() and second[0][0].isupper() and fold_name(second[0]) not in fold_name(name).split()


def _is_family_first(text: str, start: int, end: int, *, given: tuple[str, ...]) -> bool:
    """Tell a surname of the far East with another given name behind it: Ким Чен Ын, where Анна Ким is looked for.

    In English the given name must be one in Pinyin: Wang Yibo, and not the headline Wang Says No.
    """
    after = word_after(text, end)
    if after is None or is_given(after, given):
        return False
    surname = fold_name(text[start:end])
    if surname.isascii():
        may_be_given = _PINYIN.fullmatch(after.lower()) is not None and after.lower() not in _ENGLISH_TOO
        return may_be_given and surname in words_of("surnames that come first, en")
    return surname in words_of("surnames that come first, ru")


def is_named_like_it(text: str, start: int, end: int) -> bool:
    """Tell whether the name of a place is a surname here: after a given name or initials, as in Мирзо Турсунзаде."""
    if not has_surname_shape(text[start:end]):
        return False
    if initials_before(text, start):
        return True
    _, before = words_before(text, start)
    return before is not None and before[0][:1].isupper() and before[0].isalpha() and is_given_name(before[0])


def has_surname_shape(surface: str) -> bool:
    """Tell whether a name ends as surnames of the region do: Турсунзаде, Чкалов."""
    return SURNAME_SHAPE.search(composed(surface)) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a given name stands by itself: no other capitalised word beside it, nor an initial."""
    if word_after(text, end) or initials_after(text, start, end) or initials_before(text, start):
        return False
    return not any(is_given_name(word) for word in _capitalised_neighbours(text, start, end))


def _capitalised_neighbours(text: str, start: int, end: int) -> list[str]:
    _, before = words_before(text, start)
    after = word_after(text, end)
    words = [before[0] if before else "", after if after else ""]
    return [word for word in words if word[:1].isupper() and len(word) > 1 and word.isalpha()]
