"""Tajik words that no lexicon has: made of ones that it has, written like a Russian name, or spelled in Latin."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.translation.gloss.english import romanise, verb_form
from extractors.translation.gloss.lexicon import Entry, read_lexicon, read_rows
from extractors.translation.gloss.tajik.endings import without_endings
from extractors.translation.gloss.tajik.entries import as_word, compound_verb, find_entry
from extractors.translation.gloss.tajik.verbs import english_of, verb_forms
from extractors.translation.gloss.words import Word

_VOWELS = "аеёиоуэюяӣӯ"
# What makes one word of another, and the English for it: бесарпаноҳ, ғайриқонунӣ, ҳуқуқшинос, амалисозӣ.
_BEFORE = {"но": "un", "бе": "without ", "ғайри": "non-", "бо": "with ", "ҳам": "fellow ", "зидди": "anti-"}
_BEFORE |= {"пеш": "pre-", "байни": "inter", "нав": "newly ", "сер": "with many ", "пур": "full of ", "ним": "half "}
_BEHIND = {
    "гардонӣ": "",
    "рабоӣ": "",
    "гарӣ": "",
    "гароӣ": "",
    "гаро": "",
    "гар": "er",
    "чӣ": " worker",
    "гузорӣ": "",
    "шинос": " expert",
    "шиносӣ": " studies",
    "нок": "",
    "нокӣ": "",
    "нокона": "",
    "мандона": "",
    "манд": "",
    "мандӣ": "",
    "она": "",
    "вӣ": "",
    "гӣ": "",
    "ягӣ": "",
    "иягӣ": "",
    "ӣ": "",
    "гоҳ": " place",
    "хона": " house",
    "истон": "",
    "ча": "",
    "вар": "",
    "дор": "",
    "дорӣ": "",
    "ият": "",
    "ёна": "",
    "а": "",
}
# A verb without a meaning of its own, which leaves that to the word before it.
_LIGHT = frozenset({"кардан", "намудан", "шудан", "гардидан", "гаштан", "додан", "гирифтан", "ёфтан", "доштан"})
# The stems of verbs that end compounds as nouns of action: истифодабарӣ, роҳбаладшавӣ.
_ACTIONS = {
    "кунӣ": "кардан",
    "намоӣ": "намудан",
    "шавӣ": "шудан",
    "диҳӣ": "додан",
    "гирӣ": "гирифтан",
    "ёбӣ": "ёфтан",
    "дорӣ": "доштан",
    "барӣ": "бурдан",
    "созӣ": "сохтан",
    "фурӯшӣ": "фурӯхтан",
    "занӣ": "задан",
    "кашӣ": "кашидан",
    "хонӣ": "хондан",
    "гӯӣ": "гуфтан",
    "хӯрӣ": "хӯрдан",
    "харӣ": "харидан",
    "дӯзӣ": "дӯхтан",
    "расонӣ": "расонидан",
    "оварӣ": "овардан",
    "куна": "кардан",
    "гардонӣ": "гардонидан",
    "бахшӣ": "бахшидан",
    "ронӣ": "рондан",
    "бандӣ": "бастан",
    "пӯшӣ": "пӯшидан",
    "корӣ": "коридан",
    "шиканӣ": "шикастан",
    "фиристӣ": "фиристодан",
}


def derived(lower: str, *, name: bool) -> Word | None:
    """Gloss what the lexicon has only the parts of: an adjective by its noun, a doer by the deed."""
    for stem, off in without_endings(lower):
        found = _of_noun_and_verb(stem, off, name=name) or _of_its_root(stem, off, name=name)
        if found is not None:
            return found
    return None if name else _of_two(lower)


def _of_two(lower: str) -> Word | None:
    """Gloss a compound of two words of the lexicon (кӯтоҳмуддат), or of a word and what does it (андозсупорӣ)."""
    for stem, off in without_endings(lower):
        for at in range(len(stem) - 3, 2, -1) if len(stem) >= _SHORTEST_OF_TWO else ():
            first = find_entry(stem[:at], name=False)
            if first is None or first[1].part not in _COMPOUNDED:
                continue
            second = _second_of_two(stem[at:])
            if second is not None:
                english = f"{first[1].english} {second.english}"
                return as_word(stem, Entry(english=english, part=second.part), off)
    return None


# Shorter words are two by chance: Тирмиз.
_SHORTEST_OF_TWO = 8
_COMPOUNDED = frozenset({"n", "a", "num"})


def _second_of_two(tail: str) -> Entry | None:
    if (deed := _deeds().get(tail)) is not None:
        return deed
    for ending in ("", "ӣ", "а"):
        entry = find_entry(tail.removesuffix(ending), name=False) if tail.endswith(ending) else None
        if entry is not None and len(entry[0]) > 2 and entry[1].part in {"n", "a"}:
            return replace(entry[1], part="a") if ending else entry[1]
    return None


@cache
def _deeds() -> dict[str, Entry]:
    """Return what present stems mean at the end of a compound: фурӯшӣ is selling, фурӯш a seller."""
    found: dict[str, Entry] = {}
    for infinitive, present in read_rows("tg_verbs.tsv"):
        english = english_of(infinitive)
        # -истон is the end of countries.
        if len(present) > 2 and " " not in english and infinitive not in _LIGHT | {"истодан", "истондан", "истонидан"}:
            doing = verb_form(english, "ing")
            found.setdefault(present, Entry(english=doing.removesuffix("ing") + "er", part="n"))
            found.setdefault(present + "ӣ", Entry(english=doing, part="n"))
    return found


@cache
def _verb_endings() -> dict[str, tuple[str, str]]:
    """Return what a compound may end in, the verb it is of and its English form."""
    endings = {form: verb for form, verb in verb_forms().items() if verb[1].removeprefix("not ") in _NOMINAL_FORMS}
    return endings | {action: (infinitive, "ing") for action, infinitive in _ACTIONS.items()}


_NOMINAL_FORMS = frozenset({"participle", "ing", "infinitive"})


def _of_noun_and_verb(stem: str, off: frozenset[str], *, name: bool) -> Word | None:
    """Gloss a compound of a word and a form of a verb: пешниҳодшуда, дарёфткардашуда, наворбардорӣ."""
    for at in range(2, len(stem) - 2):
        verb = _verb_endings().get(stem[at:])
        if verb is None:
            continue
        infinitive, form = verb
        negated, form = form.startswith("not "), form.removeprefix("not ")
        part = "n" if form == "infinitive" or stem[at:] in _ACTIONS else "a"
        head = stem[: at - 1] + "ӣ" if stem[at - 1] == "и" and stem[:at] not in read_lexicon("tg") else stem[:at]
        english = _compound(head, infinitive)
        if english:
            shown = _shown(english, form, part)
        elif at > 2 and (entry := find_entry(head, name=name)) and entry[1].part in {"n", "a", "name"}:
            shown = entry[1].english
            if infinitive not in _LIGHT:
                shown = f"{shown} {_shown(english_of(infinitive), form, part)}"
        else:
            continue
        return as_word(stem, Entry(english=f"not {shown}" if negated else shown, part=part), off)
    return None


def _compound(head: str, infinitive: str) -> str | None:
    """Return the English of a verb with the word before it, which may itself be a participle: баровардашуда."""
    for passive, active in _PASSIVES.items():
        if infinitive == "шудан" and head.endswith(passive) and len(head) > len(passive) + 1:
            english = compound_verb(head.removesuffix(passive), active)
            return english and f"be {verb_form(english, 'participle')}"
    own = verb_forms().get(head)
    if own and own[1] == "participle" and infinitive == "шудан":
        return f"be {verb_form(english_of(own[0]), 'participle')}"
    return compound_verb(head, infinitive)


_PASSIVES = {"карда": "кардан", "дода": "додан", "гирифта": "гирифтан"}


def _shown(english: str, form: str, part: str) -> str:
    if part == "a" and english.startswith("be "):
        return english[3:]
    return verb_form(english, "participle" if form == "participle" else "ing")


def _of_its_root(stem: str, off: frozenset[str], *, name: bool) -> Word | None:
    for ending, english in _BEHIND.items():
        if not stem.endswith(ending) or len(stem) - len(ending) < 3:
            continue
        root = stem[: -len(ending)]
        entry = find_entry(root, name=name) or find_entry(root + "а", name=name)
        if entry and entry[1].part in {"n", "a", "name"}:
            shown = replace(entry[1], english=entry[1].english + english, part="a" if not english else "n")
            return as_word(stem, shown, off)
    for before, english in _BEFORE.items():
        if stem.startswith(before) and len(stem) - len(before) > 3:
            entry = find_entry(stem[len(before) :], name=False)
            if entry and entry[1].part in {"n", "a"}:
                return as_word(stem, replace(entry[1], english=english + entry[1].english), off)
    return None


# Russian and Tajik write foreign names alike, but for these letters.
_RUSSIAN_LETTERS = str.maketrans({"ҷ": "дж", "ҳ": "х", "қ": "к", "ғ": "г", "ӣ": "и", "ӯ": "у", "э": "е", "ё": "е",
                                  "й": "и", "ы": "и", "ь": "", "ъ": "", "ц": "с", "щ": "ш"})  # fmt: skip
_DOUBLED = re.compile(r"(.)\1")


def _as_russian(word: str) -> str:
    return _DOUBLED.sub(r"\1", word.lower().translate(_RUSSIAN_LETTERS))


@cache
def _foreign_names() -> dict[str, str]:
    """Return the names of the Russian lexicon by their spelling as Tajik may have it."""
    return {
        _as_russian(lemma): entry.english
        for lemma, entry in read_lexicon("ru").items()
        if entry.part == "name" and not lemma.isupper()
    }


def foreign_name(lower: str) -> Word | None:
    """Gloss a name that the Russian lexicon has."""
    names = _foreign_names()
    for stem, off in without_endings(lower):
        english = names.get(_as_russian(stem))
        if english is not None:
            return as_word(stem, Entry(english=english, part="name"), off)
    return None


@cache
def _loans() -> dict[str, Entry]:
    """Return the nouns of the Russian lexicon that Tajik may have too, by their spelling as Tajik may have it."""
    return {
        _as_russian(lemma.replace("ци", "си")): entry
        for lemma, entry in read_lexicon("ru").items()
        if entry.part == "n" and lemma.islower() and " " not in lemma and len(lemma) > 4
    }


def loan(lower: str) -> Word | None:
    """Gloss a word that Tajik has from Russian, or from where Russian has it, and the adjective of it: блокада."""
    for stem, off in without_endings(lower.replace("тсия", "сия")):
        for form in (stem, stem.removesuffix("ӣ")):
            if (entry := _loans().get(_as_russian(form))) is not None:
                return as_word(stem, entry if form == stem else replace(entry, part="a"), off)
    return None


def spelled(word: str) -> Word:
    """Write a word in Latin letters, without the endings that no name has of its own."""
    lower = word.lower()
    bare, form = lower, ""
    if lower.endswith("ро") and len(lower) > 5:
        bare = lower[:-2]
    elif lower.endswith("ҳои") and len(lower) > 6:
        bare, form = lower[:-3], "izafet"
    elif lower.endswith("и") and len(lower) > 4 and (lower[-2] not in _VOWELS or lower[-2] in "оӯ"):
        bare, form = lower[:-1], "izafet"
    if word.isupper() and len(word) > 1:
        bare = bare.upper()
    elif word[:1].isupper():
        bare = "-".join(part[:1].upper() + part[1:] for part in bare.split("-"))
    return Word(english=romanise(bare), form=form, lemma=lower)
