"""What a back-scan reads and lands: articles by the ten thousand, in columns, most of which name nobody."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress

import duckdb

from records.landing import Batch, Landed, Matching
from warehouse.incoming import land_rows
from warehouse.landing import land_within, landing, were_matched
from warehouse.opening import Warehouse
from warehouse.parameters import Columns, aware, utc
from warehouse.sqlfiles import sql_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingArticles:
    """Articles that wait for a list, one list a column; the translations are those that models made.

    Titles and texts are UTF-8: so they are read in a third of the time, and cross over to another process in a tenth.
    ``dated_at`` and ``translated_at`` are naive UTC, as they go back into ``land_matched``.
    """

    article_id: list[str]
    title: list[bytes]
    text: list[bytes]
    language: list[str | None]
    content_hash: list[str]
    dated_at: list[datetime]
    translated_at: list[datetime | None]
    title_en: list[bytes | None]
    text_en: list[bytes | None]
    engine: list[str | None]

    def __len__(self) -> int:
        return len(self.article_id)


def unmatched_by_list(
    warehouse: Warehouse, list_id: str, list_version: str, *, limit: int = 500, before: datetime | None = None
) -> WaitingArticles:
    """Return the newest articles not yet matched against this version of a list, or whose translation was not.

    They are the work of a backscan. ``before`` (as in ``dated_at``) leaves out those dated later.
    """
    values = {"list_id": list_id, "list_version": list_version, "max_articles": limit, "before": before}
    columns = warehouse.connection.execute(sql_of("queries", "unmatched_by_list"), values).fetchnumpy()
    return WaitingArticles(**{name: column.tolist() for name, column in columns.items()})


def count_unmatched_by_list(warehouse: Warehouse, list_id: str, list_version: str) -> int:
    """Return how many articles ``unmatched_by_list`` has in all."""
    values = {"list_id": list_id, "list_version": list_version}
    ((count,),) = warehouse.connection.execute(sql_of("queries", "count_unmatched_by_list"), values).fetchall()
    return int(count)


def land_matched(
    warehouse: Warehouse, waiting: WaitingArticles, found: Batch, *, list_id: str, list_version: str
) -> Landed:
    """Land that articles were matched against a list, and the mentions and alerts that were ``found`` in them.

    All in one transaction. What has changed since it was read is left out and waits on.
    """
    named = {mention.article_id for mention in found.mentions}
    with landing(warehouse, rows=len(waiting)) as connection:
        landed = Landed()
        if named:
            landed = land_within(connection, _with_matchings(waiting, found, named, list_id, list_version))
        unnamed: Columns = {
            name: list(compress(getattr(waiting, name), [article_id not in named for article_id in waiting.article_id]))
            for name in ("article_id", "content_hash", "translated_at")
        }
        stale = _land_matchings(connection, unnamed, list_id, list_version, landed_at=utc(found.landed_at))
    return replace(landed, stale=tuple(sorted({*landed.stale, *stale})))


def _land_matchings(
    connection: duckdb.DuckDBPyConnection, columns: Columns, list_id: str, list_version: str, *, landed_at: datetime
) -> set[str]:
    """Land that articles which name nobody were matched; return those of them that are no longer as they were read."""
    changed = connection.execute(sql_of("queries", "changed_since_read"), columns).fetchall()
    stale = {article_id for article_id, is_stale in changed if is_stale}
    if stale:
        fresh = [article_id not in stale for article_id in columns["article_id"]]
        columns = {name: list(compress(column, fresh)) for name, column in columns.items()}
    article_ids = columns["article_id"]
    matched: Columns = columns | {
        "list_id": [list_id] * len(article_ids),
        "list_version": [list_version] * len(article_ids),
    }
    if were_matched(connection, article_ids, matched["list_id"]):
        land_rows(connection, "forget_mentions", matched)
    land_rows(connection, "land_matchings", matched, landed_at=landed_at)
    if replaced := [article_id for article_id, is_stale in changed if not is_stale]:
        connection.execute(sql_of("statements", "forget_mentions_in_replaced_translations"), {"article_id": replaced})
    return stale


def _with_matchings(waiting: WaitingArticles, found: Batch, named: Set[str], list_id: str, list_version: str) -> Batch:
    """Return what was found with the matchings of the articles it was found in, and what those were read as."""
    read = zip(waiting.article_id, waiting.content_hash, waiting.translated_at, strict=True)
    of_named = [row for row in read if row[0] in named]
    return replace(
        found,
        matchings=tuple(
            Matching(
                article_id=article_id,
                list_id=list_id,
                list_version=list_version,
                translated_at=None if translated_at is None else aware(translated_at),
            )
            for article_id, _, translated_at in of_named
        ),
        basis=tuple((article_id, content_hash) for article_id, content_hash, _ in of_named),
    )
