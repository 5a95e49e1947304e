"""Judge whether a transliterated name goes on beyond its edges: 拉赫蒙|诺夫, 阿曼|达, 伊斯法拉|延.

There is no rule for where a transliteration ends. It is told by the characters beside the name: those that write
syllables and are no words there. A name that the dictionary has is less in doubt than one that it lacks, since other
names often follow it: 伊朗|哈梅内伊, 科威特|埃米尔.
"""

from __future__ import annotations

from watchlists.forms.chinese_dictionary import (
    is_everyday_word,
    is_in_dictionary,
    is_place,
    load_words,
    proper_names,
    words_of,
)

# Between the parts of a transliterated name, as writers and fonts have them.
DOTS = frozenset("·・•‧∙⋅･")
# Characters that transliterations are made of. Wide on purpose: it only says that a name may be one.
TRANSLITERATING = frozenset(
    "阿埃艾安奥巴拜班邦包贝本比毕别波伯博布卜查察楚达大戴丹道德登邓迪蒂丁东都杜敦顿多厄恩尔法凡范菲费芬丰夫弗福富"
    "盖干甘冈高戈哥格根贡古瓜圭哈海汉罕豪赫黑亨洪胡华霍基吉季加贾简江杰捷金津久卡凯坎康考柯科可克肯孔库夸坤拉腊莱兰"
    "朗劳勒雷累黎里丽利莉连廉良列林琳留柳龙隆卢鲁吕伦罗洛马玛迈麦曼芒茅梅门蒙孟米密明敏莫默姆穆内纳娜奈南瑙嫩尼涅宁"
    "纽农努诺欧帕派潘庞培佩彭皮平珀普奇齐恰强乔钦琴青丘琼屈冉让热仁日荣茹瑞若撒萨塞赛桑瑟森沙山珊尚绍舍申生圣施什士"
    "舒朔思斯松苏素孙所索塔泰坦汤唐陶特滕提田通图土吞托瓦万旺威韦维魏温文翁沃乌吴武西希锡席夏香肖谢辛欣京兴休雄许雅"
    "亚延扬耶叶伊依因印英永尤于雨裕约扎宰赞早泽曾詹张章哲珍真芝志中朱竺准采卓兹宗祖佐兼娃娅茨婭迦珂琅"
    "噶伽悉盛堡彼摩逊翰契佛宾慈奎彻昂茂衮甫玻勃萝荷墨惠赖珈菩莎朵妮黛嘉蕾薇楞芙玫喀缅鲍仑葛尕俾孜昆"
)
# Those among them that are words of everyday use as well.
_WORDS_TOO = frozenset("中日大东可本内南生所提通因于若恩都多同派约让")
# Those that as a word of their own hardly follow or precede a name in the news.
_SYLLABLES = frozenset(
    "诺夫娃娜娅婭斯尔茨耶莫洛泽佐迪蒂尼姆伊伦兹赫茹涅珂卜杜琴霍捷芬琳萨噶莎妮薇芙敦沃默韦凯坦贡穆黎伯贝纳曼柯腊佩莱奥"
)
# These too after names of two characters and those that are in no dictionary, which are the most in doubt.
_SYLLABLES_TOO = frozenset("达克利罗瑞普森杰")
# These not: sides, waters and what is short for a state or a calling.
_NO_SYLLABLES = frozenset("东南西北中海江河山京华农士武文法科英印俄美德苏沙埃土加安基")
# Names of two characters and ends of two are the ones in doubt; a name of three syllables is somebody's.
_TWO = 2
# Names that end like this are whole, whatever follows: 吉尔吉斯斯坦|巴特肯州.
_ENDS_A_NAME = ("斯坦", "国")


def may_have_more_syllables(left: str, name: str, right: str) -> bool:
    """Tell whether the characters next to a name may be more syllables of it; no word is looked up."""
    beside = {left[-1:], right[:1]} - {""}
    return bool(beside & TRANSLITERATING) and set(name) <= TRANSLITERATING | DOTS


def is_longer_transliteration(left: list[str], name: str, right: list[str], *, schema: str, weak: bool) -> bool:
    """Tell whether syllables that are no words go on beside a transliterated name, or another given name before it.

    ``left`` and ``right`` are the words beside it.
    """
    if not set(name) <= TRANSLITERATING | DOTS or name.endswith(_ENDS_A_NAME):
        return False
    before, after = left[-1] if left else "", right[0] if right else ""
    if weak and (before in _SYLLABLES or is_persons(before) or _is_transliterated(after)):
        return True
    syllables = _syllables_of(right)
    if syllables[:2] in words_of("ends of surnames"):
        return True
    if schema != "Person" and is_in_dictionary(name):
        # Of three syllables and more it is the name of somebody or something else: 乌克兰|泽连斯基.
        if len(syllables) == 1:
            return after in _SYLLABLES or (len(name) == _TWO and _is_a_syllable(after))
        return len(syllables) == _TWO and len(name) == _TWO and schema != "Country"
    return (len(syllables) > 1 and len(after) == 1 and len(right[1]) == 1) or _is_a_syllable(after) or is_persons(after)


def _is_transliterated(word: str) -> bool:
    """Tell whether a word is syllables and nothing that one knows: 格拉姆, the rest of 巴塔格拉姆."""
    return len(word) > 1 and set(word) <= TRANSLITERATING and not (is_everyday_word(word) or is_place(word))


def _is_a_syllable(after: str) -> bool:
    """Tell whether a character that writes a syllable says little by itself: 菲丹|奇, 巴库|宁."""
    if after in _SYLLABLES or after in _SYLLABLES_TOO:
        return True
    known = load_words()
    is_seldom = after in known.seldom and after in TRANSLITERATING - _NO_SYLLABLES
    return is_seldom and after not in known.verbs | known.function_words


def _syllables_of(words: list[str]) -> str:
    """Return the syllables that the words begin with, each of which is left over, or somebody's name."""
    found = ""
    for word in words:
        is_syllable = word in TRANSLITERATING - _WORDS_TOO or word in words_of("ends of surnames")
        if not (is_syllable or is_persons(word)):
            break
        found += word
    return found


def is_persons(word: str) -> bool:
    """Tell whether a word is a transliterated name of persons, and of nothing else that has an entry."""
    known = load_words()
    return len(word) > 1 and word in known.people and set(word) <= TRANSLITERATING and not proper_names(word)
