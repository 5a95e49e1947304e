"""Figures, dates and ordinals of Chinese, Russian and Tajik as English writes them, before words are cut."""

from __future__ import annotations

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_DAY = re.compile(r"(?:(\d{4})年)?(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])[日号]|份)?")
_YEAR = re.compile(r"(\d{4})年(代)?(?![级])")
_ORDINAL = re.compile(r"第(\d+)")
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万亿|[万亿])")
_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}

_YEARS_OLD = re.compile(r"(\d+)[-‑]летн\w+")
_YEAR_MARK = re.compile(r"(?<=\d{4})\s?гг?\.")
_YEAR_WORD = re.compile(r"(?<=\b(?:19|20)\d\d)\s(?:год[ау]?|годом)\b")  # в 2003 году is "in 2003"
_DECADE = re.compile(r"\b((?:19|20)?\d0)[-‑](?:х|е|ми)\b")
_RUSSIAN_ORDINAL = re.compile(r"\b(\d+)[-‑](?:[йяемюх]|[гм][оу]|ой|[ыи]й|[аы]я|[ао]е|[ыи][ехм])\b")

_TAJIK_YEARS_OLD = re.compile(r"(?<!\d)(\d{1,3})[-‑ ]?сола(?:и|гӣ|гии)?\b")
_TAJIK_YEAR = re.compile(r"(?<=\s)соли (?=(?:19|20)\d\d\b)")  # дар соли 2017 is "in 2017"
_TAJIK_ORDINAL = re.compile(r"(?<!\d)(\d{1,3})[-‑ ]?[уюй]?ум(?:ин|и)?\b")
# An ending behind figures, Latin letters or a quotation: NATO-ро, “...”-и.
_TAJIK_ENDING = re.compile(r"(?<=[0-9A-Za-z”»\"%])[-‑ʼ’]?(?:ҳои|ҳо|ро|аи|уми|ум|юм|юми|и|ӣ|й|аш)\b")
_DECIMAL = re.compile(r"(?<![\d,.])(\d+),(\d{1,2})(?![\d,])")


def write_tajik_numbers(sentence: str) -> str:
    """Write 25-ум as 25th, 15-сола as 15-year-old, 5,69 as 5.69; endings of figures and Latin words are left out."""
    if not _LATIN_OR_FIGURE.search(sentence):
        return sentence
    if _FIGURE.search(sentence):
        sentence = _DECIMAL.sub(r"\1.\2", sentence)
        if "сол" in sentence:
            sentence = _TAJIK_YEARS_OLD.sub(r"\1-year-old", _TAJIK_YEAR.sub("", sentence))
        if "ум" in sentence:
            sentence = _TAJIK_ORDINAL.sub(lambda found: f"{found[1]}{_ordinal_ending(int(found[1]))}", sentence)
    return _TAJIK_ENDING.sub("", sentence)


_FIGURE = re.compile("[0-9]")
_LATIN_OR_FIGURE = re.compile(r"[0-9A-Za-z”»\"]")


def write_russian_numbers(sentence: str) -> str:
    """Write 18-й as 18th, 1990-е as 1990s, 20-летний as 20-year-old, 2026 г. and 2026 году as 2026."""
    if "год" in sentence:
        sentence = _YEAR_WORD.sub("", sentence)
    if "г." in sentence:
        sentence = _YEAR_MARK.sub(lambda found: "." if found.end() == len(sentence) else "", sentence)
    if "-" not in sentence and "‑" not in sentence:
        return sentence
    sentence = _YEARS_OLD.sub(r"\1-year-old", sentence)
    sentence = _DECADE.sub(r"\1s", sentence)
    return _RUSSIAN_ORDINAL.sub(lambda found: f"{found[1]}{_ordinal_ending(int(found[1]))}", sentence)


def write_chinese_numbers(sentence: str) -> str:
    """Write 400万 as 4 million, 3.5万 as 35,000, 9月30日 as 30 September, 90年代 as 90s, 第3 as 3rd."""
    if not any(char.isdigit() for char in sentence):
        return sentence
    sentence = sentence.translate(_FULL_WIDTH)
    sentence = _DAY.sub(_day, sentence)
    sentence = _YEAR.sub(lambda found: f" {found[1]}{'s' if found[2] else ''} ", sentence)
    sentence = _ORDINAL.sub(lambda found: f" {found[1]}{_ordinal_ending(int(found[1]))} ", sentence)
    return _SCALED.sub(_scaled, sentence)


def _day(found: re.Match[str]) -> str:
    parts = (found[3], _MONTHS[int(found[2]) - 1], found[1])
    return f" {' '.join(part for part in parts if part)} "


def _ordinal_ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _scaled(found: re.Match[str]) -> str:
    value = float(found[1].replace(",", "")) * _SCALES[found[2]]
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= size:
            return f"{value / size:.10g} {name} "
    return f"{value:,.0f} "
