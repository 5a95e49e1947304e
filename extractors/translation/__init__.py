"""Translation engines behind one protocol."""

from extractors.translation.argos import ArgosOptions
from extractors.translation.finding import ENGINES, find_translator, find_translators
from extractors.translation.translator import MemoryCache, SentenceCache, Translator

__all__ = [
    "ENGINES",
    "ArgosOptions",
    "MemoryCache",
    "SentenceCache",
    "Translator",
    "find_translator",
    "find_translators",
]
