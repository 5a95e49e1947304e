"""The words of a listed name, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a name and what stands between it and the next."""

    word: str
    before: str


def pieces_of(name: str) -> tuple[tuple[Piece, ...], str]:
    """Take a name apart into words, each with what stands before it, and what stands after the last."""
    pieces, at = [], 0
    for found in _WORD.finditer(name):
        pieces.append(Piece(found[0], name[at : found.start()]))
        at = found.end()
    return tuple(pieces), name[at:]
