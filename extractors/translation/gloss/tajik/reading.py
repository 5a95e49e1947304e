"""Reading one Tajik word: the lexicon first, then what its endings, its parts or its sound tell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from extractors.translation.gloss.lexicon import Entry, read_lexicon
from extractors.translation.gloss.tajik.derivation import derived, foreign_name, loan, spelled
from extractors.translation.gloss.tajik.endings import without_endings
from extractors.translation.gloss.tajik.entries import as_word, find_entry
from extractors.translation.gloss.tajik.guesses import mistyped, name_by_ear, name_by_spelling
from extractors.translation.gloss.tajik.verbs import (
    MODALS,
    PLAIN,
    conjugated,
    english_of,
    plainly_typed_verbs,
    verb_forms,
)
from extractors.translation.gloss.words import Word, halves, joined, remembered

# Parts of speech that take no endings: Орегон is not оре with the ending of a plural. Prepositions take possessives
# (назди, наздаш), and only names are asked of adverbs (зудиро).
_UNINFLECTED = frozenset({"part", "conj", "adv", "prep"})
_NO_IZAFET = frozenset({"part", "conj", "prep"})
_FINITE = frozenset({"past", "s", "can", "could", "will"})


def _read(word: str) -> Word:
    lower = word.lower()
    lexicon = read_lexicon("tg")
    if len(word) > 1 and word.isupper() and (entry := lexicon.get(word)):
        return Word(english=entry.english, part=entry.part, lemma=word)
    name = word[:1].isupper()
    found = _look_up(lower, name=name) or _as_typed(lower, name=name)
    if found is None and "-" in word:
        head, _, tail = word.partition("-")
        if tail in {"и", "ро", "ҳо", "ҳои", "ум", "уми"}:
            return replace(_read(head), form="izafet" if tail in {"и", "ҳои"} else "")
        return joined([_read(part) for part in halves(word)], "")
    found = found or (foreign_name(lower) if name else None) or derived(lower, name=name)
    return (
        found
        or (
            name_by_ear(lower) or (None if word.isupper() else name_by_spelling(lower))
            if name
            else _noun_of_a_verb(lower) or loan(lower) or mistyped(lower) or _run_together(lower) or _one_off(lower)
        )
        or spelled(word)
    )


@cache
def _nouns_of_verbs() -> dict[str, str]:
    """Return the English of verbs of two words by their first: содир, of содир кардан."""
    verbs = ((lemma.split(" "), entry) for lemma, entry in read_lexicon("tg").items() if entry.part == "v")
    return {words[0]: entry.english for words, entry in verbs if len(words) == 2 and len(words[0]) > 3}


def _noun_of_a_verb(lower: str) -> Word | None:
    for stem, off in without_endings(lower):
        if (english := _nouns_of_verbs().get(stem)) is not None:
            return as_word(stem, Entry(english=english, part="n"), off - {"plural"})
    return None


read_word = remembered(_read)


def _look_up(lower: str, *, name: bool) -> Word | None:
    exact = find_entry(lower, name=name)
    if exact and exact[1].part not in {"n", "v", "a", "name"}:
        return as_word(*exact, frozenset())
    verb = verb_forms().get(lower)
    if verb is not None and not (exact and exact[1].part != "v" and verb[1].removeprefix("not ") not in _FINITE):
        return _as_verb(*verb)
    for stem, off in without_endings(lower):
        entry = find_entry(stem, name=name)
        if entry is not None and _may_end_so(entry[1].part, off, name=name):
            return as_word(*entry, off)
        if off and (verb := verb_forms().get(stem)) and verb[1] in {"participle", "infinitive", "ing", "not ing"}:
            infinitive, kind = verb
            ended = "izafet" if "izafet" in off else ""
            shown = conjugated(english_of(infinitive), "ing" if kind == "infinitive" else kind)
            return Word(english=shown, part="a" if kind == "participle" else "n", form=ended, lemma=infinitive)
    return None


def _may_end_so(part: str, off: frozenset[str], *, name: bool) -> bool:
    if "ordinal" in off:
        return part == "num"
    if off & {"izafet", "plural", "object", "and"} and part in _NO_IZAFET:
        return False
    return not (name and off and part in _UNINFLECTED)


def _as_verb(infinitive: str, kind: str) -> Word:
    modal = kind.removeprefix("not ")
    if modal in MODALS:
        english = kind if kind == modal else "cannot" if modal == "can" else f"{modal} not"
    elif kind == "progressive":
        english = "stands"
    else:
        english = conjugated(english_of(infinitive), kind)
    return Word(english=english, part="v", form=kind, lemma=infinitive)


# Little words that are run together with the next one where a space was forgotten: кибаҳрнавардон.
_LITTLE = ("ки", "ва", "аз", "ба", "дар", "бо", "то", "ин", "он", "ҳар", "ҳам", "бе")
_SHORTEST_REST = 5


def _run_together(lower: str) -> Word | None:
    for little in _LITTLE:
        rest = lower.removeprefix(little)
        if rest != lower and len(rest) >= _SHORTEST_REST and (word := _look_up(rest, name=False)) is not None:
            first = read_lexicon("tg")[little].english if little in read_lexicon("tg") else ""
            return replace(word, english=f"{first} {word.english}".strip())
    return None


_ALPHABET = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
# A shorter word is one letter away from too many others.
_SHORTEST_MISTYPED = 5
_SHORTEST_CHANGED = 7


def _one_off(lower: str) -> Word | None:
    """Gloss a form as the one form that is a letter away: матевонад, пусрид; letters that were swapped come first."""
    if len(lower) < _SHORTEST_MISTYPED:
        return None
    cuts = [(lower[:at], lower[at:]) for at in range(len(lower) + 1)]
    swapped = (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    missing = (a + letter + b for a, b in cuts for letter in _ALPHABET)
    superfluous = (a + b[1:] for a, b in cuts if b)
    changed = (a + letter + b[1:] for a, b in cuts if b for letter in _ALPHABET)
    for tries in (swapped, superfluous, missing, changed if len(lower) >= _SHORTEST_CHANGED else ()):
        found = {word.lemma: word for each in dict.fromkeys(tries) if (word := _exact(each)) is not None}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            return None
    return None


def _exact(lower: str) -> Word | None:
    """Return a verb, or a base form with the commonest endings: the whole of what a word may be would take too long."""
    if (verb := verb_forms().get(lower)) is not None:
        return _as_verb(*verb)
    for ending, off in _COMMON_ENDINGS:
        if lower.endswith(ending):
            stem = lower.removesuffix(ending)
            if len(stem) > 3 and (entry := read_lexicon("tg").get(stem)) is not None:
                return as_word(stem, entry, off)
    return None


_COMMON_ENDINGS = (
    ("", frozenset[str]()),
    ("ҳои", frozenset({"plural", "izafet"})),
    ("ҳо", frozenset({"plural"})),
    ("и", frozenset({"izafet"})),
    ("ро", frozenset({"object"})),
)


@cache
def _plain_lexicon() -> dict[str, str]:
    """Return base forms by what is left of them without the letters of Tajik, where that is unambiguous enough."""
    found: dict[str, str] = {}
    for lemma in read_lexicon("tg"):
        found.setdefault(lemma.lower().translate(PLAIN), lemma)
    return found


_SHORTEST_TYPED = 3


def _as_typed(lower: str, *, name: bool) -> Word | None:
    """Find a word that was typed without the letters of Tajik: a base form, a verb, a word with endings."""
    for stem, off in without_endings(lower):
        lemma = _plain_lexicon().get(stem.translate(PLAIN)) if len(stem) > _SHORTEST_TYPED else None
        if lemma and (name or lemma[:1].islower()):
            return as_word(lemma, read_lexicon("tg")[lemma], off)
        if not off and (verb := plainly_typed_verbs().get(lower.translate(PLAIN))):
            return _as_verb(*verb)
    return None
