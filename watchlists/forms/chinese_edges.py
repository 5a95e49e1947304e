"""Judge whether a Chinese name at a place of a text is that name, or a piece of other words.

发展中国家 (developing countries) is not China, 其中国际 not either, 白俄罗斯 (Belarus) not Russia, and 阿卜杜拉赫蒙 not
Rahmon. Four looks, each only as far as needed:

1. digits and Latin letters at an edge of the name may not go on beyond it;
2. the dot of a transliterated name beside a surname says that somebody of another first name is meant;
3. the likeliest division into words (unigram model, word counts of jieba's dictionary) must leave the name whole;
4. where the likeliest division has a longer word around the name, that word must be about the same thing: so say
   a list of other things, its parts, the English of CC-CEDICT where it knows both words, where the name stands in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlists.forms.chinese_dictionary import (
    MAY_FOLLOW,
    MAY_PRECEDE,
    divide,
    is_everyday_word,
    is_in_dictionary,
    is_made_of_words,
    load_words,
    other_things,
    proper_names,
    share_of,
)

# How many characters beyond an edge are looked at: the longest words that matter have seven.
_REACH = 7
# Characters that a word has on one side of an edge, at most; longer ones are names themselves.
_LONGEST_PART = 5
# Rounding only: a name counts when the likeliest division keeps it. In the labelled sentences and for 334 names of
# places in translated news all true ones are at 0; 其中|国际 and its like are between 0.8 and 17 nats off.
_MARGIN = 1e-6
_NUMERALS = frozenset("〇零一二三四五六七八九十百千两")
_DOTS = frozenset("·・•‧∙")
# What waters are called by: 约旦河 is a river, 阿曼湾 a sea, where the dictionary has them.
_WATERS = frozenset("河江湖洋湾")
# So many syllables before the dot of a transliterated name still belong to the name that they follow: 阿曼达·史密斯.
_SYLLABLES_TO_DOT = re.compile(rf"(?P<syllables>[\u3400-\u9fff]{{1,2}})[{''.join(sorted(_DOTS))}]")
# What titles and callings end in, and what people do: beside them a word of everyday use is somebody's name.
_TITLES = ("人", "长", "席", "者", "员", "授", "士", "生", "任", "帅", "将", "校", "理", "统", "师", "志", "记")
_DEEDS = (
    *("表示", "说", "称", "指出", "强调", "认为", "介绍", "透露", "回应", "答"),
    *("会见", "出席", "抵达", "主持", "致辞", "宣布"),
)
# The hundred surnames that four in five bear.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# After a name these make a people or a tongue of it, as the adjectives of Russian: 塔吉克族, 塔吉克语.
_PEOPLE = frozenset("族语裔")
# Characters that transliterations are made of. Wide on purpose: it only says that a name may be one.
_TRANSLITERATING = frozenset(
    "阿埃艾安奥巴拜班邦包贝本比毕别波伯博布卜查察楚达大戴丹道德登邓迪蒂丁东都杜敦顿多厄恩尔法凡范菲费芬丰夫弗福富"
    "盖干甘冈高戈哥格根贡古瓜圭哈海汉罕豪赫黑亨洪胡华霍基吉季加贾简江杰捷金津久卡凯坎康考柯科可克肯孔库夸坤拉腊莱兰"
    "朗劳勒雷累黎里丽利莉连廉良列林琳留柳龙隆卢鲁吕伦罗洛马玛迈麦曼芒茅梅门蒙孟米密明敏莫默姆穆内纳娜奈南瑙嫩尼涅宁"
    "纽农努诺欧帕派潘庞培佩彭皮平珀普奇齐恰强乔钦琴青丘琼屈冉让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山珊尚绍舍申生圣施什士"
    "舒朔思斯松苏素孙所索塔泰坦汤唐陶特滕提田通图土吞托瓦万旺威韦维魏温文翁沃乌吴武西希锡席夏香肖谢辛欣京兴休雄许雅"
    "亚延扬耶叶伊依因印英永尤于雨裕约扎宰赞早泽曾詹张章哲珍真芝志中朱竺准采卓兹宗祖佐兼娃娅茨婭迦珂琅"
)
# Those among them that are words of everyday use as well.
_WORDS_TOO = frozenset("中日大东可本内南生所提通因于若恩都多同")
# Those that as a word of their own hardly follow or precede a name in the news.
_SYLLABLES = frozenset("诺夫娃娜娅婭斯尔茨耶莫洛泽佐迪蒂尼姆伊伦兹赫茹涅珂卜杜琴霍捷芬琳萨")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


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
    if _leads_to_dot(name, text, end) or _is_other_unit(name, right) or not _stands(left, name, right, weak=weak):
        return None
    return ("part of a dotted name",) if dotted else ()


def _leads_to_dot(name: str, text: str, end: int) -> bool:
    """Tell whether a transliterated name goes on with syllables up to a dot: somebody else's first name."""
    found = _SYLLABLES_TO_DOT.match(text, end)
    return found is not None and set(_simplified(found["syllables"]) + name) <= _TRANSLITERATING


