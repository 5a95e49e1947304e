"""Glossing a Tajik sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.translation.gloss.numerals import write_tajik_numbers
from extractors.translation.gloss.phrases import join_phrases
from extractors.translation.gloss.tajik.agreement import agree, say_well
from extractors.translation.gloss.tajik.clauses import in_english_order, join_verbs, put_pronouns_in_case, tell_whom
from extractors.translation.gloss.tajik.reading import read_word
from extractors.translation.gloss.words import (
    Word,
    cut_words,
    put_together,
    remembered,
    saying,
    shouted,
    with_case_of,
    without_empty,
)
from extractors.translation.letters import in_tajik_letters


def _read_with_capital(original: str) -> Word:
    word = read_word(original)
    if word.part in {"prep", "conj", "part", "pron"}:
        return word
    return replace(word, english=with_case_of(word.english, original))


# роҳбариФедератсияи; МакГрегор is one word.
_FORGOTTEN_SPACE = re.compile("(?<=[а-яёғӣқӯҳҷ]{4})(?=[А-ЯЁҒӢҚӮҲҶ][а-яёғӣқӯҳҷ])")

# Spaces that belong to no word: китоб ҳо, ме кунад; an ending behind a mark has nothing to be joined to.
_SPACE_BEFORE_ENDING = re.compile('(?<=[а-яёғӣқӯҳҷ]) (?=(?:ҳо|ҳои|ҳоро|ро|аш|яш)(?![а-яёғӣқӯҳҷ-]))|(?<=[”»"]) и(?= )')
_SPACE_IN_VERB = re.compile("(?<![а-яёғӣқӯҳҷ-])((?:на)?ме) (?=[а-яёғӣқӯҳҷ])")


_with_its_capital = remembered(_read_with_capital)


def gloss_tajik(sentence: str) -> str:
    """Gloss one sentence."""
    text = _FORGOTTEN_SPACE.sub(" ", in_tajik_letters(sentence))
    text = _SPACE_IN_VERB.sub(r"\1", _SPACE_BEFORE_ENDING.sub("", text))
    originals, between = cut_words(write_tajik_numbers(text))
    if shouted(originals):
        originals = [word.lower() for word in originals]
    shown = [_with_its_capital(original) for original in originals]
    if shown:
        shown[0] = saying(shown[0], with_case_of(shown[0].english, originals[0]))
    agree(shown, originals, between)
    join_phrases(shown, originals, between, "tg", read_word, without={"v"})
    join_verbs(shown, originals, between)
    say_well(shown, between)
    if shown:
        shown[0] = saying(shown[0], with_case_of(shown[0].english, originals[0]))
    if not all(word.english for word in shown):
        shown, between = without_empty(shown, between)
    tell_whom(shown, between)
    put_pronouns_in_case(shown, between)
    text = put_together(in_english_order(shown, between), between)
    return with_case_of(text, originals[0]) if originals and not between[0].strip() else text
