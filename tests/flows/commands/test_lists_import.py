"""``wakhan lists import``: real files of other programs through the real command line."""

import json
import time

import pytest

from watchlists.listfile import load_lists, read_list

HEAD = "id,schema,name,aliases,birth_date,countries,dataset,sanctions"


def ftm(**fields):
    """A line of FollowTheMoney."""
    return json.dumps({"id": "NK-1", "schema": "Person", "properties": {"name": ["Иван Петров"]}} | fields)


def item(**fields):
    """A file of Wikidata with one item."""
    label = {"en": {"language": "en", "value": "Test Pact"}}
    return json.dumps({"entities": {"Q7": {"type": "item", "id": "Q7", "labels": label} | fields}})


@pytest.fixture
def imported(wakhan, tmp_path):
    """Import a file of this name and content into a list; returns what was said and the list's entities."""

    def run(name, content):
        file, target = tmp_path / name, tmp_path / "mine.yml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = wakhan("lists", "import", file, "--to", target)
        assert "Traceback" not in done.stderr
        assert "pydantic" not in done.stderr
        return done, read_list(target).entities if target.exists() else ()

    return run


def test_a_bare_string_is_one_value_of_a_property(imported):
    _, (entity,) = imported("p.json", ftm(properties={"name": "Иван Петров", "alias": "Ivan Petrov"}))
    assert entity.name == {"ru": ("Иван Петров",), "en": ("Ivan Petrov",)}


def test_what_cannot_be_watched_is_counted_by_schema(imported):
    rows = ["NK-1,Person,Ivan Petrov,,,,,", "NK-2,Ownership,Part of it,,,,,", "NK-3,Person,Jon,,,,,"]
    done, entities = imported("targets.simple.csv", "\n".join([HEAD, *rows, "NK-4,Person,Ελλάδα,,,,,"]))
    assert done.returncode == 0
    assert [entity.id for entity in entities] == ["NK-1", "NK-3"]
    assert "2 entities added, 0 there already, 2 left out" in done.stderr
    assert "1 of schema Ownership" in done.stderr
    assert "1 with names in no letters that are matched" in done.stderr


def test_a_file_with_nothing_to_watch_exits_2_and_makes_no_list(imported):
    done, entities = imported("targets.simple.csv", f"{HEAD}\nNK-2,Ownership,Part of it,,,,,\n")
    assert done.returncode == 2
    assert "nothing in it can be watched: 1 of schema Ownership" in done.stderr
    assert entities == ()
    done, _ = imported("empty.csv", HEAD)
    assert done.returncode == 2
    assert "has no entities" in done.stderr


def test_an_entity_that_is_there_under_another_id_is_told_by_its_wikidata_item(imported, tmp_path):
    (tmp_path / "mine.yml").write_text(
        "entities:\n  - {id: petrov, schema: Person, caption: P, name: {ru: [Петров]}, wikidata: Q7}\n", "utf-8"
    )
    done, entities = imported("p.json", ftm(properties={"name": ["Ivan Petrov"], "wikidataId": ["Q7"]}))
    assert done.returncode == 0
    assert [entity.id for entity in entities] == ["petrov"]
    assert "0 entities added, 1 there already" in done.stderr
    assert "NK-1 (Ivan Petrov) is petrov, both Q7" in done.stderr


