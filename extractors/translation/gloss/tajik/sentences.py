"""Glossing a Tajik sentence."""

from __future__ import annotations

from dataclasses import replace

from extractors.translation.gloss.numerals import write_tajik_numbers
from extractors.translation.gloss.phrases import join_phrases
from extractors.translation.gloss.tajik.clauses import in_english_order, join_verbs, put_pronouns_in_case, tell_whom
from extractors.translation.gloss.tajik.reading import read_word
from extractors.translation.gloss.words import cut_words, put_together, shouted, with_case_of, without_empty
from extractors.translation.letters import in_tajik_letters


def gloss_tajik(sentence: str) -> str:
    """Gloss one sentence."""
    originals, between = cut_words(write_tajik_numbers(in_tajik_letters(sentence)))
    if shouted(originals):
        originals = [word.lower() for word in originals]
    words = [read_word(original) for original in originals]
    shown = [
        replace(word, english=with_case_of(word.english, original))
        if at == 0 or word.part not in {"prep", "conj", "part", "pron"}
        else word
        for at, (word, original) in enumerate(zip(words, originals, strict=True))
    ]
    join_phrases(shown, originals, between, "tg", read_word, without={"v"})
    join_verbs(shown, originals, between)
    if shown:
        shown[0] = replace(shown[0], english=with_case_of(shown[0].english, originals[0]))
    shown, between = without_empty(shown, between)
    tell_whom(shown, between)
    put_pronouns_in_case(shown, between)
    text = put_together(in_english_order(shown, between), between)
    return with_case_of(text, originals[0]) if originals and not between[0].strip() else text
