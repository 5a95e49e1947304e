"""Find what belongs to a person's surname in the text: initials, and a given name with a patronymic between."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from watchlists.forms.chinese_script import simplified
from watchlists.forms.chinese_syllables import TRANSLITERATING
from watchlists.forms.wordlists import words_of
from watchlists.matching.folding import fold_name
from watchlists.matching.namesakes import begins_a_sentence, is_tajik

_INITIALS_BEFORE = re.compile(r"(?<![\w.\u0300-\u036f])([^\W\d_])\.\s{0,4}(?:-?[^\W\d_]\.\s{0,4})?$")
_INITIALS_AFTER = re.compile(r",?[ \t\u00a0\u202f]+([^\W\d_])\.(?:[ \t\u00a0\u202f]?-?[^\W\d_]\.)?(?!\w)")
_HYPHENS = frozenset("-\u2010\u2011")
# Of Arabic surnames: аль-Асад.
_ARTICLES = frozenset({"ал", "эл", "аль", "эль", "ас", "аш", "ан", "ар", "ат", "ад", "аз"})
_WITH_ARTICLE = re.compile(rf"([^\W\d_]+)\s(?:{'|'.join(sorted(_ARTICLES))}).$", re.IGNORECASE)
_PATRONYMIC = re.compile(r"[^\W\d_]+(?:ович|евич|ьич|мич|тич|овн|евн|ичн|инишн)(?:а|у|ем|ом|е|ы|ой|ою)?", re.IGNORECASE)
_PATRONYMIC_ENDING = re.compile("ич|[вчш]н")
_PATRONYMIC_ENDS_WITHIN = 6  # letters, with those of the case: ...овичем, ...ишною
_WORD_AFTER = re.compile(r"[ \t\u00a0]+([^\W\d_a-zа-яё][^\W\d_]{1,60})")
# A given name of one syllable or two, as Chinese is written in Latin letters.
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?a(?:ng?|o|i)?|i?ong|i?u|ia?n?|ie|ing?|e(?:ng?|i|r)?|ou?|u(?:a(?:ng?|i)?|e|i|n|o)?)'?){1,2}"
)
_ENGLISH_TOO = frozenset({"can", "he", "she", "in", "on", "no", "men"})
_SURNAME_SHAPE = re.compile(r"(?:[оеё]в|[иы]н|ск)(?:а|ой|у|ым|е|ий|ая|ого|ому)?$|(?:зода|заде|пур|иён|ӣ)$")
# Two letters of six may differ; Сергей and Сергий are alike, Сергей and Степан are not.
_ALIKE = 0.75
# Tajik and Uzbek have о where Russian and Arabic names have а; a short и is written и, й, ы or ь.
_ONE_SOUND = str.maketrans("оыьйэ", "аииие")
_CASE_ENDING = 2  # letters that a case adds to a given name at most: Ильхомом
_REACH = 60  # characters before a surname; the longest given name and patronymic of the region are shorter
# Between a given name and a surname in Chinese: a second given name, a patronymic or an initial, and the dots.
_DOTS = frozenset("·・•‧∙⋅･")
_DOTTED_MIDDLE = re.compile("[·・•‧∙⋅･] ?([\u3400-\u9fff]{1,10}|[A-Z]) ?[·・•‧∙⋅･.．] ?$")
_ENDS_A_MIDDLE_NAME = _DOTS | frozenset(".．")
_HAN = "\u3400"  # the first ideograph
_DOTTED_REACH = 32  # characters
_VOWELS = frozenset("аеиоуыэюя")
_NEAR = 300  # characters on either side by which the language of a sentence is told
_INITIALS_REACH = 14  # characters of two initials and what parts them


def grown(text: str, start: int, end: int, *, name: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the span of a surname with the initials or the given name and patronymic that stand with it, and why.

    ``name`` is the listed full name: an initial must be one of its other words', a given name one of its words.
    ``None`` where nothing of the kind stands there.
    """
    if (given_at := dotted_given_name_before(text, start, name=name)) is not None:
        return given_at, end, ("middle name between",)
    given = _other_words(name, text[start:end])
    if (found := _initials_after(text, start, end)) and _is_initial(found[1], given):
        return start, found.end(), ("initials", "surname first")
    if (found := _initials_before(text, start)) and _is_initial(found[1], given):
        return found.start(), end, ("initials",)
    if (found := _before_article(text, start)) and _is_given(found[1], given):
        return found.start(), end, ("article between",)
    return _grown_by_given_name(text, start, end, given)


def _grown_by_given_name(
    text: str, start: int, end: int, given: tuple[str, ...]
) -> tuple[int, int, tuple[str, ...]] | None:
    first, second = _words_before(text, start)
    if first and second and _is_given(first[0], given):
        if _PATRONYMIC.fullmatch(second[0]):
            return first[1], end, ("patronymic between",)
        if len(second[0]) == 2 and second[0][1] == ".":
            return first[1], end, ("middle initial",)
    if second and second[0].isalpha() and (_is_variant(second[0], given) or _is_like_given(second[0], given)):
        return second[1], end, ("given name spelt otherwise",)
    return None


