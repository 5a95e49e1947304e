from __future__ import annotations

import pytest

from watchlists.forms.chinese_edges import chinese_reasons, may_be_a_word


def _counts(text: str, name: str, *, weak: bool = False) -> bool:
    start = text.index(name)
    return chinese_reasons(text, start, start + len(name), weak=weak) is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("从中国到塔吉克斯坦", "中国"),
        ("中国家电出口增长", "中国"),
        ("中国防长会见外宾", "中国"),
        ("在华中国公民", "中国"),
        ("中国人民解放军", "中国"),
        ("美国广播公司报道", "美国"),
        ("抵达杜尚别出席会议", "杜尚别"),
        ("同中亚五国合作", "中亚"),
        ("马里政府宣布", "马里"),
        ("中国海军编队", "中国"),
        ("明白俄罗斯的意图", "俄罗斯"),
        ("台湾海峡局势", "台湾"),
        ("帕米尔高原", "帕米尔"),
        ("总统拉赫蒙特别强调", "拉赫蒙"),
        ("唐纳德特朗普在会上说", "特朗普"),
        ("俄第201军事基地", "第201军事基地"),
        ("使用s-300导弹", "s-300"),
        ("塔吉克總統出訪", "塔吉克"),
        ("中国河北省", "中国"),
        ("阿曼海军", "阿曼"),
        ("41旅旅长", "41旅"),
    ],
)
def test_a_name_between_other_words_counts(text: str, name: str) -> None:
    assert _counts(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("广大发展中国家的利益", "中国", id="developing countries"),
        pytest.param("其中国际组织有三个", "中国", id="其中 and 国际"),
        pytest.param("廣大發展中國家的利益", "中國", id="developing countries, traditional"),
        pytest.param("集中国力办大事", "中国", id="集中 and 国力"),
        pytest.param("白俄罗斯总统", "俄罗斯", id="Belarus"),
        pytest.param("白俄羅斯總統", "俄羅斯", id="Belarus, traditional"),
        pytest.param("印度尼西亚海军", "印度", id="Indonesia"),
        pytest.param("索马里海盗", "马里", id="Somalia"),
        pytest.param("马里兰州警方", "马里", id="Maryland, though 兰州 is a city"),
        pytest.param("俄罗斯方块游戏", "俄罗斯", id="Tetris"),
        pytest.param("其中亚洲国家最多", "中亚", id="其中 and 亚洲"),
        pytest.param("塔吉克族群众", "塔吉克", id="a people"),
        pytest.param("塔什库尔干塔吉克自治县", "塔吉克", id="a county of Xinjiang"),
        pytest.param("总统拉赫蒙诺夫", "拉赫蒙", id="a longer surname"),
        pytest.param("塔吉克斯坦国防部长会见", "塔吉克斯坦国防部", id="the minister"),
        pytest.param("3201军事基地", "201军事基地", id="a longer number"),
        pytest.param("第一二〇一军事基地", "二〇一军事基地", id="a longer Chinese number"),
        pytest.param("采购s-300pmu系统", "s-300", id="another version"),
        pytest.param("约旦河西岸", "约旦", id="a river, though 河西 is a region"),
        pytest.param("阿曼湾水域", "阿曼", id="a gulf"),
        pytest.param("41旅游专线", "41旅", id="a tourist line"),
        pytest.param("第5军事基地", "第5军", id="a base, not an army"),
        pytest.param("阿曼达·史密斯", "阿曼", id="a first name that goes on"),
    ],
)
def test_a_piece_of_other_words_does_not_count(text: str, name: str) -> None:
    assert not _counts(text, name)


def test_a_surname_alone_is_refused_behind_another_given_name() -> None:
    assert not _counts("祖赫罗·拉赫蒙获奖", "拉赫蒙", weak=True)
    assert _counts("总统拉赫蒙获奖", "拉赫蒙", weak=True)


def test_a_listed_surname_behind_a_given_name_counts_and_says_so() -> None:
    text = "埃莫马利·拉赫蒙"
    assert chinese_reasons(text, 5, 8) == ("part of a dotted name",)


@pytest.mark.parametrize(
    ("text", "is_word"),
    [
        ("春运客流高峰已过", True),
        ("王高峰出席", True),
        ("发言人高峰3日表示", False),
        ("记者会上高峰强调", False),
    ],
)
def test_a_name_that_is_a_word_counts_beside_a_title_or_a_deed(text: str, is_word: bool) -> None:
    start = text.index("高峰")
    assert may_be_a_word(text, start, start + 2) is is_word
