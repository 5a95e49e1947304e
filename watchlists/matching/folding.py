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

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain, pairwise

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
# What was found, where it stands in a folded text without the spaces at its ends, and where in the original.
Placed = tuple[int, int, int, int, int]
Flags = npt.NDArray[np.bool_]

_HYPHENATED_LINE = re.compile(r"(?<=\w)[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=\w)")
_LINE_FEED = ord("\n")
_BLANK, _HYPHEN = 1, 2  # what may stand before it
_HIGHEST = 0xFFFF  # of the basic plane, which the tables are of
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# What a text may have besides ASCII and Russian and still be plain: signs, and the letters of Tajik, Kazakh and Kyrgyz.
_PLAIN_SIGNS = "\u00a0«»–—“”„‘’…№•·°×§€Ёё" + "ҷҳқғӣӯңөүұәһіҶҲҚҒӢӮҢӨҮҰӘҺІ"
_DIVIDER = "\ua66e"  # a letter of one psalter of the fifteenth century, in no name
_BETWEEN = f" {_DIVIDER} "
_NOT_PLAIN, _PLAIN_DIVIDER = 254, 255  # the bytes of no plain character


class Folded:
    """A folded text, and where in the original its characters stood.

    Of a text that was folded among others, ``places`` are those in all of them joined: from ``first`` on its own, each
    ``shift`` further than in the original by itself.
    """

    __slots__ = ("_first", "_places", "_shift", "original", "text")

    def __init__(self, text: str, original: str, places: Sequence[int], first: int = 0, shift: int = 0) -> None:
        self.text = text
        self.original = original
        self._places = places
        self._first = first
        self._shift = shift

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
    ) -> None:
        """Take the folded ``codes`` in one byte or two a character, and where each stood in the texts joined."""
        self.originals = [texts[number] for number in numbers]
        self.numbers = numbers
        self.hyphenated = [place for place, number in enumerate(numbers) if number in hyphenated] if hyphenated else []
        self._begun = _beginnings(self.originals)
        self.starts: list[int] = np.searchsorted(origins, self._begun).tolist()
        self.starts[-1] += 1
        self._codes = codes
        self._origins = origins

    def __getitem__(self, number: int) -> Folded:
        return Folded(
            self.text_of(number),
            self.originals[number],
            self._origins.data,
            self.starts[number],
            self._begun[number] + 1,  # for the space before the text
        )

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
        start, end = self._origins[at] - begun, self._origins[until - 1] - begun + 1
        starts = np.array(self.starts)[text]
        columns = (numbers, at - starts, until - starts, start, end)
        placed: list[Placed] = list(zip(*(column.tolist() for column in columns), strict=True))
        changes = [0, *(np.flatnonzero(text[1:] != text[:-1]) + 1).tolist(), len(placed)]
        for first, last in pairwise(changes):
            number, of_text = int(text[first]), placed[first:last]
            if self._codes.itemsize > 1:  # plain texts have no accents
                original = self.originals[number]
                of_text = [
                    (each, at, until, start, _with_accents(original, end)) for each, at, until, start, end in of_text
                ]
            yield number, of_text

    def text_of(self, number: int) -> str:
        """Return one folded text."""
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    @cached_property
    def data(self) -> bytes:
        """All the texts in bytes."""
        codes = self._codes
        return codes.tobytes() if codes.itemsize == 1 else bytes_of(codes.astype(np.uint16, copy=False))

    @cached_property
    def text(self) -> str:
        """All the texts."""
        if self._codes.itemsize == 1:
            return self.data.decode("cp1251")
        return self._codes.tobytes().decode("utf-16-le", "surrogatepass")


def fold(text: str) -> Folded:
    """Fold a text and keep, for each character, where it stood."""
    (folded,) = fold_many((text,))
    return folded[0]


def fold_many(texts: Sequence[str]) -> Iterator[FoldedTexts]:
    """Fold texts, the plain ones as one and the others as one, each of them in the order they come."""
    others: Sequence[int] = range(len(texts))
    if plain := _fold_plain(texts):
        yield plain
        done = set(plain.numbers)
        others = [number for number in others if number not in done]
    if others:
        yield _fold_others(texts, others)


def _fold_plain(texts: Sequence[str]) -> FoldedTexts | None:
    """Fold those of the texts that are plain: without other letters and signs, and without words of two scripts."""
    plain, folding, bits = _plain_tables()
    joined = _joined(texts)
    # What is above the basic plane stands for what is not plain, too; a divider of its own makes a text none.
    points = _code_points(joined)
    coded = plain.take(points, mode="clip").tobytes()
    begun = _beginnings(texts)
    unfit = _texts_at(_places_of(_NOT_PLAIN, coded), begun)
    if np.count_nonzero(np.frombuffer(coded, dtype=np.uint8) == _PLAIN_DIVIDER) >= len(texts):
        unfit |= {number for number, text in enumerate(texts) if _DIVIDER in text}
    found = np.frombuffer(coded.translate(bits), dtype=np.uint8)
    unfit |= _texts_at(np.flatnonzero((found[1:] ^ found[:-1]) == CYRILLIC ^ LATIN), begun)
    numbers = [number for number in range(len(texts)) if number not in unfit]
    if not numbers:
        return None
    spaced = coded.translate(folding)
    if unfit:
        spaced = bytes((DELETED,)).join(spaced[begun[number] : begun[number + 1] - 1] for number in numbers)
    codes = np.frombuffer(spaced, dtype=np.uint8)
    origins = np.flatnonzero(_one_space_of_a_run(codes == SPACE))
    return FoldedTexts(texts, numbers, codes.take(origins), origins, _hyphenated(points, begun))


