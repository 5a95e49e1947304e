"""What several tests share: one demo, run twice into one folder, and one empty warehouse to begin from."""

import fcntl
import pickle
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.demo.newsroom import today_utc
from flows.demo.server import Request, start_press
from flows.demo.show import demo_settings
from flows.ingest.once import run_once
from flows.settings import Settings
from records import RunReport
from warehouse import open_warehouse, opening

# A shell that runs the tests in the background lets them, and every process of theirs, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def new_warehouses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every new warehouse of a test begin as a copy of one that the migrations made, which takes them 0.3 s of CPU.

    A quarter of all the tests' time went into them. Commands that run in processes of their own still make theirs
    from nothing, and so do the tests of the migrations.
    """
    empty = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with open_warehouse(empty):
        pass
    connect = opening._connect

    def connect_to_a_copy(path: Path, deadline: float):
        if not path.exists():
            shutil.copyfile(empty, path)
        return connect(path, deadline)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_connect", connect_to_a_copy)
        yield


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The warehouse of two runs, the reports of both, and every request that the press saw in each."""

    settings: Settings
    today: date
    first: RunReport
    second: RunReport
    first_requests: tuple[Request, ...]
    second_requests: tuple[Request, ...]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """Run the demo twice, once for all workers: who comes first runs it, the others wait and read its answer.

    This is the way pytest-xdist recommends; the ``demo``'s files are looked at by all and changed by none.
    """
    if worker_id == "master":
        return _run_twice(tmp_path_factory.mktemp("demo"))
    shared = tmp_path_factory.getbasetemp().parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = shared / "demo.pickle"
        if not answer.exists():
            (shared / "demo").mkdir()
            answer.write_bytes(pickle.dumps(_run_twice(shared / "demo")))
        demo: Demo = pickle.loads(answer.read_bytes())
        return demo


def _run_twice(folder: Path) -> Demo:
    # The present day, as in the demo itself: what is old news and what is asked again depends on how long ago it was.
    today = today_utc()
    with start_press(today=today) as press:
        settings = demo_settings(folder, outlets=press.outlets_dir)
        first = run_once(settings, addresses=press.addresses)
        first_requests = press.requests
        press.forget_requests()
        press.revision = 2
        second = run_once(settings, addresses=press.addresses)
        return Demo(
            settings=settings,
            today=today,
            first=first,
            second=second,
            first_requests=first_requests,
            second_requests=press.requests,
        )


@pytest.fixture(scope="session")
def demo_folder(demo: Demo) -> Path:
    """The folder the demo left."""
    return demo.settings.data_dir
