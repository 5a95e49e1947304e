"""One demo, run twice into one folder: what several tests look at from many sides."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.demo.server import Request, start_press
from flows.ingest.once import run_once
from flows.settings import Settings
from records import RunReport

TODAY = date(2026, 11, 22)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker takes all that look at the demo, which so runs once; the tests of any other file stay together too."""
    for item in items:
        group = "demo" if "demo" in getattr(item, "fixturenames", ()) else item.location[0]
        item.add_marker(pytest.mark.xdist_group(group))


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
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder: Path = tmp_path_factory.mktemp("demo")
    with start_press(today=TODAY) as press:
        settings = Settings(data_dir=folder, outlets=press.outlets_dir)
        first = run_once(settings, addresses=press.addresses)
        first_requests = press.requests
        press.forget_requests()
        press.revision = 2
        second = run_once(settings, addresses=press.addresses)
        return Demo(
            settings=settings,
            today=TODAY,
            first=first,
            second=second,
            first_requests=first_requests,
            second_requests=press.requests,
        )


@pytest.fixture(scope="session")
def demo_folder(demo: Demo) -> Path:
    """The folder the demo left."""
    return demo.settings.data_dir
