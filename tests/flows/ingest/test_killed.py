"""A run that is killed in the middle loses nothing and doubles nothing: the next completes it."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

from flows.demo.answers import load_answers
from flows.demo.server import start_press
from flows.ingest.once import run_once
from flows.settings import Settings
from warehouse.asking import ask
from warehouse.caring import check
from warehouse.opening import open_warehouse

RUN = """
import json, sys
from pathlib import Path
from flows.ingest.once import run_once
from flows.settings import Settings
run_once(
    Settings(data_dir=Path(sys.argv[1]), outlets=Path(sys.argv[2])),
    addresses={host: tuple(address) for host, address in json.loads(sys.argv[3]).items()},
)
"""


def articles_in(warehouse) -> int:
    with open_warehouse(warehouse, wait_seconds=60) as opened:
        ((count,),) = opened.connection.execute("select count(*) from store.articles").fetchall()
    return int(count)


def test_a_killed_run_leaves_a_warehouse_that_opens_and_the_next_run_completes_it(tmp_path):
    answers = load_answers()
    data = tmp_path / "data"
    settings = Settings(data_dir=data)
    with start_press(today=date(2026, 11, 22)) as press:
        run = subprocess.Popen(
            [sys.executable, "-c", RUN, str(data), str(press.outlets_dir), json.dumps(press.addresses)],
            stderr=subprocess.DEVNULL,
            env=os.environ,
        )
        # In the middle: some pages have been asked for, the one that hangs is still waited for.
        while len([request for request in press.requests if request.path.endswith((".html", "/"))]) < 12:
            assert run.poll() is None, "the run ended before it could be killed"
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
        run.wait()
        landed_before = articles_in(settings.warehouse)
        assert landed_before < len(answers.read), "killed too late to prove anything"

        report = run_once(Settings(data_dir=data, outlets=press.outlets_dir), addresses=press.addresses)

    assert landed_before + sum(outlet.new for outlet in report.outlets) == len(answers.read)
    with open_warehouse(settings.warehouse) as warehouse:
        assert not [each for each in check(warehouse) if each.broken]
    ((articles, alerts),) = ask(
        settings.published, "select (select count(*) from articles), (select count(*) from alerts)"
    ).rows
    assert (articles, alerts) == (len(answers.read), answers.alerts)
