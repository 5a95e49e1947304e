"""One run at a time in a data folder: two would ask every outlet for the same pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.console import say
from flows.settings import make_data_dir
from warehouse.locking import is_held, lock_path_of, owner_of, writer_lock

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

# No run takes longer: the slowest outlet, at its own pace, is done within hours.
_WAIT_SECONDS = 86_400


@contextmanager
def turn_of_run(settings: Settings) -> Iterator[None]:
    """Wait until no other run is under way in the data folder, saying for whom, and hold the turn."""
    make_data_dir(settings)
    if is_run_under_way(settings):
        say(f"Another run is under way: {owner_of(_lock_of(settings))}. Waiting for its end ...")
    with writer_lock(_place_of(settings), wait_seconds=_WAIT_SECONDS):
        yield


def is_run_under_way(settings: Settings) -> bool:
    """Say whether a run holds the turn in the data folder now."""
    return is_held(_lock_of(settings))


def _place_of(settings: Settings) -> Path:
    return settings.data_dir / "run"


def _lock_of(settings: Settings) -> Path:
    return lock_path_of(_place_of(settings).resolve())
