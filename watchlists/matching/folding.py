"""Fold texts to bare words, so that one spelling of a name finds all the ways it is typed, and keep the way back.

The folded text is lower case, with one space wherever anything but letters and digits stood, and a space at both ends.
Gone are soft hyphens, zero-width characters, stress marks and all other accents but the one of ``й``; the letters of
Tajik, Kazakh and Kyrgyz stand as their plain neighbours, full-width forms as ASCII, Arabic letter variants as one.
A space is put between Chinese and other writing. What a gap really held is looked at when a name has been met.

Many texts are folded as one, since starting numpy twenty times costs as much as folding an article. Plain ones are
folded in one byte a character, about 80 million characters a second; others by table look-up in two, 15 to 40 million,
where ``str.translate`` does 5.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from watchlists.matching.characters import (
    BREVE,
    CHINESE,
    CYRILLIC,
    DELETED,
    LATIN,
    OTHER,
    SHORT_I,
    SPACE,
    Codes,
    bytes_of,
    folded_code,
    folded_codes,
    in_basic_plane,
    in_one_script,
    script_of_codes,
)

Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_LINE_ENDINGS = tuple(f"{hyphen}{space}\n" for hyphen in "-\u2010\u00ad" for space in ("", " ", "\r"))
_HYPHENATED_LINE = re.compile(r"(?<=\w)[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=\w)")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# What a text may have besides ASCII and Russian and still be plain: signs, and the letters of Tajik, Kazakh and Kyrgyz.
_PLAIN_SIGNS = "\u00a0«»–—“”„‘’…№•·°×§€Ёё" + "ҷҳқғӣӯңөүұәһіҶҲҚҒӢӮҢӨҮҰӘҺІ"
_DIVIDER = "\ua66e"  # a letter of one psalter of the fifteenth century, in no name
_PLAIN_DIVIDER = 255  # the byte of none of them
# Bits beside those of the scripts: what stands at the end of a line with a hyphenated word.
_HYPHEN, _LINE_FEED, _RETURN, _BLANK = 8, 16, 32, 64


class Folded:
    """A folded text; ``index[i]`` is the position in the original of the folded character ``i``."""

    __slots__ = ("index", "original", "text")

    def __init__(self, text: str, original: str, index: Sequence[int]) -> None:
        self.text = text
        self.original = original
        self.index = index

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the folded ``[start:end]`` stands, accents on its last letter included."""
        original = self.original
        last = self.index[end - 1] + 1
        while last < len(original) and unicodedata.combining(original[last]):
            last += 1
        return self.index[start], last


class FoldedTexts(ABC):
    """Texts folded as one, a divider between them; ``numbers`` tells which of all texts that are being folded they are.

    ``data`` is the folded text with a byte for each character, as ``bytes_of`` writes it; ``starts[n]`` is where the
    ``n``-th text begins, and the last of them one beyond the end. ``hyphenated`` are those of the texts that may have a
    word hyphenated at the end of a line. What most texts are never asked for is worked out when it is.
    """

    def __init__(self, originals: Sequence[str], numbers: Sequence[int], data: bytes, dividers: Positions) -> None:
        self.originals = originals
        self.numbers = numbers
        self.data = data
        self.starts: list[int] = [0, *(dividers + 1).tolist(), len(data) + 1]
        self._begun: list[int] = _beginnings(originals).tolist()
        self._positions: Positions | None = None

    def __getitem__(self, number: int) -> Folded:
        start, end = self.starts[number], self.starts[number + 1] - 1
        begun, ended = self._begun[number], self._begun[number + 1] - 1
        index = self._index(slice(start, end), slice(begun, ended))
        index[0] = 0  # the space before the text
        if self._positions is not None:
            index = self._positions[index]
        return Folded(self.text_of(number), self.originals[number], index.data)

    def made_of(self, original: str, positions: Positions) -> None:
        """Say that the only text was made of another, and where its characters and its end stood in that."""
        self.originals, self._positions = (original,), positions

    def text_of(self, number: int) -> str:
        """Return one folded text."""
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    @property
    @abstractmethod
    def text(self) -> str:
        """All the texts."""

    @property
    @abstractmethod
    def hyphenated(self) -> Sequence[int]: ...

    @abstractmethod
    def _index(self, folded: slice, begun: slice) -> Positions:
        """Return where the characters of one text stood in its original."""


class _PlainTexts(FoldedTexts):
    """Texts of the letters and signs of every day, folded by what codecs, ``bytes`` and numpy do byte by byte."""

    def __init__(
        self, originals: Sequence[str], numbers: Sequence[int], spaced: bytes, hyphenated: Sequence[int]
    ) -> None:
        codes = np.frombuffer(spaced, dtype=np.uint8)
        self._kept = _one_space_of_a_run(codes == SPACE)
        folded = codes[self._kept]
        super().__init__(originals, numbers, folded.tobytes(), np.flatnonzero(folded == DELETED))
        self._hyphenated = hyphenated

    @cached_property
    def text(self) -> str:
        return self.data.decode("cp1251")

    @property
    def hyphenated(self) -> Sequence[int]:
        return self._hyphenated

    def _index(self, folded: slice, begun: slice) -> Positions:  # noqa: ARG002 - the length of the text says it
        return np.flatnonzero(self._kept[begun]) - 1


