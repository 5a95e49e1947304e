"""Words of a sentence and what lies between them, while a gloss is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

# Letters of Russian and Tajik, and Ukrainian and Kazakh ones that names bring along.
_WORD = re.compile(r"[А-Яа-яЁёҒғӢӣҚқӮӯҲҳҶҷІіЇїӘәҢңҮүҰұӨөҺһ]+(?:[-‑][А-Яа-яЁёҒғӢӣҚқӮӯҲҳҶҷ]+)*")
_QUOTES = str.maketrans({"«": "“", "»": "”", "„": "“", "№": "#"})

_QUOTED = re.compile("[«»„№]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its English.

    ``part`` is a part of speech of the lexicon, or ``""`` where the word is only spelled in Latin letters; ``form``
    says what English forms and little words it takes, in the terms of its language's module. ``lemma`` is the base
    form that was found.
    """

    english: str
    part: str = ""
    form: str = ""
    lemma: str = ""


def saying(word: Word, english: str, *, part: str | None = None) -> Word:
    """Return a word with other English; several times as fast as ``replace``, for what is done to every sentence."""
    return Word(english=english, part=word.part if part is None else part, form=word.form, lemma=word.lemma)


def cut_words(sentence: str) -> tuple[list[str], list[str]]:
    """Return the Cyrillic words of a sentence, and what stands before, between and after them: always one more."""
    words: list[str] = []
    between: list[str] = []
    done = 0
    for found in _WORD.finditer(sentence):
        words.append(found[0])
        between.append(sentence[done : found.start()])
        done = found.end()
    return words, [*between, sentence[done:]]


def with_case_of(english: str, original: str) -> str:
    """Give a word the capital of its original."""
    if original[:1].isupper() and english[:1].islower():
        return english[:1].upper() + english[1:]
    return english


def put_together(words: list[str], between: list[str]) -> str:
    """Join English words with what stood between the originals; a word without English takes its space with it."""
    pieces = [between[0]]
    for word, after in zip(words, between[1:], strict=True):
        if word:
            pieces += [word, after]
        elif after == " ":
            continue  # the space before it stays
        elif after.startswith(" "):
            pieces.append(after[1:])
        else:
            if pieces[-1].endswith(" "):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(after)
    text = "".join(pieces)
    return (text.translate(_QUOTES) if _QUOTED.search(text) else text).strip()


def without_empty(words: Sequence[Word], between: Sequence[str]) -> tuple[list[Word], list[str]]:
    """Leave out words without English; each takes the space before it with it."""
    kept: list[Word] = []
    gaps = [between[0]]
    for word, after in zip(words, between[1:], strict=True):
        if word.english:
            kept.append(word)
            gaps.append(after)
        else:
            gaps[-1] = gaps[-1].removesuffix(" ") + after
    return kept, gaps


def shouted(words: list[str]) -> bool:
    """Whether a whole sentence stands in capitals, which then say nothing about names."""
    return len(words) > 2 and all(word.isupper() for word in words)


def remembered(read: Callable[[str], Word], capacity: int = 200_000) -> Callable[[str], Word]:
    """Remember words that were read; dropped whole when full (about 50 MB)."""
    known: dict[str, Word] = {}

    def find(word: str) -> Word:
        found = known.get(word)
        if found is None:
            if len(known) >= capacity:
                known.clear()
            found = known[word] = read(word)
        return found

    return find


def halves(word: str) -> Iterator[str]:
    """Yield the parts of a word with hyphens."""
    yield from word.replace("‑", "-").split("-")


def joined(parts: list[Word], form: str) -> Word:
    """Make one word of the parts of a word with hyphens; the last says what it is."""
    last = parts[-1]
    english = "-".join(part.english for part in parts if part.english)
    return replace(last, english=english, form=form or last.form, lemma="-".join(part.lemma for part in parts))
