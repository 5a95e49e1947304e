"""docs/watch-lists.md: its example loads, every key has a row, every form it promises is found, for its reason."""

import re
from pathlib import Path

import pytest

from watchlists.listfile import Entity, WatchList, parse_list
from watchlists.matching import compile_matcher

DOCS = (Path(__file__).parents[3] / "docs" / "watch-lists.md").read_text(encoding="utf-8")
FORMS = re.findall(r"^\| (ru|tg|zh|en) \| (\w+) \| (.+?) \| (.+?) \| (.+?) \|$", DOCS, re.MULTILINE)


def test_the_example_loads():
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    watch_list = parse_list(example.encode(), path=Path("beat.yml"))
    assert watch_list.entities[0].priority == "high"


def test_every_key_has_a_row():
    of_list, of_entity = DOCS.split("| key of the list |")[1].split("| key of an entity |")
    rows = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
    assert set(rows.findall(of_list)) == set(WatchList.model_fields) - {"id"}
    assert set(rows.findall(of_entity)) == {field.alias or name for name, field in Entity.model_fields.items()}


def found(schema, language, listed, text):
    entity = Entity.model_validate({"id": "x", "schema": schema, "caption": "X", "name": {language: [listed]}})
    matcher = compile_matcher([WatchList(id="l", title="l", entities=(entity,))])
    return matcher.find(article_id="a", title="", text=text, language=language)


@pytest.mark.parametrize(("language", "schema", "listed", "written", "reason"), FORMS, ids=[row[3] for row in FORMS])
def test_a_form_is_found_whole_for_the_reason_given(language, schema, listed, written, reason):
    (mention,) = found(schema, language, listed, written)
    assert mention.surface == written
    assert any(reason in said for said in mention.reasons)


@pytest.mark.parametrize(
    ("language", "schema", "listed", "written"),
    [("tg", "Person", "Эмомалӣ Раҳмон", "Эмомали Рахмон"), ("tg", "Address", "Ишкошим", "Ишкошимро")],
    ids=["letters-without-marks", "tajik-ending"],
)
def test_letters_and_endings_need_no_forms(language, schema, listed, written):
    (mention,) = found(schema, language, listed, written)
    assert mention.surface == written
