"""What stands in a list file beside what is changed: comments, headings, line ends, odd ways of writing."""

from pathlib import Path

import pytest

import watchlists
from records import WatchlistError
from watchlists.editing import add_entity, add_names, extend_entity, remove_name, set_value
from watchlists.listfile import Entity, read_list

# Each way for an entity to end.
ENDINGS = [
    pytest.param("    name: {ru: [Имя]}\n", id="flow map"),
    pytest.param("    name: {ru: [Имя]}   # since 2004\n", id="flow map with a comment"),
    pytest.param("    name:\n      ru: [Имя]\n      tg: [Ном]   # so in the press\n", id="flow list in a map"),
    pytest.param("    name:\n      ru:\n        - Имя\n        - Имечко  # rare\n", id="block list in a map"),
    pytest.param("    name: {ru: [Имя]}\n    added: 2026-11-22\n", id="plain value"),
    pytest.param('    name: {ru: [Имя]}\n    notes: "a: b"   # quoted\n', id="quoted value"),
    pytest.param("    name: {ru: [Имя]}\n    notes: |\n      # of old,\n      as they say\n", id="block of text"),
    pytest.param("    name: {ru: [Имя]}\n    notes: >-\n      folded\n      text\n", id="folded text"),
    pytest.param("    name: {ru: [Имя]}\n    weak:\n", id="key with nothing after it"),
    pytest.param("    name: {ru: [Имя]}\n    # short\n    weak: {ru: [И]}\n", id="comment of its own"),
]
HEADINGS = [
    pytest.param("\n  # ------------- Bodies of Tajikistan\n", id="heading"),
    pytest.param("# Tajikistan\n\n# Bodies\n\n", id="headings at the edge"),
    pytest.param("\n\n", id="blank lines"),
    pytest.param("    # weak: still to be asked\n", id="comment set in"),
    pytest.param("", id="nothing"),
]
FIRST = "# Ours\ntitle: Test   # short\nentities:\n  - id: one\n    schema: Person\n    caption: One\n"
# Written as hands write: nothing of this may change while another entity does.
OTHER = """\
  - id: two
    schema: Organization
    caption:   "Two,
      of old"
    name: {ru: [Второй,  # in the press
                Вторая], tg: ['Дуюм']}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.yml"


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_new_key_comes_before_what_stands_between_the_entities(path: Path, ending: str, heading: str) -> None:
    path.write_text(FIRST + ending + heading + OTHER, encoding="utf-8")
    add_names(path, "one", "not", {"ru": ["Имя розы"]})
    grown = "    not:\n      ru: [Имя розы]\n"
    assert path.read_text(encoding="utf-8") == FIRST + ending + grown + heading + OTHER


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_is_last_may_grow_and_go(path: Path, heading: str) -> None:
    block = "    name: {ru: [Имя]}\n    not:\n      ru:\n        - Имя розы\n"
    path.write_text(FIRST + block + heading + OTHER, encoding="utf-8")
    extend_entity(path, "one", {"not": {"ru": ["Имя им"], "tg": ["Номи Имя"]}})
    grown = block + "        - Имя им\n      tg: [Номи Имя]\n"
    assert path.read_text(encoding="utf-8") == FIRST + grown + heading + OTHER
    remove_name(path, "one", "not", "ru", "Имя им")
    set_value(path, "one", "not", None)
    assert path.read_text(encoding="utf-8") == FIRST + "    name: {ru: [Имя]}\n" + heading + OTHER


def test_every_entity_of_the_bundled_list_is_extended_by_two_lines_of_its_own(path: Path) -> None:
    (bundled,) = (Path(watchlists.__file__).parent / "lists").glob("*.yml")
    before = bundled.read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    add_names(path, "rosoboronexport", "not", {"ru": ["парк Рособоронэкспорт"]})
    heading = "\n  # ---------------------------------------------------------------- Bodies of Tajikistan\n"
    grown = "    not:\n      ru: [парк Рособоронэкспорт]\n"
    after = path.read_text(encoding="utf-8")
    assert "    added: 2026-11-22\n" + grown + heading in after
    assert after.replace(grown, "", 1) == before


def test_a_new_entity_goes_to_the_end_and_before_other_keys(path: Path) -> None:
    new = Entity.model_validate({"id": "new", "schema": "Person", "caption": "New", "name": {"ru": ["Иван"]}})
    written = "  - id: new\n    schema: Person\n    caption: New\n    name:\n      ru: [Иван]\n"
    body = FIRST + "    name: {ru: [Имя]}\n" + OTHER
    path.write_text(body + "# to do: three", encoding="utf-8")
    add_entity(path, new)
    assert path.read_text(encoding="utf-8") == body + "# to do: three\n" + written
    path.write_text(body + "\n# when\nreview_by: 2030-01-01\n", encoding="utf-8")
    add_entity(path, new)
    assert path.read_text(encoding="utf-8") == body + written + "\n# when\nreview_by: 2030-01-01\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"entities": [{"id": "one", "schema": "Person", "caption": "One", "name": {"ru": ["Имя"]}}]}\n',
                     id="JSON"),
        pytest.param("entities:\n- {id: one, schema: Person, caption: One, name: {ru: [Имя]}}   # first\n",
                     id="one in a line"),
        pytest.param("entities:\n  -\n    id: one\n    schema: Person\n    caption: One\n    name: {ru: [Имя]}\n",
                     id="dash in a line of its own"),
        pytest.param("entities:\n- id: one\n  schema: Person\n  caption: One\n  name: &names {ru: [Имя]}\n"
                     "- {id: two, schema: Person, caption: Two, name: *names}\n", id="anchor"),
    ],
)  # fmt: skip
def test_other_ways_to_write_a_list_can_be_changed_too(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    add_names(path, "one", "not", {"ru": ["Имя розы"]})
    add_entity(path, read_list(path).entities[0].model_copy(update={"id": "new"}))
    entities = {entity.id: entity for entity in read_list(path).entities}
    assert entities["one"].excluded == entities["new"].excluded == {"ru": ("Имя розы",)}


def test_a_list_without_entities_can_be_added_to(path: Path) -> None:
    new = Entity.model_validate({"id": "new", "schema": "Person", "caption": "New", "name": {"ru": ["Иван"]}})
    path.write_text("title: Empty\nentities: []   # none yet\n", encoding="utf-8")
    assert [entity.id for entity in add_entity(path, new).entities] == ["new"]
    assert path.read_text(encoding="utf-8").startswith("title: Empty\nentities:      # none yet\n  - id: new\n")


@pytest.mark.parametrize("rest", ["", "   # none yet", "\n# to come"])
def test_a_fresh_template_can_be_added_to(path: Path, rest: str) -> None:
    new = Entity.model_validate({"id": "new", "schema": "Person", "caption": "New", "name": {"ru": ["Иван"]}})
    path.write_text(f"title: Empty\nentities:{rest}\n", encoding="utf-8")
    assert [entity.id for entity in add_entity(path, new).entities] == ["new"]
    written = path.read_text(encoding="utf-8")
    assert written.startswith("title: Empty\nentities:")
    assert rest.strip() in written
    assert "\n  - id: new\n    schema: Person\n" in written


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a byte order mark"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["elsewhere", "Windows"])
def test_line_ends_stay_as_they_are(path: Path, newline: bytes, mark: bytes) -> None:
    before = (FIRST + "    name: {ru: [Имя]}\n" + OTHER).encode().replace(b"\n", newline)
    path.write_bytes(mark + before)
    add_names(path, "one", "not", {"ru": ["Имя розы"]})
    add_entity(path, read_list(path).entities[0].model_copy(update={"id": "new"}))
    written = path.read_bytes()
    assert written.startswith(mark + b"# Ours" + newline)
    assert written.count(newline) == written.count(b"\n")
    assert OTHER.encode().replace(b"\n", newline) in written


def test_what_adds_nothing_leaves_the_file_untouched(path: Path) -> None:
    path.write_text(FIRST + "    name: {ru: [Имя]}\n" + OTHER, encoding="utf-8")
    stamp = path.stat().st_mtime_ns, path.stat().st_ino
    add_names(path, "two", "name", {"tg": ["Дуюм"]})
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == stamp


def test_a_merge_that_was_left_unfinished_is_named_as_one(path: Path) -> None:
    ours, theirs = "    priority: high\n", "    priority: low\n"
    conflict = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> desk\n"
    path.write_text(FIRST + "    name: {ru: [Имя]}\n" + conflict + OTHER, encoding="utf-8")
    with pytest.raises(WatchlistError, match=r"\[line 8\]: git found two changes here") as caught:
        read_list(path)
    assert "remove the others with the three marks" in str(caught.value)
