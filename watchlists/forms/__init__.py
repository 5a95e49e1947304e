"""Spellings in which a listed name may stand in a text, per language, each with its reasons."""

from watchlists.forms.form import Case, Edges, Form, Tail

__all__ = ["Case", "Edges", "Form", "Tail"]
