import gc
import signal
import threading
from pathlib import Path

import duckdb
import pytest

from records import WarehouseError
from records.landing import Batch
from tests.warehouse.press import NOON, article, guess, whole_batch
from warehouse import land, open_warehouse
from warehouse.asking import LIMITS, QUERY_THREAD, ask, ask_reader, ask_to_parquet, open_current, open_reader
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
    pytest.param("update store.outlets set title = 'x'", "this is UPDATE", id="update"),
    pytest.param("delete from store.outlets", "this is DELETE", id="delete"),
    pytest.param("truncate store.outlets", "this is DELETE", id="truncate"),
    pytest.param("drop view articles", "this is DROP", id="drop"),
    pytest.param("/* select */ drop view articles -- select", "this is DROP", id="behind a comment"),
    pytest.param("create temp table x as select 1", "this is CREATE", id="create"),
    pytest.param("create secret (type s3)", "this is CREATE", id="secret"),
    pytest.param("comment on table store.outlets is 'x'", "this is ALTER", id="comment"),
    pytest.param("attach 'other.duckdb'", "this is ATTACH.*--db", id="attach"),
    pytest.param("detach w", "this is DETACH", id="detach"),
    pytest.param("use store", "this is SET", id="use"),
    pytest.param("copy articles to 'out.csv'", "this is COPY.*--out", id="copy"),
    pytest.param("copy (select 1) to '/dev/stdout'", "this is COPY", id="copy to stdout"),
    pytest.param("export database 'out'", "this is EXPORT", id="export"),
    pytest.param("import database 'out'", "only queries that read", id="import"),
    pytest.param("set enable_external_access = true", "this is SET", id="set"),
    pytest.param("set variable a = 1", "this is SET", id="set a variable"),
    pytest.param("pragma database_list", "this is PRAGMA.*show tables", id="pragma"),
    pytest.param("call duckdb_views()", "this is CALL.*from name", id="call"),
    pytest.param("install httpfs", "this is", id="install"),
    pytest.param("load httpfs", "this is LOAD", id="load"),
    pytest.param("checkpoint", "only queries that read", id="checkpoint"),
    pytest.param("vacuum", "this is VACUUM", id="vacuum"),
    pytest.param("begin", "this is TRANSACTION", id="begin"),
    pytest.param("prepare p as select 1", "this is PREPARE", id="prepare"),
    pytest.param("select 1; select 2", "one query at a time", id="two"),
    pytest.param("select 1; drop view articles", "one query at a time", id="a second that drops"),
    pytest.param("", "nothing is asked", id="none"),
    pytest.param("-- select 1", "nothing is asked", id="a comment alone"),
    pytest.param("with x as (insert into store.lists select 1 returning *) from x", "has INSERT", id="inner insert"),
    pytest.param("with x as (copy articles to 'out.csv') select 1", "has COPY in it", id="inner copy"),
    pytest.param("explain analyze copy articles to 'out.csv'", "has COPY in it", id="explained copy"),
    pytest.param("EXPLAIN (analyze, format json) /* c */ COPY articles to 'o.csv'", "has COPY in it", id="options"),
    pytest.param("from read_csv('/etc/passwd')", "not allowed here.*--allow-files", id="read a file"),
    pytest.param("from read_json('/etc/passwd')", "not allowed here", id="read json"),
    pytest.param("from read_csv('/dev/stdin')", "not allowed here", id="read stdin"),
    pytest.param("from 'file.csv'", "not allowed here", id="a csv file as a table"),
    pytest.param("from 'https://example.org/x.parquet'", "not allowed here", id="an address as a table"),
    pytest.param("from read_parquet('s3://bucket/x.parquet')", "not allowed here", id="a bucket"),
    pytest.param("select * from '/etc/passwd'", "not allowed here|does not exist", id="a file as a table"),
    pytest.param("from query_table('/etc/passwd')", "not allowed here|does not exist", id="query_table"),
    pytest.param("from query('attach ''x.duckdb''')", "single SELECT", id="query attaches"),
    pytest.param("from query('from read_text(''/etc/passwd'')')", "not allowed here", id="query reads"),
    pytest.param("select content from read_text('/etc/passwd')", "not allowed here", id="read text"),
    pytest.param("from read_blob('/etc/passwd')", "not allowed here", id="read bytes"),
    pytest.param("from sniff_csv('/etc/passwd')", "not allowed here", id="sniff"),
    pytest.param("from parquet_metadata('x.parquet')", "not allowed here", id="metadata"),
    pytest.param("from glob('/etc/*')", "not allowed here", id="list files"),
    pytest.param("from duckdb_secrets()", "not allowed here", id="secrets"),
    pytest.param("select getenv('HOME')", "getenv does not exist", id="environment"),
    pytest.param("from enable_logging('QueryLog', storage = 'file')", "locked", id="log to a file"),
    pytest.param("from sqlite_scan('x', 'y')", "extensions are not loaded", id="an extension"),
    pytest.param("from REFUSED", "REFUSED does not exist", id="a variable of Python"),
    pytest.param(
        "from json_execute_serialized_sql(json_serialize_sql('from read_text(''/etc/passwd'')'))",
        "not allowed here",
        id="serialised",
    ),
    pytest.param("select repeat('x', 100000000000)", "(?i)maximum supported string", id="a text without end"),
]


