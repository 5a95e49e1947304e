"""Copies of one text in several outlets make one story: who had it first, from which agency, how much later the others.

MinHash (Broder 1997; datasketch) of word triples, of character quadruples in Chinese, decides how much two texts share.
Who is compared with whom is found by sentences kept word for word, which even a cut and edited copy has, and by bands
of the MinHash, for copies in which every sentence was touched. A signature is bytes, so that yesterday's need not be
computed again.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from records.landing import StoryPart

# The error of a similarity estimated from 128 values is 0.04; a signature is 0.6 kB.
_VALUES = 128
_BAND_ROWS = 4
_BANDS = 16  # of the first 64 values: finds 94 % of pairs with a similarity of 0.6, and 0.2 % of those with 0.1
# Shared part of the shorter text from which two articles are one story. On 5,000 made articles (bench/syndication.py)
# 0.35 gave recall 1.000 and precision 0.974, 0.40 gave 0.998 and 0.999, 0.45 gave 0.986 and 1.000.
_SHARED = 0.4
# Of a short text in a long one few values agree, and their error is large: what is not above the threshold by so many
# standard errors needs the same part of its sentences word for word.
_SURE_BY = 2.0
# A dozen triples say little: announcements of the same kind share them by chance.
_SMALL, _SMALL_SHARED = 25, 0.75
# Sentences of fewer letters are formulas; those of more than so many articles are boilerplate.
_ANCHOR_LETTERS, _ANCHOR_HAN = 40, 14
_ANCHOR_ARTICLES = 40
_ANCHORS = 24  # the first ones are enough, and copies keep the beginning
# Candidates that share most with a new article are compared, no more than so many.
_CANDIDATES = 50

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？；])|\n")
_HEAD = struct.Struct("<BII")  # version, number of shingles, number of anchors
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """What is compared of a text: MinHash values, the number of its shingles, hashes of its longer sentences."""

    values: npt.NDArray[np.uint32]
    shingles: int
    anchors: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """Return the signature as bytes, to be stored."""
        head = _HEAD.pack(_VERSION, self.shingles, len(self.anchors))
        return head + self.values.astype("<u4").tobytes() + np.array(self.anchors, dtype="<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Signature:
        """Return the signature stored as ``stored``; raises ``ValueError`` for bytes that are none."""
        if len(stored) < _HEAD.size + 4 * _VALUES:
            raise ValueError("too short for a signature")
        version, shingles, count = _HEAD.unpack_from(stored)
        if version != _VERSION or len(stored) != _HEAD.size + 4 * _VALUES + 8 * count:
            raise ValueError(f"not a signature of version {_VERSION}")
        values = np.frombuffer(stored, dtype="<u4", count=_VALUES, offset=_HEAD.size).astype(np.uint32)
        anchors = np.frombuffer(stored, dtype="<u8", offset=_HEAD.size + 4 * _VALUES)
        return cls(values, shingles, tuple(int(anchor) for anchor in anchors))


def sign_text(text: str) -> Signature:
    """Return the signature of an article's text. The title is no part of it: copies are retitled."""
    folded = text.casefold()
    shingles = _shingles(folded)
    minhash = _min_hash()(num_perm=_VALUES, scheme="affine32", hashfunc=int, permutations=_shared_permutations())
    if len(shingles):
        minhash.update_batch(shingles.tolist())
    return Signature(minhash.hashvalues.astype(np.uint32), len(shingles), tuple(_anchors(folded)))


@cache
def _min_hash() -> Any:
    # datasketch imports SciPy and clients of three databases, two seconds of it, whatever is asked of it.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash


@cache  # drawing them takes longer than using them
def _shared_permutations() -> object:
    return _min_hash()(num_perm=_VALUES, scheme="affine32", hashfunc=int).permutations


def _shingles(folded: str) -> npt.NDArray[np.uint32]:
    """Return the hashes of all different shingles of a text."""
    han = _HAN.findall(folded)
    if 3 * len(han) > len(folded):
        tokens = np.array([ord(char) for char in han], dtype=np.uint32)
        length = 4
    else:
        tokens = np.array([zlib.crc32(word.encode()) for word in _WORD.findall(folded)], dtype=np.uint32)
        length = 3
    if len(tokens) < length:
        return np.unique(tokens)
    mixed = np.zeros(len(tokens) - length + 1, dtype=np.uint32)
    for offset in range(length):
        # A polynomial over the window; the constant is the 32-bit FNV prime.
        mixed = mixed * np.uint32(16_777_619) + tokens[offset : offset + len(mixed)]
    return np.unique(mixed)


def _anchors(folded: str) -> Iterator[int]:
    found = 0
    for sentence in _SENTENCE_END.split(folded):
        letters = "".join(_WORD.findall(sentence))
        if len(letters) >= _ANCHOR_LETTERS or len(_HAN.findall(letters)) >= _ANCHOR_HAN:
            encoded = letters.encode()
            yield zlib.crc32(encoded) << 32 | zlib.adler32(encoded)
            found += 1
            if found == _ANCHORS:
                return


