"""Lists changed from the command line where it is not easy: two at once, links, rights, git, editors."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command_line import run_wakhan as wakhan

from watchlists.listfile import read_list

LIST = """\
# Kept by the research desk.
title: Gorno-Badakhshan
entities:
  - id: tokhir
    schema: Person
    caption: Tokhir Nazarov
    name: {ru: [Тохир Назаров]}
    priority: high

  # ---------------------------------------------------------------- Posts
  - id: post-12
    schema: Organization
    caption: Border post 12
    name: {ru: [Двенадцатая застава]}
"""
GIT = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Desk"), ("EMAIL", "desk@example.org"))
}
MORE = ["--schema", "Person", "--caption", "New", "--name", "ru=Иван Петров"]
PHRASE = ["extend", "tokhir", "--not", "ru=улица Тохира Назарова"]


@pytest.fixture
def list_file(tmp_path):
    file = tmp_path / "lists" / "badakhshan.yml"
    file.parent.mkdir()
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.fixture
def in_git(list_file):
    git(list_file, "init", "-q", "-b", "desk")
    git(list_file, "add", ".")
    git(list_file, "commit", "-q", "-m", "first")
    return list_file


def git(file, *arguments):
    command = ["git", "-C", str(file.parent), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **GIT}).stdout


def lists(file, command, *arguments, **environment):
    return wakhan("lists", command, "--lists", file, *arguments, **{**GIT, **environment})


def text_of(file):
    return file.read_text(encoding="utf-8")


def editor(tmp_path, body):
    """An editor that runs Python on the file it is given, called ``file``."""
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{body}\n", encoding="utf-8")
    return {"EDITOR": f"{sys.executable} {script}", "VISUAL": "", "TMPDIR": str(kept_in(tmp_path))}


def kept_in(tmp_path):
    folder = tmp_path / "tmp"
    folder.mkdir(exist_ok=True)
    return folder


TYPED_WRONG = "file.write_text(file.read_text('utf-8').replace('high', 'hgih'), 'utf-8')"
TYPED_RIGHT = "file.write_text(file.read_text('utf-8').replace('high', 'low'), 'utf-8')"


def test_of_changes_at_once_none_is_lost_and_each_has_its_reason(in_git):
    commands = [
        *([*PHRASE[:-1], f"ru=улица Назарова {n}", "-m", f"why {n}"] for n in range(3)),
        *(["add", "--id", f"n{n}", *MORE, "-m", f"who {n}"] for n in range(3)),
    ]
    with ThreadPoolExecutor(len(commands)) as pool:
        runs = list(pool.map(lambda command: lists(in_git, *command), commands))
    assert [run.returncode for run in runs] == [0] * len(commands), [run.stderr for run in runs]
    watch_list = read_list(in_git)
    assert {entity.id for entity in watch_list.entities} == {"tokhir", "post-12", "n0", "n1", "n2"}
    assert set(watch_list.entity("tokhir").excluded["ru"]) == {f"улица Назарова {n}" for n in range(3)}
    reasons = git(in_git, "log", "--format=%s").splitlines()
    assert sorted(reasons) == sorted(["first", *(command[-1] for command in commands)])
    assert git(in_git, "status", "--porcelain") == ""


def test_what_was_added_while_an_editor_was_open_is_not_overwritten(list_file, tmp_path):
    add = f"import subprocess; subprocess.run([sys.executable, '-m', 'flows.cli', 'lists', 'add', '--lists', \
{str(list_file)!r}, '--id', 'new', *{MORE!r}], check=True)"
    run = lists(list_file, "edit", **editor(tmp_path, f"{add}\n{TYPED_RIGHT}"))
    assert run.returncode == 2
    assert "changed by somebody else meanwhile. Your version is kept. Take over what differs: diff" in run.stderr
    assert read_list(list_file).entity("new") is not None
    (copy,) = kept_in(tmp_path).glob("wakhan-edit-*/badakhshan.yml")
    assert "priority: low" in text_of(copy)


def test_a_link_stays_a_link_and_mode_and_group_stay(in_git, tmp_path):
    in_git.chmod(0o664)
    link = tmp_path / "linked" / "mine.yml"
    link.parent.mkdir()
    link.symlink_to(in_git)
    groups = [group for group in os.getgroups() if group != in_git.stat().st_gid]
    if os.geteuid() == 0 or groups:
        os.chown(in_git, -1, groups[0] if groups else 12345)
    before = in_git.stat()
    for command in ([*PHRASE, "-m", "a street"], ["add", "--id", "new", *MORE]):
        run = lists(link, *command)
        assert run.returncode == 0, run.stderr
    assert lists(link, "edit", **editor(tmp_path, TYPED_RIGHT)).returncode == 0
    after = in_git.stat()
    assert link.is_symlink()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert [entity.id for entity in read_list(in_git).entities] == ["tokhir", "post-12", "new"]
    assert "a street" in lists(link, "log").stdout


@pytest.mark.parametrize("reason", ["", "  "])
@pytest.mark.parametrize("command", [PHRASE, ["add", "--id", "new", *MORE], ["edit"]], ids=["extend", "add", "edit"])
def test_a_reason_that_says_nothing_is_refused_before_anything_is_written(in_git, tmp_path, command, reason):
    run = lists(in_git, *command, "-m", reason, **editor(tmp_path, TYPED_RIGHT))
    assert run.returncode == 2
    assert "[-m]: a change needs a reason" in run.stderr
    assert text_of(in_git) == LIST


@pytest.mark.parametrize("command", [PHRASE, ["add", "--id", "new", *MORE], ["edit"]], ids=["extend", "add", "edit"])
def test_a_change_that_waits_for_its_reason_is_committed_when_it_is_given(in_git, tmp_path, command):
    for given, said in (([], "badakhshan.yml: "), (["-m", "a street"], "stood there already, commit ")):
        run = lists(in_git, *command, *given, **editor(tmp_path, TYPED_RIGHT))
        assert run.returncode == 0, run.stderr
        assert said in run.stderr
    assert git(in_git, "log", "-1", "--format=%s") == "a street\n"
    again = lists(in_git, *command, "-m", "again", **editor(tmp_path, TYPED_RIGHT))
    assert "nothing changed, it stands there already" in again.stderr


def test_a_hook_that_refuses_is_told_in_a_line_and_the_same_command_commits_later(in_git):
    hook = in_git.parent / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no commits on Sundays' >&2\necho 'ask the desk' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    run = lists(in_git, *PHRASE, "-m", "a street")
    assert run.returncode == 2
    assert "git did not take the change: no commits on Sundays. The file is saved" in run.stderr
    assert run.stderr.count("\n") == 1
    hook.unlink()
    assert "stood there already, commit" in lists(in_git, *PHRASE, "-m", "a street").stderr


def test_who_git_does_not_know_is_told_how_to_say_it(in_git, tmp_path):
    nobody = dict.fromkeys(GIT, "") | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    git(in_git, "config", "user.useConfigOnly", "true")
    run = lists(in_git, *PHRASE, "-m", "a street", **nobody)
    assert run.returncode == 2
    assert "git config --global user.name" in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_folder_of_somebody_else_and_a_lack_of_git_are_told_apart_from_no_history(in_git, tmp_path):
    not_ours = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    for command in ([*PHRASE, "-m", "a street"], ["log"]):
        other = lists(in_git, *command, **not_ours)
        none = lists(in_git, *command, PATH=str(tmp_path))
        assert (other.returncode, none.returncode) == (2, 2)
        assert f"git config --global --add safe.directory {in_git.parent}" in other.stderr
        assert "there is no program git here. Install git" in none.stderr
    assert text_of(in_git) == LIST


def test_a_commit_on_no_branch_is_warned_of(in_git):
    git(in_git, "checkout", "-q", "--detach")
    run = lists(in_git, *PHRASE, "-m", "a street")
    assert run.returncode == 0
    assert "on no branch (HEAD is detached)" in run.stderr


def test_a_merge_left_unfinished_is_told_by_every_command(list_file):
    marks = "<<<<<<< HEAD\n    priority: high\n=======\n    priority: low\n>>>>>>> desk\n"
    list_file.write_text(LIST.replace("    priority: high\n", marks), encoding="utf-8")
    for command in (["check"], PHRASE, ["add", "--id", "new", *MORE]):
        run = lists(list_file, *command)
        assert run.returncode == 2
        assert "badakhshan.yml [line 8]: git found two changes here" in run.stderr


def bound_by_rights(*arguments, folder, **environment):
    """Run ``wakhan`` so that the rights of files hold for it, which for root they do not."""
    bound = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = [*bound, sys.executable, "-m", "flows.cli", *map(str, arguments)]
    folder.chmod(0o555)
    try:
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("command", [PHRASE, ["add", "--id", "new", *MORE]], ids=["extend", "add"])
def test_a_folder_that_cannot_be_written_is_an_error_in_a_line(list_file, command):
    run = bound_by_rights("lists", command[0], "--lists", list_file, *command[1:], folder=list_file.parent)
    assert run.returncode == 2
    assert f"{list_file}: Permission denied. Let the account that runs wakhan" in run.stderr
    assert run.stderr.count("\n") == 1
    assert list(list_file.parent.iterdir()) == [list_file]


def test_what_was_typed_is_kept_where_the_list_cannot_be_written(list_file, tmp_path):
    given = editor(tmp_path, TYPED_RIGHT)
    run = bound_by_rights("lists", "edit", "--lists", list_file, folder=list_file.parent, **given)
    assert run.returncode == 2
    (copy,) = kept_in(tmp_path).glob("wakhan-edit-*/badakhshan.yml")
    assert f"{list_file} cannot be written: Permission denied." in run.stderr
    assert f"what you typed is kept: mend it in {copy}" in run.stderr
    assert "priority: low" in text_of(copy)


def test_a_comment_that_was_typed_is_saved_and_committed(in_git, tmp_path):
    typed = "file.write_text('# Read in May.\\n' + file.read_text('utf-8'), 'utf-8')"
    run = lists(in_git, "edit", "-m", "read again", **editor(tmp_path, typed))
    assert f"badakhshan.yml: saved, version {read_list(in_git).version}, commit " in run.stderr
    assert text_of(in_git) == "# Read in May.\n" + LIST


def test_a_mistake_says_that_the_list_is_untouched_and_how_to_go_on(list_file, tmp_path):
    run = lists(list_file, "edit", **editor(tmp_path, TYPED_WRONG))
    assert run.returncode == 2
    (copy,) = kept_in(tmp_path).glob("wakhan-edit-*/badakhshan.yml")
    assert f"{copy} [entities.tokhir.priority, line 8]" in run.stderr
    assert f"{list_file} is as it was, and what you typed is kept" in run.stderr
    assert f"`cp {copy} {list_file}`" in run.stderr
    assert text_of(list_file) == LIST


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\x04", 2)])
def test_on_a_terminal_the_copy_with_a_mistake_can_be_opened_again(list_file, tmp_path, answer, code):
    mended = "text = file.read_text('utf-8')\nfile.write_text(text.replace('hgih', 'low') if 'hgih' in text else \
text.replace('high', 'hgih'), 'utf-8')"
    ours, theirs = os.openpty()
    os.write(ours, answer.encode())
    run = subprocess.run(
        [sys.executable, "-m", "flows.cli", "lists", "edit", "--lists", str(list_file)],
        stdin=theirs, stderr=theirs, env={**os.environ, **editor(tmp_path, mended)}, check=False,
    )  # fmt: skip
    said = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert "Open it again?" in said
    assert run.returncode == code
    assert ("priority: low" in text_of(list_file)) == (code == 0)
    assert bool(list(kept_in(tmp_path).iterdir())) == (code != 0)


def stopped_while_typing(list_file, tmp_path, body):
    stop = f"import os, signal, time\n{body}\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(20)"
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "lists", "edit", "--lists", str(list_file)],
        env={**os.environ, **editor(tmp_path, stop)}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_ctrl_c_in_the_editor_says_where_what_was_typed_is_kept(list_file, tmp_path):
    run = stopped_while_typing(list_file, tmp_path, TYPED_RIGHT)
    (copy,) = kept_in(tmp_path).glob("wakhan-edit-*/badakhshan.yml")
    assert run.returncode == 130
    assert f"What you typed is kept in {copy}" in run.stderr
    assert "priority: low" in text_of(copy)
    assert text_of(list_file) == LIST


def test_ctrl_c_before_anything_was_typed_leaves_nothing(list_file, tmp_path):
    run = stopped_while_typing(list_file, tmp_path, "")
    assert (run.returncode, run.stderr.strip()) == (130, "Stopped.")
    assert list(kept_in(tmp_path).iterdir()) == []


@pytest.mark.parametrize(
    ("named", "said"),
    [
        pytest.param({"EDITOR": "no-such-editor"}, "no-such-editor cannot be started", id="missing"),
        pytest.param({"EDITOR": "/"}, "/ cannot be started", id="no program"),
        pytest.param({"EDITOR": 'vi "x'}, "a quote is not closed", id="open quote"),
        pytest.param({"EDITOR": " "}, "no editor is named", id="blank"),
        pytest.param({"EDITOR": "false"}, "false ended with 1", id="failing"),
        pytest.param({"EDITOR": "rm"}, "rm left no file", id="removes the file"),
    ],
)
def test_an_editor_that_does_not_work_changes_nothing_and_leaves_nothing(list_file, tmp_path, named, said):
    run = lists(list_file, "edit", VISUAL="", TMPDIR=str(kept_in(tmp_path)), **named)
    assert run.returncode == 2
    assert said in run.stderr
    assert run.stderr.count("\n") == 1
    assert text_of(list_file) == LIST
    assert list(kept_in(tmp_path).iterdir()) == []


def test_what_is_neither_a_file_nor_a_folder_is_no_list(list_file):
    for command in (["edit"], ["check"], PHRASE):
        run = lists("/dev/null", *command)
        assert run.returncode == 2
        assert "/dev/null: this is neither a file nor a folder" in run.stderr


def test_a_list_that_is_not_there_is_told_with_one_that_is_called_alike(list_file):
    (list_file.parent / "security.yml").write_text(LIST, encoding="utf-8")
    for given, said in (
        (["--list", "zz"], "there is no list zz. Name one with --list: badakhshan, security"),
        (["--list", "securty"], "there is no list securty. Did you mean security?"),
        ([], "2 lists have an entity tokhir"),
    ):
        assert said in lists(list_file.parent, *PHRASE, *given).stderr
    near = lists(list_file.parent, "extend", "tohir", "--not", "ru=х")
    assert "no list has an entity tohir. Did you mean tokhir?" in near.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(["--not", "rus=х"], "[--not]: `rus` is not a language code. Did you mean `ru`?", id="language"),
        pytest.param(["--weak", "ru=!!"], "[--weak]: a name needs at least one letter or digit.", id="no letters"),
    ],
)
def test_a_slip_in_what_is_given_is_told_of_the_option_not_of_the_file(list_file, given, said):
    run = lists(list_file, "extend", "tokhir", *given)
    assert run.returncode == 2
    assert run.stderr.startswith(f"wakhan: {said}")


def test_a_bug_is_not_taken_for_a_mistake_of_the_user(tmp_path):
    (tmp_path / "flows_bug.py").write_text(
        "import flows.commands.lists as lists\n"
        "def broken(path): raise FileNotFoundError(2, 'No such file or directory', 'ours')\n"
        "import watchlists.listfile\nwatchlists.listfile.list_files = broken\n"
        "from flows.cli import main\nmain()\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(tmp_path / "flows_bug.py"), "lists", "show", "--lists", "x"]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": Path.cwd()}
    )
    assert run.returncode == 1
    assert "Traceback" in run.stderr
