"""What flows ask the warehouse before and between landings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from records import FeedItem, FetchState, Listed, PollResult, SourceHealth, Translation
from records.articles import TranslationExtent
from records.landing import BacklogArticle, KnownText, PendingItem, TextSignature
from warehouse.opening import Warehouse
from warehouse.parameters import aware, utc
from warehouse.rows import rows_of
from warehouse.sqlfiles import sql_of


def fetch_states(warehouse: Warehouse, outlet_id: str) -> dict[str, FetchState]:
    """Return what is remembered of every URL of an outlet, by URL."""
    rows = _rows(warehouse, "fetch_states", outlet_id=outlet_id)
    return {state.url: state for state in map(_fetch_state, rows)}


def pending_items(warehouse: Warehouse, outlet_id: str, *, now: datetime) -> tuple[PendingItem, ...]:
    """Return the items seen whose page has not landed yet and which are due for a try."""
    return tuple(map(_pending_item, _rows(warehouse, "pending_items", outlet_id=outlet_id, now=utc(now))))


def _pending_item(row: tuple[Any, ...]) -> PendingItem:
    outlet, guid, url, title, summary, published_at, position, attempts, seen_at, baseline, *listed = row
    return PendingItem(
        item=FeedItem(
            outlet_id=outlet,
            guid=guid,
            url=url,
            title=title,
            summary=summary,
            published_at=None if published_at is None else aware(published_at),
            position=position,
            listed=_listed(*listed),
        ),
        attempts=attempts,
        seen_at=aware(seen_at),
        baseline=bool(baseline),
    )


def _listed(url: str | None, at: datetime, sha256: str, warc_file: str | None, record_id: str | None) -> Listed | None:
    if url is None:
        return None
    return Listed(url=url, fetched_at=aware(at), body_sha256=sha256, warc_file=warc_file, warc_record_id=record_id)


def next_polls(warehouse: Warehouse) -> dict[tuple[str, str], datetime]:
    """Return when each source that was ever asked is to be asked again, by outlet and address."""
    return {(outlet_id, url): aware(at) for outlet_id, url, at in _rows(warehouse, "next_polls")}


def outlets_with_due_pages(warehouse: Warehouse, *, now: datetime) -> frozenset[str]:
    """Return the outlets for which ``pending_items`` has something."""
    return frozenset(str(row[0]) for row in _rows(warehouse, "outlets_with_due_pages", now=utc(now)))


def recheck_urls(
    warehouse: Warehouse, outlet_id: str, *, now: datetime, max_age: timedelta = timedelta(days=2)
) -> tuple[FetchState, ...]:
    """Return the pages to ask for again, conditionally, because their articles are young enough to be edited still.

    A page is due when the time since it was asked last is at least half the time since its article was first seen:
    often while it is news, about a dozen times in two days.
    """
    rows = _rows(warehouse, "recheck_urls", outlet_id=outlet_id, now=utc(now), since=utc(now - max_age))
    return tuple(map(_fetch_state, rows))


def known_items(warehouse: Warehouse, outlet_id: str, urls: Collection[str]) -> frozenset[str]:
    """Return those of the URLs that a source of the outlet has offered before."""
    return frozenset(str(row[0]) for row in _rows(warehouse, "known_items", outlet_id=outlet_id, url=list(urls)))


def polls_of(warehouse: Warehouse, outlet_id: str, *, since: datetime, news_since: datetime) -> tuple[PollResult, ...]:
    """Return the polls of an outlet's sources since a moment, oldest first; those that brought news from earlier on."""
    rows = named_rows(warehouse, "polls", outlet_id=outlet_id, since=utc(since), news_since=utc(news_since))
    return tuple(PollResult(**row) for row in rows)


def source_health(warehouse: Warehouse, outlet_id: str) -> dict[str, SourceHealth]:
    """Return how the outlet's sources stood when they were last looked at, by source URL."""
    rows = named_rows(warehouse, "source_health", outlet_id=outlet_id)
    return {row["source_url"]: SourceHealth(since=row.pop("since_at"), **row) for row in rows}


def known_texts(warehouse: Warehouse, since: datetime) -> tuple[KnownText, ...]:
    """Return the texts seen since a moment as stories are made of them, oldest first."""
    return tuple(
        KnownText(
            signature=TextSignature(article_id=row["article_id"], signature=row["signature"], seen_at=row["seen_at"]),
            story_id=row["story_id"],
            language=row["language"],
            dated_at=row["dated_at"],
            entities=frozenset(row["entities"]),
        )
        for row in named_rows(warehouse, "signatures", since=utc(since))
    )


def known_articles(warehouse: Warehouse, article_ids: Collection[str]) -> frozenset[str]:
    """Return those of the ids that have landed."""
    return frozenset(str(row[0]) for row in _rows(warehouse, "known_articles", article_id=list(article_ids)))


