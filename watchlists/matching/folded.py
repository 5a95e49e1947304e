"""Folded texts, and the way back from them to the originals; ``watchlists.matching.folding`` makes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from watchlists.matching.characters import END, HYPHEN, LETTER, QUOTE, SPACE, Codes, bytes_of, from_bytes

Positions = npt.NDArray[np.int64]
Marks = npt.NDArray[np.uint8]
# What was found, where it stands in a folded text without the spaces at its ends, where in the original, and its edges.
Placed = tuple[int, int, int, int, int, int]
# Edges: of a word of its own, beyond doubt; before another letter; or to be looked at.
PLAIN, IN_A_WORD, DOUBTFUL = range(3)

DIVIDER = "\ua66e"  # a letter of one psalter of the fifteenth century, in no name
_BETWEEN = f" {DIVIDER} "


class Bare(NamedTuple):
    """A text without what nobody sees, what it was, and where in that its characters stand."""

    text: str
    written: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``[start:end]`` stands in what was written."""
        return self.places[start], _with_accents(self.written, self.places[end - 1] + 1)


class Folded:
    """A folded text, and where in the original its characters stood.

    Of a text that was folded among others, ``places`` are those in all of them joined: from ``first`` on its own, each
    ``shift`` further than in the original by itself. Most are never read: their text is made when it is.
    """

    def __init__(
        self, read: Callable[[], str], original: str, places: Sequence[int], first: int = 0, shift: int = 0
    ) -> None:
        """Take a function that returns the folded text."""
        self._read = read
        self.original = original
        self._places = places
        self._first = first
        self._shift = shift
        self.bare: Bare | None = None

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return self._read()

    def place(self, at: int) -> int:
        """Return where in the original the folded character ``at`` stood; the space before the text, at its start."""
        return max(0, self._places[self._first + at] - self._shift)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the folded ``[start:end]`` stands, accents on its last letter included.

        ``start`` is not the space before the text.
        """
        places, first, shift = self._places, self._first, self._shift
        return places[first + start] - shift, _with_accents(self.original, places[first + end - 1] - shift + 1)


def _with_accents(text: str, end: int) -> int:
    """Return the end of a part of a text with the accents that stand on its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


class FoldedTexts:
    """Texts folded as one, a divider between them; ``numbers`` tells which of all texts that are being folded they are.

    ``data`` is the folded text with a byte for each character, as ``bytes_of`` writes it; ``starts[n]`` is where the
    ``n``-th text begins, and the last of them one beyond the end. ``hyphenated`` are those of the texts that have a
    word hyphenated at the end of a line. What most texts are never asked for is worked out when it is.
    """

    def __init__(
        self,
        texts: Sequence[str],
        numbers: Sequence[int],
        codes: Codes | npt.NDArray[np.uint8],
        origins: Positions,
        hyphenated: Set[int],
        *,
        marks_at: Callable[[Positions], Marks],
        bare: Mapping[int, Bare] | None = None,
    ) -> None:
        """Take the folded ``codes`` in one byte or two a character, and where each stood in the texts joined.

        ``marks_at`` returns the marks of the characters at some places of the texts joined.
        """
        self.originals = [texts[number] for number in numbers]
        self.numbers = numbers
        self.hyphenated = [place for place, number in enumerate(numbers) if number in hyphenated] if hyphenated else []
        self._begun = beginnings(self.originals)
        self.starts: list[int] = np.searchsorted(origins, self._begun).tolist()
        self.starts[-1] += 1
        self._codes = codes
        self._origins = origins
        self._marks_at = marks_at
        self._bare = bare or {}

    def __getitem__(self, number: int) -> Folded:
        folded = Folded(
            partial(self.text_of, number),
            self.originals[number],
            self._origins.data,
            self.starts[number],
            self._begun[number] + 1,  # for the space before the text
        )
        folded.bare = self.bare(number)
        return folded

    def bare(self, number: int) -> Bare | None:
        """Return what a text was before it was laid bare, if it was."""
        return self._bare.get(self.numbers[number])

    def place(self, found: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, list[Placed]]]:
        """Yield each text that something was found in, by its number here, with that.

        ``found`` are numbers of whatever it is, and where it starts and ends in the texts as they are joined.
        """
        # Half of the time that ``np.array`` takes.
        flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
        numbers, at, until = flat.reshape(-1, 3).T
        text = np.searchsorted(self.starts, at, side="right") - 1
        at = at + (self._codes[at] == SPACE)
        until = until - (self._codes[until - 1] == SPACE)
        begun = np.array(self._begun)[text] + 1  # for the space before the text
        start, end = self._origins[at], self._origins[until - 1] + 1
        edges = _edges(self._marks_at(start - 1), self._marks_at(end), self._marks_at(end + 1))
        starts = np.array(self.starts)[text]
        columns = (numbers, at - starts, until - starts, start - begun, end - begun, edges)
        placed: list[Placed] = list(zip(*(column.tolist() for column in columns), strict=True))
        changes = [0, *(np.flatnonzero(text[1:] != text[:-1]) + 1).tolist(), len(placed)]
        for first, last in pairwise(changes):
            number, of_text = int(text[first]), placed[first:last]
            if not self.is_plain:  # those have no accents
                original = self.originals[number]
                of_text = [
                    (each, at, until, start, _with_accents(original, end), edges)
                    for each, at, until, start, end, edges in of_text
                ]
            yield number, of_text

    def text_of(self, number: int) -> str:
        """Return one folded text."""
        start, end = self.starts[number], self.starts[number + 1] - 1
        return from_bytes(self.data[start:end]) if self.is_plain else self.scanned[start:end]

    @property
    def is_plain(self) -> bool:
        """Whether the texts have no letters but those of Russian and English."""
        return self._codes.itemsize == 1

    @cached_property
    def data(self) -> bytes:
        """All the texts in bytes."""
        codes = self._codes
        return codes.tobytes() if self.is_plain else bytes_of(codes.astype(np.uint16, copy=False))

    @cached_property
    def scanned(self) -> str:
        """All the texts; of plain ones each byte as the character of its number, which takes no time to make."""
        if self.is_plain:
            return self.data.decode("latin-1")
        return self._codes.tobytes().decode("utf-16-le", "surrogatepass")


def _edges(before: Marks, after: Marks, behind: Marks) -> npt.NDArray[np.int8]:
    """Return what is told of words by the marks before them, after them, and behind those."""
    has_ended = (after == END) | ((after == QUOTE) & (behind == END))
    return np.where(after == LETTER, IN_A_WORD, np.where(has_ended & (before != HYPHEN), PLAIN, DOUBTFUL))


def joined(texts: Sequence[str]) -> str:
    """Join texts with a divider between two; a space at the ends of each saves looking for the ends ever after."""
    return f" {_BETWEEN.join(texts)} "


def beginnings(texts: Sequence[str]) -> list[int]:
    """Return where each of some joined texts begins, with the space before it, and where one more would."""
    return [0, *accumulate([len(text) + len(_BETWEEN) for text in texts])]
