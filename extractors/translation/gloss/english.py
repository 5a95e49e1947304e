"""English words put into the form a gloss needs, and foreign letters written so that an English reader can say them."""

from __future__ import annotations

import re
from functools import lru_cache

# Verbs of the lexicons that are irregular: base form, past, past participle.
_IRREGULAR = """
be was been; become became become; begin began begun; beat beat beaten; blow blew blown; break broke broken;
bring brought brought; build built built; burn burned burned; buy bought bought; catch caught caught;
choose chose chosen; come came come; cut cut cut; dig dug dug; do did done; draw drew drawn; drink drank drunk;
drive drove driven; eat ate eaten; fall fell fallen; feel felt felt; fight fought fought; find found found;
flee fled fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven;
get got gotten; give gave given; go went gone; grow grew grown; hang hung hung; have had had; hear heard heard;
hide hid hidden; hit hit hit; hold held held; hurt hurt hurt; keep kept kept; know knew known; lay laid laid;
lead led led; leave left left; lend lent lent; let let let; lie lay lain; lose lost lost; make made made;
mean meant meant; meet met met; overcome overcame overcome; pay paid paid; put put put; read read read;
ride rode ridden; rise rose risen; run ran run; say said said; see saw seen; seek sought sought; sell sold sold;
send sent sent; set set set; shake shook shaken; shoot shot shot; show showed shown; shut shut shut;
sing sang sung; sink sank sunk; sit sat sat; sleep slept slept; sow sowed sown; speak spoke spoken;
spend spent spent; spread spread spread; stand stood stood; steal stole stolen; stick stuck stuck;
strike struck struck; strive strove striven; swear swore sworn; swim swam swum; take took taken;
teach taught taught; tell told told; think thought thought; throw threw thrown; undergo underwent undergone;
understand understood understood; wage waged waged; wear wore worn; win won won; withdraw withdrew withdrawn;
write wrote written; split split split; cast cast cast; hand handed handed; can could been;
"""
_PARTS: dict[str, tuple[str, str]] = {
    base: (past, participle) for base, past, participle in (row.split() for row in _IRREGULAR.split(";") if row.strip())
}
_DOUBLED_WORDS = """
admit ban beg commit compel control drop equip expel grab hit knit let occur pat patrol permit plan plug put
rebel refer regret rob run set shut sit slip split stop strip submit swim transfer trap win wrap dig get cut
"""
_DOUBLED = frozenset(_DOUBLED_WORDS.split())
_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "serviceman": "servicemen",
    "businessman": "businessmen",
    "foot": "feet",
    "tooth": "teeth",
    "crisis": "crises",
    "basis": "bases",
    "analysis": "analyses",
    "wife": "wives",
    "life": "lives",
    "knife": "knives",
    "leaf": "leaves",
    "half": "halves",
    "mouse": "mice",
    "thief": "thieves",
    "spokesperson": "spokespersons",
}
# Irregular forms of verbs and nouns, and what they are forms of.
IRREGULAR_FORMS = {form: base for base, forms in _PARTS.items() for form in forms} | {
    many: one for one, many in _PLURALS.items()
}
# Words without a plural of their own; -s words are left alone by rule.
_UNCOUNTED_WORDS = """
ammunition aid aircraft advice information equipment research evidence police cattle livestock sheep fish people
traffic wheat flour bread money work news media data fuel weather knowledge security training violence trade
property unrest food progress damage shelling intelligence gold oil gas coal gear personnel artillery cotton
rice clothing traffic water smuggling propaganda help youth time hearsay Chinese Japanese French dead wounded
injured km kg percent
"""
_UNCOUNTED = frozenset(_UNCOUNTED_WORDS.split())
_VOWELS = "aeiou"


@lru_cache(maxsize=20_000)
def plural(noun: str) -> str:
    """Put a noun, the last word of a phrase or the one before "of", into the plural."""
    head, joint, rest = noun.partition(" of ")
    before, space, last = head.rpartition(" ")
    return f"{before}{space}{_plural(last)}{joint}{rest}"


