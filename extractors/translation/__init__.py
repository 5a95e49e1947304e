"""Translation engines behind one protocol."""

from extractors.translation.batches import ModelOptions
from extractors.translation.finding import (
    ENGINES,
    EngineSettings,
    choose_translator,
    find_translator,
    find_translators,
)
from extractors.translation.libretranslate import LibreTranslateOptions
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
    "EngineSettings",
    "Glossary",
    "LibreTranslateOptions",
    "MemoryCache",
    "ModelOptions",
    "ProtectedName",
    "SentenceCache",
    "TranslatedText",
    "Translator",
    "choose_translator",
    "find_translator",
    "find_translators",
    "read_glossary",
    "translate_with_names",
]
