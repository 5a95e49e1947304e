from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.translation.argos import ArgosTranslator
from extractors.translation.gloss import GlossTranslator
from extractors.translation.names import ProtectedName, protect_names, read_glossary, translate_with_names
from records import ConfigError


class Said:
    """A translator that says what it is told to say."""

    name = "said"

    def __init__(self, *translations: str) -> None:
        self.translations = translations

    def model_version(self, source: str, target: str) -> str | None:
        return f"{source}-{target}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        self.asked = (tuple(texts), source, target)
        return list(self.translations)


def name(text: str, surface: str, caption: str, *aliases: str) -> ProtectedName:
    start = text.index(surface)
    return ProtectedName(start=start, end=start + len(surface), caption=caption, aliases=aliases)


def test_an_inflected_name_comes_out_of_a_real_model_as_its_caption(installed: Path) -> None:
    text = "Президент прибыл в Мургаб и Хорог"
    names = [name(text, "Мургаб", "Murghab District"), name(text, "Хорог", "Khorugh")]
    [translated] = translate_with_names(ArgosTranslator(installed), [text], [names], source="ru", target="en")
    assert translated.text == "The president arrived in Murghab District and Khorugh"
    assert translated.dropped_names == ()


def test_a_name_the_model_lost_is_flagged() -> None:
    text = "Колонна 201-й базы вышла к Хорогу."
    names = [name(text, "201-й базы", "201st Military Base"), name(text, "Хорогу", "Khorugh")]
    [translated] = translate_with_names(
        Said("A column has left for Khorugh."), [text], [names], source="ru", target="en"
    )
    assert translated.dropped_names == ("201st Military Base",)


def twice(text: str, surface: str, caption: str, *aliases: str) -> list[ProtectedName]:
    found = [match.start() for match in re.finditer(re.escape(surface), text)]
    return [ProtectedName(start=start, end=start + len(surface), caption=caption, aliases=aliases) for start in found]


@pytest.mark.parametrize(
    ("said", "dropped"),
    [
        ("Khorugh is far from Khorugh.", ()),
        ("Khorugh is far from it.", ("Khorugh",)),
        ("Khorugh is far from Khorog.", ()),
        ("It is far from itself.", ("Khorugh",)),
    ],
    ids=["both there", "one lost", "one under another name", "both lost"],
)
def test_a_name_that_stands_twice_is_to_come_out_twice(said: str, dropped: tuple[str, ...]) -> None:
    text = "Хорог далеко от Хорога."
    names = twice(text, "Хорог", "Khorugh", "Khorog")
    [translated] = translate_with_names(Said(said), [text], [names], source="ru", target="en")
    assert translated.dropped_names == dropped


def test_a_name_within_a_longer_one_is_counted_with_it() -> None:
    text = "Душанбе, аэропорт Душанбе"
    names = [name(text, "Душанбе", "Dushanbe"), name(text, "аэропорт Душанбе", "Dushanbe Airport")]
    [whole, part] = translate_with_names(
        Said("Dushanbe, Dushanbe Airport", "Dushanbe Airport"), [text] * 2, [names] * 2, source="ru", target="en"
    )
    assert whole.dropped_names == ()
    assert part.dropped_names == ("Dushanbe",)


@pytest.mark.parametrize("said", ["The s - 300 was seen", "The S300 was seen", "The S_300 was seen"])
def test_case_and_spacing_of_a_caption_are_put_right(said: str) -> None:
    text = "Замечен С-300"
    [translated] = translate_with_names(Said(said), [text], [[name(text, "С-300", "S-300")]], source="ru", target="en")
    assert translated.text == "The S-300 was seen"
    assert translated.dropped_names == ()


@pytest.mark.parametrize("said", ["The Committee (GKNB) said", "The committee (gknb) said", "The Committee GKNB said"])
def test_brackets_at_the_end_of_a_caption_stand_once(said: str) -> None:
    text = "Сообщил ГКНБ"
    caption = name(text, "ГКНБ", "Committee (GKNB)")
    [translated] = translate_with_names(Said(said), [text], [[caption]], source="ru", target="en")
    assert translated.text == "The Committee (GKNB) said"


def test_another_english_name_of_the_same_thing_is_no_loss() -> None:
    text = "ОДКБ собралась"
    names = [name(text, "ОДКБ", "Collective Security Treaty Organization", "CSTO")]
    [translated] = translate_with_names(Said("The CSTO has met"), [text], [names], source="ru", target="en")
    assert translated.dropped_names == ()


@pytest.mark.parametrize(
    ("text", "surfaces", "protected"),
    [
        ("中国人民解放军在塔吉克斯坦", {"中国人民解放军": "PLA"}, "PLA 在塔吉克斯坦"),
        ("驻塔俄军201基地演习", {"201基地": "201st Base"}, "驻塔俄军 201st Base 演习"),
        ("база 201-й дивизии", {"201-й дивизии": "Division", "база 201-й": "Base"}, "Base дивизии"),
        ("без имён", {}, "без имён"),
    ],
)
def test_captions_stand_where_names_stood(text: str, surfaces: dict[str, str], protected: str) -> None:
    assert protect_names(text, [name(text, surface, caption) for surface, caption in surfaces.items()]) == protected


