"""One run at a time in a data folder: two would ask every outlet for the same pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.console import say
from flows.ingest.road import make_data_dir
from warehouse.locking import is_held, lock_path_of, owner_of, writer_lock

if TYPE_CHECKING:
    from flows.settings import Settings

# No run takes longer: the slowest outlet, at its own pace, is done within hours.
_WAIT_SECONDS = 86_400


@contextmanager
def turn_of_run(settings: Settings) -> Iterator[None]:
    """Wait until no other run is under way in the data folder, saying for whom, and hold the turn."""
    make_data_dir(settings)
    place = settings.data_dir / "run"
    lock = lock_path_of(place.resolve())
    if is_held(lock):
        say(f"Another run is under way: {owner_of(lock)}. Waiting for its end ...")
    with writer_lock(place, wait_seconds=_WAIT_SECONDS):
        yield
