"""A text as langdetect counts it: words of one script, cut into n-grams of one to three characters."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.language.scripts import keep_script

# Uzbek oʻ and gʻ are typed with any of these; langdetect would drop most of them.
_UZBEK_APOSTROPHE = re.compile("(?<=[oOgG])['‘’`´ʼ](?=[a-zA-Z])")


class _Normalizer(dict[int, str]):
    """langdetect's normalisation of single characters (its Unicode blocks are slow to look up, so each once)."""

    def __missing__(self, point: int) -> str:
        from langdetect.utils.ngram import NGram  # noqa: PLC0415  (imports when first asked)

        self[point] = normalized = str(NGram.normalize(chr(point)))
        return normalized


_NORMALIZER = _Normalizer()


def words_of(text: str, script: str) -> list[str]:
    """Return the words of a script in a text without addresses, normalised; text that shouts is lowered.

    langdetect skips runs of capitals as abbreviations, and would see nothing in a headline set in them.
    """
    if script == "Latn":
        text = _UZBEK_APOSTROPHE.sub("ʻ", text)
    kept = keep_script(text, script)
    words = kept.split()
    if sum(map(str.isupper, words)) * 2 > len(words):
        words = kept.lower().split()
    if script == "Cyrl":
        return words  # nothing langdetect would change
    return " ".join(words).translate(_NORMALIZER).split()


def grams_of(word: str) -> list[str]:
    """Cut a word with a space on either side into n-grams, as ``langdetect.utils.ngram.NGram`` does.

    From the second capital of a run on, n-grams are skipped until something else follows: abbreviations say little.
    """
    padded = f" {word} "
    if len(word) == 1 or word[1:].islower():
        triples = map("".join, zip(padded, padded[1:], padded[2:], strict=False))
        return [*word, *map("".join, pairwise(padded)), *triples]
    grams = []
    shouting = False
    for end in range(2, len(padded) + 1):
        last = padded[end - 1]
        shouting = last.isupper() and (shouting or padded[end - 2].isupper())
        if shouting:
            continue
        if last != " ":
            grams.append(last)
        grams.append(padded[end - 2 : end])
        if end > 2:
            grams.append(padded[end - 3 : end])
    return grams
