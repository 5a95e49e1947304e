"""The first good poll of a source is old news, whatever happens in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from bad_server import feed, item
from misbehaving_press import OutletServer, outlet_file, watch_list

import flows.ingest.collect
from flows.ingest.once import run_once
from flows.settings import FetchSettings, Settings
from warehouse.asking import ask


def dated(number: int, age: timedelta | None) -> str:
    return item(number, date=None if age is None else format_datetime(datetime.now(UTC) - age))


FIRST = {1: timedelta(hours=3), 2: timedelta(days=5), 3: None}
LATER = {4: timedelta(days=5), 5: None}


@pytest.fixture
def press(tmp_path: Path) -> Iterator[tuple[Settings, OutletServer]]:
    with OutletServer(name="c0001.test") as server:
        folder = tmp_path / "outlets"
        folder.mkdir()
        (folder / "press.yml").write_text(outlet_file(server, "rss"), encoding="utf-8")
        fetch = FetchSettings(recheck_days=0)
        print_feed(server, FIRST)
        yield Settings(data_dir=tmp_path / "data", outlets=folder, lists=watch_list(tmp_path), fetch=fetch), server


def print_feed(server: OutletServer, ages: dict[int, timedelta | None]) -> None:
    body = feed(dated(number, age) for number, age in ages.items())
    server.pages["rss"] = lambda connection, _: connection.answer(body)


def run(settings: Settings, server: OutletServer) -> dict[str, str]:
    """Run once; return the origin of each alert by the number of its article."""
    run_once(settings, addresses={server.name: ("127.0.0.1", server.port)})
    return dict(ask(settings.published, "select parse_filename(url), origin from alerts", max_rows=100).rows)


def test_old_and_undated_news_of_the_first_poll_alerts_as_found_by_backscan(press):
    assert run(*press) == {"1": "live", "2": "backscan", "3": "backscan"}


def test_what_comes_later_is_live_however_old(press):
    settings, server = press
    run(settings, server)
    print_feed(server, FIRST | LATER)
    assert run(settings, server) == {"1": "live", "2": "backscan", "3": "backscan", "4": "live", "5": "live"}


def test_a_run_killed_in_the_middle_of_the_first_poll_is_completed_as_old_news(press, monkeypatch):
    settings, server = press

    class Killed(BaseException):
        """Stands for the end of the process."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(flows.ingest.collect, "read_outlet", killed)
        patch.setattr("flows.ingest.run.read_outlet", killed)
        with pytest.raises(Killed):
            run(settings, server)
    print_feed(server, FIRST | LATER)
    assert run(settings, server) == {"1": "live", "2": "backscan", "3": "backscan", "4": "live", "5": "live"}


def test_a_run_of_what_is_due_leaves_the_others_alone(press):
    settings, server = press
    run(settings, server)
    asked = len(server.paths())
    run_once(settings, addresses={server.name: ("127.0.0.1", server.port)}, due_only=True)
    assert len(server.paths()) == asked