class _OtherTexts(FoldedTexts):
    """Texts folded by table look-up in numpy."""

    def __init__(self, originals: Sequence[str], numbers: Sequence[int], codes: Codes, origins: Positions) -> None:
        super().__init__(originals, numbers, bytes_of(codes), np.flatnonzero(codes == ord(_DIVIDER)))
        self._codes = codes
        self._origins = origins

    @cached_property
    def text(self) -> str:
        return self._codes.tobytes().decode("utf-16-le", "surrogatepass")

    @cached_property
    def hyphenated(self) -> Sequence[int]:
        return [
            number
            for number, original in enumerate(self.originals)
            if any(ending in original for ending in _LINE_ENDINGS)
        ]

    def _index(self, folded: slice, begun: slice) -> Positions:
        index: Positions = self._origins[folded] - (begun.start + 1)
        return index


def fold(text: str) -> Folded:
    """Fold a text and keep, for each character, where it stood."""
    (folded,) = fold_many((text,))
    return folded[0]


def fold_many(texts: Sequence[str]) -> Iterator[FoldedTexts]:
    """Fold texts, the plain ones as one and the others as one, each of them in the order they come."""
    encoding = _plain_tables()[0]
    plain: list[bytes] = []
    plain_numbers: list[int] = []
    others: list[int] = []
    for number, text in enumerate(texts):
        try:
            plain.append(codecs.charmap_encode(text, "strict", encoding)[0])
            plain_numbers.append(number)
        except UnicodeEncodeError:
            others.append(number)
    if plain:
        folded, mixed = _fold_plain(texts, plain_numbers, plain)
        others += mixed
        if folded:
            yield folded
    if others:
        yield _fold_others([texts[number] for number in others], others)


def _fold_plain(
    texts: Sequence[str], numbers: Sequence[int], encoded: Sequence[bytes]
) -> tuple[FoldedTexts | None, list[int]]:
    """Fold texts encoded as plain ones; return with them the numbers of those that have words of two scripts."""
    _, folding, bits, divider = _plain_tables()
    joined = divider[:1] + divider.join(encoded) + divider[:1]
    found = np.frombuffer(joined.translate(bits), dtype=np.uint8)
    neighbours = found[1:] ^ found[:-1]
    begun = _beginnings(encoded)
    if mixed := _texts_at(neighbours == CYRILLIC ^ LATIN, begun):
        pure = [place for place in range(len(encoded)) if place not in mixed]
        folded, _ = _fold_plain(texts, [numbers[p] for p in pure], [encoded[p] for p in pure]) if pure else (None, [])
        return folded, [numbers[place] for place in sorted(mixed)]
    ended = (neighbours == _HYPHEN ^ _LINE_FEED) | (neighbours == _HYPHEN ^ _RETURN)
    ended[1:] |= (neighbours[:-1] == _HYPHEN ^ _BLANK) & (neighbours[1:] == _BLANK ^ _LINE_FEED)
    originals = [texts[number] for number in numbers]
    return _PlainTexts(originals, numbers, joined.translate(folding), sorted(_texts_at(ended, begun))), []


def _beginnings(texts: Sequence[str] | Sequence[bytes]) -> Positions:
    """Return where each of some texts begins when they are joined: with two spaces and a divider for each."""
    return np.cumsum([0, *(len(text) + 3 for text in texts)])


def _texts_at(flags: Flags, begun: Positions) -> set[int]:
    """Return which texts have a flag set, by where each begins."""
    if not flags.any():
        return set()
    return set((np.searchsorted(begun, np.flatnonzero(flags), side="right") - 1).tolist())


@cache
def _plain_tables() -> tuple[Any, bytes, bytes, bytes]:
    """Return how to write a plain text in bytes, how to fold those, the bits of each, and what parts two texts."""
    characters = [*map(chr, (0, 9, 10, 13, *range(0x20, 0x7F), *range(0x410, 0x450))), *_PLAIN_SIGNS]
    encoding = codecs.charmap_build("".join(characters).ljust(256, "\ufffe"))
    folding = bytearray(bytes_of(folded_codes().take([ord(character) for character in characters])).ljust(256, b" "))
    folding[_PLAIN_DIVIDER] = DELETED
    bits = bytearray(script_of_codes().take([ord(letter) for letter in folding.decode("cp1251")]))
    for mark, bit in (("-", _HYPHEN), ("\n", _LINE_FEED), ("\r", _RETURN), (" ", _BLANK), ("\t", _BLANK)):
        bits[characters.index(mark)] = bit
    space = characters.index(" ")
    return encoding, bytes(folding), bytes(bits), bytes((space, _PLAIN_DIVIDER, space))


