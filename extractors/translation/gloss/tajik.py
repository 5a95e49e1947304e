"""A word-by-word gist of Tajik: endings taken off until the lexicon knows the rest, verbs by a table of their forms.

The order of endings is that of ``watchlists/forms/tajik_endings.py``, which judges what may follow a given name; here
the question is the other way round, which word stands before the endings, and wrong guesses only cost a gloss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.translation.gloss.english import plural, romanise, verb_form
from extractors.translation.gloss.lexicon import Entry, read_lexicon, read_rows
from extractors.translation.gloss.phrases import join_phrases
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

# Typed without the letters of Tajik, as many readers' phones do.
_PLAIN = str.maketrans("ғӣқӯҳҷ", "гикухч")
_VOWELS = "аеёиоуэюяӣӯ"
_POSSESSIVES = ("амон", "атон", "ашон", "ямон", "ятон", "яшон", "аш", "яш", "ам", "ат")
_NOUNS = {"n", "name", ""}
_PAST = ("", "ам", "ӣ", "ем", "ед", "анд")
_PRESENT = ("ам", "ӣ", "ад", "ем", "ед", "анд")


_PREVERBS = ("бар", "дар", "боз", "во", "фуру", "фурӯ")


@cache
def _verb_forms() -> dict[str, tuple[str, str]]:
    """Make the finite forms and participles of the verbs in the lexicon: form to infinitive and English form."""
    forms: dict[str, tuple[str, str]] = {}
    for infinitive, present in read_rows("tg_verbs.tsv"):
        past = infinitive[:-2]
        for form, kind in (*_past_forms(past), *_present_forms(present)):
            forms.setdefault(form, (infinitive, kind))
            forms.setdefault("на" + form, (infinitive, "not " + kind))
            forms.setdefault("би" + form, (infinitive, "present"))
            # бармегардад: ме stands between the verb and what is before it.
            for before in _PREVERBS:
                if form.startswith("ме" + before):
                    rest = form.removeprefix("ме" + before)
                    forms.setdefault(f"{before}ме{rest}", (infinitive, kind))
                    forms.setdefault(f"{before}наме{rest}", (infinitive, "not " + kind))
        forms.setdefault(past, (infinitive, "past"))
        forms[infinitive] = infinitive, "infinitive"
        forms.setdefault(infinitive + "и", (infinitive, "ing"))
        forms.setdefault(infinitive + "ро", (infinitive, "ing"))
    return forms | _irregular()


def _past_forms(stem: str) -> Iterator[tuple[str, str]]:
    for ending in _PAST:
        yield stem + ending, "past"
        yield "ме" + stem + ending, "past"
    for ending in ("а", "ааст", "аанд", "аам", "аем"):
        yield stem + ending, "participle" if ending == "а" else "past"
    for ending in ("агӣ", "агии"):
        yield stem + ending, "participle"
    yield stem + "анӣ", "infinitive"


def _present_forms(stem: str) -> Iterator[tuple[str, str]]:
    glide = "й" if stem[-1] in _VOWELS and stem != "о" else ""
    for ending in _PRESENT:
        kind = "s" if ending == "ад" else "present"
        # ё, я stand for a vowel after a vowel: мегӯяд, меояд.
        soft = {"ам": "ям", "ад": "яд", "анд": "янд"}.get(ending, ending) if stem[-1] in _VOWELS + "й" else ending
        base = stem.removesuffix("й") if soft != ending else stem
        yield "ме" + base + soft, kind
        yield base + soft, kind
        if glide:
            yield "ме" + base + ending, kind
    yield stem + "анда", "ing"
    yield stem.removesuffix("й") + "янда", "ing"


def _irregular() -> dict[str, tuple[str, str]]:
    return {
        "аст": ("будан", "s"),
        "анд": ("будан", "are"),
        "ҳаст": ("будан", "s"),
        "ҳастанд": ("будан", "are"),
        "ҳастам": ("будан", "am"),
        "ҳастем": ("будан", "are"),
        "нест": ("будан", "not s"),
        "нестанд": ("будан", "are not"),
        "буд": ("будан", "past"),
        "буданд": ("будан", "were"),
        "бошад": ("будан", "s"),
        "бошанд": ("будан", "are"),
        "мебошад": ("будан", "s"),
        "мебошанд": ("будан", "are"),
        "хоҳад": ("хостан", "will"),
        "хоҳанд": ("хостан", "will"),
        "хоҳам": ("хостан", "will"),
        "хоҳем": ("хостан", "will"),
        "нахоҳад": ("хостан", "will not"),
        "нахоҳанд": ("хостан", "will not"),
        "метавонад": ("тавонистан", "can"),
        "метавонанд": ("тавонистан", "can"),
        "наметавонад": ("тавонистан", "cannot"),
        "наметавонанд": ("тавонистан", "cannot"),
        "дорад": ("доштан", "has"),
        "доранд": ("доштан", "have"),
        "надорад": ("доштан", "not have"),
        "истодааст": ("истодан", "aux"),
        "истодаанд": ("истодан", "aux"),
        "бояд": ("боистан", "must"),
        "шояд": ("шоистан", "perhaps"),
    }


@cache
def _plain_lexicon() -> dict[str, str]:
    """Return base forms by what is left of them without the letters of Tajik, where that is unambiguous enough."""
    found: dict[str, str] = {}
    for lemma in read_lexicon("tg"):
        found.setdefault(lemma.lower().translate(_PLAIN), lemma)
    return found


def _stems(word: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a word may be without endings, likeliest first, with the endings taken off."""
    seen = set()
    pending = [(word, frozenset[str]())]
    while pending:
        stem, off = pending.pop(0)
        if stem in seen or len(stem) < 2:
            continue
        seen.add(stem)
        yield stem, off
        pending += [(rest, off | {name}) for rest, name in _shorter(stem, off)]


