"""What a translation engine is to the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Translator(Protocol):
    """An engine that translates texts from one language to another; languages are ISO 639-1."""

    @property
    def name(self) -> str:
        """The name of the engine, as it is written on every row."""
        ...

    def model_version(self, source: str, target: str) -> str | None:
        """Return the route and version of the model that would be used, or ``None`` where there is none."""
        ...

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate texts, one for one; paragraphs (lines) stay where they are.

        Raises ``TranslationError`` where there is no model or it fails.
        """
        ...


class SentenceCache(Protocol):
    """Sentences that were translated before; the warehouse keeps one."""

    def find(self, sentences: Sequence[str], *, engine: str, model_version: str) -> Mapping[str, str]:
        """Return the translations of those sentences that are known for this engine and model version."""
        ...

    def keep(self, translations: Mapping[str, str], *, engine: str, model_version: str) -> None:
        """Remember translations by source sentence."""
        ...


class MemoryCache:
    """A sentence cache that lasts as long as the program, and is dropped whole when full."""

    def __init__(self, capacity: int = 100_000) -> None:  # about 50 MB of news sentences
        self._capacity = capacity
        self._known: dict[tuple[str, str, str], str] = {}

    def find(self, sentences: Sequence[str], *, engine: str, model_version: str) -> Mapping[str, str]:
        """Return the translations of those sentences that are known for this engine and model version."""
        found = ((sentence, self._known.get((engine, model_version, sentence))) for sentence in sentences)
        return {sentence: translation for sentence, translation in found if translation is not None}

    def keep(self, translations: Mapping[str, str], *, engine: str, model_version: str) -> None:
        """Remember translations by source sentence."""
        if len(self._known) + len(translations) > self._capacity:
            self._known.clear()
        for sentence, translation in translations.items():
            self._known[engine, model_version, sentence] = translation
