"""Month names as the press of the beat writes them: Russian, Tajik (old spellings too), English, Chinese numerals."""

from __future__ import annotations

import re

# Endings: Russian nominative, genitive and prepositional; the Tajik izafet, with and without its macron.
_SOFT = "(?:ь|я|е|и|ӣ)?"
_HARD = "(?:а|е|и|ӣ)?"
_MONTHS = (
    rf"январ{_SOFT}|янв|йанвар[иӣ]?|january|jan",
    rf"феврал{_SOFT}|февр?|february|feb",
    rf"март{_HARD}|мар|march|mar",
    rf"апрел{_SOFT}|апр|april|apr",
    r"ма(?:й[иӣ]?|я|е|и)|may",
    rf"июн{_SOFT}|ийун[иӣ]?|june|jun",
    rf"июл{_SOFT}|ийул[иӣ]?|july|jul",
    rf"август{_HARD}|авг|avgust|august|aug",
    rf"сент(?:я|ия|е)бр{_SOFT}|сент?|september|sept?",
    rf"окт(?:я|ия|о)бр{_SOFT}|окт|october|oct",
    rf"но(?:я|ия|ё)бр{_SOFT}|нояб?|november|nov",
    rf"дек(?:а|я)бр{_SOFT}|дек|december|dec",
)
MONTH_NAME = "(?:" + "|".join(_MONTHS) + ")"
_COMPILED = tuple(re.compile(names) for names in _MONTHS)

_HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日号时點点分])")


def month_of(name: str) -> int:
    """Return the number of a month named in lower case; raises ``ValueError`` for anything else."""
    for number, pattern in enumerate(_COMPILED, start=1):
        if pattern.fullmatch(name):
            return number
    raise ValueError(f"no month: {name!r}")


def han_numbers_as_digits(text: str) -> str:
    """Return the text with the Chinese numerals of a date as digits: 二〇二六年十一月二十二日."""
    return _HAN_NUMBER.sub(lambda match: str(_han_number(match[0])), text)


def _han_number(numeral: str) -> int:
    if "十" not in numeral:
        return int("".join(str(_HAN_DIGITS[digit]) for digit in numeral))
    tens, ones = numeral.split("十", 1)
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)