@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_what_is_not_a_reading_query_is_refused_with_a_reason(copy, query, reason, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WarehouseError, match=f"(?s){reason}"):
        ask(copy, query)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "query",
    [
        "copy articles to 'out.csv'",
        "with x as (copy articles to 'out.csv') select 1",
        "explain analyze copy articles to 'out.csv'",
        "explain analyze with x as (copy articles to 'out.csv') select 1",
    ],
)
def test_leave_to_read_files_is_no_leave_to_write_them(copy, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("a\n1\n")
    assert ask(copy, "from 'in.csv'", allow_files=True).rows == ((1,),)
    with pytest.raises(WarehouseError, match="only queries that read"):
        ask(copy, query, allow_files=True)
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    "query",
    [
        "select replace(title, 'a', 'b'), 'copy (drop' from articles -- drop",
        'select (update), "insert" from (select 1 as update, 2 as "insert")',
        "pivot articles on language using count(*) group by outlet_id",
        "select 1 from (pivot articles on language using count(*))",
        "describe articles",
        "summarize outlets",
        "show tables",
        "explain analyze select count(*) from articles",
        "values (1), (2);",
    ],
)
def test_what_reads_is_answered_whatever_words_are_in_it(copy, query):
    assert ask(copy, query).rows


ENDLESS = [
    pytest.param("select count(*) from range(1000000000000) a, range(1000000000000) b", id="cross join"),
    pytest.param(
        "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t", id="recursion"
    ),
    pytest.param("select pg_sleep(1000)", id="sleep"),
]


@pytest.mark.parametrize("query", ENDLESS)
def test_a_query_that_runs_for_ever_is_stopped(copy, query):
    with pytest.raises(WarehouseError, match=r"stopped after 0\.2 s"):
        ask(copy, query, timeout_seconds=0.2)


def test_endless_rows_are_cut_at_the_limit(copy):
    answer = ask(copy, "with recursive t(n) as (select 1 union all select n + 1 from t) from t", max_rows=3)
    assert (answer.rows, answer.cut) == (((1,), (2,), (3,)), True)


def test_a_query_that_does_not_hear_is_left_behind_and_the_next_is_answered(copy, monkeypatch):
    monkeypatch.setattr("warehouse.asking._HEARING_SECONDS", 0.1)
    deaf = "select sum(levenshtein(repeat('x', 5000), repeat('y', 5000) || range::varchar)) from range(20)"
    with open_reader(copy) as reader:
        with pytest.raises(WarehouseError, match="stopped after"):
            ask_reader(reader, deaf, timeout_seconds=0.1)
        left = [thread for thread in threading.enumerate() if thread.name == QUERY_THREAD]
        assert ask_reader(reader, "select 1").rows == ((1,),)
    assert len(left) == 1
    left[0].join()


def test_a_query_that_wants_all_memory_is_stopped_with_advice(copy, monkeypatch):
    monkeypatch.setitem(LIMITS, "memory_limit", "100MB")
    with pytest.raises(WarehouseError, match="more memory than a query may have"):
        ask(copy, "select length(string_agg(repeat('abc', 100000), '')) from range(100000)")


