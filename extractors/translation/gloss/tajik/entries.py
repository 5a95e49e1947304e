"""Entries of the Tajik lexicon: words found by their base form, verbs of several words, and both as English words."""

from __future__ import annotations

from functools import cache

from extractors.translation.gloss.english import compared, plural, verb_form
from extractors.translation.gloss.lexicon import Entry, read_lexicon
from extractors.translation.gloss.words import Word

# Verbs that stand for another behind a noun: дастгир намудан is дастгир кардан, эълон гардидан is эълон шудан.
_SAME = {"намудан": "кардан", "гардидан": "шудан", "гаштан": "шудан", "гардонидан": "кардан", "гардондан": "кардан",
         "сохтан": "кардан", "ёфтан": "шудан", "расондан": "расонидан", "бахшидан": "додан"}  # fmt: skip


def find_entry(stem: str, *, name: bool) -> tuple[str, Entry] | None:
    """Return a base form and its entry; only what is written with a capital can be a name."""
    lexicon = read_lexicon("tg")
    keys = (stem.capitalize(), stem, stem.upper()) if name else (stem,)
    for key in keys:
        if (entry := lexicon.get(key)) is not None:
            return key, entry
    return None


@cache
def compound_verb(noun: str, infinitive: str) -> str | None:
    """Return the English of a noun and a verb (имзо кардан); what has no passive of its own has that of the active."""
    lexicon = read_lexicon("tg")
    for verb in (infinitive, _SAME.get(infinitive)):
        if verb is not None and (entry := lexicon.get(f"{noun} {verb}")) is not None:
            return entry.english
    if _SAME.get(infinitive, infinitive) == "шудан":
        for verb in ("кардан", "намудан", "додан", "сохтан", "гирифтан"):
            if (entry := lexicon.get(f"{noun} {verb}")) is not None:
                return f"be {verb_form(entry.english, 'participle')}"
    return None


def as_word(lemma: str, entry: Entry, off: frozenset[str]) -> Word:
    """Make an English word of an entry and of what was taken off the Tajik one."""
    english, part = entry.english, entry.part
    if part == "v":
        return Word(english=english, part="v", form="infinitive", lemma=lemma)
    if "plural" in off and part in {"n", "a"}:
        english = plural(english)
    if off & {"more", "most"}:
        english = compared(english, most="most" in off)
    if "and" in off:
        english += " and"
    if "copula" in off:
        english = f"is {english}"
    return Word(english=english, part=part, form="izafet" if "izafet" in off else "", lemma=lemma)
