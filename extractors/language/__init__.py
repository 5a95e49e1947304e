"""Which language and script a text is written in."""

from extractors.language.identify import ParagraphLanguage, identify_language, identify_paragraphs

__all__ = ["ParagraphLanguage", "identify_language", "identify_paragraphs"]
