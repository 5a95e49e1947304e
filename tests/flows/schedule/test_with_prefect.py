"""``wakhan up`` with a real Prefect server: one tree for all of it, since the server takes 20 s of processor time."""

import ipaddress
import json
import re
import signal
import subprocess
import sys
from urllib.request import Request, urlopen

import pytest
from rising import OUTLETS, free_port, gone, has_published, press_of_few, rise, write_settings

from flows.demo.answers import load_answers
from flows.schedule.prefect_home import prefect_environment
from warehouse.asking import ask

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

# What a process leaves that is killed in the middle of a run: a run of ours in state Running, and one of somebody else.
SWEEP = """
import sys
from pathlib import Path
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Running
from flows.schedule.orchestrated import _tag, mark_crashed
from flows.settings import load_settings

settings = load_settings(Path(sys.argv[1]))

@flow
def left():
    pass

with get_client(sync_client=True) as client:
    ours = client.create_flow_run(left, tags=[_tag(settings)], state=Running())
    theirs = client.create_flow_run(left, tags=["wakhan:elsewhere"], state=Running())
    marked = mark_crashed(settings)
    states = [client.read_flow_run(run.id).state.type.value for run in (ours, theirs)]
print(marked, *states, mark_crashed(settings))
"""


@pytest.fixture(scope="module")
def risen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("up")
    with press_of_few(folder) as addresses:
        settings = write_settings(folder, folder / "outlets", port=free_port(), metrics_port=free_port())
        tree = rise(folder, settings, addresses)
        try:
            # A server that starts on two busy cores takes minutes.
            tree.wait_for(has_published, 300)
            yield tree
        finally:
            tree.process.kill()
            tree.process.wait()


def api(risen, path, **question):
    body = json.dumps(question).encode()
    request = Request(f"{risen.journal.prefect}/api/{path}", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=20) as answer:
        return json.load(answer)


def test_the_press_lands_and_its_steps_show_in_prefect(risen):
    (counts,) = ask(risen.settings.published, "select count(*), count(distinct outlet_id) from articles").rows
    expected = [article for article in load_answers().read if article.outlet_id in OUTLETS]
    assert counts == (len(expected), len(OUTLETS))
    # The journal is told before Prefect is.
    risen.wait_for(lambda _: {"collect", "publish"} <= completed(risen))
    # What becomes of steps Prefect hears as events of its own, behind the run that they are of.
    wanted = {f"{step} {outlet}": "COMPLETED" for outlet in OUTLETS for step in ("list", "read")}
    risen.wait_for(lambda _: steps(risen) == wanted, 60)
    assert steps(risen) == wanted


def steps(risen):
    return {run["name"]: run["state_type"] for run in api(risen, "task_runs/filter", limit=50)}


def completed(risen):
    runs = api(risen, "flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}}, limit=50)
    return {run["name"] for run in runs}


def test_nothing_is_planned_by_prefect_itself(risen):
    assert api(risen, "deployments/filter", limit=5) == []
    assert api(risen, "flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}, limit=5) == []


def test_nobody_beyond_loopback_is_talked_to_or_looked_up(risen):
    assert "127.0.0.1" in risen.peers, "the watcher sees nothing"
    strangers = {peer for peer in risen.peers if not is_loopback(peer)}
    assert strangers == set()


def is_loopback(peer):
    if peer in {"localhost", "unix", "None"}:
        return True
    try:
        return ipaddress.ip_address(peer.strip("b'")).is_loopback
    except ValueError:
        return False


def test_the_pages_offer_nothing_and_answer_no_other_site(risen):
    with urlopen(f"{risen.journal.prefect}/", timeout=20) as page:
        assert page.status == 200
    elsewhere = Request(f"{risen.journal.prefect}/api/health", headers={"Origin": "https://elsewhere.example"})
    with urlopen(elsewhere, timeout=20) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None


def test_the_log_is_json_lines_that_name_the_work(risen):
    done = [each for each in risen.log if each.get("outcome") == "done"]
    assert "collect" in {each["job"] for each in done}
    assert any(re.match(r"collect: \d+ new articles", each["message"]) for each in done)


def test_runs_left_by_a_crash_are_marked_and_those_of_others_are_not(risen):
    swept = subprocess.run(
        [sys.executable, "-c", SWEEP, str(risen.settings_file)],
        capture_output=True,
        text=True,
        check=False,
        env=prefect_environment(risen.settings),
        timeout=200,
    )
    assert swept.stdout.split() == ["1", "CRASHED", "RUNNING", "0"], swept.stderr


def test_killed_without_warning_it_leaves_no_process(risen):
    children = risen.children()
    assert len(children) >= 2, "server and the process that work is forked from"
    risen.stop(signal.SIGKILL)
    assert gone(children)
