"""The sentence that alerted, and the same sentence in English."""

from __future__ import annotations

import re

# Where a sentence ends: Western stops before a space, Chinese ones, line breaks. All of them stand first in one class,
# so that the search skips from one to the next: three times as fast as three alternatives.
_STOP = re.compile(r"[.!?…。！？\n](?:(?<=[.!?…])\s+|(?<=[。！？])|(?<=\n)\n*)")
_STOPS = ".!?\n"

# Characters of the field on either side that a line is cut from.
_AROUND = 240

# Characters of evidence before and after the name: two lines on a phone.
_LINE_CHARACTERS = 140


def line_around(content: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a mention in its sentence, cut to a readable length."""
    before, after = content[max(0, start - _AROUND) : start], content[end : end + _AROUND]
    head = before[max((stop.end() for stop in _STOP.finditer(before)), default=0) :]
    tail_end = _STOP.search(after)
    tail = after[: tail_end.end()].rstrip() if tail_end else after
    return _cut_left(head), _cut_right(tail)


def line_rendered(content: str, start: int, content_en: str | None, text_en: str | None, caption: str) -> str | None:
    """Return the English line of the mention that begins at ``start`` of ``content``; ``None`` where there is none.

    It is looked for in the paragraph of ``content_en`` at the same place, where there are as many; else the first
    sentence of ``text_en`` that names the ``caption`` is taken.
    """
    paragraphs, rendered = content.split("\n"), (content_en or "").split("\n")
    line = ""
    if len(rendered) == len(paragraphs):
        place = content.count("\n", 0, start)
        before = content[content.rfind("\n", 0, start) + 1 : start]
        line = line_in_english(before, paragraphs[place], rendered[place], caption)
    return line or _line_naming(caption, text_en or "") or None


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
    ends = [stop.end() for stop in _STOP.finditer(text)]
    cut = (text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [sentence for sentence in cut if sentence]


def _line_naming(caption: str, text: str) -> str:
    """Return the first sentence that has the caption."""
    place = text.find(caption)
    if place < 0:
        return ""
    start = max(text.rfind(stop, 0, place) for stop in _STOPS) + 1
    ends = [end for stop in _STOPS if (end := text.find(stop, place + len(caption))) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()


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
