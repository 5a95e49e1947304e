"""What orchestration costs: one run over 500 loopback articles plainly, and as a flow run with a Prefect server up.

Both are processes of their own over the same press, with everything imported before the clock starts; they take turns,
and the medians are compared, so that a busy machine slows both. The floor is that of issue 8.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.fetching import press
from bench.press_server import HOSTS, ITEMS_PER_HOST
from bench.result import Result
from flows.schedule.prefect_home import prefect_environment
from flows.schedule.prefect_server import PrefectServer
from flows.settings import Settings, load_settings

_OUTLETS = HOSTS[:10]
_ROUNDS = 3
# The goal of issue 8.
_MOST_RATIO = 1.25
_OUTLET = """\
title: {host}
country: TJ
languages: [ru]
url: http://{host}/
timezone: Asia/Dushanbe
sources: [{{kind: feed, url: "http://{host}/feed.xml"}}]
fetch: {{min_delay_seconds: 0}}
"""


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one needs no data
    """Measure both, in turns."""
    plain, orchestrated = [], []
    with press() as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "outlets").mkdir()
        for host in _OUTLETS:
            text = _OUTLET.format(host=host)
            (folder / "outlets" / f"{host.partition('.')[0]}.yml").write_text(text, encoding="utf-8")
        with _server(folder) as environment:
            for turn in range(_ROUNDS):
                plain.append(_seconds(folder, port, environment, f"plain-{turn}"))
                orchestrated.append(_seconds(folder, port, environment, f"prefect-{turn}"))
    ratio = statistics.median(orchestrated) / statistics.median(plain)
    return [
        Result("schedule: 500 articles, plainly", statistics.median(plain), "s"),
        Result("schedule: 500 articles, as a flow run", statistics.median(orchestrated), "s"),
        Result("schedule: ratio (at most)", ratio, "x", _MOST_RATIO, at_most=True),
    ]


@contextmanager
def _server(folder: Path) -> Iterator[dict[str, str]]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    settings = Settings.model_validate({"data_dir": folder / "server", "schedule": {"port": port}})
    server = PrefectServer(settings)
    server.start()
    try:
        server.wait(threading.Event())
        assert server.answers, "Prefect's server does not start"
        yield prefect_environment(settings)
    finally:
        server.stop()


def _seconds(folder: Path, port: int, environment: dict[str, str], how: str) -> float:
    settings = folder / f"{how}.json"
    wished = {
        "data_dir": str(folder / how),
        "outlets": str(folder / "outlets"),
        # Only the road is measured: with an engine both would wait for the same translations.
        "translation": {"engines": []},
    }
    settings.write_text(json.dumps(wished), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bench.schedule", "collect", str(settings), str(port), how.partition("-")[0]],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    articles, seconds = done.stdout.split()
    assert int(articles) == len(_OUTLETS) * ITEMS_PER_HOST, f"{articles} articles landed; {done.stderr[-2000:]}"
    return float(seconds)


def _collect(settings_file: Path, port: int, how: str) -> None:
    """Collect once and print how many articles landed and how long it took."""
    # What is imported here belongs to the measured process, and is there before the clock starts in both.
    from flows.ingest.run import collect_plainly  # noqa: PLC0415
    from flows.schedule.jobs import Call, look_at  # noqa: PLC0415
    from flows.schedule.orchestrated import collect_with_prefect, run_as_flow  # noqa: PLC0415
    from warehouse.opening import open_warehouse  # noqa: PLC0415
    from warehouse.standing import standing_of  # noqa: PLC0415

    settings = load_settings(settings_file)
    call = Call(
        settings=settings,
        now=datetime.now(UTC),
        collect=collect_with_prefect if how == "prefect" else collect_plainly,
        addresses=dict.fromkeys(_OUTLETS, ("127.0.0.1", port)),
    )
    started = time.perf_counter()
    work = look_at("collect", call)
    assert work is not None
    if how == "prefect":
        run_as_flow("collect", work, settings)
    else:
        work()
    seconds = time.perf_counter() - started
    with open_warehouse(settings.warehouse) as warehouse:
        print(standing_of(warehouse, now=call.now).articles, seconds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["collect"]:
        _collect(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        for result in run(None):
            print(f"{result.name:60} {result.value:10.2f} {result.unit}")
