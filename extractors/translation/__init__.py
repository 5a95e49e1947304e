"""Translation engines behind one protocol."""

from extractors.translation.argos import ArgosOptions
from extractors.translation.finding import ENGINES, find_translator, find_translators
from extractors.translation.names import (
    Glossary,
    ProtectedName,
    TranslatedText,
    read_glossary,
    translate_with_names,
)
from extractors.translation.translator import MemoryCache, SentenceCache, Translator

__all__ = [
    "ENGINES",
    "ArgosOptions",
    "Glossary",
    "MemoryCache",
    "ProtectedName",
    "SentenceCache",
    "TranslatedText",
    "Translator",
    "find_translator",
    "find_translators",
    "read_glossary",
    "translate_with_names",
]
