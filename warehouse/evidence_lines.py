"""The sentence that alerted, and the same sentence in English."""

from __future__ import annotations

import re

# Where a sentence ends: Western and Chinese stops, and line breaks.
_STOP = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")

# Characters of evidence before and after the name: two lines on a phone.
_LINE_CHARACTERS = 140


def line_around(before: str, surface: str, after: str) -> tuple[str, str, str]:
    """Return the sentence that holds ``surface``, cut to a readable length, as before, surface and after."""
    head = _STOP.split(before)[-1]
    tail_end = _STOP.search(after)
    tail = after[: tail_end.start()] if tail_end else after
    return _cut_left(head), surface, _cut_right(tail)


def line_in_english(before: str, paragraph: str, english: str, caption: str) -> str:
    """Return the sentence of the ``english`` paragraph that renders the one after ``before`` in the original.

    Where a paragraph came out in as many sentences as it went in, that is the one at the same place. Otherwise it is,
    of those that name the ``caption``, or of all where none does, the one nearest to the place.
    """
    theirs, ours = _sentences(paragraph), _sentences(english)
    if not ours:
        return ""
    place = max(len(_sentences(before + "x")) - 1, 0)
    if len(theirs) == len(ours):
        return ours[place]
    # In the middle of each sentence, as a share of the paragraph.
    wanted = (place + 0.5) / max(len(theirs), 1)
    named = [position for position, sentence in enumerate(ours) if caption in sentence] or range(len(ours))
    return ours[min(named, key=lambda position: abs((position + 0.5) / len(ours) - wanted))]


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _STOP.split(text) if sentence.strip()]


def _cut_left(text: str) -> str:
    if len(text) <= _LINE_CHARACTERS:
        return text.lstrip()
    kept = text[-_LINE_CHARACTERS:]
    # Chinese has no spaces to cut at; a cut anywhere reads well there.
    return "… " + (kept.partition(" ")[2] or kept)


def _cut_right(text: str) -> str:
    if len(text) <= _LINE_CHARACTERS:
        return text.rstrip()
    kept = text[:_LINE_CHARACTERS]
    return (kept.rpartition(" ")[0] or kept) + " …"
