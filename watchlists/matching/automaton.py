"""One Aho-Corasick automaton over the beginnings of all keys; what follows a beginning is looked up.

The case forms of a name share their beginning, so the automaton is a fraction of the size of one of all forms, built in
a fraction of the time, and scans faster for fitting the processor's cache. It reads one byte a character;
what are two characters of one byte to it is told apart when the key is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import ahocorasick_rs
import numpy as np

from watchlists.matching.characters import as_scanned, bytes_of, is_told_by_bytes
from watchlists.matching.folded import FoldedTexts

# Long enough to be rare in running text, short enough that the case forms of a name have it in common.
ANCHOR_LENGTH = 12
# A list of some hundred entities has 4,000, one of ten thousand 43,000. Up to here the automaton with all its
# transitions, which scans up to twice as fast, is made in 0.1 s and takes 60 MB.
_FEW_ANCHORS = 60_000


_LETTERS = 4  # of what goes on with no space: few names have more in common with another of the same beginning


class _Keys(NamedTuple):
    """Keys with a beginning in common, by what follows it.

    ``number`` is the key that the beginning is itself, if it is one. ``words`` are the others by their next word with
    the space behind it. Of those that go on with no space, which what follows may only begin with, the ``short`` ones
    are by their length and text, and others, with their numbers, by the first letters of ``long``. ``longest`` is the
    length of the longest of ``words``: Chinese has no spaces, so the next word may be the rest of the article.
    """

    number: int | None
    words: dict[str, _Keys]
    short: tuple[tuple[int, dict[str, int]], ...]
    long: dict[str, list[tuple[str, int]]]
    longest: int


# What is known of an anchor: the keys that begin with it, and its text where its bytes do not say that it stands there.
_Anchored = tuple[_Keys, str]
Met = tuple[int, int, int]  # the number of a key, where it starts in the folded texts, and where it ends


def anchor_starts(keys: Sequence[str]) -> list[int]:
    """Return the numbers of those of the sorted ``keys`` that begin a group with a beginning in common."""
    starts: list[int] = []
    anchor: str | None = None
    for number, key in enumerate(keys):
        # A sorted list has a prefix right before what it is a prefix of.
        if anchor is None or not key.startswith(anchor):
            anchor = key[:ANCHOR_LENGTH]
            starts.append(number)
    return starts


class Keys(Protocol):
    """Texts by number."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


class KeyAutomaton:
    """Finds every key that occurs in folded texts, overlapping ones too.

    ``keys`` are sorted, ``starts`` their ``anchor_starts``. What is known of an anchor is put together when it is first
    met: most never are.
    """

    def __init__(self, keys: Keys, starts: Iterable[int]) -> None:
        self._keys = keys
        self._starts = [*starts, len(keys)]
        self._anchor_texts = [keys[number][:ANCHOR_LENGTH] for number in self._starts[:-1]]
        self._by_anchor: list[_Anchored | None] = [None] * len(self._anchor_texts)
        self._by_anchor_plain = self._by_anchor.copy()
        few = len(self._anchor_texts) <= _FEW_ANCHORS
        self._anchors = ahocorasick_rs.BytesAhoCorasick(
            _bytes_of_each(self._anchor_texts),
            implementation=ahocorasick_rs.Implementation.DFA if few else ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def find(self, folded: FoldedTexts) -> list[Met]:
        """Return the number, start and end of each key in the texts as they are joined, text by text."""
        anchors = self._anchors.find_matches_as_indexes(folded.data, overlapping=True)
        if not anchors:
            return []
        text, is_plain = folded.scanned, folded.is_plain
        by_anchor = self._by_anchor_plain if is_plain else self._by_anchor
        found: list[Met] = []
        for anchor, start, end in anchors:
            keys, doubtful = by_anchor[anchor] or self._read_anchor(anchor, is_plain=is_plain)
            if not doubtful or text.startswith(doubtful, start):
                _follow(keys, text, start, end, found)
        return found

    def _read_anchor(self, anchor: int, *, is_plain: bool) -> _Anchored:
        text = self._anchor_texts[anchor]
        numbers = range(self._starts[anchor], self._starts[anchor + 1])
        left = [(self._keys[number][len(text) :], number) for number in numbers]
        if is_plain:
            # Plain texts are scanned in characters of their own, and no other key can stand in them.
            left = [(as_scanned(key), number) for key, number in left if is_told_by_bytes(key)]
        found = (_told_apart(left), "" if is_told_by_bytes(text) else text)
        (self._by_anchor_plain if is_plain else self._by_anchor)[anchor] = found
        return found


def _follow(keys: _Keys, text: str, start: int, at: int, found: list[Met]) -> None:
    """Add which of the keys that begin at ``start`` the text goes on with from ``at``."""
    while True:
        number, words, short, long, longest = keys
        if number is not None:
            found.append((number, start, at))
        for length, numbers in short:
            number = numbers.get(text[at : at + length])
            if number is not None:
                found.append((number, start, at + length))
        if long:
            for left, number in long.get(text[at : at + _LETTERS], ()):
                if text.startswith(left, at):
                    found.append((number, start, at + len(left)))
        if not words:
            return
        word_end = text.find(" ", at, at + longest) + 1
        following = words.get(text[at:word_end])
        if following is None:
            return
        keys, at = following, word_end


def _told_apart(keys: Iterable[tuple[str, int]]) -> _Keys:
    """Tell keys apart by what is left of them."""
    here: int | None = None
    by_word: dict[str, list[tuple[str, int]]] = {}
    short: dict[int, dict[str, int]] = {}
    long: dict[str, list[tuple[str, int]]] = {}
    for left, number in keys:
        word, space, others = left.partition(" ")
        if not left:
            here = number
        elif space:
            by_word.setdefault(word + space, []).append((others, number))
        elif len(left) < _LETTERS:
            short.setdefault(len(left), {})[left] = number
        else:
            long.setdefault(left[:_LETTERS], []).append((left, number))
    words = {word: _told_apart(of_word) for word, of_word in by_word.items()}
    return _Keys(here, words, tuple(short.items()), long, max(map(len, words), default=0))


def _bytes_of_each(texts: Sequence[str]) -> list[bytes]:
    joined = bytes_of(np.frombuffer("".join(texts).encode("utf-16-le", "surrogatepass"), dtype=np.uint16))
    pieces, at = [], 0
    for text in texts:
        pieces.append(joined[at : at + len(text)])
        at += len(text)
    return pieces
