"""Many entities are added to a list file in one change, all or none."""

import pytest

from records import WatchlistError
from watchlists.editing import add_entities, write_list
from watchlists.listfile import Entity, WatchList, read_list


def test_a_list_that_has_no_entities_yet_is_added_to_line_by_line(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("title: Mine\nentities: []\n", encoding="utf-8")
    entity = Entity.model_validate({"id": "a", "schema": "Person", "caption": "A", "name": {"ru": "А"}})
    assert add_entities(file, [entity]).entities == (entity,)
    assert "\n  - id: a\n" in file.read_text("utf-8")


def test_all_are_added_or_none(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("title: Mine\nentities:\n  - {id: a, schema: Person, caption: A, name: {ru: А}}\n", "utf-8")
    before = file.read_bytes()
    new = [read_list(file).entities[0].model_copy(update={"id": each}) for each in ("b", "c", "a")]
    with pytest.raises(WatchlistError, match="used twice"):
        add_entities(file, new)

    def interrupted():
        yield new[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_entities(file, interrupted())
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yml"]


def test_a_note_keeps_an_end_of_line_that_only_old_yaml_knows(tmp_path):
    file = tmp_path / "mine.yml"
    fields = {"id": "a", "schema": "Person", "caption": "A", "name": {"ru": "А"}, "notes": "one\x85two"}
    entity = Entity.model_validate(fields)
    write_list(file, WatchList(id="mine", title="Mine", entities=(entity,)))
    assert read_list(file).entities == (entity,)
