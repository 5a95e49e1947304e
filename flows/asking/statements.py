"""Where a statement ends, as far as a prompt must know: semicolons outside strings, quoted names and comments."""

from __future__ import annotations

import re

# A string, a quoted name, dollar quotes, or a comment, closed or still open; whatever stands in it ends no statement.
_COVERED = re.compile(
    r"""'(?:[^']|'')*(?:'|\Z) | "(?:[^"]|"")*(?:"|\Z) | --[^\n]* | /\*.*?(?:\*/|\Z) | (\$\w*\$).*?(?:\1|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def is_complete(text: str) -> bool:
    """Return whether a text is a whole entry: a dot command, nothing at all, or statements that end in ``;``."""
    bare = _hide(text).strip()
    return not bare or text.lstrip().startswith(".") or bare.endswith(";")


def split_statements(text: str) -> list[str]:
    """Return the statements of a text without their semicolons; what is only space and comment is none."""
    hidden = _hide(text)
    starts = [0, *(found.end() for found in re.finditer(";", hidden))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    spans = [(start, end) for start, end in zip(starts, ends, strict=True) if hidden[start:end].strip()]
    return [text[start:end].strip() for start, end in spans]


def title_of(query: str) -> str:
    """Return what a query is called: the comment in its first line, as worked questions have it, or itself."""
    first, _, _ = query.strip().partition("\n")
    return first.removeprefix("--").strip() if first.startswith("--") else " ".join(query.split())


def _hide(text: str) -> str:
    """Return a text of the same length in which strings are letters and comments are spaces."""

    def hidden(found: re.Match[str]) -> str:
        return (" " if _COMMENT.match(found[0]) else "x") * len(found[0])

    return _COVERED.sub(hidden, text)
