"""Signs that a model did not translate but loop, invent or copy; what it says is then no evidence."""

from __future__ import annotations

import re

# Four times the same one to eight words, or twelve times the same one to four characters, is no sentence.
_WORDS_REPEATED = re.compile(r"\b(\w+(?:\W+\w+){0,7}?)(?:\W+\1\b){3,}", re.IGNORECASE)
_CHARACTERS_REPEATED = re.compile(r"(\S{1,4}?)\1{11,}")
# Subtitle corpora taught the models these.
_SUBTITLE = re.compile(r"[♪♫]|(?i:subtitles? by|translated by|www\.opensubtitles)")
# English is at most about three times as long as the same in ideographs, one and a half times as in letters; past
# that the model makes things up. Short sentences vary more, hence the allowance.
LONGEST_RATIO = {"zh": 8.0, "ja": 6.0}
LONGEST_RATIO_ELSEWHERE = 3.0
ALLOWANCE = 60


def junk_reason(original: str, translation: str, *, source: str) -> str | None:
    """Say why a translation is junk (empty, loop, subtitle, copied, too long), or return ``None``."""
    if not translation.strip():
        return "empty" if re.search(r"[^\W\d_]", original) else None
    if not _repeats(original) and _repeats(translation):
        return "loop"
    if _SUBTITLE.search(translation) and not _SUBTITLE.search(original):
        return "subtitle"
    if _is_copied(original, translation):
        return "copied"
    if len(translation) > len(original) * LONGEST_RATIO.get(source, LONGEST_RATIO_ELSEWHERE) + ALLOWANCE:
        return "too long"
    return None


def _repeats(text: str) -> bool:
    return bool(_WORDS_REPEATED.search(text) or _CHARACTERS_REPEATED.search(text))


def _is_copied(original: str, translation: str) -> bool:
    """Whether most letters of the translation are still not Latin, as those of the original."""
    foreign = sum(char.isalpha() and char > "\u024f" for char in translation)
    letters = sum(map(str.isalpha, translation))
    was_foreign = sum(char.isalpha() and char > "\u024f" for char in original)
    # A name alone may have no translation; from six letters on it is a clause.
    return foreign * 2 > letters and was_foreign >= 6
