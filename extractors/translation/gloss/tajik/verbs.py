"""Tajik verbs by their forms, and the English of a form.

The name of a form is that of English (``past``, ``s``, ``present``, ``participle``, ``infinitive``, ``ing``), with
``will``, ``can``, ``could``, ``had`` and ``progressive`` for what Tajik says with a second verb, ``not`` before it and
``passive`` behind it: ``not will passive`` is "will not be built".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractors.translation.gloss.english import romanise, verb_form
from extractors.translation.gloss.lexicon import read_lexicon, read_rows

# Typed without the letters of Tajik, as many readers' phones do.
PLAIN = str.maketrans("ғӣқӯҳҷ", "гикухч")
_VOWELS = "аеёиоуэюяӣӯ"
_PAST = ("", "ам", "ӣ", "ем", "ед", "анд")
_PRESENT = ("ам", "ӣ", "ад", "ем", "ед", "анд")
_PREVERBS = ("бар", "дар", "боз", "во", "фуру", "фурӯ")
# Forms that the rules do not make, or make of another verb.
_IRREGULAR = {
    "аст": ("будан", "s"),
    "анд": ("будан", "are"),
    "ҳаст": ("будан", "s"),
    "ҳастанд": ("будан", "are"),
    "ҳастам": ("будан", "am"),
    "ҳастем": ("будан", "are"),
    "ҳастед": ("будан", "are"),
    "нест": ("будан", "not s"),
    "нестанд": ("будан", "not are"),
    "нестам": ("будан", "not am"),
    "нестем": ("будан", "not are"),
    "буд": ("будан", "past"),
    "набуд": ("будан", "not past"),
    "будаст": ("будан", "past"),
    "будааст": ("будан", "past"),
    "буданд": ("будан", "were"),
    "набуданд": ("будан", "not were"),
    "будем": ("будан", "were"),
    "бошад": ("будан", "s"),
    "набошад": ("будан", "not s"),
    "бошанд": ("будан", "are"),
    "набошанд": ("будан", "not are"),
    "мебошад": ("будан", "s"),
    "намебошад": ("будан", "not s"),
    "мебошанд": ("будан", "are"),
    "мебошам": ("будан", "am"),
    "мебошем": ("будан", "are"),
    "хоҳад": ("хостан", "will"),
    "хоҳанд": ("хостан", "will"),
    "хоҳам": ("хостан", "will"),
    "хоҳем": ("хостан", "will"),
    "хоҳед": ("хостан", "will"),
    "нахоҳад": ("хостан", "not will"),
    "нахоҳанд": ("хостан", "not will"),
    "нахоҳам": ("хостан", "not will"),
    "нахоҳем": ("хостан", "not will"),
    "метавонад": ("тавонистан", "can"),
    "метавонанд": ("тавонистан", "can"),
    "метавонам": ("тавонистан", "can"),
    "метавонем": ("тавонистан", "can"),
    "метавонед": ("тавонистан", "can"),
    "тавонад": ("тавонистан", "can"),
    "тавонанд": ("тавонистан", "can"),
    "наметавонад": ("тавонистан", "not can"),
    "наметавонанд": ("тавонистан", "not can"),
    "наметавонам": ("тавонистан", "not can"),
    "наметавонем": ("тавонистан", "not can"),
    "метавонист": ("тавонистан", "could"),
    "метавонистанд": ("тавонистан", "could"),
    "тавонист": ("тавонистан", "could"),
    "тавонистанд": ("тавонистан", "could"),
    "натавонист": ("тавонистан", "not could"),
    "натавонистанд": ("тавонистан", "not could"),
    "наметавонист": ("тавонистан", "not could"),
    "наметавонистанд": ("тавонистан", "not could"),
    "дорад": ("доштан", "s"),
    "надорад": ("доштан", "not s"),
    "истодааст": ("истодан", "progressive"),
    "истодаанд": ("истодан", "progressive"),
    "истодаам": ("истодан", "progressive"),
    "истодаем": ("истодан", "progressive"),
    "бояд": ("боистан", "must"),
    "набояд": ("боистан", "not must"),
    "шояд": ("шоистан", "perhaps"),
}
MODALS = frozenset({"will", "can", "could", "must", "perhaps"})
_BE = {"past": "was", "were": "were", "s": "is", "are": "are", "am": "am", "present": "are"}


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Make the finite forms and participles of the verbs in the lexicon: form to infinitive and English form."""
    forms: dict[str, tuple[str, str]] = {}
    for infinitive, present in read_rows("tg_verbs.tsv"):
        past = infinitive[:-2]
        for form, kind in (*_past_forms(past), *_present_forms(present)):
            forms.setdefault(form, (infinitive, kind))
            forms.setdefault("на" + form, (infinitive, "not " + kind))
            forms.setdefault("биё" + form[1:] if form[0] == "о" else "би" + form, (infinitive, "present"))
            # бармегардад: ме stands between the verb and what is before it.
            for before in _PREVERBS:
                if form.startswith("ме" + before):
                    rest = form.removeprefix("ме" + before)
                    forms.setdefault(f"{before}ме{rest}", (infinitive, kind))
                    forms.setdefault(f"{before}наме{rest}", (infinitive, "not " + kind))
        forms.setdefault(past, (infinitive, "past"))
        forms[infinitive] = infinitive, "infinitive"
        for ending in ("и", "ро"):
            forms.setdefault(infinitive + ending, (infinitive, "ing"))
            forms.setdefault(f"на{infinitive}{ending}", (infinitive, "not ing"))
        forms.setdefault("на" + infinitive, (infinitive, "not ing"))
        if len(present) > 2:
            forms.setdefault("на" + present, (infinitive, "not present"))
    return forms | _IRREGULAR


