"""Choose by script and language how a listed name is spelt, and put the forms of an entity together."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from watchlists.forms.form import Case, Form
from watchlists.forms.lookalikes import twins
from watchlists.listfile import Entity

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def forms_of(entity: Entity) -> tuple[Form, ...]:
    """Return every form of an entity's names, those of full names before weak ones, each spelling once.

    A name that is listed as weak stays so, though a full name could be shortened to it: МВД РТ is Tatarstan's too,
    and the adjective may be what tells пойгоҳи низомии 201-ум from a camp of mountaineers.
    """
    full = [form for name, language in _listed(entity.name) for form in name_forms(name, entity.schema_name, language)]
    weak = [
        dataclasses.replace(form, weak=True, reasons=("weak name", *form.reasons))
        for name, language in _listed(entity.weak)
        for form in name_forms(name, entity.schema_name, language)
    ]
    listed_weak = {form.text for form in weak}
    full = [form for form in full if form.text not in listed_weak or not _is_made_over(form)]
    best: dict[tuple[str, str, tuple[str, ...]], Form] = {}
    for form in sorted((*full, *weak), key=lambda form: (form.weak, len(form.reasons))):
        best.setdefault((form.text, form.edges, form.only_in), form)
    return tuple(best.values())


def _is_made_over(form: Form) -> bool:
    """Tell whether words of the listed name were left out, shortened, or replaced by others that mean the same."""
    return any(" for " in reason or "left out" in reason or reason.startswith("initial") for reason in form.reasons)


def _listed(names: object) -> Iterator[tuple[str, str]]:
    assert isinstance(names, dict)
    for language, listed in names.items():
        for name in listed:
            yield name, language


def name_forms(name: str, schema: str, language: str) -> Iterator[Form]:
    """Yield the forms of one listed name of the given language, with the twins in look-alike letters."""
    for form in _forms_by_script(name, schema, language):
        yield form
        yield from twins(form)
        if form.edges == "word" and not form.reasons:
            yield from _in_tajik(form)


def _in_tajik(form: Form) -> Iterator[Form]:
    """Yield a listed name as a Tajik writer has it, who gives any the endings of Tajik: Шойгуро, Huawei-ро, Игорро."""
    from watchlists.forms.tajik import spelt_by_ear  # noqa: PLC0415  only where there are names for a Tajik to write

    # A short one is a word of Tajik more often than not: Ош the town, ош the dish.
    is_word = form.case == "any" and form.text[:1].isupper() and _may_be_a_word_of_tajik(form.text)
    case: Case = "capital" if is_word else form.case
    in_tajik = dataclasses.replace(form, edges="tajik", only_in=("tg",), case=case)
    yield in_tajik
    if form.language == "ru" and (spelt := spelt_by_ear(form.text)) != form.text:
        yield dataclasses.replace(in_tajik, text=spelt, reasons=("Tajik spelling",))


def _may_be_a_word_of_tajik(text: str) -> bool:
    from watchlists.forms.tajik import is_common_word  # noqa: PLC0415  only where there are Cyrillic names

    return len(text) <= 4 or is_common_word(text)


def _forms_by_script(name: str, schema: str, language: str) -> Iterable[Form]:
    # The modules are imported where they are used: a compiled matcher from the cache needs none of their dictionaries.
    if _HAN.search(name):
        from watchlists.forms.chinese import chinese_forms  # noqa: PLC0415

        return (dataclasses.replace(form, language=language) for form in chinese_forms(name, schema=schema))
    if _CYRILLIC.search(name) and language == "tg":
        from watchlists.forms.tajik import tajik_forms  # noqa: PLC0415

        return tajik_forms(name, schema=schema)
    if _CYRILLIC.search(name):
        from watchlists.forms.russian import russian_forms  # noqa: PLC0415

        return russian_forms(name, schema=schema, language=language)
    if _LATIN.search(name) or name.isascii():
        from watchlists.forms.english import english_forms  # noqa: PLC0415

        return english_forms(name, schema=schema, language=language)
    return (Form(text=name, name=name, language=language),)


def phrase_forms(phrase: str, language: str) -> tuple[str, ...]:
    """Return the spellings of a phrase of a ``not`` line, inflected as a name of a thing is."""
    return tuple(dict.fromkeys(form.text for form in _forms_by_script(phrase, "Topic", language) if not form.weak))


def context_words(phrase: str, language: str) -> tuple[str, ...]:
    """Return the spellings of a context phrase: as a ``not`` phrase, and an adjective in every gender and case."""
    spellings = dict.fromkeys(phrase_forms(phrase, language))
    if _CYRILLIC.search(phrase) and language != "tg" and " " not in phrase:
        from watchlists.forms.russian_words import readings  # noqa: PLC0415

        for reading in readings(phrase):
            for forms in (*reading.by_gender.values(), *reading.forms.values()):
                spellings.update(dict.fromkeys(forms))
    return tuple(spellings)
