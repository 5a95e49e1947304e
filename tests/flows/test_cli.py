"""The command line: light, exact about its exits, plain about mistakes."""

import json
import os
import subprocess
import sys

import click
import pytest
from command_line import run_wakhan

from flows.cli import COMMANDS
from flows.cli import wakhan as group

HEAVY = {"prefect", "duckdb", "trafilatura", "httpx", "pydantic", "pymorphy3", "langdetect", "argostranslate", "rich"}


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from flows.cli import wakhan\n"
        "try:\n    wakhan.main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "print(','.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "demo" in run.stdout
    assert not HEAVY & {name.split(".")[0] for name in run.stderr.strip().split(",")}


def test_every_command_of_the_help_can_be_loaded_and_says_the_same_of_itself():

    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert command.help, name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nonsense"], "No such command", id="unknown command"),
        pytest.param(["sttus"], "Did you mean 'status'?", id="misspelt command"),
        pytest.param(["run", "--since", "soon"], "3d, 12h", id="unreadable span"),
        pytest.param(["--settings", "/no/such.yml", "run"], "no such settings file", id="settings file missing"),
    ],
)
def test_wrong_use_exits_2_with_the_fix(arguments, said):
    run = run_wakhan(*arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(b'{"id": 1, "text": "x"\n', "line 1", id="broken JSON"),
        pytest.param(b'{"id": 1, "text": "x"}\n[]\n', "line 2", id="not an object"),
        pytest.param(b'{"id": 1}\n', '"text" is missing', id="key missing"),
        pytest.param(b'{"id": 1, "text": 5}\n', '"text" is not text', id="not text"),
    ],
)
def test_a_bad_line_is_named(lines, said):
    run = run_wakhan("detect", "-", stdin=lines)
    assert run.returncode == 2
    assert said in run.stderr


def test_a_misspelt_settings_key_is_named_with_its_line(tmp_path):
    file = tmp_path / "wakhan.yml"
    file.write_text("data_dir: /tmp/x\nfetch:\n  contakt: me@example.org\n", encoding="utf-8")
    run = run_wakhan("--settings", str(file), "run")
    assert run.returncode == 2
    said = run.stderr
    assert "wakhan.yml" in said
    assert "line 3" in said
    assert "contact" in said


def test_match_refuses_a_field_of_the_wrong_type():
    run = run_wakhan("match", "-", stdin=b'{"id": 1, "title": ["a"], "text": "x"}\n')
    assert run.returncode == 2
    assert '"title" is not text' in run.stderr


def test_half_a_surrogate_pair_comes_back_as_it_came():
    # A process of its own from the first byte: Python reads PYTHONIOENCODING once, when it starts.
    run = subprocess.run(
        [sys.executable, "-m", "flows.cli", "detect", "-"],
        input=b'{"id": "\\ud83d", "text": "plain words of English"}\n',
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
        timeout=100,
    )
    assert run.returncode == 0
    assert json.loads(run.stdout)["id"] == "\ud83d"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings = tmp_path / "wakhan.yml"
    settings.write_text(f"data_dir: {tmp_path / 'file' / 'below'}\n", encoding="utf-8")
    run = run_wakhan("--settings", str(settings), "run")
    assert run.returncode == 2
    assert "data_dir" in run.stderr
    assert "Traceback" not in run.stderr
