"""``wakhan alerts`` and ``wakhan verdict``: the real command line on a real warehouse and real list files."""

import json
import shlex
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from records.landing import Batch
from tests.warehouse.press import alert, article, entity, guess, mention, outlet, watch_list
from warehouse import land, open_warehouse, sync_lists, sync_outlets
from warehouse.asking import ask
from warehouse.publishing import publish
from watchlists.listfile import read_list

NOW = datetime.now(UTC).replace(microsecond=0)

LIST = """\
# Kept by the research desk.
title: Security
entities:
  # The base in Dushanbe, and no other.
  - id: base-201
    schema: Organization
    caption: 201st Military Base
    name: {ru: [201-я база]}   # as papers call it
    priority: high
  - id: range
    schema: Address
    caption: Kharbmaydon range
    name: {ru: [Харбмайдон]}
"""

REST = article("отдых", text="Отпуск. Путёвки на 201-ю базу отдыха подешевели, пишут в газете.", published_at=NOW)
BOTH = article(
    "обе",
    text="На 201-й базе отдыха тихо. Учения начала 201-я база.",
    published_at=NOW - timedelta(hours=2),
)
# Late in the evening by UTC, and the next day where the outlet is.
RANGE = article("полигон", outlet_id="khovar", published_at=(NOW - timedelta(days=9)).replace(hour=21))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with settings, a list of one's own and a published warehouse of three alerts."""
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "security.yml").write_text(LIST, encoding="utf-8")
    (tmp_path / "wakhan.yml").write_text("data_dir: data\nlists: lists\nreader: anna\n", encoding="utf-8")
    warehouse_path = tmp_path / "data" / "wakhan.duckdb"
    with open_warehouse(warehouse_path) as warehouse:
        sync_outlets(warehouse, (outlet("asia-plus"), outlet("khovar")), now=NOW)
        places = entity("range", caption="Kharbmaydon range")
        sync_lists(warehouse, (watch_list(),), (entity(), places), now=NOW)
        mentions = (
            mention(REST, "201-ю базу"),
            mention(BOTH, "201-й базе"),
            replace(mention(RANGE, "Харбмайдон", entity_id="range"), name="Харбмайдон"),
        )
        alerts = (alert(REST), alert(BOTH), replace(alert(RANGE, entity_id="range"), priority="normal"))
        pages = (REST, BOTH, RANGE)
        guesses = tuple(guess(page) for page in pages)
        land(warehouse, Batch(landed_at=NOW, articles=pages, languages=guesses, mentions=mentions, alerts=alerts))
    publish(warehouse_path)
    return tmp_path


@pytest.fixture
def at_desk(wakhan, desk):
    """The command line in that folder: call it with arguments."""
    return lambda *words, **more: wakhan(*words, folder=desk, **{"WAKHAN_SETTINGS": "", **more})


def short(of) -> str:
    return alert(of, entity_id="range" if of is RANGE else "base-201").alert_id[:8]


def day_in_dushanbe(of) -> date:
    return of.published_at.astimezone(ZoneInfo("Asia/Dushanbe")).date()


def verdicts(desk: Path) -> list[tuple[object, ...]]:
    answer = ask(desk / "data" / "wakhan-published.duckdb", "from verdicts order by given_at")
    return [row[:4] for row in answer.rows]


def test_alerts_are_a_line_each_with_short_id_surface_and_verdict_the_newest_first(at_desk):
    head, _, first, second, third, count = at_desk("alerts").stdout.splitlines()
    assert head.split() == ["id", "date", "priority", "caption", "outlet", "title", "named", "as", "verdict"]
    assert [line.split()[0] for line in (first, second, third)] == [short(REST), short(BOTH), short(RANGE)]
    assert first.split()[1:3] == [f"{day_in_dushanbe(REST):%Y-%m-%d}", "high"]
    assert first.endswith("201st Military Base  Asia-Plus  Учения на полигоне Харбмайдон  201-ю базу")
    assert count == "(3 rows)"


