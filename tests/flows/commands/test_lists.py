"""``wakhan lists``: the real command line on real list files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from watchlists.forms import forms_of
from watchlists.listfile import load_lists

LIST = """\
# Kept by the research desk.
title: Gorno-Badakhshan
owner: research desk
entities:
  - id: tokhir
    schema: Person
    caption: Tokhir Nazarov
    name:
      ru: [Тохир Назаров]
    priority: high
    notes: invented for the tests
  - id: post-12
    schema: Organization
    caption: Border post 12
    name: {ru: [Двенадцатая застава], zh: [第十二哨所]}
    weak: {ru: [застава]}
    context: {ru: [граница]}
"""


@pytest.fixture
def list_file(tmp_path):
    file = tmp_path / "badakhshan.yml"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_check_counts_entities_and_forms(wakhan, list_file):
    run = wakhan("lists", "check", "--lists", list_file)
    (watch_list,) = load_lists(list_file)
    forms = sum(len(forms_of(entity)) for entity in watch_list.entities)
    assert run.returncode == 0
    assert f"badakhshan: Gorno-Badakhshan: 2 entities, {forms} forms, version {watch_list.version}" in run.stdout


def test_check_of_the_bundled_lists_finds_nothing(wakhan):
    run = wakhan("lists", "check", "--json", WAKHAN_SETTINGS="")
    assert run.returncode == 0
    said = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(each["list"], each["findings"]) for each in said] == [(each.id, []) for each in load_lists()]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("schema: Person", "schema: Human", ["line 6", "schema", "Person"], id="schema"),
        pytest.param("caption: Tokhir", "captoin: Tokhir", ["line 7", "caption"], id="misspelt-key"),
        pytest.param("      ru: [Тохир", "      tj: [Тохир", ["line 9", "tg"], id="language"),
        pytest.param("id: post-12", "id: tokhir", ["line 12", "twice"], id="id-twice"),
        pytest.param("owner: research desk", "owner: [research", ["line"], id="not-yaml"),
    ],
)
def test_a_malformed_file_exits_2_with_file_line_and_fix(wakhan, list_file, old, new, said):
    assert old in LIST
    list_file.write_text(LIST.replace(old, new), encoding="utf-8")
    run = wakhan("lists", "check", "--lists", list_file)
    assert run.returncode == 2
    assert run.stdout == ""
    for word in ["badakhshan.yml", *said]:
        assert word in run.stderr
    assert "Traceback" not in run.stderr


def test_of_a_folder_every_file_that_cannot_be_read_is_named(wakhan, list_file):
    for name in ("a.yml", "c.yml"):
        (list_file.parent / name).write_text(LIST.replace("priority: high", "priority: hgih"), encoding="utf-8")
    (list_file.parent / "b.yml").write_text("", encoding="utf-8")
    run = wakhan("lists", "check", "--lists", list_file.parent)
    assert (run.returncode, run.stdout) == (2, "")
    said = run.stderr.splitlines()
    assert said[0] == "wakhan: 3 lists cannot be read"
    assert [line.split()[0].rstrip(":") for line in said[1:]] == [
        str(list_file.parent / f"{name}.yml") for name in "abc"
    ]
    assert all("`hgih` is not a priority. Did you mean `high`?" in line for line in (said[1], said[3]))


def test_an_overdue_review_is_a_warning(wakhan, list_file):
    list_file.write_text(LIST.replace("owner:", "review_by: 2020-01-01\nowner:"), encoding="utf-8")
    run = wakhan("lists", "check", "--lists", list_file)
    assert run.returncode == 0
    assert "badakhshan: warning: the review was due by 2020-01-01" in run.stdout


def test_a_company_in_latin_letters_is_no_common_word_of_tajik(wakhan, list_file):
    company = "  - {id: drones, schema: Company, caption: Drones, name: {tg: [Skyhunter]}}\n"
    list_file.write_text(LIST + company, encoding="utf-8")
    assert "[drones]" not in wakhan("lists", "check", "--lists", list_file).stdout


def test_one_id_in_two_lists_must_be_put_right(wakhan, list_file):
    (list_file.parent / "other.yml").write_text(LIST, encoding="utf-8")
    run = wakhan("lists", "check", "--lists", list_file.parent)
    assert run.returncode == 2
    assert "[tokhir]: error:" in run.stdout


def test_show_lists_all_and_shows_one_whole(wakhan, list_file):
    everyone = wakhan("lists", "show", "--lists", list_file).stdout
    assert "tokhir" in everyone
    assert "post-12" in everyone
    one = wakhan("lists", "show", "tokhir", "--lists", list_file).stdout
    assert "Тохир Назаров" in one
    assert "invented for the tests" in one
    assert "post-12" not in one


def test_show_json_has_the_keys_of_the_file(wakhan, list_file):
    (line,) = wakhan("lists", "show", "tokhir", "--json", "--lists", list_file).stdout.splitlines()
    said = json.loads(line)
    assert (said["list"], said["schema"], said["name"]) == ("badakhshan", "Person", {"ru": ["Тохир Назаров"]})


def test_show_yaml_is_the_file(wakhan, list_file):
    assert wakhan("lists", "show", "--yaml", "--lists", list_file).stdout == LIST


def test_forms_shows_inflected_forms_with_their_reasons(wakhan, list_file):
    run = wakhan("lists", "forms", "tokhir", "--lists", list_file, "--json")
    said = {form["form"]: form for form in map(json.loads, run.stdout.splitlines())}
    assert said["Тохира Назарова"]["reasons"] == ["genitive"]
    assert said["Тохира Назарова"]["name"] == "Тохир Назаров"
    assert not said["Тохира Назарова"]["weak"]
    assert said["Назарова"]["weak"]
    assert wakhan("lists", "forms", "tokhir", "--lists", list_file).stdout.count("Тохира Назарова") == 1


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        pytest.param(["forms", "tokhir"], ["Тохира Назарова", "genitive", "Тохир Назаров"], id="forms"),
        pytest.param(["show"], ["tokhir", "Tokhir Nazarov", "badakhshan"], id="show"),
    ],
)
def test_on_a_narrow_terminal_words_stay_whole(list_file, command, wanted):
    ours, theirs = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "flows.cli", "lists", *command, "--lists", str(list_file)],
        stdout=theirs, env={**os.environ, "COLUMNS": "45", "TERM": "xterm", "NO_COLOR": "1"}, check=True,
    )  # fmt: skip
    said = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert [words for words in wanted if words not in said] == []
    assert max(map(cell_len, said.splitlines())) <= 45


def test_a_long_spelling_is_shown_whole_on_one_line(wakhan, list_file):
    long = "Управление по координации пограничного сотрудничества в Горном Бадахшане"
    list_file.write_text(LIST.replace("Тохир Назаров", long).replace("Person", "Organization"), encoding="utf-8")
    assert long in wakhan("lists", "forms", "tokhir", "--lists", list_file).stdout


def test_forms_of_a_misspelt_entity_exits_2_and_says_which_is_meant(wakhan, list_file):
    run = wakhan("lists", "forms", "tohir", "--lists", list_file)
    assert run.returncode == 2
    assert "tokhir" in run.stderr


@pytest.mark.parametrize(
    "command", [["add", "--id", "x", "--schema", "Person", "--caption", "X", "--name", "ru=Х"], ["log"]]
)
def test_the_bundled_list_is_not_written_to(wakhan, command):
    run = wakhan("lists", *command, WAKHAN_SETTINGS="")
    assert run.returncode == 2
    assert "lists show --yaml" in run.stderr


def test_add_keeps_the_file_as_it_was_and_commits_with_the_reason(wakhan, list_file, monkeypatch):
    folder = list_file.parent
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "Desk")
    for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "desk@example.org")
    subprocess.run(["git", "init", "-q", folder], check=True)
    names = ["--name", "ru=Отряд «Памир»", "--name", "tg=Дастаи Помир", "--weak", "ru=отряд", "--context", "ru=Хорог"]
    given = ["--id", "pamir-unit", "--schema", "Organization", "--caption", "Pamir unit", *names]
    run = wakhan("lists", "add", "--lists", list_file, *given, "-m", "seen at the post in May")
    assert run.returncode == 0, run.stderr
    assert list_file.read_text(encoding="utf-8").startswith(LIST)
    (watch_list,) = load_lists(list_file)
    entity = watch_list.entity("pamir-unit")
    assert (entity.name["ru"], entity.weak["ru"], entity.context["ru"]) == (("Отряд «Памир»",), ("отряд",), ("Хорог",))
    log = wakhan("lists", "log", "--lists", list_file)
    assert "Desk: seen at the post in May" in log.stdout


def test_a_reason_that_nobody_keeps_is_said_to_be_lost(wakhan, list_file):
    given = ["--id", "pamir-unit", "--schema", "Organization", "--caption", "Pamir unit", "--name", "ru=Памир"]
    run = wakhan("lists", "add", "--lists", list_file, *given, "-m", "seen at the post in May")
    assert run.returncode == 0
    assert "the reason is kept nowhere, since the folder is not in git" in run.stderr


def test_a_name_without_a_language_is_refused(wakhan, list_file):
    given = ["--id", "x", "--schema", "Person", "--caption", "X", "--name", "Тохир"]
    run = wakhan("lists", "add", "--lists", list_file, *given)
    assert run.returncode == 2
    assert "--name ru=" in run.stderr
    assert list_file.read_text(encoding="utf-8") == LIST


def test_a_wrong_alert_is_mended_in_a_line_and_the_rest_of_the_file_stays(wakhan, list_file):
    lines = list_file.read_text(encoding="utf-8").splitlines()
    entity = load_lists(list_file)[0].entities[0]
    given = [
        "lists",
        "extend",
        entity.id,
        "--lists",
        list_file.parent,
        "--not",
        "ru=улица Тохира Назарова",
        "--not",
        "ru=школа Назарова",
    ]
    first, second = wakhan(*given), wakhan(*given)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "nothing changed" in second.stderr
    assert set(load_lists(list_file)[0].entity(entity.id).excluded["ru"]) >= {"улица Тохира Назарова", "школа Назарова"}
    assert set(lines) <= set(list_file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(["nobody", "--not", "ru=х"], "no list has an entity nobody", id="no such entity"),
        pytest.param(["{id}"], "nothing is added", id="nothing"),
        pytest.param(["{id}", "--not", "tj=х", "--name", "ru=Хорог"], "Did you mean `tg`?", id="language"),
    ],
)
def test_an_extension_that_is_wrong_changes_nothing(wakhan, list_file, given, said):
    entity_id = load_lists(list_file)[0].entities[0].id
    run = wakhan("lists", "extend", "--lists", list_file.parent, *(each.format(id=entity_id) for each in given))
    assert run.returncode == 2
    assert said in run.stderr
    assert list_file.read_text(encoding="utf-8") == LIST


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"--id": "a b"}, "[--id]: `a b` cannot stand as id. Write it without spaces", id="id"),
        pytest.param({"--caption": ""}, "[--caption]: `caption` is empty.", id="caption"),
        pytest.param({"--caption": " "}, "[--caption]: `caption` is empty.", id="blank caption"),
        pytest.param(
            {"--caption": "X\a"},
            "[--caption]: `caption` has a control character in it (U+0007)",
            id="bell in a caption",
        ),
        pytest.param(
            {"--name": "ru=Х\x1b[1m"},
            "[--name]: the name has a control character in it (U+001B)",
            id="escape in a name",
        ),
        pytest.param(
            {"--schema": "Place"}, "[--schema]: `Place` is not a schema. Did you mean `Address`?", id="schema"
        ),
        pytest.param(
            {"--name": "tj=Мурғоб"}, "[--name]: `tj` is not a language code. Did you mean `tg`?", id="language"
        ),
        pytest.param({"--name": "ru= "}, "[--name]: 'ru= ' has no name.", id="blank name"),
        pytest.param({"--name": "ru=!!"}, "[--name]: a name needs at least one letter or digit.", id="no letters"),
    ],
)
def test_a_slip_in_what_is_added_is_told_like_one_in_a_file(wakhan, list_file, changed, said):
    given = {"--id": "x", "--schema": "Person", "--caption": "X", "--name": "ru=Тохир"} | changed
    run = wakhan("lists", "add", "--lists", list_file, *(word for pair in given.items() for word in pair))
    assert run.returncode == 2
    assert run.stderr.startswith(f"wakhan: {said}")
    assert list_file.read_text(encoding="utf-8") == LIST


IDLE = "has none of the entity's names in it. Write the whole longer phrase in which the name does not count"
ITSELF = "is a name of the entity, which therefore never counts. Write the longer phrase, or put it in quotes"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param("ru=нет", f"[tokhir.not.ru]: the `not` phrase `нет` {IDLE}", id="no name in it"),
        pytest.param("zh=第十二哨所", f"[tokhir.not.zh]: the `not` phrase `第十二哨所` {IDLE}", id="a name of another"),
        pytest.param("ru=ТОХИР Назаров", f"the `not` phrase `ТОХИР Назаров` {ITSELF}", id="the name itself"),
    ],
)
@pytest.mark.parametrize("command", ["extend", "add"])
def test_a_phrase_that_excludes_nothing_or_everything_is_refused_before_anything_is_written(
    wakhan, list_file, command, given, said
):
    more = ["--schema", "Person", "--caption", "X", "--name", "ru=Тохир Назаров"]
    words = ["extend", "tokhir"] if command == "extend" else ["add", "--id", "tokhir", *more]
    before = list_file.read_bytes()
    run = wakhan("lists", *words, "--lists", list_file, "--name", "ru=Тохир Алиев", "--not", given)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert list_file.read_bytes() == before


def test_a_phrase_of_a_name_that_is_added_with_it_is_taken(wakhan, list_file):
    given = ["--name", "ru=Тохирчик", "--not", "ru=кафе Тохирчик", "--not", "ru=«Тохирчик»"]
    run = wakhan("lists", "extend", "tokhir", "--lists", list_file, *given)
    assert run.returncode == 0, run.stderr
    assert "not" not in wakhan("lists", "check", "--lists", list_file).stdout


def editor(tmp_path, old, new):
    """A program that replaces text in the file it is given."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        "file = pathlib.Path(sys.argv[1])\n"
        f"file.write_text(file.read_text(encoding='utf-8').replace({old!r}, {new!r}), encoding='utf-8')\n",
        encoding="utf-8",
    )
    return f"{sys.executable} {script}"


