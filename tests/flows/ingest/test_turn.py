"""Runs come one after the other, and one that is stopped ends soon, with what it read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from misbehaving_press import OutletServer, outlet_file, watch_list

from flows.ingest.collect import list_outlet, read_outlet
from flows.ingest.opening import open_road
from flows.ingest.run import collect_plainly, ingest
from flows.ingest.turn import turn_of_run
from flows.settings import Settings, TranslationSettings


def test_a_second_run_waits_for_the_first_and_says_for_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    got: list[str] = []

    def second() -> None:
        with turn_of_run(settings):
            got.append("second")

    with ThreadPoolExecutor(1) as pool:
        with turn_of_run(settings):
            waiting = pool.submit(second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            got.append("first")
        waiting.result(timeout=30)
    assert got == ["first", "second"]
    assert f"Another run is under way: process {os.getpid()} on " in capsys.readouterr().err


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "outlets").mkdir()
    return Settings(
        data_dir=tmp_path / "data",
        outlets=tmp_path / "outlets",
        lists=watch_list(tmp_path),
        translation=TranslationSettings(engines=()),
    )


def test_a_run_that_is_stopping_asks_for_no_further_page(settings: Settings) -> None:
    with OutletServer(name="c0001.test") as server:
        (settings.outlets / "press.yml").write_text(outlet_file(server, "fine"), encoding="utf-8")
        with open_road(settings, addresses={server.name: ("127.0.0.1", server.port)}) as road:
            (outlet,) = road.outlets
            list_outlet(road, outlet)
            before = len(server.requests)
            road.stopping.set()
            assert read_outlet(road, outlet).articles == 0
            assert len(server.requests) == before
            road.stopping.clear()
            assert read_outlet(road, outlet).articles == 3


def test_an_interrupt_sets_every_outlet_stopping(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with OutletServer(name="c0001.test") as server:
        (settings.outlets / "press.yml").write_text(outlet_file(server, "fine"), encoding="utf-8")

        def interrupted(_: object) -> None:
            raise KeyboardInterrupt

        with open_road(settings, addresses={server.name: ("127.0.0.1", server.port)}) as road:
            with pytest.raises(KeyboardInterrupt):
                ingest(road, landed=interrupted, collect=collect_plainly)
            assert road.stopping.is_set()
    assert "what was read lands first" in capsys.readouterr().err
