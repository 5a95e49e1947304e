"""``wakhan sql`` as a person runs it, on a small published warehouse."""

import csv
import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from PIL import Image

from records.landing import Batch
from tests.warehouse.press import NOON, article, guess, whole_batch
from warehouse import land, open_warehouse
from warehouse.publishing import publish


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "w.duckdb"
    chinese = article("zh", title="中塔联合反恐演练", text="演练", at=NOON, published_at=NOON - timedelta(days=2))
    with open_warehouse(path) as warehouse:
        land(warehouse, whole_batch())
        land(warehouse, Batch(landed_at=NOON, articles=(chinese,), languages=(guess(chinese, "zh"),)))
    return publish(path).path


@pytest.fixture(scope="module")
def sql(copy):
    """The command on the small warehouse: call it with further arguments."""
    from command_line import run_wakhan  # noqa: PLC0415 - found through pytest's path

    return lambda *arguments, **more: run_wakhan("sql", "--db", copy, *arguments, **more)


BY_DAY = "select dated_at::date as day, language, count(*) as articles from articles group by all"


def test_in_a_pipe_a_row_is_a_line_and_nothing_is_coloured(sql):
    ran = sql("select title, null as nothing, 1.50::decimal(4,2) as number from articles order by language")
    assert ran.stdout.splitlines() == [
        "title                          nothing  number",
        "─────────────────────────────  ───────  ──────",
        "Учения на полигоне Харбмайдон  NULL       1.50",
        "中塔联合反恐演练               NULL       1.50",
        "(2 rows)",
    ]


def test_a_query_comes_from_stdin_a_file_or_a_question(sql, tmp_path):
    file = tmp_path / "q.sql"
    file.write_text("select $word as word", encoding="utf-8-sig")
    assert sql(stdin="select 41 + 1 as n").stdout.splitlines()[2] == "42"
    assert sql("-", stdin="select 41 + 1 as n").stdout.splitlines()[2] == "42"
    assert sql("--file", file, "--param", "word=сӯз").stdout.splitlines()[2] == "сӯз"
    assert "language" in sql("--question", "languages_of_outlets").stdout


def test_questions_are_listed_and_a_near_miss_is_told(sql):
    assert "first-reported" in sql("--questions").stdout
    ran = sql("--question", "frist-reported")
    assert (ran.returncode, "first-reported" in ran.stderr) == (2, True)


def test_formats_hold_the_same_rows_and_out_knows_them_by_its_ending(sql, tmp_path):
    query = "select title, dated_at from articles order by dated_at"
    rows = json.loads(sql(query, "--format", "json").stdout)
    assert rows[0] == {"title": "中塔联合反恐演练", "dated_at": "2026-11-18T12:00:00Z"}
    assert list(csv.DictReader(io.StringIO(sql(query, "--format", "csv").stdout))) == rows
    for _ in range(2):
        assert sql(query, "--out", tmp_path / "a.parquet").returncode == 0
    assert duckdb.read_parquet(str(tmp_path / "a.parquet")).fetchall()[0][0] == rows[0]["title"]
    assert sql(query, "--out", tmp_path / "a.csv").stdout == ""
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("title,dated_at\n中塔")


@pytest.mark.parametrize("how", ["table", "csv", "json"])
def test_rows_that_were_cut_are_told(sql, how):
    ran = sql("from range(5)", "--limit", "2", "--format", how)
    assert "--limit N" in (ran.stdout if how == "table" else ran.stderr)


def test_timing_goes_to_stderr(sql):
    ran = sql("select 1 as a", "--format", "csv", "--timing")
    assert ran.stdout == "a\n1\n"
    assert "1 row in 0." in ran.stderr


def test_a_chart_is_drawn_in_the_terminal_and_as_a_picture(sql, tmp_path):
    ran = sql("--chart", BY_DAY)
    assert ran.stdout.splitlines()[:2] == [BY_DAY.removesuffix(" by all"), "by all"]
    assert "a day without a row is zero" in ran.stdout
    picture = tmp_path / "days.PNG"
    ran = sql(BY_DAY, "--chart", picture)
    assert "drawn in" in ran.stderr
    with Image.open(picture) as image:
        assert image.format == "PNG"
        # The first two colours of the palette: a line and its legend each.
        colours = {colour for _, colour in image.getcolors(maxcolors=100_000)}
        assert {(0, 0x72, 0xB2), (0xE6, 0x9F, 0)} <= colours