LONG = "Иван " * 61
WRONG = [
    ("long-name.csv", f"{HEAD}\nNK-9,Person,{LONG},,,,,", ["row 2, NK-9, name", "has 304 letters, 300 are the most"]),
    ("id-with-space.csv", f"{HEAD}\nNK 9,Person,Ivan,,,,,", ["row 2, NK 9, id", "without spaces"]),
    ("no-item.csv", f"{HEAD}\nQ012,Person,Ivan,,,,,", ["row 2, id", "Q012", "Write it like Q1234567"]),
    ("no-id.csv", f"{HEAD}\n,Person,Ivan,,,,,", ["row 2, id", "is empty"]),
    ("short-row.csv", f"{HEAD}\nNK-9,Person,Ivan", ["row 2", "has 3 cells, the head has 8"]),
    ("long-row.csv", f"{HEAD}\nNK-9,Person,Ivan,,,,,,more", ["row 2", "has 9 cells, the head has 8"]),
    ("id-twice.csv", f"{HEAD}\nNK-1,Person,Ivan,,,,,\nNK-1,Person,Jon,,,,,", ["row 3, id", "row 2, which is taken"]),
    ("long-label.json", item(labels={"ru": {"value": LONG.strip()}}), ["Q7, name", "has 304 letters"]),
    ("odd-label.json", item(labels={"ru": "Пакт"}), ["Q7, labels.ru", "holds no texts with their language"]),
    ("missing.json", '{"entities": {"Q9": {"id": "Q9", "missing": ""}}}', ["[Q9]", "Wikidata has no such item"]),
    ("no-id.json", '{"schema": "Person", "properties": {"name": ["Ivan"]}}', ["line 1, id", "`id` is missing"]),
    ("number-id.json", ftm(id=5), ["line 1, id", "`id` is a number, not text"]),
    ("number.json", ftm(properties={"name": [12]}), ["line 1, NK-1, name", "holds a number, not text"]),
    ("object.json", ftm(properties={"name": [{"a": 1}]}), ["line 1, NK-1, name", "holds an object, not text"]),
    ("schemata.json", ftm(schema=["Person"]), ["line 1, NK-1, schema", "is a list, not text"]),
    ("no-schema.json", '{"id": "NK-1", "properties": {}}', ["line 1, NK-1, schema", "is missing"]),
    ("properties.json", ftm(properties=[]), ["line 1, NK-1, properties", "is a list"]),
    ("half-letter.json", ftm(properties={"name": ["\ud83d Ivan"]}), ["line 1, NK-1", "holds half a letter"]),
    ("own.json", ftm(wakhan={"id": "a", "schema": "Place"}), ["line 1, a", "Place"]),
    ("own-date.json", ftm(wakhan={"id": "a", "schema": "Person", "caption": "A", "name": {"ru": ["А"]}, "added": []}),
     ["line 1, a, added", "cannot stand there"]),
    ("no-json.json", '{"id": "NK-1",', ["line 1", "this is not JSON"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), WRONG, ids=[case[0] for case in WRONG])
def test_a_mistake_is_told_with_file_row_and_key(imported, name, content, said):
    done, entities = imported(name, content)
    # The first of two with one id is taken.
    assert done.returncode == (1 if entities else 2)
    for words in [name, *said]:
        assert words in done.stderr, done.stderr


def test_one_bad_row_stops_no_other_and_the_first_few_are_listed(imported):
    rows = [f"NK-{number},Person,Ivan {number},,,,," for number in range(4)] + ["NK 5,Person,Ivan,,,,,"] * 7
    done, entities = imported("targets.simple.csv", "\n".join([HEAD, *rows]))
    assert done.returncode == 1
    assert len(entities) == 4
    assert "4 entities added, 0 there already, 7 with mistakes" in done.stderr
    assert "7 entities not taken:" in done.stderr
    assert "row 6, NK 5, id" in done.stderr
    assert "... and 2 more" in done.stderr


def test_what_is_empty_in_wikidata_is_a_list_there(imported):
    done, (entity,) = imported("Q7.json", item(aliases=[], descriptions=[], claims=[]))
    assert done.returncode == 0, done.stderr
    assert entity.name == {"en": ("Test Pact",)}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(item(labels=[]), "without a label in a language of the beat", id="labels"),
        pytest.param(
            '{"entities": {"L3": {"type": "lexeme", "id": "L3", "lemmas": {"en": {"value": "a"}}}}}',
            "1 of Wikidata's lexemes",
            id="lexeme",
        ),
        pytest.param(item(type="property"), "1 of Wikidata's properties", id="property"),
    ],
)
def test_what_wikidata_has_besides_things_is_left_out(imported, page, said):
    done, _ = imported("page.json", page)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_person_known_by_aliases_alone_is_called_by_the_english_one(imported):
    _, (entity,) = imported("p.json", ftm(properties={"alias": ["Иван Петров", "Ivan Petrov"]}))
    assert entity.caption == "Ivan Petrov"


