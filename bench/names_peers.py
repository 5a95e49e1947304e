"""What names are found with beside Wakhan, set up as well as it goes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from watchlists.forms.russian_words import parses


def flashtext_of(names: Iterable[tuple[str, str]]) -> Any:
    from flashtext import KeywordProcessor  # noqa: PLC0415  only where it is installed

    processor = KeywordProcessor()
    # Out of the box its words are of ASCII; with the letters of Russian they end where Russian ones do.
    for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя":
        processor.add_non_word_boundary(letter)
        processor.add_non_word_boundary(letter.upper())
    for name, entity_id in names:
        processor.add_keyword(name, entity_id)
    return processor


@cache
def spacy_pipeline() -> Any:
    """Return a Russian pipeline whose lemmas are pymorphy3's first: the one that spaCy trains is in no registry."""
    import spacy  # noqa: PLC0415  only where it is installed
    from spacy.language import Language  # noqa: PLC0415

    nlp = spacy.blank("ru")

    @Language.component("first_lemma")  # type: ignore[untyped-decorator, unused-ignore]  # spaCy is here or not
    def first_lemma(read: Any) -> Any:
        for token in read:
            token.lemma_ = _first_lemma(token.text)
        return read

    nlp.add_pipe("first_lemma")
    return nlp


@lru_cache(maxsize=200_000)
def _first_lemma(word: str) -> str:
    return str(parses(word)[0].normal_form) if word.strip() else word


def phrase_matcher(nlp: Any, names: Iterable[tuple[str, str]]) -> Any:
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415

    matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
    for name, entity_id in names:
        matcher.add(entity_id, [nlp(name)])
    return matcher
