"""Words of a Tajik clause that English puts otherwise beside others: two soldiers, other countries, up to 300."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.translation.gloss.english import plural
from extractors.translation.gloss.words import Word, saying, with_case_of

# Endings of a plural that a word follows by izafet.
_SEVERAL = ("ҳои", "они", "гони", "ёни")
_PLURAL = (*_SEVERAL, "ҳо", "гон", "ҳоро")
_ORDINALS = ("ум", "юм", "умин", "юмин", "аввал", "аввалин", "нахуст", "нахустин")
# A number before a noun, which Tajik leaves in the singular: neither a year nor an hour, a score or 1.
_NUMBER = re.compile(r"(?:^|[ (“])(?!1 $|(?:19|20)\d\d $)\d[\d.,]* $")
# What English begins a sentence with rather than "but".
_BUT = frozenset({"аммо", "вале", "лекин"})
_FEW = frozenset({"якчанд", "чанд", "чандин"})
# What Tajik counts people and things by: 47 нафар мусофир is 47 passengers.
_COUNTERS = frozenset({"нафар", "адад", "дона"})
# What somebody's girl and woman are: духтараш is his daughter.
_KIN = {"духтар": "daughter", "зан": "wife"}
_OWNERS = frozenset({"ман", "ту", "ӯ", "вай", "мо", "шумо", "онҳо", "худ", "худро"})
_POSSESSED = re.compile("^(?:духтар|зан)(?:аш|ам|ат|ашон|амон)(?:ро)?$")
_DIGIT = re.compile(r" \d")
_FROM = re.compile(r"\d%? $")


def agree(words: list[Word], originals: Sequence[str], between: Sequence[str]) -> None:
    """Put words in the form that English needs for those beside them; ``words`` is changed, none is taken out."""
    for at, word in enumerate(words):
        before = words[at - 1] if at and between[at] == " " else None
        if at == 0 and word.lemma in _BUT:
            words[at] = saying(word, "However")
        elif word.lemma in _COUNTERS and _counts_a_noun(words, between, at):
            words[at] = saying(word, "")
        elif word.lemma in _KIN and _is_of_somebody(words, originals, between, at):
            words[at] = saying(word, with_case_of(_KIN[word.lemma], word.english))
        elif word.part == "n":
            words[at] = _counted(words, between, at)
        elif before is not None and before.form == "izafet":
            words[at] = _behind_izafet(word, originals[at - 1], originals[at])
        elif word.lemma == "дигар" and at + 1 < len(words) and originals[at + 1].endswith(_PLURAL):
            words[at] = saying(word, with_case_of("other", word.english))
        elif word.lemma == "то" and _DIGIT.match(between[at + 1]):
            english = "to" if at and _FROM.search(between[at]) else "up to"
            words[at] = saying(word, with_case_of(english, word.english))


def _is_of_somebody(words: Sequence[Word], originals: Sequence[str], between: Sequence[str], at: int) -> bool:
    """Whether a woman or girl has an owner by a possessive, or by a pronoun or name behind her."""
    if _POSSESSED.match(originals[at].lower()):
        return True
    if words[at].form != "izafet" or originals[at].endswith("ҳои") or originals[at].lower() in {"занони", "духтарони"}:
        return False
    return at + 1 < len(words) and between[at + 1] == " " and words[at + 1].lemma in _OWNERS


def say_well(words: list[Word], between: Sequence[str]) -> None:
    """Write "well" for хуб before a verb of two words (хуб оғоз кард); ``words`` is changed."""
    for at, word in enumerate(words[:-1]):
        verb = words[at + 1]
        good = word.lemma == "хуб" and word.english.lower() == "good" and between[at + 1] == " "
        # хуб шуд is "became good"; хуби, of which the lemma is хуб, describes a noun.
        if good and word.form != "izafet" and verb.part == "v" and verb.lemma not in {"будан", "шудан"}:
            words[at] = replace(word, english=with_case_of("well", word.english), part="adv")


def _counts_a_noun(words: Sequence[Word], between: Sequence[str], at: int) -> bool:
    """Whether a counter stands between a number and what is counted, where English says nothing."""
    if words[at].form == "izafet" or at + 1 == len(words) or between[at + 1] != " " or words[at + 1].part != "n":
        return False
    return _NUMBER.search(between[at]) is not None or (at > 0 and between[at] == " " and _is_cardinal(words[at - 1]))


def _counted(words: Sequence[Word], between: Sequence[str], at: int) -> Word:
    """Put a noun behind a number into the plural."""
    word = words[at]
    if at and between[at] == " ":
        before = words[at - 1]
        several = _is_cardinal(before) or before.lemma in _FEW or (before.lemma in _COUNTERS and not before.english)
    else:
        several = _NUMBER.search(between[at]) is not None
    return saying(word, plural(word.english)) if several and not word.english[:1].isupper() else word


def _is_cardinal(word: Word) -> bool:
    """Whether a word is a number above one."""
    return (
        word.part == "num"
        and word.form != "izafet"
        and word.english.lower() != "one"
        and not word.lemma.endswith(_ORDINALS)
    )


def _behind_izafet(word: Word, noun: str, original: str) -> Word:
    """Return a word as it is said before the noun that it stands behind: own, other, second, past."""
    several = noun.endswith(_SEVERAL)
    if word.lemma == "худро":
        return saying(word, "own")
    if word.lemma == "дигар":
        form = "izafet" if original.endswith("и") else ""
        return replace(word, english="other" if several else "another", part="a", form=form)
    if word.lemma == "гузашта" and word.english == "last" and several:
        return saying(word, "past")
    if word.part == "num" and word.lemma.endswith(_ORDINALS):
        return replace(word, part="a", form="izafet" if original.endswith("и") else word.form)
    return word