def test_the_day_of_an_alert_is_that_of_its_footnote(at_desk):
    day = day_in_dushanbe(RANGE)
    assert day == RANGE.published_at.date() + timedelta(days=1)
    told = at_desk("alerts", "--entity", "range").stdout, at_desk("verdict", short(RANGE), "right").stdout
    assert [f"{day:%Y-%m-%d}" in each for each in told] == [True, True]
    assert f"{day:%B} {day.day}, {day.year}" in at_desk("cite", RANGE.article_id).stdout
    (listed,) = at_desk("alerts", "--entity", "range", "--json").stdout.splitlines()
    assert json.loads(listed)["dated_at"] == RANGE.published_at.isoformat()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param(["--since", "3d"], [REST, BOTH], id="since"),
        pytest.param(["--entity", "range"], [RANGE], id="entity"),
        pytest.param(["--outlet", "asia-plus"], [REST, BOTH], id="outlet"),
        pytest.param(["--outlet", "asia-plus", "--outlet", "khovar"], [REST, BOTH, RANGE], id="outlets"),
        pytest.param(["--list", "security", "--priority", "normal"], [RANGE], id="list and priority"),
        pytest.param(["--verdict", "wrong"], [REST], id="wrong"),
        pytest.param(["--verdict", "none"], [BOTH, RANGE], id="without verdict"),
        pytest.param(["--limit", "1"], [REST], id="limit"),
    ],
)
def test_alerts_are_chosen_by_what_a_person_knows_of_them(at_desk, given, found):
    at_desk("verdict", short(REST), "wrong")
    told = [json.loads(line) for line in at_desk("alerts", "--json", *given).stdout.splitlines()]
    assert [each["id"] for each in told] == [short(page) for page in found]
    assert all(each["surface"] in each["line"] for each in told)


def test_alerts_that_were_never_there_are_said_to_be_none_with_what_was_meant(at_desk):
    run = at_desk("alerts", "--entity", "base201")
    assert (run.returncode, run.stdout) == (2, "")
    assert "no alerts of the entity base201. Did you mean base-201?" in run.stderr
    run = at_desk("alerts", "--verdict", "unsure")
    assert (run.returncode, run.stdout) == (0, "")
    assert "No alerts that fit" in run.stderr


def test_alerts_are_read_while_somebody_writes(at_desk, desk):
    with open_warehouse(desk / "data" / "wakhan.duckdb"):
        assert at_desk("alerts").stdout.endswith("(3 rows)\n")


def test_a_verdict_is_a_row_that_sql_sees_at_once_and_the_newest_counts(at_desk, desk):
    assert at_desk("verdict", short(REST), short(RANGE), "right", "--note", "checked").returncode == 0
    run = at_desk("verdict", short(REST).upper(), "unsure", "--by", "boris")
    assert run.stdout.split()[:2] == [short(REST), "unsure"]
    first, third = alert(REST).alert_id, alert(RANGE, entity_id="range").alert_id
    assert sorted(verdicts(desk)) == sorted(
        [
            (first, "right", "anna", "checked"),
            (third, "right", "anna", "checked"),
            (first, "unsure", "boris", None),
        ]
    )
    shown = ask(desk / "data" / "wakhan-published.duckdb", "select verdict from alerts order by dated_at desc").rows
    assert shown == (("unsure",), (None,), ("right",))


def test_a_verdict_that_a_clock_set_back_gives_counts_all_the_same(at_desk, desk):
    with open_warehouse(desk / "data" / "wakhan.duckdb") as warehouse:
        warehouse.connection.execute(
            "insert into store.verdicts values ($alert_id, 'wrong', 'x', null, current_date + 30)",
            {"alert_id": alert(REST).alert_id},
        )
    assert at_desk("verdict", short(REST), "right").stdout.split()[1] == "right"


def test_one_alert_named_twice_has_one_row(at_desk, desk):
    assert at_desk("verdict", short(REST), f"[{alert(REST).alert_id}]", "right").returncode == 0
    assert len(verdicts(desk)) == 1


