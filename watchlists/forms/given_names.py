"""Tell given names, and whether one in a text is that of the person looked for.

Three sources: pymorphy's dictionary, lists of the names of the region that it lacks, and the words that Turkic and
Persian given names are put together of (Гурбангулы, Сайфиддин, Ҷамшедбек), since nobody can list all of those.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from watchlists.forms import russian_words, tajik
from watchlists.forms.russian_words import can_be, is_known, parses
from watchlists.forms.wordlists import words_of

_FILES = ("tajik_given_names.txt", "given_names.txt")
_FOLDED = str.maketrans("ҷҳқғӣӯё", "чхкгиуе")
# Endings of the cases of Russian and the izafet of Tajik, the longest first.
_CASE_ENDINGS = ("ом", "ем", "ой", "ей", "а", "у", "е", "и", "ы", "я", "ю")
_COUNTRY = re.compile(r"(?:ист[ао]н|обод|шахр|шахри|стони|ободи)$")
_SOUND = str.maketrans("оыьйэ", "аииие")
# A last part that only names of people have; what comes before it is a name or a word of its own.
_LAST_PARTS = re.compile(
    r"[а-я]{2,}(?:улл[ао]х?|[уи]ддин|мур[ао]д|назар|кулы?|гулы|гельд[ыи]|берд[ыи]|джон|жон|джан|чон|мухамм?[ае]д|мамад"
    r"|махмад|алишо|шерали|бегим|гул|гуль|нисо|бону|бахш)"
)


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    lines = (
        line
        for file in _FILES
        for line in resources.files("watchlists.forms").joinpath(file).read_text(encoding="utf-8").splitlines()
    )
    return frozenset(name.translate(_FOLDED) for line in lines if not line.startswith("#") for name in line.split())


@lru_cache(maxsize=50_000)
def is_given_name(folded: str) -> bool:
    """Tell whether a folded word is a given name, in any case of Russian or with the izafet of Tajik."""
    if not ("а" <= folded[:1] <= "я"):
        return False
    listed = _listed()
    if folded in listed or can_be(folded, "Name"):
        return True
    if is_known(folded):
        return False
    endings = [ending for ending in _CASE_ENDINGS if folded.endswith(ending) and len(folded) > len(ending) + 2]
    stems = [folded, *(folded.removesuffix(ending) for ending in endings)]
    return any(
        stem in listed or f"{stem}а" in listed or f"{stem}и" in listed or _LAST_PARTS.fullmatch(stem) for stem in stems
    )


@lru_cache(maxsize=50_000)
def may_be_a_given_name(folded: str) -> bool:
    """Tell whether a folded word is in no dictionary and no place that stands before a surname in Tajik."""
    if is_known(folded) or not ("а" <= folded[:1] <= "я") or _COUNTRY.search(folded):
        return False
    return not {folded, folded.removesuffix("и")} & words_of("places before a surname")


@lru_cache(maxsize=50_000)
def base_names(folded: str) -> frozenset[str]:
    """Return the given names of pymorphy's dictionary that a folded word may be a case form of, folded and as sounded.

    Empty where the dictionary has no such name.
    """
    if not is_known(folded):
        return frozenset()
    names = (parse.normal_form for parse in parses(folded) if "Name" in parse.tag.grammemes)
    return frozenset(name.translate(_FOLDED).translate(_SOUND) for name in names)


def is_base_given_name(folded: str) -> bool:
    """Tell whether a folded word is a given name of the lists in its base form."""
    return folded in _listed() or can_be(folded, "Name", "nomn")


@lru_cache(maxsize=50_000)
def is_only_a_given_name(word: str) -> bool:
    """Tell whether a word is a given name of the lists in its base form, and no word of Russian or Tajik."""
    folded = word.lower().translate(_FOLDED)
    if not is_base_given_name(folded):
        return False
    # Ҷек is a cheque only to a reader of Russian.
    return not tajik.is_common_word(word) and (folded != word.lower() or not russian_words.is_common_word(folded))


def is_common_word(word: str) -> bool:
    """Tell whether a word is one of Russian that names nobody, or of Tajik that is spelled like a name."""
    return russian_words.is_common_word(word.lower()) or tajik.is_common_word(word)


def is_pronoun(word: str) -> bool:
    """Tell whether a word may be a pronoun of Russian."""
    return can_be(word, "Apro") or can_be(word, "NPRO")
