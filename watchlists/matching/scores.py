"""How sure a mention is, from the steps between the listed name and what stands in the text."""

from __future__ import annotations

from functools import lru_cache

# What each step leaves of the score, by how often it is met beside the wrong bearer or thing. A step that is not listed
# (a case form, a plural, a script) changes nothing about who is meant, and costs next to nothing.
_PLAIN_STEP = 0.99
ONLY_IN_TRANSLATION = "named only in the machine translation"
_STEPS = {
    "weak name": 0.8,
    "surname alone": 0.8,
    "given name alone": 0.7,
    "name and patronymic alone": 0.85,
    "initial": 0.9,
    "initials": 0.9,
    "given name spelt otherwise": 0.85,
    "look-alike letters": 0.95,
    "typed without Tajik letters": 0.95,
    "typed with Tajik letters": 0.9,
    ONLY_IN_TRANSLATION: 0.6,
}
AS_LISTED = "as listed"


@lru_cache(maxsize=20_000)
def score_of(reasons: tuple[str, ...]) -> float:
    """Return a score between 0 and 1, two decimals: 1 for the name as listed, less for each step away from it."""
    score = 1.0
    for reason in reasons:
        if reason != AS_LISTED:
            score *= _STEPS.get(reason, _PLAIN_STEP)
    return round(score, 2)
