"""What a run carries along: settings, outlets, lists, and the parts of the road that are dear to make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.fetching.fetcher import Fetcher
    from extractors.outlet import Outlet
    from extractors.translation import Translator
    from flows.door import Door
    from flows.ingest.stories import Stories
    from flows.settings import Settings
    from records import PollResult, SourceError, SourceHealth
    from watchlists.listfile import WatchList
    from watchlists.matching import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A poll that failed while too few other hosts had been asked to tell a dead outlet from a dead line."""

    outlet: Outlet
    poll: PollResult
    error: SourceError
    elsewhere: str | None
    previous: SourceHealth | None


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
