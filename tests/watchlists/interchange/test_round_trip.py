"""Laws of exchange: what is written is read as the same entities, and no content of a foreign file is a bug of ours."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchlists.editing import add_entities, write_list
from watchlists.interchange import read_ftm, read_opensanctions_csv, read_wikidata, write_ftm, write_opensanctions_csv
from watchlists.listfile import SCHEMATA, Entity, WatchList, read_list

HERE = Path("x")
# Each list is written and read whole; no deadline, since other tests run beside it.
fewer = settings(max_examples=30, deadline=None)
# Anything that UTF-8 can hold: the ends of line of Unicode, quotes, semicolons, control characters.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
# No control characters, which names and captions may not have, but those that are blanks or ends of line.
UNSEEN = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNSEEN), min_size=1, max_size=12)
names = st.builds("{}{}".format, st.sampled_from(["Иван ", "Ivan", "王毅", "Раҳмон", "محمد"]), lines)
by_language = st.dictionaries(
    st.sampled_from(["ru", "tg", "zh", "en", "fa", "kk"]), st.lists(names, min_size=1, max_size=3), max_size=3
)
entities = st.builds(
    lambda **fields: Entity.model_validate(fields),
    id=st.from_regex(r"[^\s\ud800-\udfff]{1,20}", fullmatch=True),
    schema=st.sampled_from(SCHEMATA),
    caption=lines.filter(str.strip),
    name=by_language.filter(bool),
    weak=by_language,
    excluded=by_language,
    priority=st.sampled_from(["high", "normal", "low"]),
    notes=st.none() | texts,
    source=st.none() | texts,
    wikidata=st.none() | st.from_regex(r"Q[1-9][0-9]{0,8}", fullmatch=True),
    added=st.none() | st.dates(),
    retired=st.none() | st.dates(),
)
lists = st.builds(
    lambda found: WatchList(id="mine", title="Mine", entities=tuple(found)),
    st.lists(entities, min_size=1, max_size=2, unique_by=lambda entity: entity.id),
)


@given(lists)
@fewer
def test_follow_the_money_gives_the_same_entities_again(watch_list):
    text = "\n".join(write_ftm(watch_list))
    assert read_ftm(re.split(r"\r?\n", text), path=HERE).entities == watch_list.entities


@given(lists)
@settings(fewer, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_file_says_the_entities_it_was_written_of(tmp_path, watch_list):
    file = tmp_path / "mine.yml"
    file.unlink(missing_ok=True)
    write_list(file, watch_list.model_copy(update={"entities": watch_list.entities[:1]}))
    assert add_entities(file, watch_list.entities[1:]).entities == watch_list.entities
    assert read_list(file).entities == watch_list.entities


@given(lists)
@fewer
def test_a_table_gives_every_name_again(watch_list):
    table = write_opensanctions_csv([watch_list])
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["id"] for row in rows] == [entity.id for entity in watch_list.entities]
    reading = read_opensanctions_csv(io.StringIO(table, newline=""), path=HERE)
    found = {entity.id: entity for entity in reading.entities}
    unread = {name for _, name in reading.unread}
    for entity in watch_list.entities:
        if entity.schema_name != "Country" and not entity.id.startswith("Q"):
            listed = {name for each in entity.name.values() for name in each}
            assert {name for each in found[entity.id].name.values() for name in each} == listed - unread


KEYS = (
    "id",
    "schema",
    "properties",
    "name",
    "alias",
    "caption",
    "wakhan",
    "labels",
    "aliases",
    "en",
    "value",
    "claims",
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Person", "Q1", "item", "Ivan"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "P31", "entities", "type"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(values, st.dictionaries(st.sampled_from(["id", "schema", "properties", "wakhan", "labels", "claims"]), values))
def test_whatever_json_says_is_an_outcome_and_no_crash(value, fields):
    for each in (value, fields):
        reading = read_ftm([json.dumps(each)], path=HERE)
        assert len(reading.entities) + len(reading.left_out) + len(reading.faults) == 1
        assert not any("Input should" in str(fault) for fault in reading.faults)
    read_wikidata({"entities": [value, fields]}, path=HERE)
    read_wikidata({"entities": {"Q1": fields}}, path=HERE)
