"""Phrases of a lexicon: words that have one English together, found by their base forms or as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache
from itertools import product
from typing import TypeVar

from extractors.translation.gloss.english import plural, verb_form
from extractors.translation.gloss.lexicon import Entry, read_lexicon
from extractors.translation.gloss.words import Word, saying

_Found = TypeVar("_Found")
_Phrase = tuple[tuple[str, ...], Entry]
# What is inflected is found by base forms, everything else only as it stands.
_INFLECTED = frozenset({"n", "v", "a", "name"})


@cache
def _phrases(language: str, find: Callable[[str], Word]) -> Mapping[str, Mapping[str, list[_Phrase]]]:
    """Return the phrases of a lexicon by their first two words, the longest first; those that inflect in base forms."""
    found: dict[str, dict[str, list[_Phrase]]] = defaultdict(lambda: defaultdict(list))
    for phrase, entry in read_lexicon(language).items():
        words = tuple(phrase.lower().split())
        if len(words) < 2:
            continue
        # A capital can change what a word is read as: Аврупо is Europe, аврупо is taken for аврупоӣ.
        read = [{find(word).lemma.lower(), find(word.capitalize()).lemma.lower()} for word in words]
        for bases in product(*read) if entry.part in _INFLECTED else (words,):
            found[bases[0]][bases[1]].append((bases, entry))
    for seconds in found.values():
        for phrases in seconds.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
    return {first: dict(seconds) for first, seconds in found.items()}


def join_phrases(
    words: list[Word],
    originals: list[str],
    between: list[str],
    language: str,
    find: Callable[[str], Word],
    *,
    without: Set[str] = frozenset(),
) -> None:
    """Put the English of a phrase in the place of its first word; the others keep its part of speech, without English.

    ``words`` is changed; ``originals`` and ``between`` are those of ``cut_words``, ``find`` reads one word.
    Phrases of the parts of speech in ``without`` are left alone.
    """
    phrases = _phrases(language, find)
    surfaces = [each.lower() for each in originals]
    if language == "ru":  # its lexicon is read without ё
        surfaces = [each.replace("ё", "е") for each in surfaces]
    lemmas = [word.lemma.lower() for word in words]
    done = 0
    for at in range(len(words) - 1):
        if at < done or between[at + 1] != " ":
            continue
        if surfaces[at] not in phrases and lemmas[at] not in phrases:
            continue
        for seconds in _both(phrases, surfaces[at], lemmas[at]):
            found = next(
                (
                    each
                    for candidates in _both(seconds, surfaces[at + 1], lemmas[at + 1])
                    for each in candidates
                    if each[1].part not in without and _stands(each[0], at, surfaces, lemmas, between)
                ),
                None,
            )
            if found:
                done = at + len(found[0])
                joined = _inflected(found[1], words[at:done], language)
                words[at:done] = [joined, *[saying(joined, "")] * (done - at - 1)]
                break


def _both(table: Mapping[str, _Found], surface: str, lemma: str) -> Iterator[_Found]:
    """Yield what a table has for a word as it stands, and for its base form."""
    if surface in table:
        yield table[surface]
    if lemma != surface and lemma in table:
        yield table[lemma]


def _stands(phrase: tuple[str, ...], at: int, surfaces: list[str], lemmas: list[str], between: list[str]) -> bool:
    if at + len(phrase) > len(surfaces):
        return False
    return all(
        each in (surfaces[place], lemmas[place]) and (place == at or between[place] == " ")
        for place, each in enumerate(phrase, start=at)
    )


def _inflected(entry: Entry, words: list[Word], language: str) -> Word:
    """Return the phrase in the form of its head: its noun's number, its verb's tense."""
    head = next((word for word in words if word.part == entry.part), words[0])
    base = read_lexicon(language).get(head.lemma)
    english = entry.english
    if base is not None and entry.part == "n" and head.english == plural(base.english) != base.english:
        english = plural(english)
    if base is not None and entry.part == "v":
        forms = ("past", "s", "participle", "ing")
        form = next((form for form in forms if verb_form(base.english, form) == head.english), None)
        english = verb_form(english, form) if form and head.english != base.english else english
    # In Russian the head has the case of the phrase, in Tajik the last word the izafet.
    noun = words[-1] if language == "tg" else words[0]
    form = noun.form if entry.part == "n" else head.form
    return Word(english=english, part=entry.part, form=form, lemma=head.lemma)
