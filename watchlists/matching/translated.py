"""What of a translation names are looked for in."""

from __future__ import annotations

import re

from records import GLOSS_MARK, Translation

_GLOSS_ENGINE = "gloss"
_GLOSSED_LINE = re.compile(rf"^{re.escape(GLOSS_MARK)}.*$", re.MULTILINE)


def is_worth_reading(translation: Translation) -> bool:
    """Tell whether names are looked for in a translation: in one that a model made.

    A gloss puts down what its dictionary has for each word, and the dictionary has names. Read as well, the 35 glosses
    of the bundled press added two alerts to 266, and the original bears out neither: a hotel taken for the mountains it
    is named after, and the Chinese army, which the gloss of a theater command's name brings along.
    """
    return translation.engine != _GLOSS_ENGINE


def translated_part(text: str) -> str:
    """Return a translated text with blanks where a line is only glossed, so that all else stays in its place."""
    if GLOSS_MARK not in text:
        return text
    return _GLOSSED_LINE.sub(lambda line: " " * len(line[0]), text)
