"""Land what a run found: everything of a batch in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol

import duckdb

from records import WarehouseError
from records.landing import Batch, Landed, Matching
from warehouse.opening import Warehouse
from warehouse.parameters import Columns, columns_of, latest, utc
from warehouse.sqlfiles import sql_of


class _OfArticle(Protocol):
    @property
    def article_id(self) -> str: ...


def land(warehouse: Warehouse, batch: Batch) -> Landed:
    """Land a batch in one transaction and say what it changed. Landing it again changes nothing.

    The warehouse keeps English; translations into other languages are left to their makers. Raises ``WarehouseError``
    when languages, translations, mentions or alerts speak of an article that is neither in the batch nor in the
    warehouse.
    """
    connection = warehouse.connection
    try:
        connection.begin()
        landed = _land(connection, batch)
        connection.commit()
        # A killed writer can leave a log that does not replay (duckdb#22044); after a checkpoint there is none to lose.
        connection.execute("checkpoint")
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise WarehouseError(
            f"{warehouse.path} cannot be written: {error}. Nothing of this batch is lost: make room and run again."
        ) from error
    except BaseException:
        connection.rollback()
        raise
    return landed


def _land(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Landed:
    new_items = _land_items(connection, batch)
    landed = _land_articles(connection, batch)
    landed = _land_derived(connection, batch, landed)
    missed = latest(batch.missed_pages, lambda page: page.url)
    _land_rows(connection, "land_missing_pages", columns_of(missed, "url", "outlet_id", "status", "missed_at"))
    _land_stories(connection, batch)
    _land_health(connection, batch)
    _land_reports(connection, batch)
    return replace(landed, new_items=new_items)


def _land_items(connection: duckdb.DuckDBPyConnection, batch: Batch) -> int:
    new_items = 0
    # What an older source offers as well is news, not baseline, so these come first.
    for offered, baseline in ((batch.items, False), (batch.baseline_items, True)):
        # The first of two entries with one URL is the one nearest to the top of its source.
        items = latest(reversed(offered), lambda item: (item.outlet_id, item.url))[::-1]
        columns = columns_of(items, "outlet_id", "url", "guid", "title", "summary", "published_at", "position")
        stamps = {"landed_at": utc(batch.landed_at), "baseline": baseline}
        new_items += len(_land_rows(connection, "land_items", columns, **stamps))
    outcomes = latest(batch.outcomes, lambda outcome: (outcome.outlet_id, outcome.url))
    columns = columns_of(outcomes, "outlet_id", "url", "state", "article_id", "problem")
    _land_rows(connection, "land_item_outcomes", columns, landed_at=utc(batch.landed_at))
    states = latest(sorted(batch.fetch_states, key=lambda state: state.fetched_at), lambda state: state.url)
    columns = columns_of(
        states,
        *("url", "outlet_id", "etag", "last_modified", "body_hash", "fetched_at"),
        *("full_at", "not_modified", "distrusted_at"),
    )
    _land_rows(connection, "land_fetch_states", columns)
    _land_rows(connection, "forget_missing_pages", {"url": [state.url for state in states]})
    return new_items


def _land_articles(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Landed:
    """Land new articles and newer versions, each with what the batch knows of it."""
    articles = latest(sorted(batch.articles, key=lambda article: article.fetched_at), lambda a: a.article_id)
    columns = columns_of(
        articles,
        *("article_id", "outlet_id", "url", "canonical_url", "title", "text", "byline", "section", "published_at"),
        *("published_raw", "published_precision", "date_source", "extractor", "content_hash", "fetched_at"),
    )
    found_out = _found_out([article.article_id for article in articles], batch)
    _land_rows(connection, "stage_articles", columns | found_out, landed_at=utc(batch.landed_at))
    changed: list[tuple[Any, ...]] = []
    if articles:
        connection.execute(sql_of("statements", "keep_replaced_versions"))
        changed = _replace_staged(connection)
    captures = columns_of(
        batch.captures, "warc_record_id", "article_id", "url", "fetched_at", "body_sha256", "warc_file"
    )
    _land_rows(connection, "land_captures", captures)
    new = {article_id for article_id, revision, _ in changed if revision == 0}
    revised = {article_id for article_id, revision, _ in changed if revision != 0}
    _land_rows(connection, "forget_revised_mentions", {"article_id": sorted(revised)})
    ids = [article.article_id for article in articles]
    return Landed(
        new=tuple(i for i in ids if i in new),
        revised=tuple(i for i in ids if i in revised),
        unchanged=tuple(i for i in ids if i not in new and i not in revised),
        translations=sum(1 for _, _, engine in changed if engine is not None),
    )


def _land_derived(connection: duckdb.DuckDBPyConnection, batch: Batch, landed: Landed) -> Landed:
    derived: tuple[Iterable[_OfArticle], ...] = (
        batch.languages,
        batch.translations,
        batch.matchings,
        batch.mentions,
        batch.alerts,
        batch.story_parts,
    )
    concerned = sorted({row.article_id for rows in derived for row in rows})
    if not concerned:
        return landed
    current = _content_hashes(connection, concerned)
    unknown = [article_id for article_id in concerned if article_id not in current]
    if unknown:
        raise WarehouseError(
            f"the batch speaks of {len(unknown)} articles that never landed, {unknown[0]} among them. "
            "Land an article before or together with what was found out about it."
        )
    basis = dict(batch.basis) | {article.article_id: article.content_hash for article in batch.articles}
    stale = {key for key in concerned if basis.get(key, current[key]) != current[key]}
    fresh = replace(
        batch,
        languages=tuple(row for row in batch.languages if row.article_id not in stale),
        translations=tuple(row for row in batch.translations if row.article_id not in stale),
        matchings=tuple(row for row in batch.matchings if row.article_id not in stale),
        mentions=tuple(row for row in batch.mentions if row.article_id not in stale),
        alerts=tuple(row for row in batch.alerts if row.article_id not in stale),
    )
    amended = _amend_articles(connection, fresh, done={*landed.new, *landed.revised})
    _land_mentions(connection, fresh, current)
    return replace(
        landed,
        new_alerts=_land_alerts(connection, fresh),
        translations=landed.translations + amended,
        mentions=len(fresh.mentions),
        stale=tuple(sorted(stale)),
    )


def _found_out(article_ids: Sequence[str], batch: Batch) -> Columns:
    """Return language, English and story of articles, in their order; ``None`` where the batch says nothing."""
    languages = {row.article_id: row for row in batch.languages}
    translations = {row.article_id: row for row in batch.translations if row.target == "en"}
    stories = {row.article_id: row for row in batch.story_parts}
    guesses = [languages.get(article_id) for article_id in article_ids]
    english = [translations.get(article_id) for article_id in article_ids]
    return (
        columns_of(
            guesses,
            *("language", "script"),
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
    )


def _amend_articles(connection: duckdb.DuckDBPyConnection, batch: Batch, done: set[str]) -> int:
    """Land what was found out about articles that landed earlier; return how many translations changed."""
    rows: tuple[Iterable[_OfArticle], ...] = (batch.languages, batch.translations, batch.story_parts)
    article_ids = sorted({row.article_id for part in rows for row in part} - done)
    if not article_ids:
        return 0
    columns = {"article_id": article_ids} | _found_out(article_ids, batch)
    _land_rows(connection, "stage_amendments", columns, landed_at=utc(batch.landed_at))
    amended = {article_id for article_id, _, _ in _replace_staged(connection)}
    if any(guess.article_id in amended for guess in batch.languages):
        connection.execute(sql_of("statements", "amend_mentions"))
    return sum(1 for translation in batch.translations if translation.article_id in amended)


def _replace_staged(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    connection.execute(sql_of("statements", "remove_staged"))
    return connection.execute(sql_of("statements", "insert_staged")).fetchall()


def _land_mentions(connection: duckdb.DuckDBPyConnection, batch: Batch, current: dict[str, str]) -> None:
    matchings = latest(_matchings(batch), lambda m: (m.article_id, m.list_id))
    if not matchings:
        return
    columns = columns_of(
        matchings, "article_id", "list_id", "list_version", content_hash=lambda row: current[row.article_id]
    )
    # New articles are the rule and have nothing to forget; the search for it reads all mentions.
    if connection.execute(sql_of("queries", "matched_before"), {"article_id": columns["article_id"]}).fetchall() != [
        (0,)
    ]:
        again = {name: columns[name] for name in ("article_id", "list_id", "content_hash")}
        connection.execute(sql_of("statements", "forget_mentions"), again)
    connection.execute(sql_of("statements", "land_matchings"), columns | {"landed_at": utc(batch.landed_at)})
    mentions = latest(batch.mentions, lambda m: (m.article_id, m.list_id, m.entity_id, m.field, m.start, m.end))
    columns = columns_of(
        mentions,
        *("article_id", "entity_id", "list_id", "list_version", "field", "surface", "name", "form", "score", "reasons"),
        span_start="start",
        span_end="end",
    )
    _land_rows(connection, "land_mentions", columns)


def _matchings(batch: Batch) -> Iterable[Matching]:
    """Yield what was matched: what the batch says, and what its mentions show."""
    for mention in batch.mentions:
        yield Matching(article_id=mention.article_id, list_id=mention.list_id, list_version=mention.list_version)
    yield from batch.matchings


def _land_alerts(connection: duckdb.DuckDBPyConnection, batch: Batch) -> tuple[str, ...]:
    alerts = latest(batch.alerts, lambda alert: alert.alert_id)
    columns = columns_of(
        alerts,
        *("alert_id", "article_id", "entity_id", "list_id", "priority", "score", "story_id", "origin", "created_at"),
    )
    return tuple(str(alert_id) for (alert_id,) in _land_rows(connection, "land_alerts", columns))


def _land_stories(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    parts = latest(batch.story_parts, lambda part: part.article_id)
    _land_rows(connection, "land_story_parts", columns_of(parts, "article_id", "story_id", "relation", "similarity"))
    _land_rows(connection, "lead_stories", {"story_id": sorted({part.story_id for part in parts})})
    signatures = latest(batch.signatures, lambda row: row.article_id)
    _land_rows(connection, "land_signatures", columns_of(signatures, "article_id", "signature", "seen_at"))


def _land_health(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Land polls, and the health of sources; an outlet's health is landed for all its sources at once."""
    polls = latest(batch.polls, lambda poll: (poll.outlet_id, poll.source_url, poll.polled_at))
    columns = columns_of(
        polls,
        *("outlet_id", "source_url", "polled_at", "ok", "items", "new_items", "baseline"),
        *("weight", "cause", "status", "trouble", "message", "moved_to", "retry_after_seconds"),
    )
    _land_rows(connection, "land_polls", columns)
    health = latest(batch.health, lambda row: (row.outlet_id, row.source_url))
    for outlet_id in sorted({row.outlet_id for row in health}):
        urls = [row.source_url for row in health if row.outlet_id == outlet_id]
        _land_rows(connection, "forget_source_health", {"source_url": urls}, outlet_id=outlet_id)
    columns = columns_of(
        health,
        *("outlet_id", "source_url", "state", "checked_at", "last_good_at", "last_new_at", "new_items_30_days"),
        *("band_hours", "band_low", "band_high", "band_now", "streak", "failure_weight", "next_poll_at", "advice"),
        since_at="since",
    )
    _land_rows(connection, "land_source_health", columns)


