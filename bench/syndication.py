"""A made press: articles of invented sentences, and copies of them cut, retitled and edited, with the truth known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_SYLLABLES = [consonant + vowel for consonant in "бвгдзклмнпрстфхш" for vowel in "аеоу"]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
# What every desk writes: sentences shared by articles that have nothing to do with each other.
_FORMULAS = (
    "Об этом сообщает пресс-служба министерства обороны республики в понедельник вечером.",
    "Другие подробности происшедшего на данный момент официально не раскрываются.",
    "Ранее сообщалось, что стороны договорились продолжить консультации в ближайшее время.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """One article of the made press; articles of one ``story`` are copies."""

    article_id: str
    story: int
    text: str


def made_press(articles: int, *, seed: int = 1) -> Iterator[Made]:
    """Yield so many articles in the order of a day: one in four is a copy of one of the last thousand originals.

    A copy is cut to between 45 and 100 % (six sentences at least), has two sentences changed, often one added in front,
    and now and then an accent typed in. A fifth of the press is Chinese. Unrelated articles share formulas and, one in
    ten, a paragraph of background.
    """
    rng = random.Random(seed)
    words = ["".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 5))) for _ in range(20_000)]
    originals: list[tuple[int, bool, list[str]]] = []
    background: list[str] = []
    for number in range(articles):
        if originals and rng.random() < 0.25:
            story, chinese, sentences = rng.choice(originals[-1000:])
            sentences = _copied(sentences, rng, words, chinese=chinese)
        else:
            story, chinese = number, rng.random() < 0.2
            sentences = [_sentence(rng, words, chinese=chinese) for _ in range(rng.randint(7, 22))]
            if not chinese:
                sentences.insert(rng.randint(1, 5), rng.choice(_FORMULAS))
                if background and rng.random() < 0.1:
                    sentences += background
            if rng.random() < 0.02 and not chinese:
                background = sentences[3:5]
            originals.append((story, chinese, sentences))
        yield Made(f"{number:08x}", story, ("" if chinese else " ").join(sentences))


def _sentence(rng: random.Random, words: list[str], *, chinese: bool) -> str:
    if chinese:
        return "".join(rng.choice(_HAN) for _ in range(rng.randint(15, 45))) + "。"
    # Zipf's law, roughly: frequent words make unrelated texts share some pairs, as in life.
    chosen = [words[int(len(words) * rng.random() ** 3)] for _ in range(rng.randint(8, 22))]
    return " ".join(chosen).capitalize() + "."


def _copied(sentences: list[str], rng: random.Random, words: list[str], *, chinese: bool) -> list[str]:
    kept = sentences[: max(6, round(len(sentences) * rng.uniform(0.45, 1.0)))]
    for place in rng.sample(range(len(kept)), 2):
        kept[place] = _sentence(rng, words, chinese=chinese)
    if rng.random() < 0.5:
        kept = [_sentence(rng, words, chinese=chinese), *kept]
    return [sentence.replace("о", "о\u0301", 1) if rng.random() < 0.02 else sentence for sentence in kept]
