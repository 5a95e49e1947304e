"""The worked questions of docs/sql.md by their names."""

from __future__ import annotations

from difflib import get_close_matches

from flows.asking.tables import Look, fold
from records import WakhanError
from warehouse.cataloguing import Question, worked_questions


def question_named(name: str) -> Question:
    """Return a worked question; ``_`` does for ``-``, and a part of one name alone, or more than it, is enough.

    Raises ``WakhanError`` with the names that may have been meant.
    """
    found = worked_questions()
    wanted = name.strip().lower().replace("_", "-")
    if wanted in found:
        return found[wanted]
    holding = [known for known in found if wanted and (wanted in known or known in wanted)]
    if len(holding) == 1:
        return found[holding[0]]
    near = holding or get_close_matches(wanted, found, n=3, cutoff=0.5) or _sharing(wanted, found)
    meant = f"Did you mean {' or '.join(near)}?" if near else "`wakhan sql --questions` lists them."
    raise WakhanError(f"there is no worked question {name!r}. {meant}")


def _sharing(wanted: str, found: dict[str, Question]) -> list[str]:
    """Return questions that share words with what was written."""
    words = {word for word in wanted.split("-") if len(word) > 3}
    return [name for name in found if words & set(name.split("-"))][:5]


def questions_listed(look: Look) -> str:
    """Return all names, each with its question."""
    found = worked_questions()
    width = max(map(len, found)) + 2
    lines = []
    for each in found.values():
        # In a pipe a question is a line.
        first, *rest = fold(each.question, max(20, look.width - width), 3) if look.width else [each.question]
        lines += [each.name.ljust(width) + first, *(" " * width + line for line in rest)]
    return "\n".join(lines)
