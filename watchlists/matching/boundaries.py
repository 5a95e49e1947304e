"""Judge the place of a hit: what stands in its gaps, its capitals and letters, and what touches it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from watchlists.forms.chinese_script import simplified
from watchlists.forms.chinese_syllables import DOTS
from watchlists.forms.wordlists import words_of
from watchlists.matching.characters import HYPHENS
from watchlists.matching.folded import Folded

# What may stand between two words of a name whatever was listed: white space with at most one line break, a hyphen,
# quotes, apostrophes, a middle dot.
_GAP = re.compile(
    r"\s*[\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300a-\u300f]?"
    r"(?:[-\u2010\u2011\u2012\u2212\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65])?"
    r"\s*[\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300a-\u300f]?\s*"
)
# A gap with every sign that may stand in one is shorter but for its blanks. Longer ones are neither kept nor compared,
# which takes the square of their length.
_LONG_GAP = 100
_BLANKS = re.compile(r"[^\S\n]+")
_DOUBLE_DASH = re.compile("([\u2013\u2014\u2015\u2500])\\1")  # one dash, as Chinese types it
_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
_HAS_INITIAL = re.compile(r"[^\W\d_]\.\s?\S+|\S+\s[^\W\d_]\.")
_DASHES = "\u2013\u2014\u2015\uff0d\ufe63"
# Of Arabic surnames, which as many writers leave out: Башар аль-Асад.
_ARTICLES = frozenset({"аль", "эль", "ас", "аш", "ан", "ар", "ат", "ад", "аз", "ал"})
# What stands between two halves of a name; writers choose as they please: Один пояс — один путь, Один пояс, один путь.
_PAUSE = re.compile(r"\s[-\u2013\u2014]\s|,")
# Particles hung on by a hyphen: Россия-то.
_PARTICLES = frozenset({"то", "таки", "де", "ка", "с", "тки"})
_MARKED = dict(zip("ҷҳқғӣӯңөүұәһі", "чхкгиуноууахи", strict=True))
# A name this short with other letters is another name: Чин is not Ҷин.
_SHORT = 4
TYPED_PLAIN, _WITH_TAJIK_LETTERS = "typed without Tajik letters", "typed with Tajik letters"
_HAN = "\u3400"  # the first ideograph
_CAPITALS_AROUND = 40  # characters on either side that must be capitals for a name in capitals to be no acronym


def gaps_fit(folded: Folded, start: int, end: int, form_text: str) -> bool:
    """Tell whether what stands between the letters of a hit may stand inside the form."""
    place_of = folded.place
    if _HAS_INITIAL.fullmatch(form_text):
        # A dot behind is of the name where the initial is the last of it.
        behind = 3 if form_text.endswith(".") else 1
        if "." not in folded.original[place_of(start) : place_of(end - 1) + behind]:
            return False  # А Захаров ушёл: no initial, but the word а
    if place_of(end - 1) - place_of(start) == end - 1 - start and " " not in folded.text[start:end]:
        return True
    extra = _extra_characters(form_text)
    for place in range(start, end - 1):
        before, after = place_of(place), place_of(place + 1)
        if folded.text[place] == " " or (after - before <= 1 and folded.text[place + 1] != " "):
            continue
        if folded.text[place + 1] == " ":
            after = place_of(place + 2)
        gap = _tidy_gap(folded.original[before + 1 : after])
        after_initial = folded.text[place - 1] == " " and folded.original[before].isupper()
        if not _gap_fits(gap, extra, after_initial=after_initial):
            return False
    return True


def _tidy_gap(gap: str) -> str:
    """Return what stands in a gap without marks; where it is long, runs of blanks as one and only its beginning."""
    if len(gap) <= _LONG_GAP:
        return _without_marks(gap)
    return _BLANKS.sub(" ", _without_marks.__wrapped__(gap))[: _LONG_GAP + 1]


@lru_cache(maxsize=20_000)
def _without_marks(gap: str) -> str:
    return "".join(character for character in gap if unicodedata.category(character) not in {"Mn", "Me", "Cf"})


@lru_cache(maxsize=20_000)
def _extra_characters(form_text: str) -> str:
    characters = {character for character in form_text if not character.isalnum() and not character.isspace()}
    if characters & (HYPHENS | set(_DASHES)):
        characters |= HYPHENS | set(_DASHES)
    if _PAUSE.search(form_text):
        characters |= {",", *HYPHENS, *_DASHES}
    if characters & DOTS:
        characters |= {".", "\uff0e", *DOTS}
    return "".join(sorted(characters))


@lru_cache(maxsize=20_000)
def _gap_fits(gap: str, extra: str, *, after_initial: bool) -> bool:
    if gap.count("\n") > 1 or len(gap) > _LONG_GAP:
        return False
    gap = _DOUBLE_DASH.sub(r"\1", gap)
    for character in extra:
        gap = gap.replace(character, " ", 1)
    if after_initial:
        gap = gap.replace(".", " ", 1)
    return _GAP.fullmatch(gap) is not None


def letters_fit(surface: str, form_text: str, case: str, around: str) -> tuple[str, ...] | None:
    """Compare letter by letter; return what differs as reasons, or ``None`` where the hit is another word.

    ``around`` is the text about the hit, to tell a headline in capitals.
    """
    if surface == form_text:
        return ()
    written, listed = _letters(surface), _letters(form_text)
    if len(written) != len(listed):
        return ()
    if not _case_fits(written, listed, case, around):
        return None
    reasons: dict[str, None] = {}
    for there, here in zip(_lower(written), _lower(listed), strict=True):
        if there == here:
            continue
        reason = _difference(there, here)
        if reason == _WITH_TAJIK_LETTERS and len(listed) <= _SHORT:
            return None
        if reason:
            reasons[reason] = None
    return tuple(reasons)


def _lower(text: str) -> str:
    """Return the small letters of a text, one for each: İ has two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(letter.lower()[0] for letter in text)


