"""Changed lists matched against everything that has landed: alerts of the past, never taken for today's news."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from multiprocessing import get_context
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flows.door import WAIT_SECONDS
from flows.ingest.memory import sync_watch_lists
from records import Mention, WarehouseError
from records.landing import BacklogArticle, Batch, Landed, Matching
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.reading import count_unmatched_by_list, unmatched_by_list
from watchlists.matching import ArticleText, Matcher, alerts_of, compile_matcher

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from watchlists.listfile import WatchList

# Articles matched and landed in one transaction: some seconds of work, which is what a stopped back-scan loses. Landing
# costs as much for one article as for a hundred.
BATCH = 20_000
_CHUNK = 1_000  # articles that go to a process at once: some 3 MB
_WORTH_A_PROCESS = 4_000  # articles; below, a second process would take longer to start than to match them


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
    articles = mentions = alerts = 0
    with _Matching(watch_list, settings.cache) as matching:
        # Read and landed apart, so that a run may land in between; ``basis`` keeps out what it changed meanwhile.
        while waiting := _waiting(settings.warehouse, watch_list):
            landed = _land(settings.warehouse, watch_list, waiting, matching.mentions_in(waiting))
            articles += len(waiting) - len(landed.stale)
            mentions += landed.mentions
            alerts += len(landed.new_alerts)
            done(len(waiting) - len(landed.stale))
    return Backscan(watch_list=watch_list, articles=articles, mentions=mentions, alerts=alerts)


def _waiting(path: Path, watch_list: WatchList) -> tuple[BacklogArticle, ...]:
    with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
        return unmatched_by_list(warehouse, watch_list.id, watch_list.version, limit=BATCH)


class _Matching:
    """Matches a list in this process while there is little to match, else in one for each processor."""

    def __init__(self, watch_list: WatchList, cache_dir: Path) -> None:
        self._watch_list = watch_list
        self._cache_dir = cache_dir
        self._matcher = compile_matcher((watch_list,), cache_dir=cache_dir)
        self._processes: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Matching:
        return self

    def __exit__(self, *_: object) -> None:
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)

    def mentions_in(self, waiting: Sequence[BacklogArticle]) -> tuple[Mention, ...]:
        texts = [
            ArticleText(
                article_id=each.article_id,
                title=each.title,
                text=each.text,
                language=each.language,
                translation=each.translation,
            )
            for each in waiting
        ]
        if len(texts) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            return _mentions_in(self._matcher, texts)
        if self._processes is None:
            # Spawned: a forked copy of a process with DuckDB's threads may hang.
            self._processes = ProcessPoolExecutor(
                os.cpu_count(), get_context("spawn"), _prepare, (self._watch_list, self._cache_dir)
            )
        # As columns: lists of strings cross over in a third of the time that records take.
        columns = [list(map(attrgetter(field.name), texts)) for field in fields(ArticleText)]
        chunks = [[column[at : at + _CHUNK] for column in columns] for at in range(0, len(texts), _CHUNK)]
        return tuple(mention for found in self._processes.map(_match_chunk, chunks) for mention in found)


_prepared: list[Matcher] = []  # of a process of its own: the matcher it was started with


def _prepare(watch_list: WatchList, cache_dir: Path) -> None:
    _prepared.append(compile_matcher((watch_list,), cache_dir=cache_dir))


def _match_chunk(columns: Sequence[list[Any]]) -> tuple[Mention, ...]:
    texts = [
        ArticleText(article_id=article_id, title=title, text=text, language=language)
        for article_id, title, text, language in zip(*columns, strict=True)
    ]
    return _mentions_in(_prepared[0], texts)


def _mentions_in(matcher: Matcher, texts: Sequence[ArticleText]) -> tuple[Mention, ...]:
    return tuple(mention for _, found in matcher.find_many_in_both(texts) for mention in found)


def _land(
    path: Path, watch_list: WatchList, waiting: Sequence[BacklogArticle], mentions: tuple[Mention, ...]
) -> Landed:
    now = datetime.now(UTC)
    batch = Batch(
        landed_at=now,
        matchings=tuple(
            Matching(
                article_id=each.article_id,
                list_id=watch_list.id,
                list_version=watch_list.version,
                translated_at=each.translated_at,
            )
            for each in waiting
        ),
        mentions=mentions,
        alerts=alerts_of(mentions, (watch_list,), origin="backscan", created_at=now),
        basis=tuple((each.article_id, each.content_hash) for each in waiting),
    )
    with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
        return land(warehouse, batch)
