"""Type numbers and acronyms typed wholly in the letters of the other alphabet: C-300 in Latin for Cyrillic С-300.

A word of both alphabets is put right when a text is folded. One of look-alikes throughout gives no such sign, so its
twin is a form of its own, and only for names that are capitals and digits.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from watchlists.forms.form import Form

_CAPITALS_OR_NUMBER = re.compile(r"(?:[^\W\d_]*[-\s]?\d[\w-]*|[A-ZА-ЯЁ]{2,})")
_TO_LATIN = str.maketrans("АВСЕНКМОРТХасеорху", "ABCEHKMOPTXaceopxy")
_TO_CYRILLIC = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")


def twins(form: Form) -> Iterator[Form]:
    """Yield the form as it looks in the letters of the other alphabet, where all its letters have a twin there."""
    if not _CAPITALS_OR_NUMBER.fullmatch(form.text):
        return
    letters = [character for character in form.text if character.isalpha()]
    for table in (_TO_LATIN, _TO_CYRILLIC):
        if letters and all(ord(letter) in table for letter in letters):
            yield dataclasses.replace(
                form, text=form.text.translate(table), reasons=(*form.reasons, "look-alike letters"), case="exact"
            )