def beginnings_in(word: str, *, is_capital: bool) -> tuple[str, ...]:
    """Return how the given name may begin that a folded word before a surname is, or that it is the initial of.

    One letter for an initial; two, as ``beginnings_of`` has them, for what may be a given name.
    """
    if _is_given_name(word):
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
    given = _other_words(name, surname)
    plain = (word[:length] for word in given for length in (1, 3))
    return frozenset((*plain, *(sounded(word)[:2] for word in given)))


def sounded(word: str) -> str:
    """Return a folded word with one letter for those by which spellings of a name differ: Ильхам, Ильхом."""
    return word.translate(_ONE_SOUND)


def may_have_a_dot_before(text: str, start: int) -> bool:
    """Tell whether a dot stands before a surname as it does in the names of foreigners in Chinese."""
    return text[start] >= _HAN and text[max(0, start - 2) : start].rstrip(" ")[-1:] in _ENDS_A_MIDDLE_NAME


def dotted_given_name_before(text: str, start: int, *, name: str) -> int | None:
    """Return where the given name begins that a middle name parts from a surname: 约翰·F·肯尼迪, listed 约翰·肯尼迪.

    ``None`` where nothing of the kind stands there, or the son is meant (小约翰·F·肯尼迪).
    """
    if not may_have_a_dot_before(text, start):
        return None
    since = max(0, start - _DOTTED_REACH)
    before = text[since:start].translate(simplified())
    middle = _DOTTED_MIDDLE.search(before)
    if middle is None or not (middle[1].isascii() or set(middle[1]) <= TRANSLITERATING):
        return None
    given = re.split(r"\s*[·・•‧∙⋅･]\s*", name.translate(simplified()), maxsplit=1)[0]
    if not given or not before.endswith(given, 0, middle.start()):
        return None
    at = middle.start() - len(given)
    return None if before[at - 1 : at] in _DOTS | {"小"} else since + at


def _initials_before(text: str, start: int) -> re.Match[str] | None:
    if not text[max(0, start - 5) : start].rstrip().endswith("."):
        return None
    # The pattern ends at the surname, and looks no further back than two initials reach.
    return _INITIALS_BEFORE.search(text, max(0, start - _INITIALS_REACH), start)


