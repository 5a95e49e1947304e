"""What a run remembers and what it lands: the warehouse, opened for a moment and closed again.

Opened late and closed early, so that other commands and the threads of this run get their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.door import Door
from flows.ingest.stories import WINDOW
from records import FeedItem, FetchState, PollResult, RunReport, SourceHealth
from records.landing import (
    Batch,
    EntityNameRow,
    EntityRow,
    KnownText,
    Landed,
    ListRow,
    NameKind,
    OutletRow,
)
from warehouse import history, landing, reading, syncing

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.road import Road
    from warehouse.opening import Warehouse
    from watchlists.listfile import ByLanguage, Entity, WatchList

# What a band is measured by, and the day on which its first window opens.
HEALTH_HISTORY = timedelta(days=31)
# News is remembered longer: a quarterly is judged by the pauses between its numbers.
NEWS_HISTORY = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A page to ask for: a new item, or (``item`` is ``None``) a landed article that may have changed since.

    ``seen_at`` is when a source offered the item first, ``baseline`` whether that was in the source's first good poll.
    """

    url: str
    item: FeedItem | None
    state: FetchState | None
    seen_at: datetime | None = None
    baseline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What earlier runs left of an outlet's sources: how to ask them, how they stood, their polls, oldest first."""

    states: dict[str, FetchState]
    health: dict[str, SourceHealth]
    polls: tuple[PollResult, ...]


def start_run(road: Road) -> None:
    """Bring outlets and lists of the warehouse up to their files, and record that a run started."""
    with road.door.opened() as warehouse:
        syncing.sync_outlets(warehouse, [_outlet_row(each) for each in road.known_outlets], now=road.started_at)
        sync_watch_lists(warehouse, road.lists, now=road.started_at)
        syncing.start_run(warehouse, road.run_id, kind=road.kind, started_at=road.started_at)


def finish_run(road: Road, report: RunReport) -> None:
    """Record what became of every outlet, and that the run ended."""
    outcome: syncing.Outcome = "done" if any(not each.failures for each in report.outlets) else "failed"
    with road.door.opened() as warehouse:
        landing.land(warehouse, Batch(landed_at=report.finished_at, reports=report.outlets))
        syncing.finish_run(warehouse, road.run_id, finished_at=report.finished_at, outcome=outcome)


def amend_reports(road: Road, report: RunReport) -> None:
    """Record anew what became of every outlet."""
    with road.door.opened() as warehouse:
        landing.land(warehouse, Batch(landed_at=report.finished_at, reports=report.outlets))


def remember_sources(road: Road, outlet_id: str) -> Remembered:
    """Return what the warehouse knows of the outlet's sources."""
    with road.door.opened() as warehouse:
        return Remembered(
            states=reading.fetch_states(warehouse, outlet_id),
            health=reading.source_health(warehouse, outlet_id),
            polls=polls_of(warehouse, outlet_id, road.started_at),
        )


def polls_of(warehouse: Warehouse, outlet_id: str, now: datetime) -> tuple[PollResult, ...]:
    """Return the polls of an outlet that its health is judged by, oldest first."""
    return reading.polls_of(warehouse, outlet_id, since=now - HEALTH_HISTORY, news_since=now - NEWS_HISTORY)


def land_listing(road: Road, outlet_id: str, urls: Collection[str], listed: Callable[[Collection[str]], Batch]) -> None:
    """Land what ``listed`` makes of those of the URLs that were offered before."""
    with road.door.opened() as warehouse:
        landing.land(warehouse, listed(reading.known_items(warehouse, outlet_id, urls)))


def due_pages(road: Road, outlet_id: str) -> tuple[Due, ...]:
    """Return the pages of an outlet to ask for now: new items first, then recent articles to look at again."""
    now = datetime.now(UTC)
    recheck_age = timedelta(days=road.settings.fetch.recheck_days)
    with road.door.opened() as warehouse:
        pending = reading.pending_items(warehouse, outlet_id, now=now)
        again = reading.recheck_urls(warehouse, outlet_id, now=now, max_age=recheck_age)
    new = [
        Due(url=each.item.url, item=each.item, state=None, seen_at=each.seen_at, baseline=each.baseline)
        for each in pending
        if road.since is None or each.item.published_at is None or each.item.published_at >= road.since
    ]
    asked = {due.url for due in new}
    return (*new[: road.limit], *(Due(url=each.url, item=None, state=each) for each in again if each.url not in asked))


def known_texts(door: Door, now: datetime) -> tuple[KnownText, ...]:
    """Return the texts of the last days with their stories."""
    with door.opened() as warehouse:
        return reading.known_texts(warehouse, now - WINDOW)


def said_before(road: Road, article_ids: Collection[str]) -> dict[str, history.Version]:
    """Return what landed articles say at present, by id."""
    with road.door.opened() as warehouse:
        return history.said_before(warehouse, article_ids)


def land_batch(road: Road, batch: Batch) -> Landed:
    """Land a batch in one transaction, with the stories its articles belong to."""
    with road.stories.place(batch) as (parts, signatures), road.door.opened() as warehouse:
        return landing.land(warehouse, replace(batch, story_parts=parts, signatures=signatures))


def _outlet_row(outlet: Outlet) -> OutletRow:
    return OutletRow(
        outlet_id=outlet.id,
        title=outlet.title,
        country=outlet.country,
        languages=outlet.languages,
        url=outlet.url,
        publisher=outlet.publisher.name if outlet.publisher else None,
        publisher_kind=outlet.publisher.kind if outlet.publisher else None,
        timezone=outlet.timezone,
    )


def sync_watch_lists(warehouse: Warehouse, lists: Sequence[WatchList], *, now: datetime) -> None:
    """Bring the lists of the warehouse up to their files; ``lists`` are all there are."""
    syncing.sync_lists(
        warehouse,
        [_list_row(each) for each in lists],
        [_entity_row(each, entity) for each in lists for entity in each.entities],
        now=now,
    )


def _list_row(watch_list: WatchList) -> ListRow:
    return ListRow(
        list_id=watch_list.id,
        title=watch_list.title,
        owner=watch_list.owner,
        purpose=watch_list.purpose,
        review_by=watch_list.review_by,
        version=watch_list.version,
    )


def _entity_row(watch_list: WatchList, entity: Entity) -> EntityRow:
    kinds: dict[NameKind, ByLanguage] = {
        "name": entity.name,
        "weak": entity.weak,
        "context": entity.context,
        "not": entity.excluded,
    }
    return EntityRow(
        entity_id=entity.id,
        list_id=watch_list.id,
        schema=entity.schema_name,
        caption=entity.caption,
        priority=entity.priority,
        notes=entity.notes,
        source=entity.source,
        wikidata=entity.wikidata,
        added=entity.added,
        retired=entity.retired,
        names=tuple(
            EntityNameRow(name=name, language=language, kind=kind)
            for kind, by_language in kinds.items()
            for language, names in by_language.items()
            for name in names
        ),
    )
