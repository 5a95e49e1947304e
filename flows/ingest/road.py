"""What a run carries along: settings, outlets, lists, and the parts of the road that are dear to make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

from extractors.outlet import load_outlets
from flows.door import Door
from flows.fetching import open_fetcher
from flows.ingest.engines import WarehouseCache, open_engines
from flows.ingest.memory import known_texts
from flows.ingest.stories import Stories
from flows.sources.outlets import choose_outlets
from records import ConfigError
from watchlists.listfile import load_lists
from watchlists.matching import compile_matcher

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.fetching.fetcher import Fetcher
    from extractors.outlet import Outlet
    from extractors.translation import Translator
    from flows.ingest.health import Doubt
    from flows.settings import Settings
    from watchlists.listfile import WatchList
    from watchlists.matching import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One run's companions; made once, used by every outlet and thread."""

    run_id: str
    started_at: datetime
    settings: Settings
    known_outlets: tuple[Outlet, ...]
    """All there are files for."""
    outlets: tuple[Outlet, ...]
    """Those of this run."""
    lists: tuple[WatchList, ...]
    matcher: Matcher
    fetcher: Fetcher
    translators: tuple[Translator, ...]
    """Engines that have something to translate with, the preferred one first."""
    door: Door
    stories: Stories
    since: datetime | None
    limit: int | None
    due_only: bool = False
    """Ask only the sources whose time has come."""
    kind: str = "ingest"
    """What the run is for: ``ingest`` or ``replay``."""
    doubts: list[Doubt] = field(default_factory=list)
    """Failed polls to be judged again at the end; grows during the run."""
    stopping: Event = field(default_factory=Event)
    """Set when the run is to end early: no further page is asked for, and what was read lands."""

    @property
    def warehouse(self) -> Path:
        """The DuckDB file this run lands in."""
        return self.settings.warehouse


def new_run_id(now: datetime) -> str:
    """Return a run id that sorts by time and is unique: ``20261122T070000-1a2b3c``."""
    return f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"


def make_data_dir(settings: Settings) -> None:
    """Make the folder that all a run writes lies in; raises ``ConfigError`` where it cannot be."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"cannot be made ({error.strerror})", path=settings.data_dir, fix="Set data_dir to a folder of yours."
        ) from error


@contextmanager
def open_road(
    settings: Settings,
    *,
    outlet_ids: Sequence[str] = (),
    since: datetime | None = None,
    limit: int | None = None,
    due_only: bool = False,
    kind: str = "ingest",
    addresses: Mapping[str, tuple[str, int]] | None = None,
) -> Iterator[Road]:
    """Load outlets and lists, compile the matcher, open the fetcher; everything is closed when the block ends.

    Raises ``OutletError`` and ``WatchlistError`` before anything is fetched.
    """

    make_data_dir(settings)
    known_outlets = load_outlets(settings.outlets)
    outlets = choose_outlets(known_outlets, outlet_ids)
    lists = load_lists(settings.lists)
    matcher = compile_matcher(lists, cache_dir=settings.cache)
    now = datetime.now(UTC)
    door = Door(settings.warehouse)
    with open_fetcher(settings, addresses=addresses) as fetcher:
        yield Road(
            run_id=new_run_id(now),
            started_at=now,
            settings=settings,
            known_outlets=known_outlets,
            outlets=outlets,
            lists=lists,
            matcher=matcher,
            fetcher=fetcher,
            translators=open_engines(settings, cache=WarehouseCache(door)),
            door=door,
            stories=Stories(known_texts(door, now)),
            since=since,
            limit=limit,
            due_only=due_only,
            kind=kind,
        )