def _plural(noun: str) -> str:
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun in _UNCOUNTED or (noun.endswith("s") and not noun.endswith("ss")) or noun.endswith("men"):
        return noun
    if noun.isupper() or len(noun) < 2:
        return noun + "s"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("ss", "x", "z", "ch", "sh", "tomato", "potato", "hero", "cargo", "embargo", "veto")):
        return noun + "es"
    return noun + "s"


@lru_cache(maxsize=20_000)
def verb_form(verb: str, form: str) -> str:
    """Put the first word of a verb phrase into ``past``, ``participle``, ``ing`` or ``s``."""
    first, space, rest = verb.partition(" ")
    return f"{_verb_form(first, form)}{space}{rest}"


def _verb_form(verb: str, form: str) -> str:
    if form == "ing":
        return _ing(verb)
    if form == "s":
        return _third_person(verb)
    if verb in _PARTS:
        return _PARTS[verb][form == "participle"]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else verb + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe")) and verb != "be":
        return verb[:-1] + "ing"
    return f"{verb}{verb[-1]}ing" if verb in _DOUBLED else verb + "ing"


def _third_person(verb: str) -> str:
    if verb in {"can", "must", "will", "may"}:
        return verb
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "es" if verb.endswith(("s", "x", "z", "ch", "sh", "go", "do", "o")) else verb + "s"


@lru_cache(maxsize=20_000)
def adverb(adjective: str) -> str:
    """Make an adverb of an adjective."""
    if adjective.endswith("ly") or " " in adjective:
        return adjective
    if adjective.endswith("ic"):
        return adjective + "ally"
    if adjective.endswith("le") and adjective[-3:-2] not in _VOWELS:
        return adjective[:-1] + "y"
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    return {"good": "well", "fast": "fast", "long": "long"}.get(adjective, adjective + "ly")


_DEGREES = {
    "good": ("better", "best"),
    "bad": ("worse", "worst"),
    "many": ("more", "most"),
    "much": ("more", "most"),
    "few": ("fewer", "fewest"),
    "little": ("less", "least"),
    "far": ("farther", "farthest"),
}


@lru_cache(maxsize=5_000)
def compared(adjective: str, *, most: bool) -> str:
    """Put an adjective into the comparative or, with ``most``, the superlative."""
    if adjective in _DEGREES:
        return _DEGREES[adjective][most]
    ending = "est" if most else "er"
    if adjective.endswith("y") and " " not in adjective and 3 < len(adjective) < 7 and adjective[-2] not in _VOWELS:
        return adjective[:-1] + "i" + ending
    if " " in adjective or not adjective.islower() or len(re.findall("[aeiouy]+", adjective.removesuffix("e"))) != 1:
        return f"{'most' if most else 'more'} {adjective}"
    if adjective.endswith("e"):
        return adjective + ending[1:]
    doubled = re.search("[^aeiouy][aeiou][bdgmnpt]$", adjective) is not None
    return f"{adjective}{adjective[-1] if doubled else ''}{ending}"


_LETTERS_LATIN = """
a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya gh i q u h j
"""
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷ",
        _LETTERS_LATIN.split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_AFTER_VOWEL = frozenset("аеёиоуыэюяӣӯъь")


@lru_cache(maxsize=50_000)
def romanise(word: str) -> str:
    """Write a Russian or Tajik word in Latin letters as the press does (after BGN, without marks), case kept."""
    lower = word.lower()
    if lower.endswith(("ий", "ый")) and len(lower) > 3:
        lower = lower[:-2] + "й"
    lower = lower.replace("дж", "ҷ")
    written = []
    for at, letter in enumerate(lower):
        if letter == "е" and (at == 0 or lower[at - 1] in _AFTER_VOWEL or lower[at - 1] == "-"):
            written.append("ye")
        else:
            written.append(_LETTERS.get(letter, letter))
    text = "".join(written)
    if len(word) > 1 and word.isupper():
        return text.upper()
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-")) if word[:1].isupper() else text
