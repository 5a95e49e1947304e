"""Words of a Tajik clause put together: verbs of several words made one, nouns before "of", adjectives before nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from extractors.translation.gloss.lexicon import read_lexicon
from extractors.translation.gloss.nations import adjective_before
from extractors.translation.gloss.tajik.entries import compound_verb
from extractors.translation.gloss.tajik.verbs import MODALS, conjugated, english_of, verb_forms
from extractors.translation.gloss.words import Word, saying, with_case_of

_NOUNS = frozenset({"n", "name", ""})
_OF = _NOUNS | {"pron", "num"}
_BECOME = frozenset({"шудан", "гардидан", "гаштан"})
# How far before its verb a noun may stand, with what belongs to it between: изҳори умедворӣ кард.
_REACH = 4


def join_verbs(words: list[Word], originals: Sequence[str], between: Sequence[str]) -> None:
    """Make one word of verbs that go together (карда хоҳад шуд), then of a noun and its verb (имзо кард).

    ``words`` is changed: what was joined stands in the first place, and the others are left without English.
    """
    for at in range(len(words) - 1, 0, -1):
        if words[at].part != "v" or between[at] != " ":
            continue
        first = words[at - 1]
        if first.part != "v":
            first = _as_participle(first, originals[at - 1])
        if first.part == "v" and (joined := _one_verb(first, words[at])) is not None:
            _put(words, at - 1, at, joined)
    for at in range(len(words) - 1, 0, -1):
        if words[at].part == "v" and words[at].english:
            _join_noun(words, originals, between, at)


def _put(words: list[Word], first: int, last: int, joined: Word) -> None:
    """Put a joined verb in the place of its first word, in the case of that, and empty the others up to ``last``."""
    blank = saying(joined, "", part="")
    words[first : last + 1] = [
        saying(joined, with_case_of(joined.english, words[first].english)),
        *[blank] * (last - first),
    ]


def _as_participle(word: Word, original: str) -> Word:
    """Return a word that the lexicon has as a noun or adjective (гуфта, баста) as the participle it also is."""
    infinitive, form = verb_forms().get(original.lower(), ("", ""))
    return Word(english=word.english, part="v", form=form, lemma=infinitive) if form == "participle" else word


def _one_verb(first: Word, second: Word) -> Word | None:
    """Return two verbs as one, or ``None`` where each is its own."""
    before, tense = first.form.removeprefix("not "), second.form.removeprefix("not ")
    if before == "will" and tense in {"past", "infinitive"}:
        verb, form = second, "will"
    elif before == "participle" and (joined := _after_participle(second.lemma, tense)):
        verb, form = first, joined
    else:
        return None
    negated = first.form.startswith("not ") != second.form.startswith("not ")
    form = f"not {form}" if negated else form
    return replace(verb, english=conjugated(english_of(verb.lemma), form), form=form)


def _after_participle(infinitive: str, tense: str) -> str | None:
    """Return the form that a participle and a verb behind it are together: карда шуд, карда истодааст, карда буд."""
    if infinitive in _BECOME:
        return f"{tense} passive"
    if tense == "progressive" or (infinitive == "тавонистан" and tense in MODALS):
        return tense
    return "had" if infinitive == "будан" and tense in {"past", "were"} else None


def _join_noun(words: list[Word], originals: Sequence[str], between: Sequence[str], at: int) -> None:
    """Join the verb at a place with the words before it that it has one meaning with."""
    verb = words[at]
    first = at - 1
    while between[first + 1] == " " and first > 0 and not words[first].english:
        first -= 1  # over the places of words that were joined
    if between[first + 1] != " " or not words[first].english:
        return
    if first > 0 and between[first] == " " and originals[first - 1].lower() in _first_of_three():  # ба даст овард
        before = " ".join(original.lower() for original in originals[first - 1 : first + 1])
        if (entry := read_lexicon("tg").get(f"{before} {verb.lemma}")) is not None:
            _put(words, first - 1, at, _compounded(verb, entry.english, before))
            return
    if (english := _compound(words[first], originals[first], verb)) is not None:
        _put(words, first, at, _compounded(verb, english, words[first].lemma))
        return
    for place in range(at, max(0, at - _REACH), -1):
        if between[place] != " ":
            return
        noun = words[place - 1]
        if place - 1 < first and noun.form == "izafet" and (english := _compound(noun, "", verb)) is not None:
            joined = _compounded(verb, english, noun.lemma)
            words[place - 1] = replace(joined, english=with_case_of(joined.english, noun.english))
            words[at] = replace(verb, english="", part="")
            return
    if (english := _made_a_verb(words[first], verb)) is not None:
        _put(words, first, at, _compounded(verb, english, words[first].lemma))


# Verbs that do what the noun before them says, or make something what the adjective before them says.
_DO = frozenset({"кардан", "намудан"})
# Endings of English nouns, and of the verbs that these are made of: connection, connect; reservation, reserve.
_NOUN_AND_VERB = (
    ("", ("",)),
    ("ation", ("ate", "e", "")),
    ("ion", ("e", "")),
    ("ment", ("",)),
    ("ance", ("", "e")),
    ("ence", ("", "e")),
    ("al", ("", "e")),
    ("ing", ("", "e")),
    ("ure", ("", "e")),
    ("ysis", ("yze",)),
)


@cache
def _english_verbs() -> frozenset[str]:
    return frozenset(
        entry.english
        for language in ("tg", "ru")
        for entry in read_lexicon(language).values()
        if entry.part == "v" and " " not in entry.english
    )


def _made_a_verb(noun: Word, verb: Word) -> str | None:
    """Return the English verb that a noun is with one that only does it, where no lexicon has both: навсозӣ кард."""
    if verb.lemma not in _DO or noun.form or noun.lemma in verb_forms():
        return None
    english = noun.english[:1].lower() + noun.english[1:]
    if noun.part == "a":
        return f"make {english}" if " " not in english and noun.lemma in read_lexicon("tg") else None
    if noun.part != "n":
        return None
    for ending, of_verbs in _NOUN_AND_VERB:
        for of_verb in of_verbs if english.endswith(ending) else ():
            if (made := english.removesuffix(ending) + of_verb) in _english_verbs():
                return made
    return None


@cache
def _first_of_three() -> frozenset[str]:
    """Return the words that begin a verb of three: ба, аз, дар."""
    return frozenset(lemma.split(" ")[0] for lemma in read_lexicon("tg") if lemma.count(" ") == 2)


def _compounded(verb: Word, english: str, before: str) -> Word:
    return replace(verb, english=conjugated(english, verb.form), lemma=f"{before} {verb.lemma}")


def _compound(noun: Word, original: str, verb: Word) -> str | None:
    return compound_verb(noun.lemma, verb.lemma) or compound_verb(original.lower(), verb.lemma)


# A pronoun as object, behind a preposition, and as owner, behind izafet.
_OBJECTIVE = {"I": "me", "we": "us", "he": "him", "they": "them"}
_OWNER = {
    "I": "my",
    "we": "our",
    "he": "his",
    "they": "their",
    "you": "your",
    "own": "own",
    "each other": "each other's",
}


def put_pronouns_in_case(words: list[Word], between: Sequence[str]) -> None:
    """Write "for us" for барои мо; ``words`` is changed."""
    for at in range(1, len(words)):
        pronoun = words[at]
        if pronoun.part == "pron" and words[at - 1].part == "prep" and between[at] == " ":
            words[at] = replace(pronoun, english=_OBJECTIVE.get(pronoun.english, pronoun.english))


# Nouns behind which ба is theirs: дар ҷавоб ба савол гуфт.
_TAKE_BA = frozenset({"ҷавоб", "посух", "вокуниш", "нисбат", "вобаста", "нигоҳ", "роҷеъ"})
# How far from its verb the one who is told may stand: ба сарварони ҷаҳон дар Ассамблеяи Генералӣ гуфт.
_HEARER_REACH = 9


def tell_whom(words: list[Word], between: Sequence[str]) -> None:
    """Write "told" for гуфт and изҳор дошт where it is said to whom (ба рӯзноманигорон гуфт); ``words`` is changed."""
    for at, verb in enumerate(words):
        if verb.part != "v" or not verb.english or not _is_saying(verb.lemma):
            continue
        if _said_to(words, between, range(at - 1, max(-1, at - 1 - _HEARER_REACH), -1), step=1) or _said_to(
            words, between, range(at + 1, min(len(words), at + 1 + _HEARER_REACH)), step=0
        ):
            words[at] = replace(verb, english=with_case_of(conjugated("tell", verb.form), verb.english))


@cache
def _is_saying(lemma: str) -> bool:
    entry = read_lexicon("tg").get(lemma)
    return entry is not None and entry.part == "v" and entry.english == "say"


def _said_to(words: Sequence[Word], between: Sequence[str], near: Iterable[int], *, step: int) -> bool:
    """Whether ба stands near a verb, before the next verb or mark; ``step`` is 1 for words before the verb, else 0."""
    for place in near:
        if words[place].part == "v" or between[place + step] != " ":
            break
        if words[place].lemma == "ба":
            return place == 0 or words[place - 1].lemma not in _TAKE_BA
    return False


# A name that was put into English before: ҷумҳурии Tajikistan.
_CAPTION = re.compile(" [A-Z]")


def in_english_order(words: Sequence[Word], between: Sequence[str]) -> list[str]:
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
        more = words[end - 1].form == "izafet" and end < len(words) and between[end] == " "
        owner = _OWNER.get(words[end].english, "") if more and words[end].part == "pron" else ""
        phrase = [*reversed(adjectives), _behind_others(noun, first=at == 0) if adjectives or owner else noun.english]
        if owner:
            phrase = [with_case_of(f"{owner} {phrase[0]}", noun.english if at else ""), *phrase[1:], ""]
            end += 1
        elif more and words[end].form != "izafet" and (nation := adjective_before(noun.english, words[end].english)):
            # The adjective stands right before the noun, behind those that describe both.
            head = _behind_others(noun, first=at == 0)
            phrase[-1:] = [nation, head]
            end += 1
        elif (more and words[end].part in _OF and words[end].english and not _is_title(noun, words[end])) or (
            words[end - 1].form == "izafet" and _CAPTION.match(between[end])
        ):
            phrase[-1] += " of"
        shown += phrase
        at = end
    return shown


_TITLES = frozenset(
    {"Mr", "Ms", "Mrs", "Dr", "doctor", "senator", "judge", "general", "colonel", "professor", "reverend"}
)


def _is_title(noun: Word, behind: Word) -> bool:
    """Whether a noun is the title of the name behind it: ҷаноби Кларк is "Mr Clark"."""
    return noun.english.removeprefix("lieutenant ") in _TITLES and behind.part in {"name", ""}


def _behind_others(noun: Word, *, first: bool) -> str:
    """Return a noun that no longer begins its sentence."""
    plain = first and noun.part != "name" and noun.english[1:2].islower()
    return noun.english[:1].lower() + noun.english[1:] if plain else noun.english
