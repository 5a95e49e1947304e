"""A word-by-word gist of Russian: base forms by pymorphy3, English from the lexicon, its forms where they are cheap."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractors.translation.gloss.english import adverb, compared, plural, romanise, verb_form
from extractors.translation.gloss.lexicon import Entry, read_lexicon
from extractors.translation.gloss.numerals import write_russian_numbers
from extractors.translation.gloss.phrases import join_phrases
from extractors.translation.gloss.spelling import english_name
from extractors.translation.gloss.words import (
    Word,
    cut_words,
    halves,
    joined,
    put_together,
    remembered,
    shouted,
    with_case_of,
)

# What pymorphy3 calls a part of speech, and the parts of the lexicon that fit it best.
_FITS = {
    "NOUN": {"n", "name", "num"},
    "ADJF": {"a", "pron", "num"},
    "ADJS": {"a", "adv"},
    "COMP": {"adv", "a"},
    "VERB": {"v"},
    "INFN": {"v"},
    "PRTF": {"v", "a", "n"},
    "PRTS": {"v", "a"},
    "GRND": {"v"},
    "NUMR": {"num"},
    "ADVB": {"adv", "part"},
    "NPRO": {"pron"},
    "PRED": {"adv", "part"},
    "PREP": {"prep"},
    "CONJ": {"conj"},
    "PRCL": {"part", "conj"},
}
# Forms whose English no base form gives.
_WHOLE = {
    "есть": ("is", "v"),
    "суть": ("essence", "n"),
    "был": ("was", "be"),
    "была": ("was", "be"),
    "было": ("was", "be"),
    "были": ("were", "be"),
    "будет": ("will be", "will"),
    "будут": ("will be", "will"),
    "будем": ("will be", "will"),
    "буду": ("will be", "will"),
    "мог": ("could", "modal"),
    "могла": ("could", "modal"),
    "могло": ("could", "modal"),
    "могли": ("could", "modal"),
    "может": ("may", "modal"),
    "могут": ("may", "modal"),
    "её": ("her", "pron"),
    "ее": ("her", "pron"),
    "его": ("his", "pron"),
    "их": ("their", "pron"),
    "им": ("them", "pron"),
    "ему": ("him", "pron"),
    "ей": ("her", "pron"),
    "него": ("him", "pron"),
    "нем": ("it", "pron"),
    "них": ("them", "pron"),
    "нам": ("us", "pron"),
    "нас": ("us", "pron"),
    "мне": ("me", "pron"),
    "меня": ("me", "pron"),
    "лет": ("years", "n"),
    "людей": ("people", "n"),
    "людям": ("people", "n"),
    "люди": ("people", "n"),
    "более": ("more", "adv"),
    "больше": ("more", "adv"),
    "меньше": ("less", "adv"),
    "лучше": ("better", "adv"),
    "дальше": ("further", "adv"),
    "все": ("all", "pron"),
    # It stresses the word before it, which English does by voice.
    "же": ("", "adv"),
}
_NAME_GRAMMEMES = ("Name", "Surn", "Patr", "Geox", "Orgn")
_NOMINAL = {"n", "name", ""}
_PASSIVE = {"passive", "short", "short plural"}
# What a prefix changes; a verb with an empty one is glossed as the verb it was made of.
_PREFIXES = (
    ("не", "not "),
    ("экс", "ex-"),
    ("со", "co-"),
    ("вице", "vice "),
    ("анти", "anti-"),
    ("сверх", "super"),
    ("псевдо", "pseudo-"),
    ("супер", "super"),
    ("контр", "counter-"),
    ("пере", "re-"),
    ("про", "pro-"),
    *((prefix, "") for prefix in ("по", "у", "за", "вы")),
)
_VERBAL_NOUNS = (("ние", ("ть", "ить")), ("ение", ("ить", "еть", "ти")), ("тие", ("ть",)), ("ка", ("ить", "ать")))


@cache
def _analyser() -> Any:
    import pymorphy3  # noqa: PLC0415  (its dictionary takes 20 MB and a third of a second)

    return pymorphy3.MorphAnalyzer()


def _read(word: str) -> Word:
    """Find the English of one word, whatever stands around it."""
    lower = word.lower().replace("ё", "е")
    if lower in _WHOLE:
        english, form = _WHOLE[lower]
        part = form if form in {"n", "pron", "adv"} else "v"
        return Word(english=english, part=part, form=form, lemma=lower)
    lexicon = read_lexicon("ru")
    if len(word) > 1 and word.isupper() and (entry := lexicon.get(word.replace("Ё", "Е"))):
        return Word(english=entry.english, part=entry.part, form="nomn", lemma=word)
    # A gerund is the last guess: устав is a charter before it is "having grown tired".
    parses = sorted(_analyser().parse(lower), key=lambda parse: parse.tag.POS == "GRND")
    found = _best(parses, lower, capital=word[:1].isupper())
    if found is not None:
        parse, entry, lemma = found
        return _inflected(parse, entry, lemma)
    if "-" in word or "‑" in word:
        return joined([_read(part) for part in halves(word)], "")
    return _derived(lower, parses) or _spelled(word, parses)


def _best(parses: list[Any], lower: str, *, capital: bool) -> tuple[Any, Entry, str] | None:
    """Return the likeliest reading that the lexicon knows, one whose part of speech fits before the others."""
    lexicon = read_lexicon("ru")
    loose: tuple[Any, Entry, str] | None = None
    for parse in parses:
        lemma = parse.normal_form.replace("ё", "е")
        proper = lemma.capitalize() if "-" not in lemma else "-".join(map(str.capitalize, lemma.split("-")))
        for key in (proper, lemma) if capital else (lemma,):
            entry = lexicon.get(key)
            if entry is None:
                continue
            if entry.part in _FITS.get(str(parse.tag.POS), ()):
                return parse, entry, key
            loose = loose or (parse, entry, key)
    surface = lexicon.get(lower) or (lexicon.get(lower.capitalize()) if capital else None)
    if surface is not None and (loose is None or surface.part not in {"n", "v"}):
        return parses[0], surface, lower
    return loose


def _inflected(parse: Any, entry: Entry, lemma: str) -> Word:
    tag = parse.tag
    kind = str(tag.POS)
    english, part = entry.english, entry.part
    form = str(tag.case or "")
    if part == "n":
        many = tag.number == "plur" and parse.word != lemma
        return Word(english=plural(english) if many else english, part=part, form=form, lemma=lemma)
    if part == "v":
        english, form = _verb(english, kind, tag)
        return Word(english=english, part=part, form=form, lemma=lemma)
    if part == "a" and kind == "COMP":
        english = compared(english, most=False)
    return Word(english=english, part=part, form=form, lemma=lemma)


def _verb(english: str, kind: str, tag: Any) -> tuple[str, str]:
    """Return the English form of a verb, and what that form is."""
    if kind in {"PRTF", "PRTS"} and tag.voice == "pssv":
        return verb_form(english, "participle"), _passive(kind, tag)
    if kind in {"PRTF", "PRTS", "GRND"}:
        return verb_form(english, "ing"), "active"
    if kind == "INFN":
        return english, "infinitive"
    if tag.tense == "past":
        return verb_form(english, "past"), "past"
    alone = tag.tense == "pres" and tag.person == "3per" and tag.number == "sing"
    return verb_form(english, "s") if alone else english, "future" if tag.tense == "futr" else "present"


def _passive(kind: str, tag: Any) -> str:
    if kind == "PRTF":
        return "passive"
    return "short plural" if tag.number == "plur" else "short"


def _derived(lower: str, parses: list[Any]) -> Word | None:
    """Gloss what the lexicon has only the root of: посещение by its verb, быстро by быстрый, невыгодный by выгодный."""
    return _by_adjective(lower, parses[0]) or _by_verb(parses[0]) or _by_prefix(lower, parses[0])


def _by_adjective(lower: str, parse: Any) -> Word | None:
    lexicon = read_lexicon("ru")
    lemma = parse.normal_form.replace("ё", "е")
    for ending in ("ый", "ий", "ой"):
        if lower.endswith("о") and (entry := lexicon.get(lower[:-1] + ending)) and entry.part == "a":
            return Word(english=adverb(entry.english), part="adv", lemma=lower)
        if lemma.endswith("ость") and (entry := lexicon.get(lemma[:-4] + ending)):
            return Word(english=f"{entry.english}ness", part="n", form=str(parse.tag.case or ""), lemma=lemma)
    return None


def _by_verb(parse: Any) -> Word | None:
    lexicon = read_lexicon("ru")
    lemma = parse.normal_form.replace("ё", "е")
    for ending, verbs in _VERBAL_NOUNS:
        for verb in verbs if lemma.endswith(ending) else ():
            if (entry := lexicon.get(lemma[: -len(ending)] + verb)) and entry.part == "v":
                english = verb_form(entry.english, "ing")
                return Word(english=english, part="n", form=str(parse.tag.case or ""), lemma=lemma)
    if lemma.endswith("ся") and (entry := lexicon.get(lemma[:-2])) and entry.part == "v":
        english, form = _verb(entry.english, str(parse.tag.POS), parse.tag)
        return Word(english=english, part="v", form=form, lemma=lemma)
    return None


def _by_prefix(lower: str, parse: Any) -> Word | None:
    for prefix, english in _PREFIXES:
        rest = lower.removeprefix(prefix)
        if rest == lower or len(rest) <= 4:
            continue
        inner = _best(_analyser().parse(rest), rest, capital=False)
        wanted = {"v"} if not english else {"a", "adv", "v"} if prefix in {"не", "пере"} else {"a", "n"}
        if inner and inner[1].part in wanted:
            word = _inflected(*inner)
            lemma = parse.normal_form.replace("ё", "е")
            return Word(english=english + word.english, part=word.part, form=word.form, lemma=lemma)
    return None


def _spelled(word: str, parses: list[Any]) -> Word:
    """Write a word in Latin letters; a name that is known to decline goes into its base form."""
    parse = next((each for each in parses[:3] if any(grammeme in each.tag for grammeme in _NAME_GRAMMEMES)), None)
    case = str((parse or parses[0]).tag.case or "nomn") if word[:1].islower() or parse else "nomn"
    base = parse.normal_form if parse is not None and word[:1].isupper() and not word.isupper() else word.lower()
    if parse is None and word[:1].islower() and str(parses[0].tag.POS) in {"NOUN", "ADJF", "VERB"}:
        base = parses[0].normal_form
    if word[:1].isupper() and not word.isupper() and (name := _foreign_name(word.lower(), parses)) is not None:
        return Word(english=name, part="name", form=case, lemma=base)
    english = romanise(base)
    if word.isupper() and len(word) > 1:
        english = english.upper()
    elif word[:1].isupper():
        english = "-".join(part[:1].upper() + part[1:] for part in english.split("-"))
    return Word(english=english, form=case, lemma=base)


# Endings of a name that no dictionary has.
_ENDING = re.compile("(?:ами|ой|ом|ем|ым|ах|ею|[аеиуыюя])$")

_RUSSIAN_SURNAME = re.compile("(?:[ое]в|ин|зод)(?:[ауыеи]|ым|ой|ых|ыми)?$")


def _foreign_name(lower: str, parses: list[Any]) -> str | None:
    """Return the English name that a foreign name is most likely: as it stands, in its base form, without ending."""
    if _RUSSIAN_SURNAME.search(lower) or any(
        parse.is_known and any(grammeme in parse.tag for grammeme in ("Name", "Surn", "Patr")) for parse in parses
    ):
        return None  # a name that Russians have
    bare = _ENDING.sub("", lower)
    forms = (lower, *(parse.normal_form for parse in parses), bare)
    found = (english_name(form.replace("ё", "е")) for form in dict.fromkeys(forms))
    return next((name for name in found if name is not None), None)


_find = remembered(_read)


def gloss_russian(sentence: str) -> str:
    """Gloss one sentence."""
    originals, between = cut_words(write_russian_numbers(sentence))
    if shouted(originals):
        originals = [word.lower() for word in originals]
    words = [_find(original) for original in originals]
    join_phrases(words, originals, between, "ru", _find)
    english = []
    for at, word in enumerate(words):
        shown = word.english
        if shown and (at == 0 or word.part not in {"prep", "conj", "part", "pron"}):
            shown = with_case_of(shown, originals[at])
        english.append(_little_word(words, between, at) + shown if shown else "")
    return put_together(english, between)


def _little_word(words: list[Word], between: list[str], at: int) -> str:
    """Return what English puts before a word where Russian has a case or a verb form."""
    word = words[at]
    before = words[at - 1] if at else None
    together = bool(before) and between[at] == " "
    if word.part == "v":
        return _before_verb(word, before) if together and before else ("will " if word.form == "future" else "")
    starts = word.part in _NOMINAL or (word.part == "a" and word.form)
    if not starts or not together or before is None:
        # A caption or a name in Latin letters counts as the noun before.
        latin = between[at][:-1][-1:]
        return "of " if starts and word.form == "gent" and latin.isascii() and latin.isalpha() else ""
    if before.part in _NOMINAL and word.form == "gent" and not (before.form == "gent" and before.part == "name"):
        return "of "
    if word.form == "datv" and before.part in {"v", "n"}:
        return "to "
    if word.form == "ablt" and (before.form in _PASSIVE or (before.part == "v" and before.form != "be")):
        return "by " if before.form in _PASSIVE else "with "
    return ""


def _before_verb(word: Word, before: Word) -> str:
    if word.form == "future":
        return "will "
    if word.form == "infinitive" and before.part in {"v", "n", "a"} and before.form not in {"modal", "will"}:
        return "to "
    if word.form in {"short", "short plural"} and before.form not in {"be", "will"}:
        return "were " if word.form == "short plural" else "was "
    return ""
