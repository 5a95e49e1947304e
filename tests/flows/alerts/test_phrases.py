"""The phrase that is proposed for a ``not`` line: what a person would take, and one that works."""

from pathlib import Path

import pytest

from flows.alerts.phrases import phrase_of
from records.digests import Evidence
from watchlists.listfile import parse_list
from watchlists.matching import compile_matcher

CASES = [
    pytest.param(
        "ru", "201-я база", "Путёвки на |201-ю базу| отдыха подешевели.", "201-я база отдыха", id="listed form"
    ),
    pytest.param(
        "ru", "Тохир Назаров", "С |Назаровым Тохиром| спорили.", "Назаровым Тохиром спорили", id="as it stands"
    ),
    pytest.param("ru", "Град", "Артисты театра «|Град|» уехали.", "Град уехали", id="quotes"),
    pytest.param("ru", "Град", "Был небесный |Град|, и только.", "небесный Град", id="clause ends"),
    pytest.param("ru", "Град", "Поехали в |Град|.", "Поехали в Град", id="short word before"),
    pytest.param("ru", "Град", "Там |Град| и в Москве.", "Град и в Москве", id="short words after"),
    pytest.param("ru", "Град", "|Град|.", None, id="alone"),
    pytest.param("tg", "Хоруғ", "Меҳмонхонаи |Хоруғ| баста шуд.", "Хоруғ баста", id="Tajik"),
    pytest.param("zh", "约旦", "他们在|约旦|河谷会面。", "约旦河谷", id="Chinese"),
    pytest.param("zh", "约旦", "会面在西岸|约旦|。", "西岸约旦", id="Chinese, clause ends"),
    pytest.param("en", "Grad", "A |Grad| student came.", "Grad student", id="English"),
]


@pytest.mark.parametrize(("language", "name", "line", "phrase"), CASES)
def test_the_name_is_proposed_with_the_word_beside_it(language, name, line, phrase):
    before, surface, after = line.split("|")
    shown = Evidence(
        entity_id="x", caption="X", priority="high", field="text", before=before, surface=surface, after=after,
        name=name, reasons=(), line_en=None,
    )  # fmt: skip
    assert phrase_of(shown, language) == phrase
    if phrase is not None:
        assert not found(language, name, "".join((before, surface, after)), excluded=phrase)


def found(language: str, name: str, text: str, *, excluded: str) -> bool:
    """Say whether a list with the phrase under ``not`` finds the name in a text."""
    content = (
        f"entities:\n  - {{id: x, schema: Topic, caption: X, name: {{{language}: ['{name}']}}, "
        f"not: {{{language}: ['{excluded}']}}}}\n"
    )
    matcher = compile_matcher((parse_list(content.encode(), path=Path("list.yml")),))
    return bool(matcher.find(article_id="a", title="", text=text, language=language))