def test_ctrl_c_stops_the_query_and_not_the_reader(copy):
    with open_reader(copy) as reader:
        threading.Timer(0.3, signal.pthread_kill, [threading.get_ident(), signal.SIGINT]).start()
        with pytest.raises(KeyboardInterrupt):
            ask_reader(reader, "select count(*) from range(1000000000000) a, range(1000000000000) b")
        assert ask_reader(reader, "select 1").rows == ((1,),)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("select titel from articles", r"(?s)titel.*LINE 1.*\^"),
        ("select title\nfrom article", r"(?s)article.*LINE 2.*\^"),
        ("selec 1", r"(?s)syntax error.*LINE 1.*\^"),
        ("from articels", r'(?s)Did you mean "articles"\?\nLINE 1: from articels\n {13}\^'),
        ("from nowhere_near", "There are: .*articles.*mentions"),
        ("from mention_of('x')", 'Did you mean "mentions_of"'),
        ("select a.languag from articles a", 'Did you mean "language"'),
        ("select '塔吉克' = titel from articles", r"(?s)title.*\n {26}\^"),
        ("select $language", "--param language=VALUE"),
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
    assert not ask(copy, "from range(3)", max_rows=3).cut


def test_parquet_goes_to_the_one_file_named(copy, tmp_path):
    target = tmp_path / "out.parquet"
    assert ask_to_parquet(copy, "from articles;", target) == 2
    assert duckdb.read_parquet(str(target)).count("*").fetchall() == [(2,)]
    assert ask_to_parquet(copy, "from range(10)", target, max_rows=4) == 4
    assert ask_to_parquet(copy, "pivot articles on language using count(*) group by outlet_id", target) == 1
    with pytest.raises(WarehouseError, match="not allowed here"):
        ask_to_parquet(copy, "from read_text('/etc/passwd')", target)


def test_a_file_is_written_once_the_reader_beside_it_has_ended(copy, tmp_path):
    with open_reader(copy) as reader:
        threading.Timer(0.2, reader.connection.close).start()
        assert ask_to_parquet(copy, "from articles", tmp_path / "out.parquet") == 2


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("select titel from articles", id="wrong"),
        pytest.param("select count(*) from range(1000000000000) a, range(1000000000000) b", id="endless"),
        pytest.param(
            "select sum(levenshtein(repeat('x', 3000), repeat('y', 3000) || range::varchar)) from range(20)", id="deaf"
        ),
    ],
)
def test_a_query_that_failed_does_not_hold_the_copy_open(copy, tmp_path, monkeypatch, query):
    monkeypatch.setattr("warehouse.asking._HEARING_SECONDS", 0.1)
    gc.disable()
    try:
        with pytest.raises(WarehouseError):
            ask(copy, query, timeout_seconds=0.1)
        for thread in threading.enumerate():
            if thread.name == QUERY_THREAD:
                thread.join()
        assert ask_to_parquet(copy, "from articles", tmp_path / "out.parquet") == 2
    finally:
        gc.enable()


def test_a_file_is_not_written_while_another_query_reads(copy, tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.asking._HEARING_SECONDS", 0.1)
    with open_reader(copy), pytest.raises(WarehouseError, match="still reads this copy"):
        ask_to_parquet(copy, "from articles", tmp_path / "out.parquet")


def test_a_missing_copy_says_how_to_make_one(tmp_path):
    with pytest.raises(WarehouseError, match="wakhan db publish"):
        ask(tmp_path / "none.duckdb", "select 1")


def test_a_copy_of_another_version_is_refused_to_the_programs_own_queries(tmp_path):
    path, published = tmp_path / "w.duckdb", tmp_path / "published.duckdb"
    with open_warehouse(path):
        pass
    publish(path, published)
    with open_current(published) as reader:
        assert ask_reader(reader, "select 1").rows == ((1,),)
    with duckdb.connect(published) as connection:
        connection.execute("delete from store.schema_migrations where version = 3")
    with pytest.raises(WarehouseError, match="wakhan db publish"), open_current(published):
        pass
    assert ask(published, "select 1").rows == ((1,),)
