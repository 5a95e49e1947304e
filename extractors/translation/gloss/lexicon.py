"""The lexicons of the beat: a base form, its English and its part of speech on each line; a point of editing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

# What may stand in the third column; ``name`` is a proper noun, whose English keeps its capital.
PARTS_OF_SPEECH = frozenset({"prep", "conj", "part", "pron", "num", "adv", "v", "n", "a", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One English word or phrase for a base form."""

    english: str
    part: str


def read_rows(file: str) -> list[list[str]]:
    """Return the cells of a bundled table, its comments left out."""
    lines = (files("extractors.translation") / "lexicon" / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def read_lexicon(language: str) -> Mapping[str, Entry]:
    """Return the entries of a language by base form, as written; ``ё`` is written ``е`` in the keys."""
    return {
        lemma.replace("ё", "е") if language == "ru" else lemma: Entry(english=english, part=part)
        for lemma, english, part in read_rows(f"{language}.tsv")
    }


@cache
def lexicon_version() -> str:
    """Return what stands on each row: a hash over all bundled tables, so that an edited lexicon is a new version."""
    digest = sha256()
    for file in sorted((files("extractors.translation") / "lexicon").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".tsv"):
            digest.update(file.read_bytes())
    return f"lexicon {digest.hexdigest()[:10]}"
