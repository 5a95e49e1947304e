from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.lang_profile import LangProfile

from extractors.language.grams import grams_of, words_of
from extractors.language.posterior import model_of
from extractors.language.profiles import CANDIDATES, OURS, load_profiles


def langdetect_grams(text: str) -> list[str]:
    """What langdetect's own detector draws from, with every n-gram of the text known to it."""
    factory = DetectorFactory()
    profile = LangProfile("xx")
    profile.update(text)
    factory.add_profile(profile, 0, 1)
    detector = factory.create()
    detector.append(text)
    return sorted(detector._extract_ngrams())


@given(st.lists(st.text("абвАБВхҳ", min_size=1, max_size=8), min_size=1, max_size=5))
def test_words_are_cut_as_langdetect_cuts_them(words: list[str]) -> None:
    text = " ".join(words) + " "
    assert sorted(gram for word in words for gram in grams_of(word)) == langdetect_grams(text)


def test_only_letters_of_the_script_are_words() -> None:
    assert words_of("Ширкати Huawei дар ш. Хоруғ, 2026", "Cyrl") == ["Ширкати", "дар", "ш", "Хоруғ"]


def test_uzbek_apostrophes_are_one_letter() -> None:
    assert words_of("o'zbek o‘zbek oʻzbek o`zbek o’zbek", "Latn") == ["oʻzbek"] * 5


@pytest.mark.parametrize("script", CANDIDATES)
def test_every_candidate_has_a_profile_with_counts_of_all_three_lengths(script: str) -> None:
    for profile in load_profiles(script):
        assert {len(gram) for gram in profile.counts} == {1, 2, 3}, profile.name
        assert all(total > 0 for total in profile.totals), profile.name


def test_our_profiles_are_all_used() -> None:
    assert {name for names in CANDIDATES.values() for name in names} >= OURS


def test_probabilities_add_up_and_the_prior_alone_decides_without_words() -> None:
    shares, _ = model_of("Cyrl").posterior(["сарҳад"], {})
    assert sum(shares.values()) == pytest.approx(1)
    shares, fit = model_of("Arab").posterior([], {"fa": 4.0})
    assert shares["fa"] == pytest.approx(4 / 8)  # beside four others of weight 1
    assert fit == float("-inf")
