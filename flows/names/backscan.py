"""Changed lists matched against everything that has landed: alerts of the past, never taken for today's news."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from flows.door import WAIT_SECONDS
from flows.ingest.memory import sync_watch_lists
from flows.lifeline import end_with_parent
from records import Mention, Translation
from records.landing import Batch, Landed
from warehouse.backscanning import WaitingArticles, count_unmatched_by_list, land_matched, unmatched_by_list
from warehouse.opening import need_warehouse, open_warehouse
from watchlists.matching import ArticleText, Matcher, alerts_of, compile_matcher

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from watchlists.listfile import WatchList

# Articles matched and landed in one transaction: some seconds of work, which is what a stopped back-scan loses. Reading
# and landing go through the keys of all articles, whether for one or for thousands; their texts take 200 MB.
BATCH = 50_000
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
    need_warehouse(settings.warehouse)
    with open_warehouse(settings.warehouse, wait_seconds=WAIT_SECONDS) as warehouse:
        sync_watch_lists(warehouse, lists, now=datetime.now(UTC))
        return {each.id: count_unmatched_by_list(warehouse, each.id, each.version) for each in lists}


def backscan(settings: Settings, watch_list: WatchList, *, done: Callable[[int], None]) -> Backscan:
    """Match every article that has not met this version of a list, newest first, and land what is found in batches.

    ``done`` is told of the articles of each batch. A back-scan that is stopped goes on where it was, the next time.
    """
    articles = mentions = alerts = 0
    with _Matching(watch_list, settings.cache) as matching:
        # Read and landed apart, so that a run may land in between; what it changed meanwhile is left out and waits on.
        for waiting, found in matching.of_each(lambda: _batches(settings.warehouse, watch_list)):
            landed = _land(settings.warehouse, watch_list, waiting, found)
            articles += len(waiting) - len(landed.stale)
            mentions += landed.mentions
            alerts += len(landed.new_alerts)
            done(len(waiting) - len(landed.stale))
    return Backscan(watch_list=watch_list, articles=articles, mentions=mentions, alerts=alerts)


def _batches(path: Path, watch_list: WatchList) -> Iterator[WaitingArticles]:
    """Yield what waits for a list, each batch older than the one before, which need not have landed yet.

    Of articles dated alike, some may be left for the next time.
    """
    before: datetime | None = None
    while True:
        with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
            waiting = unmatched_by_list(warehouse, watch_list.id, watch_list.version, limit=BATCH, before=before)
        if not len(waiting):
            return
        before = min(waiting.dated_at)
        yield waiting


_Matched = tuple[WaitingArticles, tuple[Mention, ...]]
_Columns = tuple[list[Any], ...]


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

    def of_each(self, batches: Callable[[], Iterator[WaitingArticles]]) -> Iterator[_Matched]:
        """Yield what is found in the batches, asked for again until there are none.

        While other processes match a batch, the one before it lands and the next is read.
        """
        found_any = True
        while found_any:
            found_any = False
            ahead: tuple[WaitingArticles, Sequence[Future[tuple[Mention, ...]]]] | None = None
            for waiting in batches():
                found_any = True
                started = self._start(waiting)
                if ahead:
                    yield _finished(*ahead)
                ahead = (waiting, started)
            if ahead:
                yield _finished(*ahead)

    def _start(self, waiting: WaitingArticles) -> Sequence[Future[tuple[Mention, ...]]]:
        # As columns: lists cross over in a third of the time that records take.
        columns = (
            waiting.article_id, waiting.title, waiting.text, waiting.language,
            waiting.title_en, waiting.text_en, waiting.engine,
        )  # fmt: skip
        if len(waiting) < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            here: Future[tuple[Mention, ...]] = Future()
            here.set_result(_mentions_in(self._matcher, columns))
            return (here,)
        if self._processes is None:
            # Spawned: a forked copy of a process with DuckDB's threads may hang.
            self._processes = ProcessPoolExecutor(
                os.cpu_count(), get_context("spawn"), _prepare, (self._watch_list, self._cache_dir)
            )
        return [
            self._processes.submit(_match_chunk, tuple(column[at : at + _CHUNK] for column in columns))
            for at in range(0, len(waiting), _CHUNK)
        ]


def _finished(waiting: WaitingArticles, started: Sequence[Future[tuple[Mention, ...]]]) -> _Matched:
    return waiting, tuple(mention for chunk in started for mention in chunk.result())


_prepared: list[Matcher] = []  # of a process of its own: the matcher it was started with


def _prepare(watch_list: WatchList, cache_dir: Path) -> None:
    # A pool's process waits for work for ever when the one that would send it is killed.
    end_with_parent()
    _prepared.append(compile_matcher((watch_list,), cache_dir=cache_dir))


def _match_chunk(columns: _Columns) -> tuple[Mention, ...]:
    return _mentions_in(_prepared[0], columns)


def _mentions_in(matcher: Matcher, columns: _Columns) -> tuple[Mention, ...]:
    """Return the mentions in articles, given as columns: id, title, text, language, and what a model
    translated."""
    texts = (
        ArticleText(
            article_id=article_id,
            title=str(title, "utf-8"),
            text=str(text, "utf-8"),
            language=language,
            translation=None if title_en is None else _translation(article_id, language, title_en, text_en, engine),
        )
        for article_id, title, text, language, title_en, text_en, engine in zip(*columns, strict=True)
    )
    return tuple(mention for _, found in matcher.find_many_in_both(texts) for mention in found)


def _translation(article_id: str, language: str | None, title: bytes, text: bytes, engine: str) -> Translation:
    """Return what of a translation is matched."""
    return Translation(
        article_id=article_id,
        source=language or "und",
        target="en",
        title=str(title, "utf-8"),
        text=str(text, "utf-8"),
        engine=engine,
        model_version="",
        dropped_names=(),
    )


def _land(path: Path, watch_list: WatchList, waiting: WaitingArticles, mentions: tuple[Mention, ...]) -> Landed:
    now = datetime.now(UTC)
    alerts = alerts_of(mentions, (watch_list,), origin="backscan", created_at=now)
    found = Batch(landed_at=now, mentions=mentions, alerts=alerts)
    with open_warehouse(path, wait_seconds=WAIT_SECONDS) as warehouse:
        return land_matched(warehouse, waiting, found, list_id=watch_list.id, list_version=watch_list.version)
