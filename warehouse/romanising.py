"""Write Chinese names in Latin letters, with their characters in brackets, as studies print them."""

from __future__ import annotations

import re
from functools import cache

_HAN = re.compile(r"[㐀-鿿]+")

# Words that newspapers print around a name.
_ROLES = re.compile(
    r"(?:本[报站网刊社]|特约|实习|驻\w{2,6}?)*(?:记者|通讯员|作者|责任编辑|编辑)\s*[:：/／|｜]?\s*|(?:文|来源)\s*[:：/／]\s*"
)
# Names of two characters are often set wide: 王 伟.
_SET_WIDE = re.compile(r"(?<![㐀-鿿])([㐀-鿿]) ([㐀-鿿])(?![㐀-鿿])")
_BETWEEN_NAMES = re.compile(r"[\s、,，;；/／]+")

# Surnames of two characters that occur; every other surname is one.
_DOUBLE_SURNAMES = frozenset(
    {
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "诸葛",
        "尉迟",
        "公孙",
        "慕容",
        "司徒",
        "司空",
        "西门",
        "皇甫",
        "长孙",
        "宇文",
        "令狐",
        "澹台",
        "申屠",
        "轩辕",
        "呼延",
    }
)

# Characters that are read otherwise as a surname than as a word.
_SURNAME_READINGS = {
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "任": "ren",
    "区": "ou",
    "华": "hua",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "尉": "wei",
    "翟": "zhai",
    "覃": "qin",
    "冼": "xian",
    "燕": "yan",
    "乐": "yue",
    "石": "shi",
    "万": "wan",
    "重": "chong",
    "种": "chong",
    "召": "shao",
    "缪": "miao",
    "宁": "ning",
}


def author_of(byline: str | None, language: str) -> str | None:
    """Return a byline ready for a footnote; Chinese names as ``Wang Wei [王伟]``, several joined with ``and``."""
    plain = " ".join((byline or "").split())
    if not plain:
        return None
    if language != "zh" or not _HAN.search(plain):
        return plain
    names = [name for name in _BETWEEN_NAMES.split(_SET_WIDE.sub(r"\1\2", _ROLES.sub(" ", plain).strip())) if name]
    written = [romanised(name) if _HAN.fullmatch(name) and 2 <= len(name) <= 4 else name for name in names]
    if not written:
        # A house that signs with "our editors" names nobody.
        return None
    return written[0] if len(written) == 1 else ", ".join(written[:-1]) + " and " + written[-1]


@cache
def romanised(name: str) -> str:
    """Return a Chinese personal name in pinyin, family name first, with the characters in brackets."""
    # Reads dictionaries of its own when first used: not at import.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    cut = 2 if name[:2] in _DOUBLE_SURNAMES and len(name) > 2 else 1
    surname, given = name[:cut], name[cut:]
    family = _SURNAME_READINGS.get(surname) or "".join(lazy_pinyin(surname, style=Style.NORMAL))
    # An apostrophe parts syllables that would be read as one: Xi'an.
    syllables = lazy_pinyin(given, style=Style.NORMAL)
    joined = "".join(f"'{s}" if place and s[:1] in "aeo" else s for place, s in enumerate(syllables))
    return f"{family.capitalize()} {joined.capitalize()} [{name}]"
