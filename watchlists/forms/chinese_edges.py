"""Judge whether a Chinese name at a place of a text is that name, or a piece of other words.

发展中国家 (developing countries) is not China, 其中国际 not either, 白俄罗斯 (Belarus) not Russia, and 阿卜杜拉赫蒙 not
Rahmon. Some looks, each only as far as needed:

1. digits and Latin letters at an edge of the name may not go on beyond it, nor be a count of something;
2. the dot of a transliterated name beside a surname says that somebody of another first name is meant;
3. what is called after the name may follow it: a ship, a river, a newspaper (``chinese_namesakes.py``);
4. a person's name may not go on, and syllables neither (``chinese_people.py``, ``chinese_syllables.py``);
5. the likeliest division into words (unigram model, word counts of jieba's dictionary) must leave the name whole;
6. where the likeliest division has a longer word around the name, that word must be about the same thing: so say
   a list of other things, its parts, the English of CC-CEDICT where it knows both words, where the name stands in it.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from watchlists.forms.chinese_dictionary import (
    divide,
    is_everyday_word,
    is_place,
    load_words,
    share_of,
    words_of,
)
from watchlists.forms.chinese_longer_words import is_about
from watchlists.forms.chinese_namesakes import is_called_after, is_club, is_quoted_namesake
from watchlists.forms.chinese_numbers import NUMERALS, is_a_count, is_an_ordinal, is_latin, number_goes_on
from watchlists.forms.chinese_people import SURNAMES, is_longer_person
from watchlists.forms.chinese_script import simplified
from watchlists.forms.chinese_syllables import (
    DOTS,
    TRANSLITERATING,
    is_longer_transliteration,
    is_persons,
    may_have_more_syllables,
)

# How many characters beyond an edge are looked at: the longest words that matter have seven.
_REACH = 7
# Characters that a word has on one side of an edge, at most; longer ones are names themselves.
_LONGEST_PART = 5
# Rounding only: a name counts when the likeliest division keeps it. In the labelled sentences and for 334 names of
# places in translated news all true ones are at 0; 其中|国际 and its like are between 0.8 and 17 nats off.
_MARGIN = 1e-6
# A weak name, and that of a person of two characters, is less sure to be one: 最高法 in 最高|法定|刑.
# In the labelled sentences all true ones are 2.9 nats likelier than what cuts them, and the others 2.5 or less.
_DOUBT = 2.0
_SHORT_PERSON = 2
# So many syllables before the dot of a transliterated name still belong to the name that they follow: 阿曼达·史密斯.
_SYLLABLES_TO_DOT = re.compile(rf"(?P<syllables>[\u3400-\u9fff]{{1,2}})[{''.join(sorted(DOTS))}]")
# What titles and callings end in, and what people do: beside them a word of everyday use is somebody's name.
_TITLES = ("人", "长", "席", "者", "员", "授", "士", "生", "任", "帅", "将", "校", "理", "统", "师", "志", "记")
_TITLES_AFTER = ("长", "席", "授", "任", "帅", "将", "校", "理", "统")
_PERHAPS_PEOPLE = frozenset(("Person", ""))
# After a name these make a people or a tongue of it, as the adjectives of Russian: 塔吉克族, 塔吉克语.
_PEOPLE = frozenset("族语裔")
# What may follow a phrase that is a name without being cut off it: 网络安全|法 is a law on 网络安全.
_MAY_FOLLOW_PHRASE = frozenset("法案部局署处组办周日展网")
# 国防部长 is the minister and not the ministry, 共产党员 one of its members.
_OF_IT = frozenset("长员")
_PHRASES = frozenset(("Topic", "Event"))
# So many nats a word may be likelier than its two parts: 银行行长 is 4 nats, 俄罗斯联邦 7, 航空母舰 12.
_JOINED = 8.0
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def chinese_reasons(
    text: str,
    start: int,
    end: int,
    *,
    language: str | None = None,  # noqa: ARG001 - the signature that all edge rules share
    weak: bool = False,
    schema: str = "",
) -> tuple[str, ...] | None:
    """Return why the name at ``text[start:end]`` counts there (often nothing to say), or ``None`` where it does not.

    ``weak`` is that of the form: a surname alone does not count behind another's first name and a dot. ``schema`` is
    that of the entity: a river is called after a town (喀什河), and an airport after a person.
    """
    name, dotted = _simplified(text[start:end]), _is_dotted(text, start, end)
    if (
        number_goes_on(text, start, end)
        or is_an_ordinal(text, start)
        or is_club(text, start, schema=schema)
        or (dotted and (weak or (schema not in _PERHAPS_PEOPLE and _is_of_a_person(name, text, start, end))))
        or (_is_chinese(name) and not _is_whole(name, text, start, end, weak=weak, schema=schema))
    ):
        return None
    return ("part of a dotted name",) if dotted else ()


def _is_whole(name: str, text: str, start: int, end: int, *, weak: bool, schema: str) -> bool:
    """Tell whether a Chinese name is all that stands there, judging by what is beside it."""
    left, right = _simplified(_run_before(text, start)), _simplified(_run_after(text, end))
    if is_a_count(name, left, right, before=text[max(0, start - 2) : start], after=text[end : end + 5]):
        return False
    if is_quoted_namesake(text, start, end, schema=schema) or _leads_to_dot(name, text, end):
        return False
    if not left and not right:
        return True
    return not _is_other_unit(name, right) and _stands(left, name, right, weak=weak, schema=schema)


def _is_dotted(text: str, start: int, end: int) -> bool:
    """Tell whether the dot of a transliterated name stands beside the name."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (before in DOTS and _is_chinese(text[max(0, start - 2) : start - 1])) or (
        after in DOTS and _is_chinese(text[end + 1 : end + 2])
    )


