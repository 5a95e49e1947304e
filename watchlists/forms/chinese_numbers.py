"""Judge the number of a Chinese name: whether it goes on, and whether it counts something instead.

歼20 is an aircraft, but 围歼20名 are twenty that were killed; 米8 a helicopter, but 小米8 a telephone and 5米8 a
length; 三股势力 are three evils, but 第三股势力 is a third force.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlists.forms.chinese_dictionary import divide, words_of

NUMERALS = frozenset("〇零一二三四五六七八九十百千两")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# A type of equipment as it is called in Chinese: 歼20, 米-8, 彩虹-4, 伊尔76.
_MODEL = re.compile(r"(?P<head>[\u3400-\u9fff]{1,4})(?P<joint>\W?)\d{1,4}")
# What makes of a type's number a figure: 20%, 20.5, 20,000.
_FIGURE = re.compile(r"[%％‰℃°]|[.．]\d|,000")
# What goes on counting: 20余人, 20万吨, 20多名. 架 and 辆 are left out: 苏30多架 are aircraft.
_MORE = re.compile(r"[余万亿]|多[名吨万亿个人家岁年元米天]|公[里斤顷]|小时|分钟|岁|号线|日电")
# Measures that begin a type: 米-8 behind a number is a length.
_MEASURES_TOO = frozenset({"米"})
# Types that end like another: 歼轰-7 is no 轰-7.
_LONGER_HEADS = frozenset(("歼轰", "初教", "空警"))
# What equipment is counted with: 三架|卡-52.
_CLASSIFIERS = frozenset("架辆枚艘台套门款型机")
_RANGE = frozenset("-－—–~～至到")


def number_goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a number or a Latin word at an edge of the name goes on beyond it: 3201, S-300PMU."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - 1) : start], text[end : end + 1]

    def continues(inner: str, outer: str) -> bool:
        if inner in NUMERALS:
            return outer in NUMERALS
        return is_latin(inner) and bool(outer) and is_latin(outer)

    return continues(first, before) or continues(last, after)


def is_latin(character: str) -> bool:
    """Tell whether a character is a letter or digit, none of Chinese."""
    return character.isalnum() and not _CHINESE.match(character) and character not in NUMERALS


def is_an_ordinal(text: str, start: int) -> bool:
    """Tell whether a name that begins with one numeral is counted on: 第三股势力."""
    return (
        text[start - 1 : start] == "第"
        and text[start] in NUMERALS
        and text[start + 1 : start + 2] not in NUMERALS
        and not is_latin(text[start + 1 : start + 2] or "。")
    )


def is_a_count(name: str, left: str, right: str, *, before: str, after: str) -> bool:
    """Tell whether what looks like a type of equipment is a word and a number of something.

    ``left`` and ``right`` are the Chinese characters next to it, ``before`` and ``after`` any characters.
    """
    model = _MODEL.fullmatch(name)
    if model is None:
        return False
    if _FIGURE.match(after):
        return True
    head, measured = model["head"], before.rstrip("".join(_RANGE))
    if head in _MEASURES_TOO and measured and (measured[-1].isdigit() or measured[-1] in NUMERALS):
        return True
    if left and left[-1] + head in _LONGER_HEADS:
        return True
    if left and not model["joint"] and left[-1] not in _CLASSIFIERS and _ends_within_a_word(left, head):
        return True
    return not model["joint"] and bool(right) and _counts(right)


@lru_cache(maxsize=4096)
def _ends_within_a_word(left: str, head: str) -> bool:
    """Tell whether the likeliest division has a word over the edge: 江苏|25, 围歼|20."""
    return len(divide(left + head)[0][-1]) > len(head) or len(divide(left[-1] + head)[0]) == 1


@lru_cache(maxsize=4096)
def _counts(right: str) -> bool:
    return bool(_MORE.match(right)) or divide(right)[0][0] in words_of("measures")
