"""Judge whether the name of a Chinese person of two characters goes on: 王毅夫 and 李董军 are other people.

A given name has one character or two, so that 王毅 may be the beginning of 王毅夫. Whether the character after it is
the rest of a given name or a word is told by how often it ends the given names of jieba's dictionary, and how often it
is a word of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watchlists.forms.chinese_dictionary import divide, load_words, words_of

# The surnames that four in five bear.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# Those that the rest has.
_RARER_SURNAMES = frozenset(
    "樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄"
    "项游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边吉饶刁瞿戚丘古滕晋苑邬臧畅宫褚符穆郎冀栾商卓虞封冷"
)
# Surnames that before a name are words: 任王毅为 (to appoint), 于 (at), 时 (when), 方 (side), 万 (10,000).
_WORDS_TOO = frozenset("任于时方万常易何段白高文石金马曾许谢贺")
# A character is the rest of a given name where it is so many nats likelier to be that than a word: 夫 7 and 军 3, but
# 案 2 and 将 -1.
_LIKELY = 2.5
# Verbs are as often what somebody does (王毅飞抵, 王毅引用): of these only the likeliest, unless a calling stands
# behind them or nothing does.
_LIKELY_VERB = 4.5
_LIKELY_AT_END = 3.0
_CALLINGS = re.compile(
    r"教授|先生|女士|同志|大校|上校|中校|少校|上将|中将|少将|博士|院士|医生|律师|老师|记者|导演"
    r"|是|说|称|案|等人|介绍|表示|认为|任|获|夺"
)


def is_longer_person(name: str, left: str, right: str) -> bool:
    """Tell whether the name of a Chinese person is part of another's."""
    if len(name) != 2 or name[0] not in SURNAMES | _RARER_SURNAMES:
        return False
    return _has_a_surname_before(left) or _has_more_of_a_given_name(right)


@lru_cache(maxsize=8192)
def _has_a_surname_before(left: str) -> bool:
    if left.endswith(words_of("long surnames")):
        return True
    if not left or left[-1] not in SURNAMES - _WORDS_TOO:
        return False
    return divide(left)[0][-1] == left[-1]


@lru_cache(maxsize=8192)
def _has_more_of_a_given_name(right: str) -> bool:
    if not right or len(divide(right)[0][0]) > 1:
        return False
    known = load_words()
    in_names = known.given.get(right[0])
    if in_names is None:
        return False
    likelier = in_names - known.share.get(right[0], known.unseen)
    if len(right) == 1 or _CALLINGS.match(right, 1):
        is_word = right[0] in known.verbs or right[0] in known.function_words
        return likelier >= (_LIKELY_AT_END if is_word else _LIKELY)
    if right[0] in known.function_words:
        return False
    return likelier >= (_LIKELY_VERB if right[0] in known.verbs else _LIKELY)