def _is_of_a_person(name: str, text: str, start: int, end: int) -> bool:
    """Tell whether a name is part of somebody's there: 多米尼克·拉布, 理查德·瓦格纳, but not in 罗马·巴黎."""
    if not set(name) <= TRANSLITERATING:
        return False
    beside = []
    if text[end : end + 1] in DOTS:
        after = _simplified(_run_after(text, end + 1))
        beside.append((divide(after)[0][:1], any(is_place(after[:length]) for length in range(2, _REACH))))
    if text[start - 1 : start] in DOTS:
        before = _simplified(_run_before(text, start - 1))
        beside.append((divide(before)[0][-1:], any(is_place(before[-length:]) for length in range(2, _REACH))))
    # One character may be no syllable elsewhere: 理 in 理查德.
    return any(
        len(set(word) - TRANSLITERATING) <= (len(word) > 2) and not stands_beside_place
        for words, stands_beside_place in beside
        for word in words
    )


def _leads_to_dot(name: str, text: str, end: int) -> bool:
    """Tell whether a transliterated name goes on with syllables up to a dot: somebody else's first name."""
    found = _SYLLABLES_TO_DOT.match(text, end)
    return found is not None and set(_simplified(found["syllables"]) + name) <= TRANSLITERATING


def _is_other_unit(name: str, right: str) -> bool:
    """Tell whether the one character after a number goes on to another word: 41旅游专线 is no brigade."""
    is_unit = len(name) > 1 and is_latin(name[-2]) and _is_chinese(name[-1])
    return is_unit and bool(right) and divide(name[-1] + right)[0][0] != name[-1]