def _shorter(word: str, off: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield a word without its last ending, and which ending that was."""
    if not off and word.endswith("ро"):
        yield word[:-2], "object"
    if off <= {"object"}:
        yield from _without_and(word)
    if not off & {"izafet", "plural", "possessive"} and word.endswith("и"):
        yield from _without_izafet(word)
    if not off & {"izafet", "plural", "possessive", "indefinite"}:
        yield from _without_possessive(word)
    if "plural" not in off:
        yield from _without_plural(word)
    for ending, name, shortest in _OTHERS:
        if word.endswith(ending) and name not in off and len(word) >= shortest:
            yield word[: -len(ending)], name


# Ending, its name here, and the length from which a word may have it.
_OTHERS = (
    ("аст", "copula", 6),
    ("анд", "copula", 6),
    ("тарин", "most", 8),
    ("тар", "more", 6),
    ("ум", "ordinal", 5),
    ("юм", "ordinal", 5),
)


def _without_and(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ию"):
        yield word[:-2] + "ӣ", "and"
    if word.endswith(("ю", "у")):
        yield word.removesuffix("ву") if word.endswith("ву") else word[:-1], "and"


def _without_izafet(word: str) -> Iterator[tuple[str, str]]:
    yield word[:-1], "izafet"
    if word.endswith("ии"):
        yield word[:-2] + "ӣ", "izafet"
    if word.endswith("ъи"):
        yield word[:-2], "izafet"


def _without_possessive(word: str) -> Iterator[tuple[str, str]]:
    ending = next((each for each in _POSSESSIVES if word.endswith(each)), "")
    if ending and len(word) - len(ending) >= 3:
        yield word[: -len(ending)], "possessive"
    if word.endswith("ие"):
        yield word[:-2] + "ӣ", "indefinite"
    if word.endswith("е") and len(word) > 3:
        yield word[:-1], "indefinite"
        yield word[:-1] + "а", "indefinite"


def _without_plural(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ҳо"):
        yield word[:-2], "plural"
        if word.endswith("иҳо"):
            yield word[:-3] + "ӣ", "plural"
    elif word.endswith("гон"):
        yield word[:-3], "plural"
        yield word[:-3] + "а", "plural"
    elif word.endswith("иён"):
        yield word[:-3] + "ӣ", "plural"
    elif word.endswith(("он", "ён")) and len(word) > 4:
        yield word[:-2], "plural"
        if word.endswith("вон"):
            yield word[:-3], "plural"
            yield word[:-3] + "ӯ", "plural"


def _read(word: str) -> Word:
    lower = word.lower()
    lexicon = read_lexicon("tg")
    if len(word) > 1 and word.isupper() and (entry := lexicon.get(word)):
        return Word(english=entry.english, part=entry.part, lemma=word)
    name = word[:1].isupper()
    found = _as_typed(lower, name=name) or _look_up(lower, name=name)
    if found is None and "-" in word:
        head, _, tail = word.partition("-")
        if tail in {"и", "ро", "ҳо", "ҳои", "ум", "уми"}:
            return replace(_read(head), form="izafet" if tail in {"и", "ҳои"} else "")
        return joined([_read(part) for part in halves(word)], "")
    return found or (_foreign_name(lower) if name else None) or _derived(lower, name=name) or _spelled(word)


def _look_up(lower: str, *, name: bool) -> Word | None:
    exact = _entry(lower, name=name)
    if exact and exact[1].part not in {"n", "v", "a", "name"}:
        return _as_word(*exact, frozenset())
    verb = _verb_forms().get(lower)
    if verb is not None and not (exact and exact[1].part != "v" and verb[1] not in {"past", "s"}):
        return _verb(*verb)
    for stem, off in _stems(lower):
        if (entry := _entry(stem, name=name)) is not None:
            return _as_word(*entry, off)
        if off and (verb := _verb_forms().get(stem)) and verb[1] in {"participle", "infinitive", "ing"}:
            infinitive, kind = verb
            ended = "izafet" if "izafet" in off else ""
            shown = _english_verb(infinitive, "ing" if kind == "infinitive" else kind)
            return Word(english=shown, part="a" if kind == "participle" else "n", form=ended, lemma=infinitive)
    return _plainly(lower, name=name)


def _as_typed(lower: str, *, name: bool) -> Word | None:
    """Find a base form that was typed without the letters of Tajik."""
    lemma = _plain_lexicon().get(lower)
    if lemma is None or lemma.lower() == lower or len(lower) <= 3 or not (name or lemma[:1].islower()):
        return None
    return None if _entry(lower, name=name) else _as_word(lemma, read_lexicon("tg")[lemma], frozenset())


def _plainly(lower: str, *, name: bool) -> Word | None:
    """Find a word that was typed without the letters of Tajik and has endings."""
    for stem, off in _stems(lower):
        lemma = _plain_lexicon().get(stem) if len(stem) > 3 else None
        if lemma and (name or lemma[:1].islower()):
            return _as_word(lemma, read_lexicon("tg")[lemma], off)
    return None


def _entry(stem: str, *, name: bool) -> tuple[str, Entry] | None:
    lexicon = read_lexicon("tg")
    keys = (stem.capitalize(), stem, stem.upper()) if name else (stem,)
    for key in keys:
        if (entry := lexicon.get(key)) is not None:
            return key, entry
    return None


def _as_word(lemma: str, entry: Entry, off: frozenset[str]) -> Word:
    english, part = entry.english, entry.part
    if part == "v":
        return Word(english=english, part="v", form="infinitive", lemma=lemma)
    if "plural" in off and part in {"n", "a"}:
        english = plural(english)
    if "more" in off:
        english = {"good": "better", "bad": "worse"}.get(english, f"more {english}")
    if "most" in off:
        english = {"good": "best", "bad": "worst"}.get(english, f"most {english}")
    if "and" in off:
        english += " and"
    if "copula" in off:
        english = f"is {english}"
    return Word(english=english, part=part, form="izafet" if "izafet" in off else "", lemma=lemma)


def _verb(infinitive: str, kind: str) -> Word:
    return Word(english=_english_verb(infinitive, kind), part="v", form=kind, lemma=infinitive)


def _english_verb(infinitive: str, kind: str, english: str | None = None) -> str:
    if kind in {"will", "will not", "can", "cannot", "has", "have", "not have", "must", "perhaps", "are", "am",
                "were", "are not"}:  # fmt: skip
        return kind
    if kind == "aux":
        return ""
    entry = read_lexicon("tg").get(infinitive)
    english = english or (entry.english if entry else romanise(infinitive))
    negated, form = kind.startswith("not "), kind.removeprefix("not ")
    if infinitive == "будан" and negated:
        return {"past": "was not", "s": "is not"}.get(form, "not be")
    if negated:
        return f"{'did' if form == 'past' else 'does'} not {english}" if form in {"past", "s"} else f"not {english}"
    return english if form in {"present", "infinitive"} else verb_form(english, form)


# What makes one word of another, and the English for it: бесарпаноҳ, ғайриқонунӣ, ҳуқуқшинос, амалисозӣ.
_BEFORE = {"но": "un", "бе": "without ", "ғайри": "non-", "бо": "with ", "ҳам": "fellow ", "зидди": "anti-"}
_BEHIND = {
    "кардашуда": "",
    "додашуда": "",
    "гирифташуда": "",
    "гардида": "",
    "гашта": "",
    "карда": "",
    "кардан": "ing",
    "додан": "ing",
    "гардонӣ": "",
    "барӣ": "",
    "рабоӣ": "",
    "гарӣ": "",
    "гар": "er",
    "созӣ": " making",
    "гирӣ": " taking",
    "диҳӣ": " giving",
    "кунӣ": "ing",
    "шавӣ": "",
    "шуда": "",
    "кунанда": "er",
    "дор": "",
    "дорӣ": "",
    "гузорӣ": "",
    "фурӯшӣ": " selling",
    "шинос": " expert",
    "нок": "",
    "манд": "",
    "она": "",
    "вӣ": "",
    "гӣ": "",
    "ӣ": "",
    "гоҳ": " place",
    "истон": "",
    "ча": "",
    "вар": "",
    "ият": "",
    "ёна": "",
}


# Compounds of a noun and a verb written together, and the form of the verb that they are.
_COMPOUNDS = {
    "кардашуда": ("кардан", "participle"),
    "додашуда": ("додан", "participle"),
    "гирифташуда": ("гирифтан", "participle"),
    "шуда": ("кардан", "participle"),
    "кунанда": ("кардан", "ing"),
    "диҳанда": ("додан", "ing"),
    "кунӣ": ("кардан", "ing"),
    "диҳӣ": ("додан", "ing"),
    "шавӣ": ("кардан", "ing"),
    "кардан": ("кардан", "ing"),
    "додан": ("додан", "ing"),
}


def _derived(lower: str, *, name: bool) -> Word | None:
    """Gloss what the lexicon has only the root of: an adjective by its noun, a doer by the deed."""
    for stem, off in _stems(lower):
        for ending, english in _BEHIND.items():
            if not stem.endswith(ending) or len(stem) - len(ending) < 3:
                continue
            root = stem[: -len(ending)]
            entry = _entry(root, name=name) or _entry(root + "а", name=name)
            compound = _COMPOUNDS.get(ending)
            if compound and (verb := read_lexicon("tg").get(f"{root} {compound[0]}")):
                return _as_word(stem, Entry(english=verb_form(verb.english, compound[1]), part="a"), off)
            if entry and entry[1].part in {"n", "a", "name"}:
                shown = replace(entry[1], english=entry[1].english + english, part="a" if not english else "n")
                return _as_word(stem, shown, off)
        for before, english in _BEFORE.items():
            if stem.startswith(before) and len(stem) - len(before) > 3:
                entry = _entry(stem[len(before) :], name=False)
                if entry and entry[1].part in {"n", "a"}:
                    return _as_word(stem, replace(entry[1], english=english + entry[1].english), off)
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


def _foreign_name(lower: str) -> Word | None:
    names = _foreign_names()
    for stem, off in _stems(lower):
        english = names.get(_as_russian(stem))
        if english is not None:
            return _as_word(stem, Entry(english=english, part="name"), off)
    return None


def _spelled(word: str) -> Word:
    """Write a word in Latin letters, without the endings that no name has of its own."""
    lower = word.lower()
    bare, form = lower, ""
    if lower.endswith("ро") and len(lower) > 5:
        bare = lower[:-2]
    elif lower.endswith("ҳои") and len(lower) > 6:
        bare, form = lower[:-3], "izafet"
    elif lower.endswith("и") and len(lower) > 4 and lower[-2] not in _VOWELS:
        bare, form = lower[:-1], "izafet"
    if word.isupper() and len(word) > 1:
        bare = bare.upper()
    elif word[:1].isupper():
        bare = "-".join(part[:1].upper() + part[1:] for part in bare.split("-"))
    return Word(english=romanise(bare), form=form, lemma=lower)


_find = remembered(_read)


def gloss_tajik(sentence: str) -> str:
    """Gloss one sentence."""
    originals, between = cut_words(sentence)
    if shouted(originals):
        originals = [word.lower() for word in originals]
    words = [_find(original) for original in originals]
    shown = [
        replace(word, english=with_case_of(word.english, original))
        if at == 0 or word.part not in {"prep", "conj", "part", "pron"}
        else word
        for at, (word, original) in enumerate(zip(words, originals, strict=True))
    ]
    join_phrases(shown, originals, between, "tg", _find, without={"v"})
    _join_verbs(shown, originals, between)
    if shown:
        shown[0] = replace(shown[0], english=with_case_of(shown[0].english, originals[0]))
    return put_together(_in_english_order(shown, between), between)


def _join_verbs(words: list[Word], originals: list[str], between: list[str]) -> None:
    """Make one word of a noun and the verb that goes with it (имзо кард), of a participle and "become" (сохта шуд)."""
    lexicon = read_lexicon("tg")
    for at in range(len(words) - 1, 0, -1):
        if at > 1 and words[at].part == "v" and between[at] == between[at - 1] == " ":
            # ба даст овард
            before = " ".join(original.lower() for original in originals[at - 2 : at])
            if (entry := lexicon.get(f"{before} {words[at].lemma}")) is not None:
                english = _english_verb("", words[at].form, entry.english)
                words[at - 2 : at + 1] = [
                    replace(words[at], english=with_case_of(english, originals[at - 2])),
                    replace(words[at], english="", part=""),
                    replace(words[at], english="", part=""),
                ]
                continue
        verb, noun = words[at], words[at - 1]
        if verb.part != "v" or between[at] != " " or not noun.english:
            continue
        surface = originals[at - 1].lower()
        compound = lexicon.get(f"{noun.lemma} {verb.lemma}") or lexicon.get(f"{surface} {verb.lemma}")
        if compound is not None:
            english = _english_verb("", verb.form, compound.english)
        elif noun.form == "participle" and verb.lemma in {"шудан", "гардидан", "гаштан"}:
            english = f"{_be(verb.form)} {verb_form(_base(noun.lemma), 'participle')}"
        else:
            continue
        words[at - 1] = replace(verb, english=with_case_of(english, noun.english))
        words[at] = replace(verb, english="", part="")


def _base(infinitive: str) -> str:
    entry = read_lexicon("tg").get(infinitive)
    return entry.english if entry else romanise(infinitive)


def _be(kind: str) -> str:
    negated, form = kind.startswith("not "), kind.removeprefix("not ")
    shown = {"past": "was", "s": "is", "participle": "been", "infinitive": "be"}.get(form, "be")
    return f"{shown} not" if negated else shown


def _in_english_order(words: list[Word], between: list[str]) -> list[str]:
    """Turn izafet round: adjectives before their noun, other nouns after "of"."""
    shown: list[str] = []
    at = 0
    while at < len(words):
        noun = words[at]
        if noun.form != "izafet" or noun.part not in _NOUNS | {"a"}:
            shown.append(noun.english)
            at += 1
            continue
        end = at + 1
        while end < len(words) and words[end].part == "a" and between[end] == " " and end - at <= 3:
            end += 1
            if words[end - 1].form != "izafet":
                break
        adjectives = [
            word.english.lower() if noun.english[:1].islower() else word.english for word in words[at + 1 : end]
        ]
        shown += [*reversed(adjectives), noun.english]
        more = words[end - 1].form == "izafet" and end < len(words) and between[end] == " "
        if more and words[end].part in _NOUNS | {"pron", "num"} and words[end].english:
            shown[-1] += " of"
        at = end
    return shown
