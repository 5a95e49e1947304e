import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from records import WarehouseError
from records.landing import Batch
from tests.warehouse.press import NOON, article, guess, whole_batch
from warehouse import land, open_warehouse
from warehouse.asking import ask, ask_to_parquet, text_of
from warehouse.publishing import publish


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("asking") / "w.duckdb"
    with open_warehouse(path) as warehouse:
        land(warehouse, whole_batch())
        chinese = article("zh", title="中塔联合\x1b[31m反恐演练", text="演练")
        land(warehouse, Batch(landed_at=NOON, articles=(chinese,), languages=(guess(chinese, "zh"),)))
    return publish(path).path


REFUSED = [
    pytest.param("insert into store.verdicts values ('a', 'b', 'c', 'd', now())", "this is INSERT", id="insert"),
    pytest.param("drop view articles", "this is DROP", id="drop"),
    pytest.param("attach 'other.duckdb'", "this is ATTACH", id="attach"),
    pytest.param("copy articles to 'out.csv'", "this is COPY", id="copy"),
    pytest.param("set enable_external_access = true", "this is SET", id="set"),
    pytest.param("install httpfs", "this is", id="install"),
    pytest.param("select 1; select 2", "one query at a time", id="two"),
    pytest.param("", "one query at a time", id="none"),
    pytest.param("from read_csv('/etc/passwd')", "not allowed here", id="read a file"),
    pytest.param("select * from '/etc/passwd'", "not allowed here|does not exist", id="a file as a table"),
    pytest.param("select content from read_text('/etc/passwd')", "not allowed here", id="read text"),
    pytest.param("from glob('/etc/*')", "not allowed here", id="list files"),
]


@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_what_is_not_a_reading_query_is_refused_with_a_reason(copy, query, reason):
    with pytest.raises(WarehouseError, match=reason):
        ask(copy, query)


def test_a_query_that_runs_for_ever_is_stopped(copy):
    with pytest.raises(WarehouseError, match=r"stopped after 0\.3 s"):
        ask(copy, "select count(*) from range(1000000000) a, range(1000000000) b", timeout_seconds=0.3)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("select titel from articles", r"(?s)titel.*LINE 1.*\^"),
        ("select title\nfrom article", r"(?s)article.*LINE 2.*\^"),
        ("selec 1", r"(?s)syntax error.*LINE 1.*\^"),
    ],
)
def test_an_error_points_to_the_place(copy, query, place):
    with pytest.raises(WarehouseError, match=place):
        ask(copy, query)


def test_parameters_fill_their_places(copy):
    answer = ask(copy, "select title from articles where language = $language", parameters={"language": "ru"})
    assert answer.rows == (("Учения на полигоне Харбмайдон",),)


def test_an_answer_is_cut_at_its_limit_and_says_so(copy):
    answer = ask(copy, "from range(5)", max_rows=3)
    assert (len(answer.rows), answer.cut) == (3, True)
    assert "3 of more rows" in text_of(answer, "table")
    assert not ask(copy, "from range(3)", max_rows=3).cut


def test_a_table_is_aligned_and_drives_no_terminal(copy):
    lines = text_of(ask(copy, "select title, language from articles order by language desc"), "table").splitlines()
    assert "\x1b" not in "".join(lines)
    assert lines[2].rstrip().endswith("zh")
    # Chinese characters are two columns wide: 8 of them and five Latin ones take 21.
    assert lines[0].startswith("title")


def test_csv_and_json_hold_everything(copy):
    answer = ask(copy, "select title, dated_at, null as nothing, [1, 2] as list from articles order by language")
    rows = list(csv.DictReader(io.StringIO(text_of(answer, "csv"))))
    assert rows[0]["title"] == "Учения на полигоне Харбмайдон"
    assert rows[0]["dated_at"] == "2026-11-20T12:00:00Z"
    parsed = json.loads(text_of(answer, "json"))
    assert parsed[0] == {
        "title": "Учения на полигоне Харбмайдон",
        "dated_at": "2026-11-20T12:00:00Z",
        "nothing": None,
        "list": [1, 2],
    }


def test_parquet_goes_to_the_one_file_named(copy, tmp_path):
    target = tmp_path / "out.parquet"
    assert ask_to_parquet(copy, "from articles;", target) == 2
    assert duckdb.read_parquet(str(target)).count("*").fetchall() == [(2,)]
    with pytest.raises(WarehouseError, match="not allowed here"):
        ask_to_parquet(copy, "from read_text('/etc/passwd')", target)


def test_a_missing_copy_says_how_to_make_one(tmp_path):
    with pytest.raises(WarehouseError, match="wakhan db publish"):
        ask(tmp_path / "none.duckdb", "select 1")