def may_be_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether a person's name is a word of everyday use, and nothing beside it says that somebody is meant.

    高峰 is a peak (客流高峰), unless a title stands before it (发言人高峰) or what people do behind it (高峰表示).
    """
    if not is_everyday_word(_simplified(text[start:end])):
        return False
    before, after = _simplified(_run_before(text, start)), _simplified(_run_after(text, end))
    if before and before[-1] in SURNAMES and divide(before)[0][-1] == before[-1]:
        return True  # 王高峰 is somebody else
    if before.endswith(_TITLES) or after.startswith(words_of("deeds")):
        return False
    title = divide(after)[0][0] if after else ""
    return not (len(title) > 1 and title.endswith(_TITLES_AFTER))


def _is_chinese(text: str) -> bool:
    return bool(_CJK.search(text))


def _simplified(text: str) -> str:
    return text.translate(simplified())


def _run_before(text: str, start: int) -> str:
    found = re.search(r"[\u3400-\u9fff]*$", text[max(0, start - _REACH) : start])
    return found[0] if found else ""


def _run_after(text: str, end: int) -> str:
    found = re.match(r"[\u3400-\u9fff]*", text[end : end + _REACH])
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def _stands(left: str, name: str, right: str, *, weak: bool, schema: str) -> bool:
    """Tell whether ``name`` is a name of its own between these neighbours."""
    if is_called_after(name, right, schema=schema):
        return False
    if schema == "Person" and _is_other_person(left, name, right, weak=weak):
        return False
    if not (right[:1] in _PEOPLE or may_have_more_syllables(left, name, right) or _has_word_across(left, name, right)):
        return True
    left_words, left_score = divide(left)
    right_words, right_score = divide(right)
    if is_longer_transliteration(left_words, name, right_words, schema=schema, weak=weak):
        return False
    after = right_words[0] if right_words else ""
    if after in _PEOPLE or _is_torn(name, after):
        return False
    parted_score = left_score + share_of(name) + right_score
    is_in_doubt = weak or (schema == "Person" and len(name) <= _SHORT_PERSON)
    return _survives(left, name, right, parted_score=parted_score, schema=schema) and not (
        is_in_doubt and _likeliest_cut(left, name, right) > parted_score - _DOUBT
    )


def _likeliest_cut(left: str, name: str, right: str) -> float:
    """Return the log-likelihood of the likeliest division that has a word over an edge of the name."""
    share = load_words().share
    whole, edges = left + name + right, (len(left), len(left + name))
    best = -math.inf
    for edge in edges:
        for start in range(max(0, edge - _LONGEST_PART), edge):
            for end in range(edge + 1, min(len(whole), edge + _LONGEST_PART) + 1):
                is_around = start <= edges[0] and end >= edges[1]
                if not is_around and (word := share.get(whole[start:end])) is not None:
                    best = max(best, divide(whole[:start])[1] + word + divide(whole[end:])[1])
    return best


def _survives(left: str, name: str, right: str, *, parted_score: float, schema: str) -> bool:
    """Tell whether the likeliest division into words leaves the name whole, or in a word about the same thing."""
    whole, at = left + name + right, len(left)
    words, score = divide(whole, inner=(at, at + len(name)), name=name)
    start = 0
    for word in words:
        if start <= at and start + len(word) >= at + len(name) and word != name:
            return is_about(word, name, at=at - start, schema=schema)
        start += len(word)
    return score - parted_score <= _MARGIN or _is_only_joined(words, at, at + len(name), schema=schema)


def _is_other_person(left: str, name: str, right: str, *, weak: bool) -> bool:
    """Tell whether a person's name goes on, or a son is meant: 王毅夫, 小费迪南德·马科斯."""
    if left.endswith("小") and divide(left)[0][-1] == "小" and set(name) <= TRANSLITERATING | DOTS:
        return True
    return not weak and is_longer_person(name, left, right)


def _is_only_joined(words: list[str], at: int, until: int, *, schema: str) -> bool:
    """Tell whether each word over an edge of the name is itself two words that meet there: 世界|银行·行长.

    One character more may follow a phrase: 网络|安全·法.
    """
    start = 0
    for word in words:
        end = start + len(word)
        for edge in (at, until):
            if start < edge < end:
                before, after = word[: edge - start], word[edge - start :]
                is_suffix = edge == until and schema in _PHRASES and after in _MAY_FOLLOW_PHRASE
                is_somebody = schema == "Country" and is_persons(word)  # 马里|基|达尔, not 马|里基|达尔
                if not (is_suffix or is_somebody or _are_two_words(before, after)):
                    return False
        start = end
    return True


def _are_two_words(before: str, after: str) -> bool:
    """Tell whether a word is no more than the two that it is made of: 银行行长, but not 航空母舰."""
    share = load_words().share
    if min(len(before), len(after)) < 2 or not (before in share and after in share) or before[0] in NUMERALS:
        return False
    return share[before + after] - share[before] - share[after] <= _JOINED


def _has_word_across(left: str, name: str, right: str) -> bool:
    """Tell whether any word of the dictionary reaches over an edge of the name; without one it cannot be cut."""
    share = load_words().share
    heads = [name[:length] for length in range(1, min(len(name), _LONGEST_PART) + 1)]
    tails = [name[-length:] for length in range(1, min(len(name), _LONGEST_PART) + 1)]
    before = [left[-length:] for length in range(1, min(len(left), _LONGEST_PART) + 1)]
    after = [right[:length] for length in range(1, min(len(right), _LONGEST_PART) + 1)]
    return (
        any(outer + head in share for outer in before for head in heads)
        or any(tail + outer in share for outer in after for tail in tails)
        or any(first + name + last in share for first in ["", *before] for last in ["", *after] if first or last)
    )


def _is_torn(name: str, after: str) -> bool:
    """Tell whether the character after a name is a word only with the last of the name: 杜尚|别墅, 国防|部长."""
    known = load_words()
    if len(after) != 1 or (name + after in known.share and after not in _OF_IT):
        return False
    return (after in known.bound or after in _OF_IT) and name[-1] + after in known.share
