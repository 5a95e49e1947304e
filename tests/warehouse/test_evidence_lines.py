"""The sentence that alerted, in the original and in English."""

import pytest

from warehouse.evidence_lines import line_around, line_in_english, line_rendered


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Первое. Второе о ", " сказано. Третье.", ("Второе о ", " сказано.")),
        ("第一句。演练由", "组织。第二句。", ("演练由", "组织。")),
        ("Заголовок\nСтрока ", "\nещё", ("Строка ", "")),
        ("слово " * 60, " слово" * 60, None),
    ],
    ids=["Russian", "Chinese", "line break", "long"],
)
def test_the_line_around_a_name_is_its_sentence(before, after, line):
    found = line_around(before + "X" + after, len(before), len(before) + 1)
    if line is None:
        assert found[0].startswith("… слово")
        assert found[1].endswith("слово …")
        assert all(len(part) < 150 for part in found)
    else:
        assert found == line


@pytest.mark.parametrize(
    ("before", "paragraph", "english", "line"),
    [
        pytest.param(
            "База открыта. На ", "База открыта. На базе учения. База закрыта.",
            "The Base is open. Drills at the Base. The Base is closed.", "Drills at the Base.", id="as-many-sentences",
        ),
        pytest.param(
            "第一句。", "第一句。基地演练。", "One sentence about the Base. A drill there.", "A drill there.",
            id="named-earlier-in-English-too",
        ),
        pytest.param(
            "Раз. Два. На ", "Раз. Два. На базе учения.",
            "The Base: one. Two. Drills at the Base. No more.", "Drills at the Base.", id="nearest-that-names-it",
        ),
        pytest.param("", "База. Раз. Два.", "One. Two. Three. Four.", "One.", id="named-nowhere"),
        pytest.param("", "База.", "", "", id="untranslated"),
        pytest.param("Раз.\u00a0", "Раз.\u00a0База.", "One. The Base.", "The Base.", id="no-break-space"),
    ],
)  # fmt: skip
def test_the_line_in_english_is_that_of_the_same_sentence(before, paragraph, english, line):
    assert line_in_english(before, paragraph, english, "Base") == line


@pytest.mark.parametrize(
    ("content_en", "text_en", "line"),
    [
        ("Head.\nAt the Base. Closed.", "not asked", "At the Base."),
        ("All in one. The Base is in it. More.", "All in one. The Base is in it. More.", "The Base is in it."),
        ("One paragraph.", "Where is the Base? Here.", "Where is the Base?"),
        ("One paragraph.", "Elsewhere.", None),
        (None, None, None),
    ],
    ids=["as many paragraphs", "fewer", "a line of the text", "named nowhere", "untranslated"],
)
def test_the_english_line_is_in_the_paragraph_at_the_same_place_or_else_names_the_caption(content_en, text_en, line):
    content = "Начало.\nНа базе. Закрыто."
    assert line_rendered(content, content.index("базе"), content_en, text_en, "Base") == line