@cache
def plainly_typed_verbs() -> dict[str, tuple[str, str]]:
    """Return the forms that have letters of Tajik by their spelling without them: мегуяд for мегӯяд."""
    plain: dict[str, tuple[str, str]] = {}
    for form, verb in verb_forms().items():
        if (typed := form.translate(PLAIN)) != form and len(typed) > 4:
            plain.setdefault(typed, verb)
    return plain


def _past_forms(stem: str) -> Iterator[tuple[str, str]]:
    for ending in _PAST:
        yield stem + ending, "past"
        yield "ме" + stem + ending, "past"
    for ending in ("а", "аст", "ааст", "аанд", "аам", "аем", "аед"):
        yield stem + ending, "participle" if ending == "а" else "past"
    for ending in ("агӣ", "агии"):
        yield stem + ending, "participle"
    for ending in ("а", "ааст", "аанд"):  # мекардааст, what is told by others
        yield "ме" + stem + ending, "past"
    for ending in ("анӣ", "анист", "анианд"):
        yield stem + ending, "infinitive"


def _present_forms(stem: str) -> Iterator[tuple[str, str]]:
    glide = "й" if stem[-1] in _VOWELS and stem != "о" else ""
    for ending in _PRESENT:
        # ё, я stand for a vowel after a vowel: мегӯяд, меояд.
        soft = {"ам": "ям", "ад": "яд", "анд": "янд"}.get(ending, ending) if stem[-1] in _VOWELS + "й" else ending
        base = stem.removesuffix("й") if soft != ending else stem
        yield "ме" + base + soft, "s" if ending == "ад" else "present"
        # Without ме it is what should or may be done, which English says with the bare verb.
        yield base + soft, "present"
        if glide:
            yield "ме" + base + ending, "s" if ending == "ад" else "present"
    yield stem + "анда", "ing"
    yield stem.removesuffix("й") + "янда", "ing"


def english_of(infinitive: str) -> str:
    """Return the English of an infinitive."""
    entry = read_lexicon("tg").get(infinitive)
    return entry.english if entry else romanise(infinitive)


def conjugated(english: str, form: str) -> str:
    """Put an English verb phrase into a form."""
    negated, plain = form.startswith("not "), form.removeprefix("not ")
    tense = plain.removesuffix(" passive")
    if tense != plain and not english.startswith("be "):
        english = f"be {verb_form(english, 'participle')}"
    finite, rest = _finite(english, tense) or ("", "")
    if finite:
        return " ".join(filter(None, [finite, "not" if negated else "", rest]))
    tense = {"are": "present", "am": "present", "were": "past"}.get(tense, tense)
    if not negated:
        return _formed(english, tense)
    auxiliary = {"past": "did not ", "s": "does not ", "present": "do not "}.get(tense)
    return f"{auxiliary}{english}" if auxiliary else f"not {_formed(english, tense)}"


def _finite(english: str, tense: str) -> tuple[str, str] | None:
    """Return an auxiliary, behind which "not" stands, and the rest; ``None`` where English needs "do" for that."""
    first, _, rest = english.partition(" ")
    if first == "can" and tense in {"past", "s", "present"}:
        return "could" if tense == "past" else "can", rest
    if tense in MODALS:
        return tense, english
    if tense in {"progressive", "had"}:
        return ("had", verb_form(english, "participle")) if tense == "had" else ("is", verb_form(english, "ing"))
    if first == "be" and tense in _BE:
        return "be" if tense == "present" and rest else _BE[tense], rest
    return None


def _formed(english: str, form: str) -> str:
    return english if form in {"present", "infinitive"} else verb_form(english, form)
