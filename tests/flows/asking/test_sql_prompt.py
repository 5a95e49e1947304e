"""The prompt, typed into through a pipe, on a small published copy that is replaced under it."""

from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from flows.asking.completing import SqlCompleter
from flows.asking.conversation import Conversation
from flows.asking.prompt import COMMANDS, Prompt, converse
from flows.asking.statements import is_complete, split_statements
from flows.asking.tables import Look
from tests.warehouse.press import whole_batch
from warehouse import land, open_warehouse
from warehouse.publishing import publish


@pytest.fixture(scope="module")
def warehouse_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("prompt") / "w.duckdb"
    with open_warehouse(path) as warehouse:
        land(warehouse, whole_batch())
    publish(path)
    return path


@pytest.fixture
def conversation(warehouse_file):
    with Conversation(publish(warehouse_file).path) as opened:
        yield opened


@pytest.fixture
def typed(conversation, tmp_path):
    """Type into a prompt; returns what it wrote, with what it complained of."""

    def type_in(text: str, *, meanwhile=None) -> str:
        said: list[str] = []

        def write(line: str) -> None:
            said.append(line)
            if meanwhile is not None:
                meanwhile()

        prompt = Prompt(conversation, look=Look, write=write)
        with create_pipe_input() as pipe:
            pipe.send_text(text)
            converse(prompt, tmp_path / "history", complain=said.append, source=pipe, screen=DummyOutput())
        return "\n".join(said)

    return type_in


CTRL_D = "\x04"


def test_a_statement_may_take_several_lines_and_an_error_is_not_the_end(typed, tmp_path):
    said = typed("from articels;\rselect 6 *\r7 as n;\r" + CTRL_D)
    assert 'Did you mean "articles"' in said
    assert said.endswith(" n\n──\n42\n(1 row)")
    assert "+select 6 *\n+7 as n;" in (tmp_path / "history").read_text()
    assert (tmp_path / "history").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (".tables\r", "mentions_of(entity)"),
        (".describe articles\r", "title_en varchar"),
        (".describe nothing\r", "articles, "),
        (".questions\r", "first-reported"),
        (".mode csv\rselect 1 as a, 2 as b;\r", "a,b\n1,2"),
        (".mode json\rselect 1 as a;\r", '"a": 1'),
        (".mode xml\r", "they are table now"),
        (".timing\rselect 1;\r", "-- answered in"),
        (".param word сӯз\rselect $word as w;\r", "сӯз"),
        ("select $word;\r", "no value for $word"),
        ("select date '2026-11-01' as day, 3 as n;\r.chart\r", "n, 2026-11-01"),
        (".chart\r", "ask something first"),
        (".nonsense\r", "there is no .nonsense"),
        (".help\r", ".open-question NAME"),
        (".open-question languages\r\r", "language"),
        ("select 1 as a; select 2 as b;\r", "b\n─\n2"),
    ],
)
def test_what_is_typed_is_answered(typed, text, said):
    assert said in typed(text + ".quit\r")


def test_a_copy_that_is_replaced_is_followed_and_told(typed, warehouse_file):
    replaced = []

    def replace() -> None:
        if not replaced:
            replaced.append(True)
            with open_warehouse(warehouse_file) as warehouse:
                land(warehouse, whole_batch("another"))
            publish(warehouse_file)

    query = "select count(*) as n from articles where url like '%another';\r"
    said = typed(query + query + CTRL_D, meanwhile=replace)
    assert said.index("0\n(1 row)") < said.index("-- a newer copy was published") < said.rindex("1\n(1 row)")


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("from art", "articles"),
        ("select tit", "title"),
        ("select a.titl", None),
        ("select count(*) from articles as a where a.lang", "language"),
        ("select * from mentions where sur", "surface"),
        ("from time", "timeline"),
        ("sele", "select"),
        (".descr", ".describe"),
        (".describe men", "mentions"),
        (".open-question first", "first-reported"),
        (".mode j", "json"),
    ],
)
def test_what_comes_next_is_offered(conversation, before, first):
    completer = SqlCompleter(conversation, tuple(COMMANDS), ("table", "csv", "json"))
    offered = [each.text for each in completer.get_completions(Document(before), CompleteEvent())]
    assert (offered[0] if offered else None) == first


@pytest.mark.parametrize(
    ("text", "complete", "statements"),
    [
        ("select 1", False, ["select 1"]),
        ("select 1;", True, ["select 1"]),
        ("select ';'", False, ["select ';'"]),
        ("select 'it''s;", False, ["select 'it''s;"]),
        ("select 1; -- done", True, ["select 1"]),
        ("select 1 -- ;", False, ["select 1 -- ;"]),
        ("/* ; */ select $$ ; $$; select 2;", True, ["/* ; */ select $$ ; $$", "select 2"]),
        ("", True, []),
        (".tables", True, [".tables"]),
    ],
)
def test_a_statement_ends_at_its_semicolon(text, complete, statements):
    assert (is_complete(text), split_statements(text)) == (complete, statements)
