"""What an analyst may write, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from records import WatchlistError
from watchlists.listfile import load_lists, parse_list

GOOD = """\
title: Test
review_by: 2030-01-01
entities:
  - id: base-201
    schema: Organization
    caption: 201st Military Base
    name: {ru: [201-я военная база], zh: 201军事基地}
    weak: {ru: [201-я база]}
    not: {ru: [201-я база отдыха]}
    priority: high
    added: 2026-11-22
"""


def _parse(content: str):  # type: ignore[no-untyped-def]
    return parse_list(content.encode(), path=Path("lists/test.yml"))


def test_a_list_takes_its_id_from_its_file_and_a_single_name_needs_no_brackets() -> None:
    watch_list = _parse(GOOD)
    entity = watch_list.entity("base-201")
    assert watch_list.id == "test"
    assert entity is not None
    assert entity.name == {"ru": ("201-я военная база",), "zh": ("201军事基地",)}
    assert entity.excluded == {"ru": ("201-я база отдыха",)}
    assert entity.schema_name == "Organization"


def test_the_version_changes_with_what_the_list_says_and_not_with_how_it_is_laid_out() -> None:
    version = _parse(GOOD).version
    assert (
        _parse("# a comment\n" + GOOD.replace("{ru: [201-я база]}", "\n      ru:\n      - 201-я база")).version
        == version
    )
    assert _parse(GOOD.replace("priority: high", "priority: low")).version != version


FAULTS = [
    ("unknown key", GOOD.replace("weak:", "waek:"), "entities.base-201.waek, line 8", "Did you mean `weak`?"),
    ("misspelt required key", GOOD.replace("name:", "nme:"), "entities.base-201.nme, line 7", "Did you mean `name`?"),
    ("unknown list key", "titel: x\n" + GOOD, "titel, line 1", "Did you mean `title`?"),
    ("schema", GOOD.replace("Organization", "Organisation"), "line 5", "Did you mean `Organization`?"),
    ("schema by another word", GOOD.replace("Organization", "City"), "line 5", "Did you mean `Address`?"),
    ("language", GOOD.replace("{ru: [201-я военная", "{tj: [201-я военная"), "line 7", "Did you mean `tg`?"),
    ("number", GOOD.replace("[201-я база]", "[201]"), "line 8", 'Put it in double quotes: "201"'),
    ("priority", GOOD.replace("high", "hihg"), "priority, line 10", "Did you mean `high`?"),
    ("no name", GOOD.replace("    name: {ru: [201-я военная база], zh: 201军事基地}\n", ""), "name", "`name:`"),
    ("names without language", GOOD.replace("{ru: [201-я база]}", "[201-я база]"), "line 8", "{ru: [...], zh: [...]}"),
    ("id twice", GOOD + GOOD[GOOD.index("  - id") :], "line 12", "never reused"),
    ("tab", GOOD.replace("    weak", "\tweak"), "line 8", "spaces, not tabs"),
    ("key twice", GOOD + "    priority: low\n", "line 12", "each key once"),
    ("bracket", GOOD.replace("201军事基地}", "201军事基地"), "line 8", "Check the indentation"),
    ("id with a space", GOOD.replace("base-201", "base 201"), "id, line 4", "without spaces"),
    ("nothing as caption", GOOD.replace("201st Military Base", '""'), "`caption` is empty", "Write something"),
    (
        "empty item",
        GOOD.replace("[201-я база]", "[201-я база, ~]"),
        "weak.ru.1, line 8]: an item of the list is empty",
        ". Remove it",
    ),
    (
        "empty item in lines",
        GOOD.replace("{ru: [201-я база]}", "{ru: [201-я база]}\n    context:\n      ru:\n        -"),
        "context.ru.0, line 11]: an item of the list is empty",
        ". Remove it",
    ),
    (
        "language without names",
        GOOD.replace("{ru: [201-я база]}", "\n      ru:"),
        "weak.ru, line 9]: `ru` has no names",
        ". Remove the line, or add names",
    ),
    (
        "key without names",
        GOOD.replace("{ru: [201-я военная база], zh: 201军事基地}", ""),
        "name, line 7]: `name` has nothing after it",
        ". Write something after it",
    ),
    (
        "key without text",
        GOOD.replace("201st Military Base", ""),
        "caption, line 6]: `caption` has nothing after it",
        ".",
    ),
    (
        "entities as keys",
        "entities:\n  base-201:\n    schema: Organization\n",
        "[entities, line 1]: `entities` is not a list",
        ". Begin each entity with a line `- id: ...`",
    ),
    ("entity as text", "entities:\n  - base-201\n", "entities.0, line 2]: `base-201` is no entity", "`- id: ...`"),
    ("empty entity", GOOD + "  -\n", "entities.1, line 12]: an item of the list is empty", ". Remove it"),
    (
        "name with a colon",
        GOOD.replace("[201-я база]", "[база: 201-я]"),
        "`база: 201-я` is read as a key",
        '"база: 201-я"',
    ),
    ("blank caption", GOOD.replace("201st Military Base", '" "'), "caption, line 6]: `caption` is empty", "."),
    (
        "bell in a caption",
        GOOD.replace("201st Military Base", '"201st\\a"'),
        "line 6]: `caption` has a control character",
        "U+0007",
    ),
    (
        "bell in a name",
        GOOD.replace("[201-я база]", '[А, "201-я\\a база"]'),
        "weak.ru.1, line 8]: the name has a control",
        "U+0007",
    ),
    (
        "escape in a phrase",
        GOOD.replace("[201-я база отдыха]", '"201-я база\\e[1m"'),
        "line 9]: the name has a control",
        "U+001B",
    ),
    (
        "name of signs",
        GOOD.replace("[201-я база]", '[А, "!!"]'),
        "line 8]: a name needs at least one letter",
        "Check the name",
    ),
    (
        "long name",
        GOOD.replace("[201-я база]", f"[{'Имя ' * 100}]"),
        "weak.ru.0, line 8]: the name `Имя Имя Имя Имя Имя Имя Имя Имя Имя Имя ...` is too long: 399 characters",
        "300 are the most. Shorten it",
    ),
    (
        "long caption",
        GOOD.replace("201st Military Base", "B" * 301),
        "caption, line 6]: `caption` `BBB",
        "301 characters, where 300",
    ),
    (
        "key twice, with its lines",
        GOOD + "    priority: low\n",
        "[line 12]: the key `priority` stands in line 10, too",
        "Write each key once",
    ),
    (
        "key twice in a line",
        GOOD.replace("{ru: [201-я база]}", "{ru: [A], zh: [B], ru: [C]}"),
        "[line 8]: the key `ru` stands in the same line, too",
        "Write each key once",
    ),
    (
        "entities twice",
        GOOD + "entities: []\n",
        "[line 12]: the key `entities` stands in line 3, too",
        "Write each key once",
    ),
    ("date", GOOD.replace("2026-11-22", "22.11.2026"), "added, line 11", "like 2026-11-22"),
]


@pytest.mark.parametrize(
    ("content", "place", "fix"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_fault_is_reported_with_its_file_its_line_and_what_to_write(content: str, place: str, fix: str) -> None:
    with pytest.raises(WatchlistError) as raised:
        _parse(content)
    assert "lists/test.yml" in str(raised.value)
    assert place in str(raised.value)
    assert fix in str(raised.value)


@pytest.mark.parametrize("rest", ["", "   # none yet", " []", " ~"])
def test_a_fresh_template_is_a_list_without_entities(rest: str) -> None:
    assert _parse(f"title: Test\nowner:\nentities:{rest}\n").entities == ()


def test_a_caption_and_a_name_over_two_lines_are_read_as_one() -> None:
    watched = _parse(
        GOOD.replace("201st Military Base", "201st\n      Military Base").replace("база]", "\n      база]")
    )
    entity = watched.entities[0]
    assert (entity.caption, entity.weak["ru"]) == ("201st Military Base", ("201-я база",))


def test_bytes_that_are_no_text_are_one_line_that_says_what_to_do() -> None:
    with pytest.raises(WatchlistError, match=r"lists/test.yml: not UTF-8 text \(byte 7\). Save it as UTF-8$"):
        parse_list("title: Тест\n".encode("cp1251"), path=Path("lists/test.yml"))


def test_an_address_between_braces_needs_no_quotes() -> None:
    entity = "  - {id: murghab, schema: Address, caption: M, name: {ru: Мургаб}, source: https://example.org/a}\n"
    watched = _parse(GOOD + entity).entity("murghab")
    assert watched is not None
    assert watched.source == "https://example.org/a"


def test_all_faults_of_a_file_are_reported_together() -> None:
    with pytest.raises(WatchlistError) as raised:
        _parse(GOOD.replace("high", "hihg").replace("weak:", "waek:"))
    assert "line 8" in str(raised.value)
    assert "line 10" in str(raised.value)


def test_a_folder_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a list", encoding="utf-8")
    assert [watch_list.id for watch_list in load_lists(tmp_path)] == ["a", "b"]
    assert [watch_list.id for watch_list in load_lists(tmp_path / "b.yml")] == ["b"]


@pytest.mark.parametrize("missing", ["nowhere.yml", "."], ids=["no file", "empty folder"])
def test_nothing_to_read_is_an_error_that_names_the_place(tmp_path: Path, missing: str) -> None:
    with pytest.raises(WatchlistError, match=str(tmp_path)):
        load_lists(tmp_path / missing)


@pytest.mark.parametrize("name", ["⑴", "ـ", "ꙮ", "ﹰ"])
def test_a_name_of_signs_that_matching_drops_is_refused(name: str) -> None:
    with pytest.raises(WatchlistError, match="at least one letter or digit"):
        parse_list(
            f"entities:\n  - {{id: a, schema: Topic, caption: A, name: {{en: ['{name}']}}}}\n".encode(),
            path=Path("t.yml"),
        )