def _initials_after(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _INITIALS_AFTER.match(text, end)
    if found and text[end] == ",":
        # In a roll of people they are the next one's: А. Назаров, Т. Рахимов.
        following = _word_after(text, found.end())
        if _initials_before(text, start) or (following and _SURNAME_SHAPE.search(following)):
            return None
    return found


def _before_article(text: str, start: int) -> re.Match[str] | None:
    """Return the word before the Arabic article that a surname hangs on: Башар аль-Асад, listed as Башар Асад."""
    if not start or text[start - 1] not in _HYPHENS:
        return None
    return _WITH_ARTICLE.search(text, max(0, start - _REACH), start)


Placed = tuple[str, int]  # a word and where it starts


def _words_before(text: str, start: int) -> tuple[Placed | None, Placed | None]:
    """Return the two words before a place, parted from it and from one another by white space within a paragraph."""
    before = text[max(0, start - _REACH) : start]
    words = before.split()
    if not words or not before[-1:].isspace() or before.count("\n", len(before.rstrip())) > 1:
        return None, None
    offset = start - len(before)
    at = before.rindex(words[-1])
    second = (words[-1] if words[-1].isalpha() else _composed(words[-1]), offset + at)
    if len(words) < 2:
        return None, second
    return (
        words[-2] if words[-2].isalpha() else _composed(words[-2]),
        offset + before.rindex(words[-2], 0, at),
    ), second


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _word_after(text: str, end: int) -> str | None:
    """Return the capitalised word behind a place, after white space within a line."""
    found = _WORD_AFTER.match(text, end)
    if found and text[found.end() : found.end() + 1] >= "\u0300":
        found = _WORD_AFTER.match(unicodedata.normalize("NFC", text[end : end + _REACH]))
    return found[1] if found else None


def has_another_bearer(text: str, start: int, end: int, *, name: str) -> bool:
    """Tell whether a surname in the text stands with the given name or the initials of somebody else."""
    given = _other_words(name, text[start:end])
    if found := _initials_before(text, start) or _initials_after(text, start, end):
        return found[1].isupper() and not _is_initial(found[1], given)
    if _has_more_names(text, start, name=name) or _is_family_first(text, start, end, given=given):
        return True
    after = _word_after(text, end)
    own = unicodedata.normalize("NFC", text[start:end])
    if after and _SURNAME_SHAPE.search(after) and (not _SURNAME_SHAPE.search(own) or _is_given_name(own)):
        # Рахмон Озодов: here the surname looked for is a given name. But Трампу Путин are two, Трампу Путину too.
        return own[-1] not in "ую" or fold_name(own) in fold_name(name).split()
    if any(
        _is_given_name(word) and not (_is_given(word, given) or _is_variant(word, given))
        for word in _capitalised_neighbours(text, start, end)
    ):
        return True
    _, before = _words_before(text, start)
    return before is not None and _may_be_somebody(text, *before, given=given)


def _may_be_somebody(text: str, word: str, at: int, *, given: tuple[str, ...]) -> bool:
    """Tell a capitalised word before a surname, within a sentence, that can hardly be anything but another given name.

    It is in no dictionary and stands in the nominative, where the name of a place or an office would be a genitive; in
    Tajik, where there is none, it is no place that one knows. With the izafet it is what the rest is the name of
    (Мазори Шариф).
    """
    if not (word.isalpha() and word[0].isupper() and word[1:].islower() and len(word) > 2):
        return False
    if begins_a_sentence(text, at) or _is_given(word, given) or _is_variant(word, given):
        return False
    from watchlists.forms.given_names import may_be_a_given_name  # noqa: PLC0415  loads the dictionary

    folded = fold_name(word)
    if not may_be_a_given_name(folded):
        return False
    return folded[-1] not in _VOWELS or is_tajik(text[max(0, at - _NEAR) : at + _NEAR])


def _has_more_names(text: str, start: int, *, name: str) -> bool:
    """Tell whether a second given name stands between, that the listed name lacks: Ахмад Шах Масуд, the father."""
    first, second = _words_before(text, start)
    if first is None or second is None or fold_name(second[0]) not in words_of("second given names"):
        return False
    return first[0][:1].isupper() and second[0][0].isupper() and fold_name(second[0]) not in fold_name(name).split()


def _is_family_first(text: str, start: int, end: int, *, given: tuple[str, ...]) -> bool:
    """Tell a surname of the far East with another given name behind it: Ким Чен Ын, where Анна Ким is looked for.

    In English the given name must be one in Pinyin: Wang Yibo, and not the headline Wang Says No.
    """
    after = _word_after(text, end)
    if after is None or _is_given(after, given):
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
    if _initials_before(text, start):
        return True
    _, before = _words_before(text, start)
    return before is not None and before[0][:1].isupper() and before[0].isalpha() and _is_given_name(before[0])


def has_surname_shape(surface: str) -> bool:
    """Tell whether a name ends as surnames of the region do: Турсунзаде, Чкалов."""
    return _SURNAME_SHAPE.search(_composed(surface)) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a given name stands by itself: no other capitalised word beside it, nor an initial."""
    if _word_after(text, end) or _initials_after(text, start, end) or _initials_before(text, start):
        return False
    return not any(_is_given_name(word) for word in _capitalised_neighbours(text, start, end))


def _capitalised_neighbours(text: str, start: int, end: int) -> list[str]:
    _, before = _words_before(text, start)
    after = _word_after(text, end)
    words = [before[0] if before else "", after if after else ""]
    return [word for word in words if word[:1].isupper() and len(word) > 1 and word.isalpha()]


@lru_cache(maxsize=50_000)
def _is_given_name(word: str) -> bool:
    """Tell whether a capitalised word is a given name, by pymorphy's dictionary of Russian and lists of others."""
    from watchlists.forms.given_names import is_given_name  # noqa: PLC0415  loads the dictionary, only where it is needed

    return is_given_name(fold_name(word))


@lru_cache(maxsize=50_000)
def _by_dictionary(folded: str, name: str) -> bool | None:
    """Tell whether a word is a case form of a given name; ``None`` where the dictionary does not have both."""
    from watchlists.forms.given_names import base_names  # noqa: PLC0415  loads the dictionary, only where it is needed

    found, own = base_names(folded), base_names(name)
    if not found or not own:
        return None
    return sounded(name) in found if sounded(name) in own else bool(own & found)


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
    folded = fold_name(word)
    heard = sounded(folded)
    return any(
        len(name) > 3
        and len(heard) <= len(name) + _CASE_ENDING
        and heard[: len(name) - 1] == sounded(name)[:-1]
        and _by_dictionary(folded, name) is not False  # Виктория is none of Виктор's
        for name in given
    )


def _is_given(word: str, given: tuple[str, ...]) -> bool:
    """Tell whether a word is a case form of one of the given names: by the dictionary (Павла), or but for its end."""
    folded = fold_name(word)
    for name in given:
        is_form = _by_dictionary(folded, name)
        if is_form or (is_form is None and folded[: max(3, len(name) - 1)] == name[: max(3, len(name) - 1)]):
            return True
    return False
