"""A word-by-word gist of Tajik: endings taken off until the lexicon knows the rest, verbs by a table of their forms."""

from extractors.translation.gloss.tajik.sentences import gloss_tajik

__all__ = ["gloss_tajik"]
