"""Find a second given name, a patronymic or an initial between dots in a transliterated name: 约翰·F·肯尼迪."""

from __future__ import annotations

import re

from watchlists.forms.chinese_script import simplified
from watchlists.forms.chinese_syllables import DOTS, TRANSLITERATING

_DOT = f"[{''.join(sorted(DOTS))}]"
_FULL_STOPS = ".．"  # behind an initial they stand for the dot
_MIDDLE = re.compile(rf"{_DOT} ?([\u3400-\u9fff]{{1,10}}|[A-Z]) ?(?:{_DOT}|[{_FULL_STOPS}]) ?$")
_PARTED = re.compile(rf"\s*{_DOT}\s*")
_ENDS_A_MIDDLE_NAME = DOTS | frozenset(_FULL_STOPS)
_FIRST_IDEOGRAPH = "\u3400"
_REACH = 32  # characters before a surname


def may_have_a_dot_before(text: str, start: int) -> bool:
    """Tell whether a dot stands before a surname as it does in the names of foreigners in Chinese."""
    return text[start] >= _FIRST_IDEOGRAPH and text[max(0, start - 2) : start].rstrip(" ")[-1:] in _ENDS_A_MIDDLE_NAME


def dotted_given_name_before(text: str, start: int, *, name: str) -> int | None:
    """Return where the given name begins that a middle name parts from a surname: 约翰·F·肯尼迪, listed 约翰·肯尼迪.

    ``None`` where nothing of the kind stands there, or the son is meant (小约翰·F·肯尼迪).
    """
    if not may_have_a_dot_before(text, start):
        return None
    since = max(0, start - _REACH)
    before = text[since:start].translate(simplified())
    middle = _MIDDLE.search(before)
    if middle is None or not (middle[1].isascii() or set(middle[1]) <= TRANSLITERATING):
        return None
    given = _PARTED.split(name.translate(simplified()), maxsplit=1)[0]
    if not given or not before.endswith(given, 0, middle.start()):
        return None
    at = middle.start() - len(given)
    return None if before[at - 1 : at] in DOTS | {"小"} else since + at
