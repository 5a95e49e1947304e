"""Judge what follows a Tajik name in a text: endings of the same name, or the rest of another word.

Tajik joins its endings to the last word of a phrase in a fixed order (plural; then izafet, possessive or indefinite;
then the object marker; then "and"): Тоҷикистонро, қӯшунҳои, Русияву, «Марғоб»-и, СҲШ-ро, 201-уми. What is not such a
chain is another word: Раҳмонзода and Раҳмонов are other people. The relation suffix -ӣ makes an adjective
(тоҷикистонӣ, кӯлобӣ, душанбегӣ) or, with endings, the people of a place (тоҷикистониён, тоҷикистониро); like the
adjectives of Russian these are not the noun and do not count unless they are listed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlists.forms.form import Tail

# The longest chain, -гонашонрову, has 12 letters; quote and hyphen go before it and one character must be seen after.
_REACH = 16
_VOWELS = frozenset("аеёиоуэюяӣӯыaeiouy")
# Endings of a bare vowel are case endings in Russian too (Рахмону), so there only the marker that Russian lacks counts.
_ANY_CHAIN = frozenset({None, "und", "tg", "fa", "uz"})
# With endings that are those of names, shorter stems become another name: Салом and Саломат, Ислам, Самед.
_SAFE_STEM, _SHORT_STEM, _SHORTEST_STEM = 6, 5, 4

_PLURAL = {"things": "ҳо|хо", "anything": "ҳо|хо|гон|вон|ён|он"}
_AFTER_CONSONANT = {
    "izafet": "и",
    "possessive": "амон|атон|ашон|ам|ат|аш",
    "indefinite": "е",
    "copula": "аст|анд|ем|ед",
}
_AFTER_VOWEL = {
    "izafet": "йи|и",
    "possessive": "ямон|ятон|яшон|ям|ят|яш|амон|атон|ашон|ам|ат|аш",
    "indefinite": "ее|йе|е",
    "copula": "янд|ст|аст|анд|ем|ед|йем|йед",
}
_ORDINAL = r"(?P<ordinal>(?:ум|юм)(?:ин)?)(?P<izafet>и)?(?P<object>ро)?(?P<and>у)?"
_WORD_END = r"(?![^\W_])"
# A hyphen does not free a name from these: Мирзо-зода is as much another person as Мирзозода.
_OTHER_WORD = re.compile(r"-(?:зода|заде|пур|ов|ова|ев|ева|иён|ӣ|гӣ|боев|хон|шоҳ|шох)" + _WORD_END)

_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN_ENDS = frozenset(["", *" .,:;!?\n-"])  # a stress mark or a soft hyphen may stand inside an ending

_LABELS = {
    "plural": "plural -{}",
    "izafet": "izafet -{}",
    "possessive": "possessive -{}",
    "indefinite": "indefinite -{}",
    "object": "object -{}",
    "and": "and -{}",
    "copula": "copula -{}",
    "ordinal": "ordinal -{}",
}
# How ``tajik_tail`` calls the plurals that words for persons take.
PLURALS_OF_PERSONS = frozenset(_LABELS["plural"].format(part) for part in ("гон", "вон", "ён", "он"))


@lru_cache(maxsize=4)
def _chain(*, after_vowel: bool, common_noun: bool) -> re.Pattern[str]:
    ends = _AFTER_VOWEL if after_vowel else _AFTER_CONSONANT
    plural = _PLURAL["anything" if common_noun else "things"]
    # After -ҳо the stem ends in a vowel whatever it was before, hence the two branches.
    after_plural = (
        rf"(?P<plural>{plural})"
        rf"(?:(?P<izafet>йи|и)|(?P<possessive>{_AFTER_VOWEL['possessive']})|(?P<indefinite>ее|е)"
        rf"|(?P<copula>ст|янд|анд))?"
        rf"(?P<object>ро)?(?P<and>ву|ю|у)?"
    )
    plain = (
        rf"(?:(?P<izafet2>{ends['izafet']})"
        rf"|(?P<possessive2>{ends['possessive']})?(?P<object2>ро)?(?P<and2>ву|ю|у)?"
        rf"|(?P<indefinite2>{ends['indefinite']})(?P<object3>ро)?"
        rf"|(?P<copula2>{ends['copula']}))"
    )
    return re.compile(rf"(?:{after_plural}|{plain}){_WORD_END}")


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    return re.compile(_ORDINAL + _WORD_END)


def _reasons(found: re.Match[str]) -> tuple[str, ...]:
    said = [(found.start(group), group.rstrip("23"), part) for group, part in found.groupdict().items() if part]
    return tuple(_LABELS[kind].format(part) for _, kind, part in sorted(said))


def _endings(rest: str, at: int, *, form_text: str, hyphen: bool) -> tuple[int, tuple[str, ...]] | None:
    """Return where a chain of endings that starts at ``at`` stops, and what it is made of; ``None`` if it is none."""
    last = form_text[-1].lower()
    if last.isdigit() and (found := _ordinal().match(rest, at)):
        return found.end(), _reasons(found)
    last_word = form_text.rsplit(maxsplit=1)[-1]
    # Digits, acronyms and Latin words are read aloud as they please: both vowel and consonant endings are met.
    spelled_out = last.isdigit() or last_word.isupper() or last.isascii()
    sounds = (True, False) if spelled_out or hyphen else (last in _VOWELS,)
    for after_vowel in sounds:
        found = _chain(after_vowel=after_vowel, common_noun=last_word[:1].islower()).match(rest, at)
        if found and found.end() > at and not _makes_another_name(found, last_word):
            return found.end(), _reasons(found)
    return None


def _makes_another_name(found: re.Match[str], last_word: str) -> bool:
    possessive = found["possessive2"]
    if possessive == "ат" and last_word[:1].islower():
        return True  # муҳоҷир and муҳоҷират, migration: with -ат Arabic nouns become others
    copula = found["copula2"] in {"ем", "ед"}  # Сам and Самед
    least = _SAFE_STEM if possessive == "ат" else _SHORT_STEM if copula else _SHORTEST_STEM
    return bool((possessive in {"ам", "ат", "аш"} or copula) and last_word[:1].isupper() and len(last_word) < least)


def tajik_tail(rest: str, *, form_text: str, language: str | None = None) -> Tail | None:
    """Judge the clean text that follows a hit of ``form_text``.

    Returns the endings that belong to the name (length 0 where a word ends at once, or where the ending stands behind
    a closing quote), or ``None`` where the hit is only the beginning of another word. In an article in Russian and
    other languages but Tajik's neighbours only chains with the object marker -ро count.
    """
    rest = rest[:_REACH]
    if not rest or not (rest[0].isalnum() or rest[0] in '"-'):
        return Tail(length=0, reasons=())
    if _OTHER_WORD.match(rest):
        return None
    joint = 0
    while joint < 2 and joint < len(rest) and rest[joint] in '"-':
        joint += 1
    endings = _endings(rest, joint, form_text=form_text, hyphen=joint > 0)
    if endings and language not in _ANY_CHAIN and not any(reason.startswith("object") for reason in endings[1]):
        endings = None
    if endings is None:
        return Tail(length=0, reasons=()) if joint else None
    end, reasons = endings
    return Tail(length=0 if rest[0] == '"' else end, reasons=reasons)


def is_plainly_no_ending(text: str, at: int, *, language: str | None) -> bool:
    """Tell quickly, of a text as it was typed, whether ``tajik_tail`` would refuse: a letter is next, and no -ро."""
    if language in _ANY_CHAIN:
        return False
    word = _LETTERS.match(text, at)
    return word is not None and "ро" not in word[0].lower() and text[word.end() : word.end() + 1] in _PLAIN_ENDS
