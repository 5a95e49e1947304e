"""Read what stands beside a person's surname in a text: initials, words, and whether these are given names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from watchlists.matching.folding import fold_name

_INITIALS_BEFORE = re.compile(r"(?<![\w.\u0300-\u036f])([^\W\d_])\.\s{0,4}(?:-?[^\W\d_]\.\s{0,4})?$")
_INITIALS_AFTER = re.compile(r",?[ \t\u00a0\u202f]+([^\W\d_])\.(?:[ \t\u00a0\u202f]?-?[^\W\d_]\.)?(?!\w)")
_INITIALS_REACH = 14  # characters of two initials and what parts them
_WORD_AFTER = re.compile(r"[ \t\u00a0]+([^\W\d_a-zа-яё][^\W\d_]{1,60})")
PATRONYMIC = re.compile(r"[^\W\d_]+(?:ович|евич|ьич|мич|тич|овн|евн|ичн|инишн)(?:а|у|ем|ом|е|ы|ой|ою)?", re.IGNORECASE)
SURNAME_SHAPE = re.compile(r"(?:[оеё]в|[иы]н|ск)(?:а|ой|у|ым|е|ий|ая|ого|ому)?$|(?:зода|заде|пур|иён|ӣ)$")
# Tajik and Uzbek have о where Russian and Arabic names have а; a short и is written и, й, ы or ь.
_ONE_SOUND = str.maketrans("оыьйэ", "аииие")
_CASE_ENDING = 2  # letters that a case adds to a given name at most: Ильхомом
REACH = 60  # characters before a surname; the longest given name and patronymic of the region are shorter
Placed = tuple[str, int]  # a word and where it starts


def initials_before(text: str, start: int) -> re.Match[str] | None:
    """Return the initials right before a surname, the first of them as the group."""
    if not text[max(0, start - 5) : start].rstrip().endswith("."):
        return None
    # The pattern ends at the surname, and looks no further back than two initials reach.
    return _INITIALS_BEFORE.search(text, max(0, start - _INITIALS_REACH), start)


def initials_after(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the initials right behind a surname, the first of them as the group."""
    found = _INITIALS_AFTER.match(text, end)
    if found and text[end] == ",":
        # In a roll of people they are the next one's: А. Назаров, Т. Рахимов.
        following = word_after(text, found.end())
        if initials_before(text, start) or (following and SURNAME_SHAPE.search(following)):
            return None
    return found


def words_before(text: str, start: int) -> tuple[Placed | None, Placed | None]:
    """Return the two words before a place, parted from it and from one another by white space within a paragraph."""
    before = text[max(0, start - REACH) : start]
    words = before.split()
    if not words or not before[-1:].isspace() or before.count("\n", len(before.rstrip())) > 1:
        return None, None
    offset = start - len(before)
    at = before.rindex(words[-1])
    second = (words[-1] if words[-1].isalpha() else composed(words[-1]), offset + at)
    if len(words) < 2:
        return None, second
    return (
        words[-2] if words[-2].isalpha() else composed(words[-2]),
        offset + before.rindex(words[-2], 0, at),
    ), second


def word_after(text: str, end: int) -> str | None:
    """Return the capitalised word behind a place, after white space within a line."""
    found = _WORD_AFTER.match(text, end)
    if found and text[found.end() : found.end() + 1] >= "\u0300":
        found = _WORD_AFTER.match(unicodedata.normalize("NFC", text[end : end + REACH]))
    return found[1] if found else None


def composed(word: str) -> str:
    """Return a word with its accents composed, by which the rules know letters."""
    return unicodedata.normalize("NFC", word)


@lru_cache(maxsize=10_000)
def other_words(name: str, surname: str) -> tuple[str, ...]:
    """Return the folded words of a listed name but its surname, in any case form, and but its patronymic."""
    beginning = fold_name(surname)[:3]
    words = tuple(word for word in fold_name(name).split() if not word.startswith(beginning))
    return tuple(word for word in words if not PATRONYMIC.fullmatch(word)) or words


def is_initial(letter: str, given: tuple[str, ...]) -> bool:
    """Tell whether a capital letter is the initial of one of the folded given names."""
    return letter.isupper() and any(word[0] == fold_name(letter) for word in given)


def is_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a word is a case form of one of the given names: by the dictionary (Павла), or but for its end."""
    folded = fold_name(word)
    for name in given:
        is_form = _by_dictionary(folded, name)
        if is_form or (is_form is None and folded[: max(3, len(name) - 1)] == name[: max(3, len(name) - 1)]):
            return True
    return False


def is_variant(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a capitalised word is a case form of another spelling of a given name: Ильхама for Ильхом."""
    if not word[0].isupper():
        return False
    folded = fold_name(word)
    heard = sounded(folded)
    return any(
        len(name) > 3
        and len(heard) <= len(name) + _CASE_ENDING
        and heard[: len(name) - 1] == sounded(name)[:-1]
        and _by_dictionary(folded, name) is not False  # Виктория is none of Виктор's
        for name in given
    )


@lru_cache(maxsize=50_000)
def is_given_name(word: str) -> bool:
    """Tell whether a capitalised word is a given name, by pymorphy's dictionary of Russian and lists of others."""
    from watchlists.forms import given_names  # noqa: PLC0415  loads the dictionary, only where it is needed

    return given_names.is_given_name(fold_name(word))


@lru_cache(maxsize=50_000)
def _by_dictionary(folded: str, name: str) -> bool | None:
    """Tell whether a word is a case form of a given name; ``None`` where the dictionary does not have both."""
    from watchlists.forms.given_names import base_names  # noqa: PLC0415  loads the dictionary, only where it is needed

    found, own = base_names(folded), base_names(name)
    if not found or not own:
        return None
    return sounded(name) in found if sounded(name) in own else bool(own & found)


def sounded(word: str) -> str:
    """Return a folded word with one letter for those by which spellings of a name differ: Ильхам, Ильхом."""
    return word.translate(_ONE_SOUND)
