"""The ``gloss`` engine: what a text is about, word by word, where no model is there to say it in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extractors.translation.gloss.chinese import gloss_chinese
from extractors.translation.gloss.lexicon import lexicon_version
from extractors.translation.gloss.russian import gloss_russian
from extractors.translation.gloss.tajik import gloss_tajik
from extractors.translation.sentences import split_sentences
from records import TranslationError

# The rules beside the lexicon; the number changes when a gloss of the same lexicon does.
RULES = "rules 6"
_GLOSS: Mapping[str, Callable[[str], str]] = {"ru": gloss_russian, "tg": gloss_tajik, "zh": gloss_chinese}


class GlossTranslator:
    """Gloss Russian, Tajik and Chinese in English; a gist, never a translation, and marked so by its name."""

    name = "gloss"

    def model_version(self, source: str, target: str) -> str | None:
        """Return the hash of the lexicons, or ``None`` for any pair but those three to English."""
        return f"{lexicon_version()}, {RULES}" if target == "en" and source in _GLOSS else None

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Gloss texts sentence by sentence; lines stay lines.

        Raises ``TranslationError`` for a pair there is no gloss of.
        """
        if self.model_version(source, target) is None:
            raise TranslationError("gloss knows ru, tg and zh to en only", source=source, target=target)
        gloss = _GLOSS[source]
        return [
            "\n".join(
                " ".join(shown for sentence in split_sentences(line, source) if (shown := gloss(sentence)))
                for line in text.split("\n")
            )
            for text in texts
        ]
