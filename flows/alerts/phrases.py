"""A phrase for a ``not`` line, proposed from the line that alerted."""

from __future__ import annotations

import re

from records.digests import Evidence
from watchlists.forms import phrase_forms
from watchlists.matching.folding import fold_name

_WORD, _LONG_WORD = r"\w+(?:-\w+)*", r"\w{4,}(?:-\w+)*"
# The word beside a name; one that is short says little (`and`, `в`), so up to two of them may stand between.
_AFTER = re.compile(rf"[-\w]*['\"»”’]?(?:(?: \w{{1,3}}){{0,2}} {_LONG_WORD}|(?: {_WORD}){{1,2}})")
_BEFORE = re.compile(rf"\b{_LONG_WORD} (?:\w{{1,3}} ){{0,2}}['\"«“‘]?$")
_SHORT_BEFORE = re.compile(rf"\b(?:{_WORD} ){{1,2}}['\"«“‘]?$")
_QUOTES = re.compile(r"['\"«»“”‘’]")
# Chinese writes no spaces; a word has two characters more often than not.
_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_HAN_AFTER, _HAN_BEFORE = re.compile(rf"{_HAN}{{1,2}}"), re.compile(rf"{_HAN}{{1,2}}$")


def phrase_of(evidence: Evidence, language: str) -> str | None:
    """Return the name as it stands in a line in ``language`` with the word after it, or else with the one before it.

    The name is put as it is listed where the phrase of the line is then one of its case forms, which a ``not`` line
    covers. ``None`` where no word stands beside it.
    """
    before, after = (re.sub(r"\s", " ", text) for text in (evidence.before, evidence.after))
    if re.search(rf"{_HAN}$", evidence.surface):
        if following := _HAN_AFTER.match(after):
            return evidence.surface + following[0]
        leading = _HAN_BEFORE.search(before)
        return leading[0] + evidence.surface if leading else None
    if following := _AFTER.match(after):
        met, listed = _plain(evidence.surface + following[0]), _plain(evidence.name + following[0])
        forms = {fold_name(form) for form in phrase_forms(listed, language)}
        return listed if fold_name(met) in forms else met
    leading = _BEFORE.search(before) or _SHORT_BEFORE.search(before)
    return _plain(leading[0] + evidence.surface) if leading else None


def line_language(evidence: Evidence, language: str) -> str:
    """Return the language of a line of an article in ``language``: its translation is English."""
    return "en" if evidence.field.startswith("translated") else language


def _plain(phrase: str) -> str:
    """Return a phrase without quotes, which the matcher passes over."""
    return " ".join(_QUOTES.sub("", phrase).split())