def _joined(texts: Sequence[str]) -> str:
    """Join texts with a divider between two; a space at the ends of each saves looking for the ends ever after."""
    return f" {_BETWEEN.join(texts)} "


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.array(text).reshape(1).view(np.uint32)  # a third of the time that an encoder takes


def _beginnings(texts: Sequence[str]) -> list[int]:
    """Return where each of some joined texts begins, with the space before it, and where one more would."""
    return [0, *accumulate([len(text) + len(_BETWEEN) for text in texts])]


def _hyphenated(points: npt.NDArray[np.uint32], begun: Sequence[int]) -> set[int]:
    """Return which texts have a hyphen before a line break, with at most two blanks between."""
    before = np.flatnonzero(points == _LINE_FEED) - 1
    if not len(before):
        return set()
    marks = _marks_at_line_ends()
    for _ in range(2):
        before = before - (marks.take(points[before], mode="clip") == _BLANK)
    return _texts_at(before[marks.take(points[before], mode="clip") == _HYPHEN], begun)


@cache
def _marks_at_line_ends() -> npt.NDArray[np.uint8]:
    marks = np.zeros(_HIGHEST + 1, dtype=np.uint8)
    marks[[ord(" "), ord("\t"), ord("\r")]] = _BLANK
    marks[[ord("-"), 0x2010, 0xAD]] = _HYPHEN
    return marks


def _places_of(code: int, coded: bytes) -> Positions:
    if code not in coded:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.frombuffer(coded, dtype=np.uint8) == code)


def _texts_at(places: Positions, begun: Sequence[int]) -> set[int]:
    """Return which texts have one of the places, by where each begins."""
    return set((np.searchsorted(begun, places, side="right") - 1).tolist()) if len(places) else set()


@cache
def _plain_tables() -> tuple[npt.NDArray[np.uint8], bytes, bytes]:
    """Return how to write a plain text in a byte a character, how to fold those, and the bits of each."""
    characters = "".join([*map(chr, (0, 9, 10, 13, *range(0x20, 0x7F), *range(0x410, 0x450))), *_PLAIN_SIGNS])
    plain = np.full(0x10000, _NOT_PLAIN, dtype=np.uint8)
    plain[[ord(character) for character in characters]] = np.arange(len(characters))
    plain[ord(_DIVIDER)] = _PLAIN_DIVIDER
    folding = bytearray(bytes_of(folded_codes().take([ord(character) for character in characters])).ljust(256, b" "))
    folding[_PLAIN_DIVIDER] = DELETED
    bits = script_of_codes().take([ord(letter) for letter in folding.decode("cp1251")]).tobytes()
    return plain, bytes(folding), bits


def _fold_others(texts: Sequence[str], numbers: Sequence[int]) -> FoldedTexts:
    own = [texts[number].replace(_DIVIDER, " ") for number in numbers]
    joined = _joined(own)
    points = _code_points(joined)
    hyphenated = {numbers[place] for place in _hyphenated(points, _beginnings(own))}
    if points.max() > _HIGHEST:
        points = _code_points(_ASTRAL.sub(in_basic_plane, joined))
    codes = points.astype(np.uint16)
    folded = folded_codes().take(codes, mode="clip")
    kept = _kept(codes, folded)
    origins = np.flatnonzero(kept)
    folded = folded[kept]
    scripts = script_of_codes().take(folded, mode="clip")
    if (scripts == CHINESE).any():
        folded, origins, scripts = _spaced_by_script(folded, origins, scripts)
    if len(mixed := np.flatnonzero((scripts[:-1] ^ scripts[1:]) == CYRILLIC ^ LATIN)):
        folded = _right_look_alikes(folded, origins, joined, mixed)
    return FoldedTexts(texts, numbers, folded, origins, hyphenated)


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


def dehyphenated(text: str) -> tuple[FoldedTexts, Folded] | None:
    """Fold a text with the words joined that were hyphenated at the end of a line, or ``None`` where there are none.

    The folded text by itself is returned, too, with the places that its characters had in the text as it was.
    """
    breaks = list(_HYPHENATED_LINE.finditer(text))
    if not breaks:
        return None
    kept = np.ones(len(text), dtype=bool)
    for found in breaks:
        kept[found.start() : found.end()] = False
    positions = np.flatnonzero(kept)
    (folded,) = fold_many(("".join(text[position] for position in positions),))
    own = folded[0]
    within = [own.place(at) for at in range(len(own.text))]
    return folded, Folded(own.text, text, np.append(positions, len(text))[within].data)


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
