"""``wakhan up`` without Prefect's server: its tree, its journal, its ends. One tree lives through all of it."""

import signal
import time
import urllib.request

import pytest
from rising import OUTLETS, free_port, gone, has_published, press_of_few, rise, write_settings

from flows.schedule.status import read_status, troubles_of
from flows.schedule.up import stay_up
from records import WarehouseLockedError
from warehouse.asking import ask
from warehouse.opening import open_warehouse

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("up")
    with press_of_few(folder) as addresses:
        file = write_settings(folder, folder / "outlets", prefect=False, metrics_port=free_port())
        yield folder, file, addresses


@pytest.fixture(scope="module")
def stopped(place):
    """A tree that was asked to stop while it collected."""
    tree = rise(*place)
    tree.wait_for(lambda journal: journal.of("collect").running_since is not None)
    wait_for_run(tree)
    assert tree.stop(signal.SIGTERM) == 0
    return tree


def wait_for_run(tree):
    """Wait until the collect has written down that it began, as whoever asks the warehouse sees it."""
    until = time.monotonic() + 60
    while not (tree.settings.warehouse.exists() and runs_in(tree)):
        assert time.monotonic() < until, tree.log
        time.sleep(0.05)


def runs_in(tree):
    with open_warehouse(tree.settings.warehouse) as warehouse:
        return warehouse.connection.execute("select outcome from store.runs order by started_at").fetchall()


@pytest.fixture(scope="module")
def killed(place, stopped):
    """A tree that was killed with SIGKILL while it collected: what it left, and the children it had."""
    tree = rise(*place)
    tree.wait_for(lambda journal: journal.of("collect").running_since is not None)
    children = tree.children()
    tree.stop(signal.SIGKILL)
    return tree, children


@pytest.fixture(scope="module")
def risen(place, killed):
    """The tree that was started after it, when it has published."""
    _, children = killed
    assert gone(children)
    tree = rise(*place)
    try:
        tree.wait_for(has_published)
        tree.wait_for(lambda journal: journal.of("health").outcome is not None)
        yield tree
    finally:
        tree.process.kill()
        tree.process.wait()


def test_a_run_that_is_stopped_is_said_to_be_so_at_once(stopped):
    assert stopped.journal.of("collect").outcome == "killed"
    assert runs_in(stopped) == [("killed",)]


def test_killed_without_warning_it_leaves_no_process(killed):
    _, children = killed
    assert children
    assert gone(children)


def test_what_was_running_is_said_to_be_cut_short_and_begun_again(risen):
    assert "collect was cut short: it was running when `wakhan up` ended; it begins again" in [
        each["message"] for each in risen.log
    ]
    assert risen.journal.of("collect").outcome == "done"
    assert ask(risen.settings.published, "select count(*) from runs where outcome is null").rows == ((0,),)


def test_what_the_killed_run_left_is_fetched_without_waiting_for_the_next_poll(risen):
    risen.wait_for(lambda _: unread(risen) == 0)
    assert ask(risen.settings.published, "select count(distinct outlet_id) from articles").rows == ((len(OUTLETS),),)


def unread(risen):
    ((count,),) = ask(risen.settings.published, "select count(*) from store.feed_items where state = 'pending'").rows
    return count


def test_a_second_one_is_told_who_holds_the_folder(risen):
    with pytest.raises(WarehouseLockedError, match=rf"runs already for .*process {risen.process.pid} on"):
        stay_up(risen.settings)


def test_status_and_metrics_say_the_same_of_it(risen):
    status = read_status(risen.settings, now=risen.journal.seen_at)
    assert status.up
    assert troubles_of(status) == ()
    port = risen.settings.schedule.metrics_port
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(figures["wakhan_articles"]) == status.standing.articles > 0
    assert float(figures['wakhan_sources{status="normal"}']) == status.standing.sources["normal"]
    assert {f'wakhan_job_failures{{job="{job.name}"}}' for job in status.jobs} <= figures.keys()


def test_it_talks_to_nobody_beyond_loopback(risen):
    assert risen.peers - {"unix"} == {"127.0.0.1"}


def test_it_stops_cleanly_when_it_is_asked_to(risen):
    children = risen.children()
    assert risen.stop(signal.SIGTERM) == 0
    assert gone(children)
    assert risen.log[-1]["message"] == "stopped"
    status = read_status(risen.settings, now=risen.journal.seen_at)
    assert not status.up
