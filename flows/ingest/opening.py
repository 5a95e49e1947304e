"""Set a run up: outlets and lists read, the matcher compiled, the fetcher opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.outlet import load_outlets
from flows.door import Door
from flows.fetching import open_fetcher
from flows.ingest.engines import WarehouseCache, open_engines
from flows.ingest.memory import known_texts
from flows.ingest.road import Road, new_run_id
from flows.ingest.stories import Stories
from flows.settings import make_data_dir
from flows.sources.outlets import choose_outlets
from watchlists.listfile import load_lists
from watchlists.matching import compile_matcher

if TYPE_CHECKING:
    from flows.settings import Settings


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
