"""Fold texts to bare words, so that one spelling of a name finds all the ways it is typed, and keep the way back.

The folded text is lower case, with one space wherever anything but letters and digits stood, and a space at both ends.
Gone are soft hyphens, zero-width characters, stress marks and all other accents but the one of ``й``; the letters of
Tajik, Kazakh and Kyrgyz stand as their plain neighbours, traditional Chinese characters as simplified ones, full-width
forms as ASCII, Arabic letter variants as one.
A space is put between Chinese and other writing. What a gap really held is looked at when a name has been met.

Many texts are folded as one, since starting numpy twenty times costs as much as folding an article. Plain ones are
folded in one byte a character, about 80 million characters a second; others by table look-up in two, 15 to 40 million,
where ``str.translate`` does 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

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
    marks_of_codes,
    script_of_codes,
    simplified_codes,
)
from watchlists.matching.folded import DIVIDER, Bare, Folded, FoldedTexts, Marks, Positions, beginnings, joined

Flags = npt.NDArray[np.bool_]

# A stress or a breve may stand between the last letter and the hyphen.
_HYPHENATED_LINE = re.compile(r"(?<=[\w\u0300-\u036f])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=\w)")
# Soft hyphens but those at the end of a line, zero-width characters but what parts words in Persian, marks of
# direction, and the stress of a Russian word.
_UNSEEN = re.compile(
    "\u00ad(?![ \\t]*\\r?\\n)|[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<=[аеёиоуыэюяАЕЁИОУЫЭЮЯ])\u0301"
)
# What ``_UNSEEN`` finds has one of them; looked for in a fifth of the time.
_MAY_BE_UNSEEN = re.compile("[\u00ad\u0301\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LINE_FEED = ord("\n")
_BLANK, _HYPHEN = 1, 2  # what may stand before it
_HIGHEST = 0xFFFF  # of the basic plane, which the tables are of
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# What a text may have besides ASCII and Russian and still be plain: signs, and the letters of Tajik, Kazakh and Kyrgyz.
_PLAIN_SIGNS = "\u00a0«»–—“”„‘’…№•·°×§€Ёё" + "ҷҳқғӣӯңөүұәһіҶҲҚҒӢӮҢӨҮҰӘҺІ"
_NOT_PLAIN = 1  # the byte of no plain character


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
    whole = joined(texts)
    points = _code_points(whole)
    # What is above the basic plane stands for what is not plain, too; a divider of its own makes a text none.
    codes = _plain_codes().take(points, mode="clip")
    begun = beginnings(texts)
    unfit = _texts_at(np.flatnonzero(codes == _NOT_PLAIN), begun)
    if np.count_nonzero(codes == DELETED) >= len(texts):
        unfit |= {number for number, text in enumerate(texts) if DIVIDER in text}
    unfit |= _texts_at(_changes_of_script(codes), begun)
    numbers = [number for number in range(len(texts)) if number not in unfit]
    if not numbers:
        return None
    hyphenated = _hyphenated(points, begun)
    if unfit:
        kept = np.ones(len(points), dtype=bool)
        for number in unfit:
            kept[begun[number] : begun[number + 1]] = False
        kept[begun[numbers[-1] + 1] - 1 :] = False  # the divider behind the last of them
        codes, points = codes[kept], points[kept]
    origins = np.flatnonzero(_one_space_of_a_run(codes == SPACE))
    return FoldedTexts(texts, numbers, codes.take(origins), origins, hyphenated, marks_at=_marks_at(points))


def _marks_at(points: npt.NDArray[np.uint32]) -> Callable[[Positions], Marks]:
    return lambda places: marks_of_codes().take(points.take(places, mode="clip"), mode="clip")


def _changes_of_script(codes: npt.NDArray[np.uint8]) -> Positions:
    """Return where a Latin letter stands right before or after a Cyrillic one in a folded plain text.

    Of the bytes that such texts have (``bytes_of``), letters have the bit 0x40, and of them Cyrillic ones 0x80.
    """
    before, after = codes[:-1], codes[1:]
    return np.flatnonzero(((before ^ after) >> 1) & before & after & 0x40)


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.array(text).reshape(1).view(np.uint32)  # a third of the time that an encoder takes


def _hyphenated(points: npt.NDArray[np.uint32], begun: Sequence[int]) -> set[int]:
    """Return which texts have a hyphen at the end of a line, with at most two blanks between."""
    breaks = np.flatnonzero(points == _LINE_FEED)
    if not len(breaks):
        return set()
    before = breaks - 1
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


def _texts_at(places: Positions, begun: Sequence[int]) -> set[int]:
    """Return which texts have one of the places, by where each begins."""
    return set((np.searchsorted(begun, places, side="right") - 1).tolist()) if len(places) else set()


@cache
def _plain_codes() -> npt.NDArray[np.uint8]:
    """Return the byte that each character of a plain text is folded to, as ``bytes_of`` has it."""
    characters = "".join([*map(chr, (0, 9, 10, 13, *range(0x20, 0x7F), *range(0x410, 0x450))), *_PLAIN_SIGNS])
    plain = [ord(character) for character in characters]
    table = np.full(0x10000, _NOT_PLAIN, dtype=np.uint8)
    table[plain] = np.frombuffer(bytes_of(folded_codes().take(plain)), dtype=np.uint8)
    table[ord(DIVIDER)] = DELETED
    return table


def _fold_others(texts: Sequence[str], numbers: Sequence[int]) -> FoldedTexts:
    bare = {number: found for number in numbers if (found := _laid_bare(texts[number]))}
    if bare:
        texts = [bare[number].text if number in bare else text for number, text in enumerate(texts)]
    own = [texts[number].replace(DIVIDER, " ") for number in numbers]
    whole = joined(own)
    points = _code_points(whole)
    hyphenated = {numbers[place] for place in _hyphenated(points, beginnings(own))}
    if points.max() > _HIGHEST:
        points = _code_points(_ASTRAL.sub(in_basic_plane, whole))
    codes = points.astype(np.uint16)
    folded = folded_codes().take(codes, mode="clip")
    kept = _kept(codes, folded)
    origins = np.flatnonzero(kept)
    folded = folded[kept]
    scripts = script_of_codes().take(folded, mode="clip")
    if (scripts == CHINESE).any():
        folded, origins, scripts = _spaced_by_script(simplified_codes().take(folded), origins, scripts)
    if len(mixed := np.flatnonzero((scripts[:-1] ^ scripts[1:]) == CYRILLIC ^ LATIN)):
        folded = _right_look_alikes(folded, origins, whole, mixed)
    return FoldedTexts(texts, numbers, folded, origins, hyphenated, marks_at=_marks_at(points), bare=bare)


def _laid_bare(text: str) -> Bare | None:
    """Return a text without what nobody sees, so that no rule that reads beside a name needs to know of it."""
    if not _MAY_BE_UNSEEN.search(text):
        return None
    kept = np.ones(len(text), dtype=bool)
    for found in _UNSEEN.finditer(text):
        kept[found.start() : found.end()] = False
    places = np.flatnonzero(kept)
    return Bare(_UNSEEN.sub("", text), text, places.data)


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
    return folded, Folded(lambda: own.text, text, np.append(positions, len(text))[within].data)


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


def _as_typed(folded: Codes, letters: Iterable[str]) -> str:
    """Return the letters of a word without their accents, however composed; of those ``й`` has one of its own."""
    return "".join(
        "й" if code == SHORT_I else unicodedata.normalize("NFD", letter)[0]
        for code, letter in zip(folded.tolist(), letters, strict=True)
    )


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
        word = _as_typed(folded[start:end], [text[position] for position in index[start:end].tolist()])
        righted = in_one_script(word)
        if righted != word:
            folded[start:end] = [folded_code(ord(character)) for character in righted]
    return folded
