"""What is late, failed, silent or full, from the journal and the published copy."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from prometheus_client import CollectorRegistry, generate_latest

from flows.cli import wakhan
from flows.schedule.journal import JobState, Journal, begin_journal, journal_path, read_journal, write_journal
from flows.schedule.metrics import families_of
from flows.schedule.plans import plans_of
from flows.schedule.status import read_status, troubles_of
from flows.settings import Settings

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELL = JobState(looked_at=NOW - MINUTE, started_at=NOW - MINUTE, finished_at=NOW, outcome="done", said="4 new articles")


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path)


def kept(settings, **jobs):
    states = {plan.name: WELL for plan in plans_of(settings)} | jobs
    journal = Journal(pid=1, up_since=NOW - 60 * MINUTE, seen_at=NOW, prefect="http://127.0.0.1:4200", jobs=states)
    write_journal(settings.data_dir, journal)
    return journal


def test_a_journal_is_read_as_it_was_written(settings):
    journal = kept(settings, collect=replace(WELL, running_since=NOW, outcome=None))
    assert read_journal(settings.data_dir) == journal


@pytest.mark.parametrize("text", ["", "{", "[]", '{"jobs": {"collect": {"newer": 1}}}', '{"jobs": 5}'])
def test_a_journal_that_cannot_be_read_is_none(settings, text):
    journal_path(settings.data_dir).write_text(text, encoding="utf-8")
    assert read_journal(settings.data_dir) == Journal()


def test_the_next_process_finds_what_was_running_cut_short_and_due(settings):
    kept(settings, collect=replace(WELL, running_since=NOW - MINUTE))
    state = begin_journal(read_journal(settings.data_dir), now=NOW).of("collect")
    assert (state.outcome, state.running_since, state.looked_at) == ("killed", None, None)
    assert begin_journal(read_journal(settings.data_dir), now=NOW).of("health") == WELL


@pytest.mark.parametrize(
    ("job", "said"),
    [
        pytest.param(WELL, (), id="all is well"),
        pytest.param(replace(WELL, looked_at=NOW - 5 * MINUTE), (), id="a busy machine"),
        pytest.param(replace(WELL, looked_at=NOW - 41 * MINUTE), ("collect is 40 min late",), id="late"),
        pytest.param(JobState(), ("collect is 60 min late",), id="never looked at since it is up"),
        pytest.param(replace(WELL, looked_at=NOW - 41 * MINUTE, running_since=NOW - 41 * MINUTE), (), id="it runs"),
        pytest.param(
            replace(WELL, outcome="failed", said="outlets/x.yml: no url", failures=3),
            ("collect failed, 3 times in a row: outlets/x.yml: no url",),
            id="failed",
        ),
    ],
)
def test_what_somebody_should_look_at(settings, job, said):
    kept(settings, collect=job)
    assert troubles_of(read_status(settings, now=NOW, up=True)) == said


def test_nothing_is_late_while_nothing_is_up(settings):
    kept(settings, collect=replace(WELL, looked_at=NOW - 3000 * MINUTE))
    assert troubles_of(read_status(settings, now=NOW)) == ()


def test_a_server_that_does_not_answer_is_said_unless_none_is_wished_for(settings):
    write_journal(settings.data_dir, replace(kept(settings), prefect=None))
    (trouble,) = troubles_of(read_status(settings, now=NOW, up=True))
    assert trouble.startswith("Prefect's server does not answer")
    without = Settings.model_validate({"data_dir": settings.data_dir, "schedule": {"prefect": False}})
    assert troubles_of(read_status(without, now=NOW, up=True)) == ()


def test_a_warehouse_is_counted_and_its_failing_sources_named(demo):
    status = read_status(demo.settings, now=datetime.now(UTC))
    assert status.standing.runs[0].run_id == demo.second.run_id
    assert status.standing.alerts == sum(each.alerts for run in (demo.first, demo.second) for each in run.outlets)
    assert status.disk.sizes.keys() >= {"warehouse", "published", "archive"}
    (trouble,) = troubles_of(status)
    assert trouble.startswith("1 source fails or is silent: Степной телеграф")


def test_metrics_are_what_prometheus_reads(demo):
    class Figures:
        def collect(self):
            return families_of(read_status(demo.settings, now=datetime.now(UTC), up=True))

    registry = CollectorRegistry()
    registry.register(Figures())
    text = generate_latest(registry).decode()
    assert 'wakhan_sources{status="failing"} 1.0' in text
    assert "wakhan_readable 1.0" in text


def test_metrics_without_a_readable_copy_say_so():
    (readable,) = families_of(None)
    assert [sample.value for sample in readable.samples] == [0]


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["for a person", "as JSON"])
def test_the_command_shows_it_and_exits_1_when_something_is_to_be_looked_at(demo, tmp_path, options):
    file = tmp_path / "wakhan.yml"
    file.write_text(f"data_dir: {demo.settings.data_dir}\n", encoding="utf-8")
    shown = CliRunner().invoke(wakhan, ["--settings", str(file), "status", *options])
    assert shown.exit_code == 1
    assert demo.second.run_id in shown.stdout
    if options:
        assert json.loads(shown.stdout)["up"] is False
    else:
        assert "look: 1 source fails or is silent" in shown.stdout


def test_the_command_works_before_anything_has_run(tmp_path):
    file = tmp_path / "wakhan.yml"
    file.write_text(f"data_dir: {tmp_path / 'nothing'}\n", encoding="utf-8")
    shown = CliRunner().invoke(wakhan, ["--settings", str(file), "status"])
    assert shown.exit_code == 0
    assert "does not run" in shown.stdout