def untranslated(warehouse: Warehouse, *, languages: Sequence[str], limit: int = 500) -> tuple[BacklogArticle, ...]:
    """Return articles in these languages whose present version has no translation, newest first."""
    return _backlog(_rows(warehouse, "untranslated", languages=list(languages), max_articles=limit))


def translation_backlog(
    warehouse: Warehouse,
    *,
    languages: Sequence[str],
    replaced: Sequence[str] = (),
    unfinished: Sequence[TranslationExtent] = (),
    alerted: bool = False,
    limit: int = 500,
) -> tuple[BacklogArticle, ...]:
    """Return articles without a translation, with one by the engines to be replaced, or with an unfinished one.

    Alerted ones come first, then the newest; ``alerted`` leaves out the others.
    """
    values = {
        "languages": list(languages),
        "replaced": list(replaced),
        "unfinished": list(unfinished),
        "alerted": alerted,
        "max_articles": limit,
    }
    return _backlog(_rows(warehouse, "translation_backlog", **values))


def fresh_articles(warehouse: Warehouse, article_ids: Collection[str], *, since: datetime) -> frozenset[str]:
    """Return those of the articles that are news: dated since a time, and not there before their source was watched."""
    rows = _rows(warehouse, "fresh_articles", article_id=list(article_ids), since=utc(since))
    return frozenset(str(article_id) for (article_id,) in rows)


def unidentified(warehouse: Warehouse, *, limit: int = 500) -> tuple[BacklogArticle, ...]:
    """Return articles whose present version has no language yet: what a killed run left."""
    return _backlog(_rows(warehouse, "unidentified", max_articles=limit))


def unmatched(warehouse: Warehouse, *, limit: int = 500) -> tuple[BacklogArticle, ...]:
    """Return articles whose present version was matched against no list at all: what a killed run left."""
    return _backlog(_rows(warehouse, "unmatched", max_articles=limit))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedArticle:
    """An article to try a change of a list on; ``dated_at`` is when it was published, or first seen.

    ``translation`` is one that a model made.
    """

    article_id: str
    outlet_id: str
    url: str
    title: str
    text: str
    language: str | None
    dated_at: datetime
    translation: Translation | None


def articles_since(
    warehouse: Warehouse, *, since: datetime, article_ids: Collection[str] | None = None
) -> Iterator[DatedArticle]:
    """Yield the articles dated since a time, or those of them that are named, oldest first, a thousand in memory."""
    wanted = {"since": utc(since), "article_id": None if article_ids is None else list(article_ids)}
    cursor = warehouse.connection.execute(sql_of("queries", "articles_since"), wanted)
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(1000):
        for values in rows:
            row = dict(zip(names, values, strict=True))
            yield DatedArticle(
                **{name: row[name] for name in ("article_id", "outlet_id", "url", "title", "text", "language")},
                dated_at=aware(row["dated_at"]),
                translation=_translation(row),
            )


def _rows(warehouse: Warehouse, query: str, **values: object) -> list[tuple[Any, ...]]:
    return warehouse.connection.execute(sql_of("queries", query), values).fetchall()


def named_rows(warehouse: Warehouse, query: str, **values: object) -> list[dict[str, Any]]:
    """Return rows by column name, moments as aware UTC."""
    return [
        {name: aware(value) if isinstance(value, datetime) else value for name, value in row.items()}
        for row in rows_of(warehouse, query, **values)
    ]


def _fetch_state(row: tuple[Any, ...]) -> FetchState:
    url, outlet_id, etag, last_modified, body_hash, fetched_at, full_at, not_modified, distrusted_at = row
    return FetchState(
        url=url,
        outlet_id=outlet_id,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        fetched_at=aware(fetched_at),
        full_at=_aware_or_none(full_at),
        not_modified=not_modified or 0,
        distrusted_at=_aware_or_none(distrusted_at),
    )


def _aware_or_none(moment: datetime | None) -> datetime | None:
    return None if moment is None else aware(moment)


_OF_BACKLOG = ("article_id", "outlet_id", "title", "text", "content_hash", "language")


def _backlog(rows: list[tuple[Any, ...]]) -> tuple[BacklogArticle, ...]:
    return tuple(BacklogArticle(**dict(zip(_OF_BACKLOG, row, strict=True))) for row in rows)


def _translation(row: dict[str, Any]) -> Translation | None:
    if row["title_en"] is None:
        return None
    return Translation(
        article_id=row["article_id"],
        source=row["language"] or "und",
        target="en",
        title=row["title_en"],
        text=row["text_en"],
        engine=row["engine"],
        model_version=row["model_version"],
        dropped_names=tuple(row["dropped_names"]),
    )
