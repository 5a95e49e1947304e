"""What the README tells a newcomer to type works as it says."""

import json
import re
import shlex
from pathlib import Path

import pytest
from command_line import run_wakhan

from flows.demo.show import write_settings
from watchlists.listfile import load_lists

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if "wakhan" in line and not line.startswith(("make", "#"))
]


def run(command: str, folder: Path, stdin: str = "") -> str:
    words = shlex.split(command)
    assert words[0] == "wakhan"
    done = run_wakhan(*words[1:], stdin=stdin, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "lists").mkdir()
    (yaml,) = re.findall(r"```yaml\n(title:.*?)```", README, re.DOTALL)
    (folder / "lists" / "my-beat.yml").write_text(yaml, encoding="utf-8")
    return folder


def test_the_first_watch_list_checks_and_shows_its_forms(desk):
    check, forms = (line for line in COMMANDS if line.startswith("wakhan lists"))
    run(check, desk)
    shown = run(forms, desk)
    assert "Фахрабаде" in shown
    assert "法赫拉巴德" in shown


def test_the_first_watch_list_finds_the_name_of_the_example(desk):
    (line,) = (line for line in COMMANDS if line.startswith("echo"))
    echo, _, command = line.partition("|")
    (given,) = shlex.split(echo)[1:]
    answer = json.loads(run(command.strip(), desk, stdin=given))
    assert [(mention["entity"], mention["surface"]) for mention in answer["mentions"]] == [("fakhrabad", "Фахрабаде")]


def test_the_first_question_is_answered_from_the_demo(demo_folder, tmp_path):
    (line,) = (line for line in COMMANDS if " sql " in line)
    (tmp_path / "wakhan-demo").symlink_to(demo_folder)
    write_settings(tmp_path / "wakhan-demo")
    assert "10 rows" in run(line, tmp_path)


def test_the_starter_list_is_as_large_as_said():
    (said,) = re.findall(r"has (\d+) entities", README)
    assert sum(len(watch_list.entities) for watch_list in load_lists()) == int(said)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((docs/[^)]+)\)", README))))
def test_every_page_and_picture_it_names_is_there(link):
    assert (Path(__file__).parents[1] / link).exists()