def shared_part(one: Signature, other: Signature) -> float:
    """Return how much of the shorter text stands in the other, between 0 and 1, as far as the signatures tell."""
    if not one.shingles or not other.shingles:
        return 0.0
    similarity = float(np.count_nonzero(one.values == other.values)) / _VALUES
    common = similarity * (one.shingles + other.shingles) / (1 + similarity)
    return min(1.0, common / min(one.shingles, other.shingles))


def _is_copy(one: Signature, other: Signature, shared: float) -> bool:
    """Tell whether two texts that seem to share so much of the shorter are one text."""
    shorter, longer = sorted((one, other), key=lambda signature: signature.shingles)
    if shorter.shingles < _SMALL:
        return shared >= _SMALL_SHARED
    if shared < _SHARED:
        return False
    similarity = float(np.count_nonzero(one.values == other.values)) / _VALUES
    error = (similarity * (1 - similarity) / _VALUES) ** 0.5
    sure_error = error * (1 + longer.shingles / shorter.shingles) / (1 + similarity) ** 2
    if shared - _SURE_BY * sure_error >= _SHARED:
        return True
    kept = len(set(shorter.anchors).intersection(longer.anchors))
    return kept >= _SHARED * len(set(shorter.anchors))


class StoryIndex:
    """Groups articles into stories as they come, and forgets those older than ``window``.

    Give yesterday's signatures to ``recall`` first, then every new article to ``place``.
    """

    def __init__(self, *, window: timedelta = timedelta(days=7)) -> None:
        self._window = window
        self._known: dict[str, tuple[Signature, str, datetime]] = {}
        self._keys: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def recall(self, article_id: str, signature: Signature, *, story_id: str, seen_at: datetime) -> None:
        """Take in an article whose story is known."""
        self._forget(article_id)
        self._known[article_id] = (signature, story_id, seen_at)
        for key in _keys(signature):
            held = self._keys.setdefault(key, [])
            if len(held) < _ANCHOR_ARTICLES:
                held.append(article_id)

    def place(self, article_id: str, signature: Signature, *, seen_at: datetime) -> StoryPart:
        """Return the story an article belongs to, and take it in: that of the text it shares most with, or its own."""
        best, shared = self._nearest(article_id, signature)
        story_id = article_id if best is None else self._known[best][1]
        self.recall(article_id, signature, story_id=story_id, seen_at=seen_at)
        return StoryPart(
            story_id=story_id,
            article_id=article_id,
            relation="first" if best is None else "copy",
            similarity=1.0 if best is None else round(shared, 3),
        )

    def forget_old(self, now: datetime) -> int:
        """Drop what was seen longer ago than the window; return how many."""
        old = [article_id for article_id, (_, _, seen_at) in self._known.items() if seen_at < now - self._window]
        for article_id in old:
            self._forget(article_id)
        return len(old)

    def _forget(self, article_id: str) -> None:
        known = self._known.pop(article_id, None)
        for key in _keys(known[0]) if known else ():
            held = self._keys.get(key, [])
            if article_id in held:
                held.remove(article_id)
            if not held:
                self._keys.pop(key, None)

    def _nearest(self, article_id: str, signature: Signature) -> tuple[str | None, float]:
        votes: dict[str, int] = {}
        for key in _keys(signature):
            held = self._keys.get(key, ())
            if len(held) < _ANCHOR_ARTICLES:
                for other in held:
                    votes[other] = votes.get(other, 0) + 1
        votes.pop(article_id, None)
        candidates = sorted(votes, key=lambda other: (-votes[other], other))[:_CANDIDATES]
        best, most = None, 0.0
        for other in candidates:
            theirs = self._known[other][0]
            shared = shared_part(signature, theirs)
            if shared > most and _is_copy(signature, theirs, shared):
                best, most = other, shared
        return best, most


def _keys(signature: Signature) -> Iterable[int]:
    yield from signature.anchors
    for band in range(_BANDS):
        rows = signature.values[band * _BAND_ROWS : (band + 1) * _BAND_ROWS]
        # Anchors fill 64 bits, bands 40: the two meet by chance as rarely as two anchors do.
        yield zlib.crc32(rows.tobytes()) << 8 | band


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article of a story: who published it when, and whom it credits."""

    article_id: str
    publisher: str
    published_at: datetime
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as it spread. ``later`` are the other publishers, each once with its first copy and its lag.

    ``agency`` is the one most copies credit.
    """

    first: Copy
    agency: str | None
    later: tuple[tuple[Copy, timedelta], ...]


def tell_story(copies: Sequence[Copy]) -> Told:
    """Return who had a story first and who followed; several feeds or editions of one publisher count once."""
    ordered = sorted(copies, key=lambda copy: (copy.published_at, copy.article_id))
    first_of: dict[str, Copy] = {}
    for copy in ordered:
        first_of.setdefault(copy.publisher, copy)
    first = ordered[0]
    credited = [copy.agency for copy in ordered if copy.agency]
    # The most frequent; among equals the one credited first.
    agency = max(credited, key=lambda name: (credited.count(name), -credited.index(name)), default=None)
    later = tuple((copy, copy.published_at - first.published_at) for copy in first_of.values() if copy is not first)
    return Told(first=first, agency=agency, later=later)
