"""The ``not`` phrases of an entity that are of no use: ``lists check`` warns of them, a change refuses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from watchlists.forms import forms_of, phrase_forms
from watchlists.listfile import Entity
from watchlists.matching.folding import fold_name
from watchlists.matching.quotes import out_of_quotes
from watchlists.matching.table import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseFault:
    """A ``not`` phrase that excludes nothing, or everything; what is wrong with it, and what to write instead."""

    language: str
    phrase: str
    problem: str
    fix: str


def phrase_faults(entity: Entity, phrases: Mapping[str, Sequence[str]]) -> Iterator[PhraseFault]:
    """Yield those of ``phrases``, by language, that are no use as ``not`` phrases of an entity."""
    if not any(phrases.values()):
        return
    names = {key_of(form.text, edges=form.edges) for form in forms_of(entity)}
    listed = {
        fold_name(name)
        for of_language in (entity.name, entity.weak)
        for named in of_language.values()
        for name in named
    }
    for language, of_language in phrases.items():
        for phrase in of_language:
            inner, mark = out_of_quotes(phrase)
            spelt = [f" {fold_name(text)} " for text in phrase_forms(inner, language)]
            if not any(name in text for text in spelt for name in names):
                yield PhraseFault(
                    language=language,
                    phrase=phrase,
                    problem=f"the `not` phrase `{phrase}` has none of the entity's names in it",
                    fix="Write the whole longer phrase in which the name does not count",
                )
            elif not mark and fold_name(inner) in listed:
                yield PhraseFault(
                    language=language,
                    phrase=phrase,
                    problem=f"the `not` phrase `{phrase}` is a name of the entity, which therefore never counts",
                    fix="Write the longer phrase, or put it in quotes if it is something else only in quotes",
                )
