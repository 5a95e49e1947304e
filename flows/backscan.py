"""Changed lists matched against everything that has landed: alerts of the past, never taken for today's news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.door import WAIT_SECONDS
from flows.memory import sync_watch_lists
from records import WarehouseError
from records.landing import BacklogArticle, Batch, Landed, Matching
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.reading import count_unmatched_by_list, unmatched_by_list
from watchlists.matching import ArticleText, Matcher, alerts_of, compile_matcher

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from watchlists.listfile import WatchList

# Articles matched and landed in one transaction: some seconds of work, which is what a stopped back-scan loses.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Backscan:
    """What a back-scan of one list did."""

    watch_list: WatchList
    articles: int
    mentions: int
    alerts: int


def waiting_articles(settings: Settings, lists: Sequence[WatchList]) -> dict[str, int]:
    """Bring the lists of the warehouse up to their files; return how many articles wait for each, by list id.

    Raises ``WarehouseError`` where nothing has landed yet.
    """
    if not settings.warehouse.exists():
        raise WarehouseError(f"{settings.warehouse} does not exist yet. Collect something first: wakhan run.")
    with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
        sync_watch_lists(warehouse, lists, now=datetime.now(UTC))
        return {each.id: count_unmatched_by_list(warehouse, each.id, each.version) for each in lists}


def backscan(settings: Settings, watch_list: WatchList, *, done: Callable[[int], None]) -> Backscan:
    """Match every article that has not met this version of a list, newest first, and land what is found in batches.

    ``done`` is told of the articles of each batch. A back-scan that is stopped goes on where it was, the next time.
    """
    matcher = compile_matcher((watch_list,), cache_dir=settings.cache)
    articles = mentions = alerts = 0
    while True:
        # Read and landed apart, so that a run may land in between; ``basis`` keeps out what it changed meanwhile.
        waiting = _waiting(settings.warehouse, watch_list)
        if not waiting:
            break
        landed = _scan(settings.warehouse, matcher, watch_list, waiting)
        articles += len(waiting) - len(landed.stale)
        mentions += landed.mentions
        alerts += len(landed.new_alerts)
        done(len(waiting) - len(landed.stale))
    return Backscan(watch_list=watch_list, articles=articles, mentions=mentions, alerts=alerts)


def _waiting(path: Path, watch_list: WatchList) -> tuple[BacklogArticle, ...]:
    with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
        return unmatched_by_list(warehouse, watch_list.id, watch_list.version, limit=BATCH)


def _scan(path: Path, matcher: Matcher, watch_list: WatchList, waiting: Sequence[BacklogArticle]) -> Landed:
    now = datetime.now(UTC)
    texts = [
        ArticleText(article_id=each.article_id, title=each.title, text=each.text, language=each.language)
        for each in waiting
    ]
    mentions = tuple(mention for _, found in matcher.find_many(texts) for mention in found)
    batch = Batch(
        landed_at=now,
        matchings=tuple(
            Matching(article_id=each.article_id, list_id=watch_list.id, list_version=watch_list.version)
            for each in waiting
        ),
        mentions=mentions,
        alerts=alerts_of(mentions, (watch_list,), origin="backscan", created_at=now),
        basis=tuple((each.article_id, each.content_hash) for each in waiting),
    )
    with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
        return land(warehouse, batch)