def _fold_others(texts: Sequence[str], numbers: Sequence[int]) -> FoldedTexts:
    # A space at each end saves looking for the ends of the text ever after.
    joined = f" {_DIVIDER} ".join(text.replace(_DIVIDER, " ") for text in texts)
    encoded = f" {joined} ".encode("utf-16-le", "surrogatepass")
    if len(encoded) > 2 * (len(joined) + 2):
        encoded = f" {_ASTRAL.sub(in_basic_plane, joined)} ".encode("utf-16-le", "surrogatepass")
    codes = np.frombuffer(encoded, dtype=np.uint16)
    folded = folded_codes().take(codes, mode="clip")
    kept = _kept(codes, folded)
    origins = np.flatnonzero(kept)
    folded = folded[kept]
    scripts = script_of_codes().take(folded, mode="clip")
    if (scripts == CHINESE).any():
        folded, origins, scripts = _spaced_by_script(folded, origins, scripts)
    if len(mixed := np.flatnonzero((scripts[:-1] ^ scripts[1:]) == CYRILLIC ^ LATIN)):
        folded = _right_look_alikes(folded, origins, f" {joined} ", mixed)
    return _OtherTexts(texts, numbers, folded, origins)


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """Return the folded words of a name, without the spaces at its ends."""
    return fold(name).text.strip()


def fold_names(names: Sequence[str]) -> list[str]:
    """Return ``fold_name`` of each of many names, folded in one go: a hundred times faster."""
    found = [""] * len(names)
    for folded in fold_many(names):
        for place, number in enumerate(folded.numbers):
            found[number] = folded.text_of(place).strip()
    return found


def dehyphenated(text: str) -> FoldedTexts | None:
    """Fold a text with the words joined that were hyphenated at the end of a line, or ``None`` where there are none."""
    breaks = list(_HYPHENATED_LINE.finditer(text))
    if not breaks:
        return None
    kept = np.ones(len(text), dtype=bool)
    for found in breaks:
        kept[found.start() : found.end()] = False
    positions = np.flatnonzero(kept)
    (folded,) = fold_many(("".join(text[position] for position in positions),))
    folded.made_of(text, np.append(positions, len(text)))
    return folded


def _one_space_of_a_run(spaces: Flags) -> Flags:
    kept: Flags = np.ones(len(spaces), dtype=bool)
    np.logical_not(spaces[1:] & spaces[:-1], out=kept[1:])
    return kept


def _kept(codes: Codes, folded: Codes) -> Flags:
    """Tell which characters stay: not the deleted ones, and one space of a run."""
    spaces = folded == SPACE
    if folded.all():
        return _one_space_of_a_run(spaces)
    _restore_short_i(codes, folded)
    kept: Flags = folded != DELETED
    staying = np.flatnonzero(kept)
    kept[staying] = _one_space_of_a_run(spaces[staying])
    return kept


def _restore_short_i(codes: Codes, folded: Codes) -> None:
    """Give ``й`` back where it was typed as ``и`` and a breve."""
    breves = np.flatnonzero(codes == BREVE)
    letters = breves[(breves > 0)] - 1
    letters = letters[np.isin(codes[letters], (ord("и"), ord("И")))]
    folded[letters] = SHORT_I


def _spaced_by_script(
    folded: Codes, index: Positions, scripts: npt.NDArray[np.uint8]
) -> tuple[Codes, Positions, npt.NDArray[np.uint8]]:
    """Put a space between Chinese characters and letters or digits of other scripts, and none between two Chinese.

    So a name broken over two lines is whole, and one with a middle dot is as one without; the gap is looked at later.
    """
    chinese = scripts == CHINESE
    inner = np.zeros(len(folded), dtype=bool)
    inner[1:-1] = (folded[1:-1] == SPACE) & chinese[:-2] & chinese[2:]
    folded, index, scripts, chinese = folded[~inner], index[~inner], scripts[~inner], chinese[~inner]
    spaces = folded == SPACE
    changes = np.flatnonzero((chinese[:-1] != chinese[1:]) & ~spaces[:-1] & ~spaces[1:]) + 1
    folded = np.insert(folded, changes, SPACE)
    index = np.insert(index, changes, index[changes])
    return folded, index, np.insert(scripts, changes, OTHER)


def _right_look_alikes(folded: Codes, index: Positions, text: str, places: Positions) -> Codes:
    """Write each word that mixes Latin and Cyrillic letters in the script that can have all of them."""
    folded = folded.copy()
    done = -1
    for place in sorted(int(place) for place in places):
        if place <= done:
            continue
        start, end = place, place + 1
        while folded[start - 1] != SPACE:
            start -= 1
        while folded[end] != SPACE:
            end += 1
        done = end
        word = "".join(text[int(position)] for position in index[start:end])
        righted = in_one_script(word)
        if righted != word:
            folded[start:end] = [folded_code(ord(character)) for character in righted]
    return folded
