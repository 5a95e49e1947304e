"""Judge whether what follows a Chinese name makes another thing of it, which is only called after the name's bearer.

山东舰 is a ship and not the province, 喀什河 a river, 纽约时报 a newspaper, 戴高乐机场 an airport, and 黑山县 a county
of China. What makes another thing depends on what bears the name: 喀什机场 is of Kashgar, 戴高乐机场 is not of the
general.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlists.forms.chinese_dictionary import divide, is_in_dictionary, words_of
from watchlists.forms.chinese_syllables import TRANSLITERATING

_WATERS = ("河", "江", "湖", "洋", "湾")
_OPENING, _CLOSING = frozenset('“‘"「『《〈'), frozenset('”’"」』》〉')
# 普京大学毕业 is said of the man.
_OF_ONES_YOUTH = re.compile(r"(?:大学|学院)(?:毕业|时|期间|同学|老师)")
_NO_SHIP = ("号召", "号称", "号令")
_CLUB = re.compile(r"(?<![A-Za-z])(?:AC|FC|SC|AS|CSKA|FK|BC|SK) ?$", re.IGNORECASE)


def is_called_after(name: str, right: str, *, schema: str) -> bool:
    """Tell whether what follows a name, some Chinese characters, makes another thing of it."""
    if right.startswith(_WATERS) and is_in_dictionary(name + right[0]) and _follows(right, "waters"):
        return True
    match schema:
        case "Person":
            return _is_called_after_person(right)
        case "Address":
            return _is_paper(right) or right.startswith(words_of("clubs")) or _follows(right, "after a place", "waters")
        case "Country":
            return _is_paper(right) or _follows(right, "after a country")
        case _:
            return schema == "Company" and _follows(right, "after a company")


def _is_called_after_person(right: str) -> bool:
    goods = words_of("goods")
    if right.startswith(("国际机场", *goods)) or (right[1:].startswith(goods) and right[0] in TRANSLITERATING):
        return True
    return _follows(right, "after a person", "waters") and not _OF_ONES_YOUTH.match(right)


def _is_paper(right: str) -> bool:
    papers = words_of("papers")
    return right.startswith(papers) or (right.startswith(words_of("kinds of papers")) and right[2:].startswith(papers))


def _follows(right: str, *classes: str) -> bool:
    """Tell whether a text begins with a word of some classes."""
    return any(right.startswith(words_of(each)) for each in classes) and any(
        _first_word(right) in words_of(each) for each in classes
    )


@lru_cache(maxsize=16384)
def _first_word(right: str) -> str:
    return divide(right)[0][0]


def is_quoted_namesake(text: str, start: int, end: int, *, schema: str) -> bool:
    """Tell whether a name stands alone in quotation marks and a ship, a hotel or goods follow: “莫斯科”号."""
    if schema not in {"Address", "Country", "Person"} or text[end : end + 1] not in _CLOSING:
        return False
    if not start or text[start - 1] not in _OPENING:
        return False
    return text.startswith(words_of("behind quotation marks"), end + 1) and not text.startswith(_NO_SHIP, end + 1)


def is_club(text: str, start: int, *, schema: str) -> bool:
    """Tell whether a place follows the Latin letters of a sports club: AC米兰, FC首尔."""
    return schema == "Address" and _CLUB.search(text[max(0, start - 5) : start]) is not None