def _difference(there: str, here: str) -> str | None:
    """Say how a letter that is written stands for the one that is listed, where that is worth telling."""
    if _MARKED.get(here) == there:
        return TYPED_PLAIN
    if there in _MARKED:
        return _WITH_TAJIK_LETTERS
    if there >= _HAN:
        return "traditional" if ord(there) in simplified() else "simplified"
    return "look-alike letters" if there.isascii() != here.isascii() and "й" not in (there, here) else None


@lru_cache(maxsize=50_000)
def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


def _case_fits(written: str, listed: str, case: str, around: str) -> bool:
    if case == "any":
        return True
    # Only the letters that are capitals in the form must be so in the text; a headline may have more.
    if any(here.isupper() and there.islower() for there, here in zip(written, listed, strict=True)):
        return False
    if case == "capital":
        return True
    more = any(here.islower() and there.isupper() for there, here in zip(written, listed, strict=True))
    return not more or not any(character.islower() for character in around)


def around_of(text: str, start: int, end: int) -> str:
    """Return the characters about a hit, without it."""
    return text[max(0, start - _CAPITALS_AROUND) : start] + text[end : end + _CAPITALS_AROUND]


def touches_hyphen(text: str, start: int, end: int) -> bool:
    """Tell whether a hyphen stands right before or after a hit."""
    return text[end : end + 1] in HYPHENS or (start > 0 and text[start - 1] in HYPHENS)


def hyphens_fit(text: str, start: int, end: int, *, schema: str, right: bool = True) -> bool:
    """Tell whether a hit that touches a hyphen is still the name: Россия-Китай is, Китай-город is not."""
    after = _word_after(text, end + 1) if right and end < len(text) and text[end] in HYPHENS else ""
    if after and not _right_fits(after, text[end - 1], schema=schema):
        return False
    if start > 0 and text[start - 1] in HYPHENS and (before := _word_before(text, start - 1)):
        return _left_fits(before, schema=schema)
    return True


def _right_fits(after: str, last: str, *, schema: str) -> bool:
    if after[0].isdigit():
        return schema != "Person"
    if after[0].isupper():
        return schema != "Person" or len(after) == 1
    # English hangs words on with a hyphen (China-led), Russian endings on what is in Latin letters (Huawei-ем).
    return after.lower() in _PARTICLES or (last.isascii() and last.isalnum())


def _left_fits(before: str, *, schema: str) -> bool:
    if schema == "Person" and before.lower() in _ARTICLES:
        return True
    # Петро-Славянка, Южно-Сахалинск: a first part in -о is of the same name.
    if before.lower() in words_of("first parts") or (before[0].isupper() and before[-1] == "о"):
        return False
    if schema == "Person":
        return before[0].islower() and len(before) > 2
    return not before[-1].isdigit() or len(before) > 3


def _word_after(text: str, at: int) -> str:
    found = _WORD.match(text, at)
    return unicodedata.normalize("NFC", found[0]) if found else ""


def _word_before(text: str, at: int) -> str:
    start = at
    while start > 0 and (text[start - 1].isalnum() or unicodedata.combining(text[start - 1])):
        start -= 1
    return unicodedata.normalize("NFC", text[start:at])