def _is_other_unit(name: str, right: str) -> bool:
    """Tell whether the one character after a number goes on to another word: 41旅游专线 is no brigade."""
    is_unit = len(name) > 1 and _is_latin(name[-2]) and _is_chinese(name[-1])
    return is_unit and bool(right) and divide(name[-1] + right)[0][0] != name[-1]


def may_be_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether a person's name is a word of everyday use, and nothing beside it says that somebody is meant.

    高峰 is a peak (客流高峰), unless a title stands before it (发言人高峰) or what people do behind it (高峰表示).
    """
    if not is_everyday_word(_simplified(text[start:end])):
        return False
    before, after = _simplified(_run_before(text, start)), _simplified(_run_after(text, end))
    if before and before[-1] in _SURNAMES and divide(before)[0][-1] == before[-1]:
        return True  # 王高峰 is somebody else
    return not (before.endswith(_TITLES) or after.startswith(_DEEDS))


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
def _stands(left: str, name: str, right: str, *, weak: bool) -> bool:
    """Tell whether ``name`` is a name of its own between these neighbours."""
    whole, at = left + name + right, len(left)
    if not (_may_go_on(left, name, right) or _has_word_across(left, name, right)):
        return True
    left_words, left_score = divide(left)
    right_words, right_score = divide(right)
    if _is_longer_transliteration(left_words, name, right_words, weak=weak):
        return False
    after = right_words[0] if right_words else ""
    if right[:1] in _WATERS and is_in_dictionary(name + right[0]):
        return False
    if after in _PEOPLE or (after in load_words().bound and name[-1] + after in load_words().share):
        return False
    free, free_score = divide(whole, inner=(at, at + len(name)), name=name)
    start = 0
    for word in free:
        if start <= at and start + len(word) >= at + len(name) and word != name:
            return _is_about(word, name, at=at - start)
        start += len(word)
    return free_score - (left_score + share_of(name) + right_score) <= _MARGIN


def _may_go_on(left: str, name: str, right: str) -> bool:
    """Tell whether the characters next to a name may be more syllables of it, or a people; no word is looked up."""
    if right[:1] in _PEOPLE:
        return bool(right)
    beside = {left[-1:], right[:1]} - {""}
    return bool(beside & _TRANSLITERATING) and set(name) <= _TRANSLITERATING | _DOTS


def _has_word_across(left: str, name: str, right: str) -> bool:
    """Tell whether any word of the dictionary reaches over an edge of the name; without one it cannot be cut."""
    share = load_words().share
    heads = [name[:length] for length in range(1, min(len(name), _LONGEST_PART) + 1)]
    tails = [name[-length:] for length in range(1, min(len(name), _LONGEST_PART) + 1)]
    before = [left[-length:] for length in range(1, min(len(left), _LONGEST_PART) + 1)]
    after = [right[:length] for length in range(1, min(len(right), _LONGEST_PART) + 1)]
    return (
        any(outer + head in share for outer in before for head in heads)
        or any(tail + outer in share for outer in after for tail in tails)
        or any(first + name + last in share for first in ["", *before] for last in ["", *after] if first or last)
    )


def _is_longer_transliteration(left: list[str], name: str, right: list[str], *, weak: bool) -> bool:
    """Tell whether syllables that are no words go on beside a transliterated name: 拉赫蒙|诺夫, 绍伊古|采|夫.

    Before a surname alone another given name says the same: 阿卜杜|拉赫蒙.
    """
    if not set(name) <= _TRANSLITERATING | _DOTS:
        return False
    if weak and left and (left[-1] in _SYLLABLES or _is_persons(left[-1])):
        return True
    after = [*right[:2], "", ""]
    two_syllables = all(len(word) == 1 and word in _TRANSLITERATING - _WORDS_TOO for word in after[:2])
    return two_syllables or after[0] in _SYLLABLES or _is_persons(after[0])


def _is_persons(word: str) -> bool:
    return len(word) > 1 and word in load_words().people and set(word) <= _TRANSLITERATING


def _is_about(word: str, name: str, *, at: int) -> bool:
    """Tell whether a longer word that has the name inside it, from ``at``, still speaks of the name's bearer."""
    if any(name in other and other in word for other in other_things()):
        return False
    before, after = word[:at], word[at + len(name) :]
    if (before in MAY_PRECEDE or is_made_of_words(before)) and (after in MAY_FOLLOW or is_made_of_words(after)):
        return True
    spoken_of, bearer = proper_names(word), proper_names(name)
    if spoken_of is not None and bearer:
        return bool(spoken_of & bearer)
    return not before
