"""Spellings in which a listed name may stand in a text, per language, each with its reasons."""

from watchlists.forms.form import Case, Edges, Form, Tail
from watchlists.forms.spelling import context_words, forms_of, phrase_forms

__all__ = ["Case", "Edges", "Form", "Tail", "context_words", "forms_of", "phrase_forms"]
