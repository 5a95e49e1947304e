"""The quotes in which a ``not`` phrase may be listed: there it counts in quotes only."""

from __future__ import annotations

_OF_TITLES, _OF_ALL_ELSE = "《", '"'
# By the mark that stands for them in a key, which no folded text has: those that open and those that close.
QUOTES = {
    _OF_TITLES: (frozenset("《〈"), frozenset("》〉")),
    _OF_ALL_ELSE: (frozenset("«\"'“„‹‘「『"), frozenset("»\"'”“›’」』")),
}


def out_of_quotes(phrase: str) -> tuple[str, str]:
    """Return a phrase without the quotes that it stands in, and a mark for their kind, which is empty without any."""
    inner = phrase.strip()
    for mark, (opening, closing) in QUOTES.items():
        if len(inner) > 2 and inner[0] in opening and inner[-1] in closing:
            return inner[1:-1], mark
    return phrase, ""