def test_edit_saves_a_good_list(wakhan, list_file, tmp_path):
    program = editor(tmp_path, "priority: high", "priority: low")
    run = wakhan("lists", "edit", "--lists", list_file, EDITOR=program, VISUAL="")
    assert run.returncode == 0, run.stderr
    assert list_file.read_text(encoding="utf-8") == LIST.replace("priority: high", "priority: low")


def test_edit_refuses_a_bad_list_and_keeps_what_was_typed(wakhan, list_file, tmp_path):
    program = editor(tmp_path, "priority: high", "priority: hgih")
    run = wakhan("lists", "edit", "--lists", list_file, EDITOR=program, VISUAL="", TMPDIR=str(tmp_path))
    assert run.returncode == 2
    assert "line 10" in run.stderr
    assert list_file.read_text(encoding="utf-8") == LIST
    kept = next(Path(word) for word in run.stderr.split() if "wakhan-edit-" in word)
    assert "priority: hgih" in kept.read_text(encoding="utf-8")


FOREIGN = {
    "people.ftm.json": json.dumps(
        {"id": "p-1", "schema": "Person", "properties": {"name": ["Тохир Назаров", "Tokhir Nazarov"]}}
    ),
    "targets.simple.csv": "id,schema,name,aliases\np-1,Person,Tokhir Nazarov,Тохир Назаров\n",
    "Q1.json": json.dumps(
        {
            "entities": {
                "Q1": {
                    "id": "Q1",
                    "labels": {"ru": {"value": "Тохир Назаров"}, "en": {"value": "Tokhir Nazarov"}},
                    "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]},
                }
            }
        }
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_import_makes_a_list_that_loads_and_is_not_doubled(wakhan, tmp_path, name):
    (tmp_path / name).write_text(FOREIGN[name], encoding="utf-8")
    target = tmp_path / "mine.yml"
    first = wakhan("lists", "import", tmp_path / name, "--to", target)
    assert first.returncode == 0, first.stderr
    (watch_list,) = load_lists(target)
    (entity,) = watch_list.entities
    assert (entity.schema_name, entity.name["ru"], entity.name["en"]) == (
        "Person",
        ("Тохир Назаров",),
        ("Tokhir Nazarov",),
    )
    written = target.read_bytes()
    assert "0 entities added, 1 there already" in wakhan("lists", "import", tmp_path / name, "--to", target).stderr
    assert target.read_bytes() == written


def test_what_is_no_list_is_not_imported(wakhan, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<html></html>", encoding="utf-8")
    run = wakhan("lists", "import", file, "--to", tmp_path / "mine.yml")
    assert run.returncode == 2
    assert "FollowTheMoney" in run.stderr