def test_a_glossary_term_is_translated_as_the_analyst_says(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("# terms\nru\tграница\tstate border\nzh\t边防\tborder guard\n", encoding="utf-8")
    glossary = read_glossary(path)
    text = "Граница закрыта. Пограничник и безграничный."
    assert protect_names(text, glossary.find(text, "ru")) == "state border закрыта. Пограничник и безграничный."
    assert [found.caption for found in glossary.find("中国边防部队", "zh")] == ["border guard"]
    assert list(glossary.find(text, "tg")) == []


def test_a_malformed_glossary_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("ru\tграница\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"glossary\.tsv \[line 1\]: 2 cells"):
        read_glossary(path)


@pytest.mark.parametrize(
    ("source", "text", "surfaces", "english"),
    [
        ("ru", "Президент прибыл в «Хорог»", ["Хорог"], "President arrived in “Khorugh”"),
        ("ru", "Хорог, Мургаб (и Рушан) закрыты", ["Хорог", "Мургаб", "Рушан"], "Khorugh, Murghab (and Rushon) closed"),
        ("ru", "рахмон прибыл в пекин", ["рахмон", "пекин"], "Emomali Rahmon arrived in Beijing"),
        ("ru", "Трасса Душанбе-Хорог закрыта", ["Душанбе", "Хорог"], "Highway Dushanbe-Khorugh closed"),
        ("ru", "Хорог и Хорог", ["Хорог", "Хорог"], "Khorugh and Khorugh"),
        ("tg", "Раҳмонро дар Душанбе диданд", ["Раҳмон", "Душанбе"], "Emomali Rahmon in Dushanbe saw"),
        ("tg", "ба Хоруғу Мурғоб рафт", ["Хоруғ", "Мурғоб"], "to Khorugh and Murghab went"),
        ("tg", "Ҷумҳурии Тоҷикистон", ["Тоҷикистон"], "Republic of Tajikistan"),
        ("tg", "аз Хоруғи бостонӣ", ["Хоруғ"], "from Khorugh ancient"),
        ("zh", "拉赫蒙总统抵达北京", ["拉赫蒙", "北京"], "Emomali Rahmon president arrive Beijing"),
        ("zh", "“拉赫蒙”（拉赫蒙）", ["拉赫蒙", "拉赫蒙"], "“Emomali Rahmon” (Emomali Rahmon)"),
        ("zh", "习近平拉赫蒙", ["习近平", "拉赫蒙"], "Xi Jinping Emomali Rahmon"),
    ],
    ids=["quoted", "first and in brackets", "lower case", "joined by a hyphen", "twice", "object ending", "and",
         "after izafet", "with izafet", "inside Chinese", "quoted in Chinese", "side by side"],
)  # fmt: skip
def test_a_gloss_has_names_as_their_captions_wherever_they_stand(
    source: str, text: str, surfaces: list[str], english: str
) -> None:
    captions = {
        "Хорог": "Khorugh", "Мургаб": "Murghab", "Рушан": "Rushon", "рахмон": "Emomali Rahmon", "пекин": "Beijing",
        "Душанбе": "Dushanbe", "Раҳмон": "Emomali Rahmon", "Хоруғ": "Khorugh", "Мурғоб": "Murghab",
        "Тоҷикистон": "Tajikistan", "拉赫蒙": "Emomali Rahmon", "北京": "Beijing", "习近平": "Xi Jinping",
    }  # fmt: skip
    names, at = [], 0
    for surface in surfaces:
        start = text.index(surface, at)
        at = start + len(surface)
        names.append(ProtectedName(start=start, end=at, caption=captions[surface]))
    [translated] = translate_with_names(GlossTranslator(), [text], [names], source=source, target="en")
    assert (translated.text, translated.dropped_names) == (english, ())


def test_traditional_chinese_reaches_the_engine_as_the_mainland_writes_it() -> None:
    said = Said("Laos", "Tajikistan", "China")
    texts = ["寮國總統", "塔吉克斯坦總統與塔吉克外長", "中国总统"]
    translate_with_names(said, texts, [(), (), ()], source="zh", target="en")
    assert said.asked[0] == ("老挝总统", "塔吉克斯坦总统与塔吉克斯坦外长", "中国总统")


def test_the_head_of_a_chinese_body_keeps_the_title_that_shares_a_character_with_it() -> None:
    text = "内务部长拉希姆佐达"
    assert protect_names(text, [name(text, "内务部", "Interior Ministry")]) == "Interior Ministry 部长拉希姆佐达"
    [glossed] = translate_with_names(
        GlossTranslator(), [text], [[name(text, "内务部", "Interior Ministry")]], source="zh", target="en"
    )
    assert glossed.text.startswith("Interior Ministry minister")
