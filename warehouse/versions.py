"""Which versions of a batch are news to the warehouse, and the rows they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from records import Article
from records.landing import Batch
from warehouse.parameters import Columns, aware, columns_of, latest, utc
from warehouse.sqlfiles import sql_of


@dataclass(frozen=True, slots=True)
class Version:
    """What landing must know of the version an article is at, in the order of `queries/known_versions.sql`.

    ``translated_at`` is that of the translation that had landed before; of a version that lands now it is ``None``.
    """

    article_id: str
    outlet_id: str
    content_hash: str
    language: str | None
    fetched_at: datetime
    first_seen_at: datetime
    dated_at: datetime
    revision: int
    story_id: str | None
    translated_at: datetime | None
    published_at: datetime | None
    published_raw: str | None
    published_precision: str | None
    date_source: str | None


def known_versions(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> dict[str, Version]:
    """Return the versions that articles are at, by id; those that never landed are left out."""
    rows = connection.execute(sql_of("queries", "known_versions"), {"article_id": list(article_ids)}).fetchall()
    return {row[0]: _version_read(row) for row in rows}


def _version_read(row: tuple[Any, ...]) -> Version:
    # Column by column: a back-scan reads tens of thousands at a time, and asking each value for its type took twice.
    article_id, outlet_id, content_hash, language, fetched_at, first_seen_at, dated_at, *others = row
    revision, story_id, translated_at, published_at, *about_date = others
    return Version(
        article_id,
        outlet_id,
        content_hash,
        language,
        aware(fetched_at),
        aware(first_seen_at),
        aware(dated_at),
        revision,
        story_id,
        None if translated_at is None else aware(translated_at),
        None if published_at is None else aware(published_at),
        *about_date,
    )


def news_of(batch: Batch, known: Mapping[str, Version]) -> dict[str, tuple[Article, Version]]:
    """Return the articles of a batch that are new or changed, each with the version it becomes, by id.

    An older version that comes late (a batch landed twice, a replay) is left out, and so is an equal one.
    """
    newest = latest(sorted(batch.articles, key=lambda article: article.fetched_at), lambda a: a.article_id)
    languages = {row.article_id: row.language for row in batch.languages}
    stories = {row.article_id: row.story_id for row in batch.story_parts}
    return {
        article.article_id: (
            article,
            _version_of(article, before, languages.get(article.article_id), stories.get(article.article_id)),
        )
        for article in newest
        if (before := known.get(article.article_id)) is None
        or (before.content_hash != article.content_hash and before.fetched_at < article.fetched_at)
    }


def article_columns(news: Iterable[tuple[Article, Version]], batch: Batch) -> Columns:
    """Return new articles and newer versions as columns, each with what the batch knows of it."""
    pairs = list(news)
    articles = [article for article, _ in pairs]
    columns = columns_of(
        articles,
        *("article_id", "outlet_id", "url", "canonical_url", "title", "text", "byline", "section"),
        *("extractor", "content_hash", "fetched_at"),
    ) | found_out([article.article_id for article in articles], batch)
    return columns | columns_of(
        [version for _, version in pairs],
        *("published_at", "published_raw", "published_precision", "date_source"),
        *("first_seen_at", "dated_at", "revision", "story_id"),
    )


def found_out(article_ids: Sequence[str], batch: Batch) -> Columns:
    """Return language, English and story of articles, in their order; ``None`` where the batch says nothing."""
    languages = {row.article_id: row for row in batch.languages}
    translations = {row.article_id: row for row in batch.translations if row.target == "en"}
    stories = {row.article_id: row for row in batch.story_parts}
    guesses = [languages.get(article_id) for article_id in article_ids]
    english = [translations.get(article_id) for article_id in article_ids]
    return (
        columns_of(
            guesses,
            *("language", "languages", "script"),
            language_confidence="confidence",
            language_method="method",
        )
        | columns_of(
            english,
            *("engine", "model_version", "dropped_names"),
            title_en="title",
            text_en="text",
            translated_extent="extent",
        )
        | columns_of([stories.get(article_id) for article_id in article_ids], "story_id")
        | {"translated_at": [None if row is None else utc(batch.landed_at) for row in english]}
    )


def _version_of(article: Article, before: Version | None, language: str | None, story_id: str | None) -> Version:
    # A page that is redone may lose its date; the one it had is kept, all four fields together.
    dated: Article | Version | None = before if article.published_at is None else article
    first_seen_at = article.fetched_at if before is None else before.first_seen_at
    published_at = None if dated is None else dated.published_at
    return Version(
        article_id=article.article_id,
        outlet_id=article.outlet_id,
        content_hash=article.content_hash,
        language=language,
        fetched_at=article.fetched_at,
        first_seen_at=first_seen_at,
        dated_at=published_at or first_seen_at,
        revision=0 if before is None else before.revision + 1,
        story_id=story_id or (None if before is None else before.story_id),
        translated_at=None,
        published_at=published_at,
        published_raw=None if dated is None else dated.published_raw,
        published_precision=None if dated is None else dated.published_precision,
        date_source=None if dated is None else dated.date_source,
    )
