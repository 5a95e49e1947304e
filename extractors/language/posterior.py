"""The probability of each language, computed once and exactly over langdetect's model.

langdetect draws n-grams at random, seven times, until one language stands out; two runs may disagree. The same model
(naive Bayes over n-gram profiles, additive smoothing) summed over all n-grams needs no dice, and is faster because
the sum of a word seen before is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from extractors.language.grams import grams_of
from extractors.language.profiles import Profile, load_profiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

# N-grams overlap (each letter is in up to six), so their evidence is not independent and the plain posterior is far
# too sure of itself. Divided by this, the confidence of short headlines comes out about as often right as it says.
TEMPERATURE = 4.0
# Words whose sums are remembered, for each script: more than a day's articles have; about 40 MB.
_REMEMBERED_WORDS = 50_000


class ScriptModel:
    """The languages of one script, and how likely each of them writes a word."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        from langdetect.detector import Detector  # noqa: PLC0415  (imports when first asked)
        from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415
        from langdetect.utils.lang_profile import LangProfile  # noqa: PLC0415

        factory = DetectorFactory()
        for position, profile in enumerate(profiles):
            factory.add_profile(LangProfile(profile.name, profile.counts, profile.totals), position, len(profiles))
        self.languages = tuple(profile.language for profile in profiles)
        smoothing = Detector.ALPHA_DEFAULT / Detector.BASE_FREQ
        table: Mapping[str, list[float]] = factory.word_lang_prob_map
        # Row 0 is for n-grams in no profile: the same smoothing for every language.
        self._row = {gram: row for row, gram in enumerate(table, start=1)}
        self._logs: NDArray[np.float64] = np.log(np.array([[0.0] * len(profiles), *table.values()]) + smoothing)
        self._words: dict[str, tuple[float, ...]] = {}

    def forget_words(self) -> None:
        """Forget the words seen so far; a model that has read for a day is faster than a fresh one."""
        self._words.clear()

    def posterior(self, words: Iterable[str], prior: Mapping[str, float]) -> tuple[dict[str, float], float]:
        """Return the probability of each language, and how well the best one fits.

        The fit is the mean log-probability of an n-gram in the best language. A language missing from ``prior`` has
        weight 1 there. Without n-grams the prior is returned, and a fit of minus infinity.
        """
        remembered = self._words
        evidence = [remembered.get(word) or self._evidence_of(word) for word in words]
        if not evidence:
            evidence = [(0.0,) * (len(self.languages) + 1)]
        *sums, grams = map(sum, zip(*evidence, strict=True))
        best = max(sums)
        shares = dict.fromkeys(self.languages, 0.0)
        for language, total in zip(self.languages, sums, strict=True):
            shares[language] += exp((total - best) / TEMPERATURE) * prior.get(language, 1.0)
        whole = sum(shares.values())
        fit = best / grams if grams else float("-inf")
        return {language: share / whole for language, share in shares.items()}, fit

    def _evidence_of(self, word: str) -> tuple[float, ...]:
        """Sum the log-probabilities of a word's n-grams in each language; the number of n-grams comes last."""
        rows = list(map(self._row.get, grams_of(word), repeat(0)))
        if len(self._words) >= _REMEMBERED_WORDS:
            self._words.clear()
        sums: list[float] = np.add.reduce(self._logs.take(rows, axis=0)).tolist()
        self._words[word] = evidence = (*sums, float(len(rows)))
        return evidence


@cache
def model_of(script: str) -> ScriptModel:
    """Return the model of ``Cyrl``, ``Latn`` or ``Arab``, loaded when first asked for (about 0.2 s)."""
    return ScriptModel(load_profiles(script))