@pytest.mark.parametrize("end", ["\u2028", "\u0085", "\x0b", "\x1c"], ids=ascii)
def test_only_a_line_feed_ends_a_line_of_json(imported, end):
    both = [ftm(properties={"name": ["Ivan Petrov"], "notes": [f"one{end}two"]}), ftm(id="NK-2")]
    lines = [json.dumps(json.loads(line), ensure_ascii=False) for line in both]
    done, entities = imported("p.json", "\r\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert [entity.id for entity in entities] == ["NK-1", "NK-2"]
    assert entities[0].notes == f"one{end}two"


@pytest.mark.parametrize(
    ("name", "content"),
    [("p.json", ftm()), ("Q7.json", item()), ("t.csv", f"{HEAD}\nNK-1,Person,Ivan,,,,,")],
    ids=["ftm", "wikidata", "csv"],
)
def test_a_mark_of_utf_8_before_the_text_is_none_of_it(imported, name, content):
    done, entities = imported(name, b"\xef\xbb\xbf" + content.encode())
    assert done.returncode == 0, done.stderr
    assert len(entities) == 1


def test_many_are_added_to_a_long_list_in_seconds_and_every_line_of_it_stays(wakhan, imported, tmp_path):
    before = wakhan("lists", "show", "--yaml", WAKHAN_SETTINGS="").stdout
    (tmp_path / "mine.yml").write_text(before, "utf-8")
    rows = [f"NK-{number},Person,Ivan {number},Иван {number},,,," for number in range(150)]
    begun = time.monotonic()
    done, entities = imported("t.csv", "\n".join([HEAD, *rows]))
    # 85 s when each was a change of its own; one change takes one.
    assert time.monotonic() - begun < 20
    assert done.returncode == 0, done.stderr
    assert len(entities) == len(load_lists()[0].entities) + 150
    lines = (tmp_path / "mine.yml").read_text("utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in set(lines)] == []


def test_nothing_is_added_to_a_list_that_does_not_hold_together(wakhan, tmp_path):
    target, file = tmp_path / "mine.yml", tmp_path / "p.json"
    target.write_text("entities: nothing\n", "utf-8")
    file.write_text(ftm(), "utf-8")
    run = wakhan("lists", "import", file, "--to", target)
    assert run.returncode == 2
    assert "mine.yml [entities, line 1]" in run.stderr
    assert target.read_text("utf-8") == "entities: nothing\n"


@pytest.mark.parametrize(
    ("target", "said"),
    [("mine.txt", "a watch-list is a .yml file"), ("no/mine.yml", "mkdir -p")],
    ids=["ending", "folder"],
)
def test_where_no_list_can_be_is_said_before_anything_is_read(wakhan, tmp_path, target, said):
    run = wakhan("lists", "import", tmp_path / "none.json", "--to", tmp_path / target)
    assert run.returncode == 2
    assert said in run.stderr


# A line as opensanctions.org/faq/26/nested shows it, with related entities in the properties; invented people.
NESTED = {
    "id": "NK-aU5y",
    "caption": "Alexander ZAKHARENKO",
    "schema": "Person",
    "properties": {
        "name": ["Alexander ZAKHARENKO", "Александр Захаренко"],
        "previousName": ["Alexander Zakharov"],
        "weakAlias": ["Sasha"],
        "country": ["ru"],
        "wikidataId": ["Q123456"],
        "addressEntity": [{"id": "addr-1", "schema": "Address", "properties": {"full": ["New York, USA"]}}],
        "ownershipOwner": [{"id": "own-1", "schema": "Ownership", "properties": {"asset": [{"id": "NK-2"}]}}],
        "sanctions": [{"id": "ofac-1", "schema": "Sanction", "properties": {"name": ["SDN"], "entity": ["NK-aU5y"]}}],
    },
    "datasets": ["us_ofac_sdn"],
    "referents": ["ofac-45937"],
    "target": True,
    "first_seen": "2023-11-02T16:38:16",
}


def test_nested_targets_of_opensanctions_are_read_and_what_is_nested_in_them_is_not(imported):
    done, (entity,) = imported("targets.nested.json", json.dumps(NESTED) + "\n")
    assert done.returncode == 0, done.stderr
    assert entity.name == {
        "en": ("Alexander ZAKHARENKO", "Alexander Zakharov"),
        "ru": ("Александр Захаренко",),
    }
    assert (entity.weak, entity.wikidata, entity.caption) == ({"en": ("Sasha",)}, "Q123456", "Alexander ZAKHARENKO")


def test_an_entity_on_many_lines_as_an_api_answers_it_is_read(imported):
    done, entities = imported("entity.json", json.dumps(NESTED, indent=2))
    assert done.returncode == 0, done.stderr
    assert [entity.id for entity in entities] == ["NK-aU5y"]


def test_a_language_that_was_guessed_is_said_with_the_reason(imported):
    names = ["Иван Петров", "Раҳмон", "王毅", "محمد", "Ivan Petrov", "Иванов Тоқаев"]
    done, (entity,) = imported("p.json", ftm(properties={"name": names}))
    assert entity.name == {
        "ru": ("Иван Петров",),
        "tg": ("Раҳмон", "Иванов Тоқаев"),
        "zh": ("王毅",),
        "fa": ("محمد",),
        "en": ("Ivan Petrov",),
    }
    assert "2 names put under `tg` by a guess, since Kazakh and Uzbek have қ, ғ and ҳ, too" in done.stderr
    assert "1 name put under `fa` by a guess, since Arabic" in done.stderr
    assert "`zh`" not in done.stderr
