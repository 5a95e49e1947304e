"""The flow ``ingest`` under a real Prefect server: the same road, the same result, and a task for each step."""

import json
import os
import re
import subprocess
import sys

import pytest

from flows.demo.answers import load_answers
from flows.demo.newsroom import load_newsroom
from flows.demo.server import start_press

# Run in a process of its own: Prefect reads its settings when it is first imported, and must not touch the user's.
SCRIPT = """
import json, sys
from pathlib import Path
from flows.schedule.orchestrated import ingest_flow

addresses = {host: tuple(address) for host, address in json.loads(sys.argv[2]).items()}
state = ingest_flow(settings_file=Path(sys.argv[1]), addresses=addresses, return_state=True)
report = state.result()
print(json.dumps({
    "new": sum(outlet.new for outlet in report.outlets),
    "alerts": sum(outlet.alerts for outlet in report.outlets),
    "failures": sorted(f.outlet_id for outlet in report.outlets for f in outlet.failures),
}))
"""


@pytest.mark.slow
@pytest.mark.timeout(520)
def test_the_flow_lands_the_press_and_shows_its_tasks_in_prefect(tmp_path):
    with start_press() as press:
        settings = tmp_path / "wakhan.yml"
        settings.write_text(f"data_dir: {tmp_path / 'data'}\noutlets: {press.outlets_dir}\n", encoding="utf-8")
        environment = {
            **os.environ,
            "PREFECT_HOME": str(tmp_path / "prefect"),
            "PREFECT_API_URL": "",
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
            # A server that starts on two busy cores may take longer than Prefect's own 20 s.
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "400",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(settings), json.dumps(press.addresses)],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            timeout=500,
        )
    assert run.returncode == 0, run.stderr[-3000:]
    found = json.loads(run.stdout.strip().splitlines()[-1])
    answers = load_answers()
    assert found["new"] == len(answers.read)
    assert found["alerts"] == answers.alerts
    assert found["failures"] == sorted(failure.outlet_id for failure in answers.failures)
    assert "Flow run 'ingest' - Finished in state Completed()" in run.stderr
    finished = set(re.findall(r"Task run '(.+?)' - Finished in state Completed", run.stderr))
    outlets = load_newsroom().sites
    assert finished == {f"{step} {outlet}" for outlet in outlets for step in ("list", "read")}