def _land_reports(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    failures = [*batch.failures, *(failure for report in batch.reports for failure in report.failures)]
    distinct = latest(failures, lambda f: (f.run_id, f.outlet_id, f.step, f.url, f.at))
    columns = columns_of(distinct, "run_id", "outlet_id", "step", "url", "kind", "error", "message", failed_at="at")
    _land_rows(connection, "land_failures", columns)
    reports = latest(batch.reports, lambda report: (report.run_id, report.outlet_id))
    columns = columns_of(
        reports,
        *("run_id", "outlet_id", "items", "fetched", "unchanged", "articles", "new", "revised", "mentions", "alerts"),
        "broken",
        failures=lambda report: len(report.failures),
    )
    _land_rows(connection, "land_reports", columns, landed_at=utc(batch.landed_at))


def _content_hashes(connection: duckdb.DuckDBPyConnection, article_ids: list[str]) -> dict[str, str]:
    rows = connection.execute(sql_of("queries", "content_hashes"), {"article_id": article_ids}).fetchall()
    return {str(article_id): str(content_hash) for article_id, content_hash in rows}


def _land_rows(
    connection: duckdb.DuckDBPyConnection, statement: str, columns: Columns, **values: object
) -> list[tuple[Any, ...]]:
    """Run a statement over rows given as columns, if there are any; return what it returns."""
    if not any(columns.values()):
        return []
    return connection.execute(sql_of("statements", statement), columns | values).fetchall()
