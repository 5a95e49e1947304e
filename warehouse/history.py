"""What an article said, version by version, and whether its page is still there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from warehouse.citing import citable_of
from warehouse.opening import Warehouse
from warehouse.parameters import aware
from warehouse.sqlfiles import sql_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an article said when it was fetched at ``seen_at`` (aware UTC)."""

    title: str
    text: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A page that was not found: ``vanished_at`` is ``None`` until three tries on two days agreed."""

    since: datetime
    vanished_at: datetime | None
    tries: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article's versions, oldest first; the last is the present one."""

    article_id: str
    outlet: str
    url: str
    language: str
    versions: tuple[Version, ...]
    missing: Missing | None


def history_of(warehouse: Warehouse, wanted: str) -> History:
    """Return the history of an article named by id, its beginning, or address.

    Raises ``WarehouseError`` for one that is not there or not unique.
    """
    article = citable_of(warehouse, wanted)
    versions = warehouse.connection.execute(
        sql_of("queries", "article_history"), {"article_id": article.article_id}
    ).fetchall()
    missing = warehouse.connection.execute(sql_of("queries", "missing_page"), {"url": article.url}).fetchall()
    return History(
        article_id=article.article_id,
        outlet=article.outlet,
        url=article.url,
        language=article.language,
        versions=tuple(Version(title=title, text=text, seen_at=aware(seen_at)) for title, text, seen_at in versions),
        missing=next(
            (
                Missing(
                    since=aware(since),
                    vanished_at=None if vanished_at is None else aware(vanished_at),
                    tries=tries,
                    status=status,
                )
                for since, vanished_at, tries, status in missing
            ),
            None,
        ),
    )


def said_before(warehouse: Warehouse, article_ids: Collection[str]) -> dict[str, Version]:
    """Return what landed articles say at present, by id; those that never landed are left out."""
    rows = warehouse.connection.execute(sql_of("queries", "said_before"), {"article_id": sorted(article_ids)})
    return {
        article_id: Version(title=title, text=text, seen_at=aware(fetched_at))
        for article_id, title, text, fetched_at in rows.fetchall()
    }
