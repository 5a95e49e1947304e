"""The n-gram profiles of each script: langdetect's own, and ours for the languages it does not know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

# Languages the press of the region is written in. A text in one of the others below is rare enough that the evidence
# must be twenty times better (with equal chances ten of 1,007 Russian sentences were Bulgarian or Macedonian).
REGION = frozenset({"ru", "tg", "zh", "en", "fa", "kk", "ky", "uz"})

# Profiles by script, as "language" or "language-variant". Those named in OURS were counted by us, the rest come with
# langdetect. A variant is the same language typed otherwise: "plain" without the letters a Russian keyboard lacks,
# "font" in the eight-bit Tajik fonts of the 1990s, whose letters come out as Macedonian and Ukrainian ones.
CANDIDATES: Mapping[str, tuple[str, ...]] = {
    "Cyrl": (
        *("ru", "tg", "tg-plain", "tg-font", "kk", "ky", "uz-cyrl", "uz-cyrl-plain"),
        *("uk", "be", "bg", "mk", "sr", "mn", "tt"),
    ),
    "Latn": ("en", "uz", "tr", "az", "tk", "de", "fr", "es", "it", "pt", "pl", "nl", "ro", "id"),
    "Arab": ("fa", "ar", "ur", "ps", "ug"),
}
OURS = frozenset(
    {"ru", "tg", "tg-plain", "tg-font", "kk", "ky", "uz-cyrl", "uz-cyrl-plain", "uz"}
    | {"be", "sr", "mn", "tt", "az", "tk", "ps", "ug"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How often each n-gram of one to three characters was counted in text of one language.

    ``totals`` are the n-grams of each length counted, those too rare to be listed included.
    """

    name: str
    counts: Mapping[str, int]
    totals: Sequence[int]

    @property
    def language(self) -> str:
        """The language without its variant."""
        return self.name.partition("-")[0]


def load_profiles(script: str) -> tuple[Profile, ...]:
    """Read the profiles of the languages written in a script."""
    return tuple(_load(name) for name in CANDIDATES[script])


def stock_profile(name: str) -> Profile:
    """Read a profile that comes with langdetect."""
    from langdetect.detector_factory import PROFILES_DIRECTORY  # noqa: PLC0415  (imports when first asked)

    return _parse(name, (Path(PROFILES_DIRECTORY) / name).read_bytes())


def _load(name: str) -> Profile:
    if name in OURS:
        return _parse(name, (files("extractors.language.ngrams") / f"{name}.json").read_bytes())
    return stock_profile(name)


def _parse(name: str, raw: bytes) -> Profile:
    parsed = json.loads(raw)
    return Profile(name=name, counts=parsed["freq"], totals=parsed["n_words"])
