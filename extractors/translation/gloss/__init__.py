"""The ``gloss`` engine: a word-by-word English gist from bundled lexicons, for where no model is installed."""

from extractors.translation.gloss.engine import GlossTranslator

__all__ = ["GlossTranslator"]