WRONG = [
    pytest.param(["select 1", "--question", "search"], "one of the three", id="two queries"),
    pytest.param(["select 1", "--chart", "x.svg"], "PNG", id="a chart that is no png"),
    pytest.param(["select 1", "--chart"], "no shape to draw: 1 (number)", id="nothing to draw"),
    pytest.param(["select 1", "--format", "parquet"], "--out FILE", id="parquet without a file"),
    pytest.param(["select 1", "--out", "no/where/a.csv"], "cannot be written", id="no folder"),
    pytest.param(["select $a"], "--param a=VALUE", id="no value"),
    pytest.param(["select 1", "--param", "a"], "NAME=VALUE", id="no name"),
    pytest.param([""], "nothing is asked", id="empty"),
    pytest.param(["from articels"], "articles", id="misspelt"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use_is_answered_with_what_to_do(sql, arguments, said, tmp_path):
    ran = sql(*arguments, folder=tmp_path)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_warehouse_that_is_not_published_says_what_to_do_first(wakhan, tmp_path):
    ran = wakhan("sql", "--db", tmp_path / "none.duckdb", "select 1")
    assert (ran.returncode, "wakhan db publish" in ran.stderr) == (2, True)


def test_a_query_that_does_not_hear_ends_with_the_command(sql):
    deaf = "select sum(levenshtein(repeat('x', 30000), repeat('y', 30000) || range::varchar)) from range(50)"
    ran = sql(deaf, "--timeout", "0.1")
    assert ran.returncode == 2
    assert ran.stderr.count("stopped after 0.1 s") == 1


def test_a_reader_that_goes_away_is_no_error(copy):
    command = [sys.executable, "-m", "flows.cli", "sql", "--db", str(copy), "--format", "csv", "from range(1000000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdout
        assert ran.stderr
        ran.stdout.readline()
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait() == 0


def test_on_a_terminal_it_is_a_prompt_that_answers_and_ends_with_ctrl_d(copy, tmp_path):
    (tmp_path / "wakhan.yml").write_text(f"data_dir: {tmp_path}\n")
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path.cwd())}
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execve(sys.executable, [sys.executable, "-m", "flows.cli", "sql", "--db", str(copy)], environment)
    read_until = _reader_of(terminal)
    try:
        read_until(b"wakhan>")
        os.write(terminal, b"select 6 *\r7 as n;\r")
        assert b"42" in read_until(b"(1 row)")
        read_until(b"wakhan>")
        os.write(terminal, b"select count(*) from range(1000000000000) a, range(1000000) b;\r")
        # The prompt hands the terminal back, then the query begins; Ctrl-C is pressed until it met the query.
        read_until(b"\x1b[?2004l")
        read_until(b"Stopped", press=b"\x03")
        read_until(b"wakhan>")
        # A Ctrl-C too many draws the prompt again, and what is pressed just then is lost: pressed until it ends.
        assert _status_after(child, lambda: os.write(terminal, b"\x04")) == 0
    finally:
        os.close(terminal)
    assert "+select 6 *\n+7 as n;" in (tmp_path / "sql-history").read_text()


def _status_after(child: int, press: Callable[[], object]) -> int:
    """Return how a child ended, pressing a key for as long as it lives."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        with suppress(OSError):  # it may have closed its terminal since
            press()
        time.sleep(0.3)


def _reader_of(terminal: int) -> Callable[..., bytes]:
    """Return what reads on until something was shown, pressing a key while nothing is, and returns all up to there."""
    seen = bytearray()

    def read_until(wanted: bytes, *, press: bytes = b"") -> bytes:
        while wanted not in seen:
            if select.select([terminal], [], [], 0.3)[0]:
                seen.extend(os.read(terminal, 4096))
            elif press:
                os.write(terminal, press)
        end = seen.index(wanted) + len(wanted)
        shown = bytes(seen[:end])
        del seen[:end]
        return shown

    return read_until