def test_json_tells_what_was_said_of_each(at_desk):
    run = at_desk("verdict", short(REST), short(RANGE), "wrong", "--json", "--note", "a resort")
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(each["id"], each["verdict"], each["reader"], each["note"]) for each in told] == [
        (short(REST), "wrong", "anna", "a resort"),
        (short(RANGE), "wrong", "anna", "a resort"),
    ]
    assert told[0]["not"] == {"ru": "201-я база отдыха"}
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(["ffffffff", "right"], "no alert has an id that begins with 'ffffffff'", id="unknown"),
        pytest.param(["{id}", "ffffffff", "right"], "begins with 'ffffffff'", id="one of two unknown"),
        pytest.param(["abc", "right"], "'abc' is too short for an alert: give 6 digits", id="too short"),
        pytest.param(["{id}", "irrelevant"], "not one of 'right', 'wrong', 'unsure'", id="no verdict"),
        pytest.param(["wrong", "{id}"], "not one of 'right', 'wrong', 'unsure'", id="other way round"),
        pytest.param(["{id}", "right", "--not", "ru=х"], "--not is for alerts that are wrong", id="right, and not"),
        pytest.param(["{id}", "wrong", "-m", "why"], "give --not, too", id="reason without a change"),
        pytest.param(["{id}", "wrong", "--not", "база отдыха"], "Write --not ru=", id="phrase without language"),
        pytest.param(["{id}", "wrong", "--not", "tj=база"], "[--not]: `tj` is not a language code. Did you mean `tg`?",
                     id="no language"),
        pytest.param(["{id}", "wrong", "--not", "ru=х", "-m", " "], "[-m]: a change needs a reason", id="no reason"),
        pytest.param(["{id}", "wrong", "--not", "zh=нет"], "has none of the entity's names in it", id="idle"),
        pytest.param(["{id}", "wrong", "--not", "ru=201-Я  база"], "is a name of the entity", id="the name itself"),
        pytest.param(["{id}", "{other}", "wrong", "--not", "ru=х"], "of 2: base-201, range", id="two entities"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(at_desk, desk, given, said):
    run = at_desk("verdict", *(each.format(id=short(REST), other=short(RANGE)) for each in given))
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert verdicts(desk) == []
    assert (desk / "lists" / "security.yml").read_text(encoding="utf-8") == LIST


def test_a_beginning_that_fits_several_alerts_is_refused_with_these_and_more_digits_are_shown(at_desk, desk):
    twin = alert(REST).alert_id[:9] + "x" * 11
    with open_warehouse(desk / "data" / "wakhan.duckdb") as warehouse:
        warehouse.connection.execute(
            "insert into store.alerts select * replace ($twin as alert_id, 'range' as entity_id) from store.alerts "
            "where alert_id = $alert_id",
            {"twin": twin, "alert_id": alert(REST).alert_id},
        )
    publish(desk / "data" / "wakhan.duckdb")
    run = at_desk("verdict", short(REST), "wrong")
    assert run.returncode == 2
    assert "fits 2 alerts; give more digits:" in run.stderr
    assert f"  {twin[:10]}  {NOW:%Y-%m-%d}  Kharbmaydon range, Asia-Plus: Учения" in run.stderr
    assert verdicts(desk) == []
    shown = {line.split()[0] for line in at_desk("alerts").stdout.splitlines()}
    assert {twin[:10], alert(REST).alert_id[:10], short(BOTH)} <= shown
    assert at_desk("verdict", twin[:10], "wrong").returncode == 0


def test_a_wrong_verdict_shows_the_line_and_a_command_that_mends_it(at_desk, desk):
    run = at_desk("verdict", short(REST), "wrong")
    assert f"{short(REST)}: Путёвки на *201-ю базу* отдыха подешевели, пишут в газете." in run.stderr
    (command,) = (line for line in run.stderr.splitlines() if line.startswith("  wakhan "))
    assert command.strip() == "wakhan lists extend base-201 --not ru='201-я база отдыха'"
    assert at_desk(*shlex.split(command)[1:]).returncode == 0
    excluded = read_list(desk / "lists" / "security.yml").entity("base-201").excluded
    assert excluded == {"ru": ("201-я база отдыха",)}


def test_the_command_names_the_settings_that_were_named(wakhan, desk):
    file = desk / "wakhan.yml"
    run = wakhan("--settings", file, "verdict", short(REST), "wrong", folder=desk)
    assert f"  wakhan --settings {file} lists extend base-201 --not" in run.stderr


def test_a_phrase_goes_into_the_list_with_the_verdict_and_what_stands_there_stays(at_desk, desk):
    run = at_desk("verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха")
    assert run.returncode == 0, run.stderr
    assert "security.yml: base-201 extended. Next: wakhan backscan." in run.stderr
    assert "would alert all the same" not in run.stderr
    text = (desk / "lists" / "security.yml").read_text(encoding="utf-8")
    assert set(LIST.splitlines()) <= set(text.splitlines())
    assert [row[1] for row in verdicts(desk)] == ["wrong"]
    again = at_desk("verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха")
    assert "nothing changed, it stands there already" in again.stderr


def test_an_article_that_would_alert_all_the_same_is_said_to(at_desk):
    run = at_desk("verdict", short(REST), short(BOTH), "wrong", "--not", "ru=201-я база отдыха")
    (said,) = (line for line in run.stderr.splitlines() if "all the same" in line)
    assert said.startswith(f"{short(BOTH)} would alert all the same: another line of the article names")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param(["-m", "a holiday camp"], "a holiday camp", id="reason"),
        pytest.param(["--note", "a resort"], "a resort", id="note"),
        pytest.param([], f"201st Military Base: alert {short(REST)} is wrong (Asia-Plus, {NOW:%Y-%m-%d})", id="none"),
    ],
)
def test_a_list_in_git_is_committed_with_a_reason_and_git_says_who_judged(at_desk, desk, given, reason):
    (desk / "wakhan.yml").write_text("data_dir: data\nlists: lists\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", desk / "lists"], check=True)
    for key, value in (("user.name", "Olga"), ("user.email", "olga@example.org")):
        subprocess.run(["git", "-C", desk / "lists", "config", key, value], check=True)
    run = at_desk("verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха", *given)
    assert run.returncode == 0, run.stderr
    assert f"Olga: {reason}" in at_desk("lists", "log").stdout
    assert verdicts(desk)[0][2] == "Olga"


