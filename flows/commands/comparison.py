"""Two versions of an article side by side, word by word: as a table to read and as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from extractors.reading.revisions import Change, revision_diff

if TYPE_CHECKING:
    from warehouse.history import History, Version

# As wdiff and git write them where there are no colours.
_REMOVED, _ADDED = ("[-", "-]"), ("{+", "+}")
_STYLES = {_REMOVED: "red strike", _ADDED: "green"}
# (text, whether it changed): what a paragraph is made of.
_Piece = tuple[str, bool]
_Paragraph = tuple[_Piece, ...]


def revision_table(number: int, old: Version, new: Version, *, colours: bool) -> Table:
    """Return what changed from one version to the next, the paragraphs of both side by side; the others are counted."""
    shown = Table(
        title=f"Revision {number}", title_justify="left", title_style="bold", header_style="bold", expand=True
    )
    for version in (old, new):
        shown.add_column(f"{version.seen_at:%Y-%m-%d %H:%M} UTC", ratio=1, overflow="fold")
    changes = revision_diff(old, new)
    if not changes:
        shown.add_row(*[Text("(blanks and punctuation only)", style="dim")] * 2)
    if any(change.field == "title" for change in changes):
        for left, right in _rows(old.title, new.title, [each for each in changes if each.field == "title"]):
            shown.add_row(_cell(left, _REMOVED, colours=colours), _cell(right, _ADDED, colours=colours))
        shown.add_section()
    unchanged = 0
    for left, right in _rows(old.text, new.text, [each for each in changes if each.field == "text"]):
        if left == right:
            unchanged += 1
            continue
        _count_unchanged(shown, unchanged)
        unchanged = 0
        shown.add_row(_cell(left, _REMOVED, colours=colours), _cell(right, _ADDED, colours=colours))
    _count_unchanged(shown, unchanged)
    return shown


def history_data(history: History) -> dict[str, Any]:
    """Return a history as JSON can hold it: every version in full, and the changes from each to the next."""
    missing = history.missing
    return {
        "article_id": history.article_id,
        "outlet": history.outlet,
        "url": history.url,
        "language": history.language,
        "missing_since_at": None if missing is None else missing.since.isoformat(),
        "vanished_at": None if missing is None or missing.vanished_at is None else missing.vanished_at.isoformat(),
        "versions": [
            {"seen_at": version.seen_at.isoformat(), "title": version.title, "text": version.text}
            for version in history.versions
        ],
        "revisions": [
            {"revision": number, "changes": [asdict(change) for change in revision_diff(old, new)]}
            for number, (old, new) in enumerate(zip(history.versions, history.versions[1:], strict=False), 1)
        ],
    }


def _count_unchanged(shown: Table, paragraphs: int) -> None:
    if paragraphs:
        said = Text(f"({paragraphs} paragraph{'s' * (paragraphs > 1)} unchanged)", style="dim")
        shown.add_row(said, said.copy())


def _rows(old: str, new: str, changes: Sequence[Change]) -> Iterator[tuple[_Paragraph, _Paragraph]]:
    """Yield paragraphs that belong together; one that has no partner stands beside an empty one."""
    left = _paragraphs(old, [(change.start, change.end) for change in changes])
    right = _paragraphs(new, [(change.new_start, change.new_end) for change in changes])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for offset in range(max(a1 - a0, b1 - b0)):
            yield (
                left[a0 + offset] if a0 + offset < a1 else (),
                right[b0 + offset] if b0 + offset < b1 else (),
            )


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[_Paragraph]:
    """Cut a text into lines, and each line where a change begins or ends."""
    paragraphs = []
    start = 0
    for line in text.splitlines(keepends=True):
        pieces: list[_Piece] = []
        at, end = start, start + len(line.rstrip("\r\n"))
        for changed_from, changed_to in spans:
            first, last = max(changed_from, at), min(changed_to, end)
            if first < last:
                pieces += [(text[at:first], False), (text[first:last], True)]
                at = last
        pieces.append((text[at:end], False))
        paragraphs.append(tuple(piece for piece in pieces if piece[0]))
        start += len(line)
    return paragraphs


def _cell(paragraph: _Paragraph, marks: tuple[str, str], *, colours: bool) -> Text:
    cell = Text()
    for piece, changed in paragraph:
        # A page's control characters must not drive the terminal.
        plain = "".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in piece)
        if changed and colours:
            cell.append(plain, style=_STYLES[marks])
        else:
            cell.append(f"{marks[0]}{plain}{marks[1]}" if changed else plain)
    return cell