def test_where_git_refuses_no_verdict_lands_and_the_same_command_does_all_of_it_later(at_desk, desk):
    subprocess.run(["git", "init", "-q", desk / "lists"], check=True)
    for key, value in (("user.name", "Olga"), ("user.email", "olga@example.org")):
        subprocess.run(["git", "-C", desk / "lists", "config", key, value], check=True)
    lock = desk / "lists" / ".git" / "index.lock"
    lock.touch()
    given = ["verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха", "-m", "a resort"]
    run = at_desk(*given)
    assert run.returncode == 2
    assert "git did not take the change: Unable to create" in run.stderr
    assert verdicts(desk) == []
    lock.unlink()
    again = at_desk(*given)
    assert "stood there already, commit " in again.stderr
    assert [row[1] for row in verdicts(desk)] == ["wrong"]


def test_the_bundled_list_is_not_written_to_and_how_to_make_ones_own_is_said(at_desk, desk):
    (desk / "wakhan.yml").write_text("data_dir: data\nreader: anna\n", encoding="utf-8")
    run = at_desk("verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха")
    assert run.returncode == 2
    assert "wakhan lists show --yaml > mine/beat.yml" in run.stderr
    assert verdicts(desk) == []
    without = at_desk("verdict", short(REST), "wrong")
    assert without.returncode == 0
    assert "The bundled list is not written to: make one of your own before" in without.stderr


def test_an_entity_that_was_taken_into_another_list_is_mended_there(at_desk, desk):
    (desk / "lists" / "security.yml").rename(desk / "lists" / "beat.yml")
    run = at_desk("verdict", short(REST), "wrong", "--not", "ru=201-я база отдыха")
    assert "beat.yml: base-201 extended" in run.stderr


def test_a_verdict_without_a_warehouse_is_refused(wakhan, tmp_path):
    (tmp_path / "wakhan.yml").write_text("data_dir: data\n", encoding="utf-8")
    for command in (["verdict", "3f2a91bc", "wrong"], ["alerts"]):
        run = wakhan(*command, folder=tmp_path, WAKHAN_SETTINGS="")
        assert run.returncode == 2
        assert "`wakhan run` makes it" in run.stderr
    assert not (tmp_path / "data").exists()


def test_a_name_that_is_judged_wrong_again_and_again_is_told_by_the_check_until_it_is_mended(at_desk, desk):
    pages = [article(f"ещё-{n}", text=REST.text, published_at=NOW) for n in range(2)]
    with open_warehouse(desk / "data" / "wakhan.duckdb") as warehouse:
        land(
            warehouse,
            Batch(
                landed_at=NOW,
                articles=tuple(pages),
                languages=tuple(map(guess, pages)),
                mentions=tuple(mention(page, "201-ю базу") for page in pages),
                alerts=tuple(map(alert, pages)),
            ),
        )
    at_desk("verdict", short(BOTH), "right")
    at_desk("verdict", short(RANGE), "wrong")
    at_desk("verdict", short(REST), short(pages[0]), "wrong")
    assert "verdicts" not in at_desk("lists", "check").stdout
    at_desk("verdict", short(pages[1]), "wrong", "--not", "ru=201-я база отдыха")
    run = at_desk("lists", "check")
    assert run.returncode == 0
    assert "security [base-201]: warning: 3 of 4 verdicts say that its alert is wrong. See them with" in run.stdout
    assert "[range]" not in run.stdout
    assert at_desk("backscan").returncode == 0
    assert "verdicts" not in at_desk("lists", "check").stdout
