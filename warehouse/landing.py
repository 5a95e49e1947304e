"""Land what a run found: everything of a batch in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter
from typing import Protocol

import duckdb

from records import Article, WarehouseError
from records.landing import Batch, Landed, Matching
from warehouse.incoming import land_rows
from warehouse.opening import Warehouse
from warehouse.parameters import Columns, columns_of, latest, utc
from warehouse.sqlfiles import sql_of
from warehouse.transactions import transaction
from warehouse.versions import Version, article_columns, found_out, known_versions, news_of

# Where a mention stands and whose it is.
_PLACE = attrgetter("article_id", "list_id", "entity_id", "field", "start", "end")

# A checkpoint merges row groups, so that many small landings do not leave many small ones; at most two a table, so that
# none takes long. A batch of thousands makes row groups that read well as they are, and a merge would write its rows
# twice: they are merged by the landings after it.
_LARGE = 5_000
_MERGE = "set max_vacuum_tasks = 2"
_MERGE_LATER = "set max_vacuum_tasks = 0"


class _OfArticle(Protocol):
    @property
    def article_id(self) -> str: ...


def land(warehouse: Warehouse, batch: Batch) -> Landed:
    """Land a batch in one transaction and say what it changed. Landing it again changes nothing.

    The warehouse keeps English; translations into other languages are left to their makers. Raises ``WarehouseError``
    when languages, translations, mentions or alerts speak of an article that is neither in the batch nor in the
    warehouse.
    """
    with landing(warehouse, rows=len(batch.articles)) as connection:
        return land_within(connection, batch)


@contextmanager
def landing(warehouse: Warehouse, *, rows: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a transaction for so many rows of the table it lands most in; end it with a checkpoint that suits them."""
    warehouse.connection.execute(_MERGE_LATER if rows >= _LARGE else _MERGE)
    with transaction(warehouse) as connection:
        yield connection


def land_within(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Landed:
    """Land a batch within a transaction that lands more. Otherwise as ``land``."""
    new_items = _land_items(connection, batch)
    known = known_versions(connection, _article_ids(batch))
    news = news_of(batch, known)
    landed = _land_articles(connection, batch, news, known)
    versions = known | {article_id: version for article_id, (_, version) in news.items()}
    landed = _land_derived(connection, batch, landed, versions)
    missed = latest(batch.missed_pages, lambda page: page.url)
    land_rows(connection, "land_missing_pages", columns_of(missed, "url", "outlet_id", "status", "missed_at"))
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
        columns |= columns_of(
            [item.listed for item in items],
            listed_url="url",
            listed_at="fetched_at",
            listed_sha256="body_sha256",
            listed_warc_file="warc_file",
            listed_warc_record_id="warc_record_id",
        )
        stamps = {"landed_at": utc(batch.landed_at), "baseline": baseline}
        new_items += len(land_rows(connection, "land_items", columns, **stamps))
    outcomes = latest(batch.outcomes, lambda outcome: (outcome.outlet_id, outcome.url))
    columns = columns_of(outcomes, "outlet_id", "url", "state", "article_id", "problem")
    land_rows(connection, "land_item_outcomes", columns, landed_at=utc(batch.landed_at))
    states = latest(sorted(batch.fetch_states, key=lambda state: state.fetched_at), lambda state: state.url)
    columns = columns_of(
        states,
        *("url", "outlet_id", "etag", "last_modified", "body_hash", "fetched_at"),
        *("full_at", "not_modified", "distrusted_at"),
    )
    land_rows(connection, "land_fetch_states", columns)
    _for_keys(connection, "forget_missing_pages", url=[state.url for state in states])
    return new_items


def _land_articles(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    news: Mapping[str, tuple[Article, Version]],
    known: Mapping[str, Version],
) -> Landed:
    """Land new articles and newer versions, each with what the batch knows of it."""
    revised = {article_id: pair for article_id, pair in news.items() if pair[1].revision}
    replacing = (
        columns_of([article for article, _ in revised.values()], "article_id", "title", "text", "fetched_at")
        | columns_of([version for _, version in revised.values()], "revision")
        | columns_of([known[article_id] for article_id in revised], "dated_at")
    )
    for statement in ("keep_replaced_versions", "remove_replaced_versions", "forget_revised_mentions"):
        land_rows(connection, statement, replacing)
    columns = article_columns(news.values(), batch)
    land_rows(connection, "land_articles", columns, landed_at=utc(batch.landed_at))
    dates = columns_of([version for _, version in revised.values()], "article_id", "dated_at")
    land_rows(connection, "date_alerts", dates)
    captures = columns_of(
        latest(batch.captures, attrgetter("warc_record_id", "article_id")),
        *("warc_record_id", "article_id", "url", "fetched_at", "body_sha256", "warc_file"),
    )
    land_rows(connection, "land_captures", captures)
    return Landed(
        new=tuple(article_id for article_id in news if article_id not in revised),
        revised=tuple(revised),
        unchanged=tuple({article.article_id: None for article in batch.articles if article.article_id not in news}),
        translations=sum(1 for engine in columns["engine"] if engine is not None),
    )


def _land_derived(
    connection: duckdb.DuckDBPyConnection, batch: Batch, landed: Landed, versions: Mapping[str, Version]
) -> Landed:
    concerned = {row.article_id for rows in _derived(batch) for row in rows}
    if not concerned:
        return landed
    unknown = sorted(concerned - versions.keys())
    if unknown:
        raise WarehouseError(
            f"the batch speaks of {len(unknown)} articles that never landed, {unknown[0]} among them. "
            "Land an article before or together with what was found out about it."
        )
    basis = dict(batch.basis) | {article.article_id: article.content_hash for article in batch.articles}
    stale = {key for key in concerned if basis.get(key, versions[key].content_hash) != versions[key].content_hash}
    fresh = _without(batch, stale) if stale else batch
    amended = _amend_articles(connection, fresh, done={*landed.new, *landed.revised})
    languages = {guess.article_id: guess.language for guess in fresh.languages}
    _land_mentions(connection, fresh, versions, languages, new=set(landed.new))
    replaced = {each.article_id for each in fresh.matchings if _read_another_translation(each, versions)}
    _for_keys(connection, "forget_mentions_in_replaced_translations", article_id=sorted(amended | replaced))
    return replace(
        landed,
        new_alerts=_land_alerts(connection, fresh, versions),
        translations=landed.translations + len(amended),
        mentions=len(fresh.mentions),
        stale=tuple(sorted(stale)),
    )


def _read_another_translation(matching: Matching, versions: Mapping[str, Version]) -> bool:
    """Tell whether an article was matched with a translation other than the one that had landed before the batch."""
    read = matching.translated_at
    return read is not None and read != versions[matching.article_id].translated_at


def _article_ids(batch: Batch) -> set[str]:
    """Return the ids of all articles that a batch brings or speaks of."""
    return {row.article_id for rows in (batch.articles, *_derived(batch)) for row in rows}


def _derived(batch: Batch) -> tuple[Iterable[_OfArticle], ...]:
    return (batch.languages, batch.translations, batch.matchings, batch.mentions, batch.alerts, batch.story_parts)


def _without(batch: Batch, stale: set[str]) -> Batch:
    """Return a batch without what was found out about versions that are no longer the newest."""
    return replace(
        batch,
        languages=tuple(row for row in batch.languages if row.article_id not in stale),
        translations=tuple(row for row in batch.translations if row.article_id not in stale),
        matchings=tuple(row for row in batch.matchings if row.article_id not in stale),
        mentions=tuple(row for row in batch.mentions if row.article_id not in stale),
        alerts=tuple(row for row in batch.alerts if row.article_id not in stale),
    )


def _amend_articles(connection: duckdb.DuckDBPyConnection, batch: Batch, done: set[str]) -> set[str]:
    """Land what was found out about articles that landed earlier; return those whose translation changed."""
    rows: tuple[Iterable[_OfArticle], ...] = (batch.languages, batch.translations, batch.story_parts)
    article_ids = sorted({row.article_id for part in rows for row in part} - done)
    if not article_ids:
        return set()
    columns = {"article_id": article_ids} | found_out(article_ids, batch)
    amended = {article_id for (article_id,) in land_rows(connection, "amend_articles", columns)}
    identified = sorted(guess.article_id for guess in batch.languages if guess.article_id in amended)
    _for_keys(connection, "amend_mentions", article_id=identified)
    return {translation.article_id for translation in batch.translations if translation.article_id in amended}


def _land_mentions(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    versions: Mapping[str, Version],
    languages: Mapping[str, str],
    *,
    new: set[str],
) -> None:
    # What was matched: what the mentions show, and what the batch says.
    matched = {(mention.article_id, mention.list_id): mention.list_version for mention in batch.mentions}
    matched |= {(matching.article_id, matching.list_id): matching.list_version for matching in batch.matchings}
    if not matched:
        return
    read = {matching.article_id: matching.translated_at for matching in batch.matchings}
    columns: Columns = {
        "article_id": [article_id for article_id, _ in matched],
        "list_id": [list_id for _, list_id in matched],
        "list_version": list(matched.values()),
        "content_hash": [versions[article_id].content_hash for article_id, _ in matched],
        "translated_at": [
            None if (moment := read.get(article_id)) is None else utc(moment) for article_id, _ in matched
        ],
    }
    # New articles are the rule, and lists that are new to them, and have nothing to forget; the search for it reads all
    # mentions.
    earlier = [pair for pair in matched if pair[0] not in new]
    if were_matched(connection, [article_id for article_id, _ in earlier], [list_id for _, list_id in earlier]):
        land_rows(connection, "forget_mentions", columns)
    land_rows(connection, "land_matchings", columns, landed_at=utc(batch.landed_at))
    mentions = latest(batch.mentions, _PLACE)
    of_article = [versions[mention.article_id] for mention in mentions]
    columns = columns_of(
        mentions,
        *("article_id", "entity_id", "list_id", "list_version", "field", "surface", "name", "form", "score", "reasons"),
        span_start="start",
        span_end="end",
    ) | columns_of(of_article, "outlet_id", "dated_at")
    columns["language"] = [languages.get(version.article_id, version.language) or "und" for version in of_article]
    land_rows(connection, "land_mentions", columns)


def were_matched(connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str], list_ids: Sequence[str]) -> bool:
    """Tell whether any of the articles was matched before with the list beside it."""
    pairs = {"article_id": article_ids, "list_id": list_ids}
    return bool(article_ids) and bool(connection.execute(sql_of("queries", "matched_before"), pairs).fetchall())


def _land_alerts(
    connection: duckdb.DuckDBPyConnection, batch: Batch, versions: Mapping[str, Version]
) -> tuple[str, ...]:
    alerts = latest(batch.alerts, lambda alert: alert.alert_id)
    columns = columns_of(
        alerts,
        *("alert_id", "article_id", "entity_id", "list_id", "priority", "score", "story_id", "origin", "created_at"),
    ) | columns_of([versions[alert.article_id] for alert in alerts], "dated_at")
    return tuple(str(alert_id) for (alert_id,) in land_rows(connection, "land_alerts", columns))


def _land_stories(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    parts = latest(batch.story_parts, lambda part: part.article_id)
    land_rows(connection, "land_story_parts", columns_of(parts, "article_id", "story_id", "relation", "similarity"))
    _for_keys(connection, "lead_stories", story_id=sorted({part.story_id for part in parts}))
    signatures = latest(batch.signatures, lambda row: row.article_id)
    land_rows(connection, "land_signatures", columns_of(signatures, "article_id", "signature", "seen_at"))


def _land_health(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Land polls, and the health of sources; an outlet's health is landed for all its sources at once."""
    polls = latest(batch.polls, lambda poll: (poll.outlet_id, poll.source_url, poll.polled_at))
    columns = columns_of(
        polls,
        *("outlet_id", "source_url", "polled_at", "ok", "items", "new_items", "baseline"),
        *("weight", "cause", "status", "trouble", "message", "moved_to", "retry_after_seconds"),
    )
    land_rows(connection, "land_polls", columns)
    health = latest(batch.health, lambda row: (row.outlet_id, row.source_url))
    for outlet_id in sorted({row.outlet_id for row in health}):
        urls = [row.source_url for row in health if row.outlet_id == outlet_id]
        _for_keys(connection, "forget_source_health", source_url=urls, outlet_id=outlet_id)
    columns = columns_of(
        health,
        *("outlet_id", "source_url", "state", "checked_at", "last_good_at", "last_new_at", "new_items_30_days"),
        *("band_hours", "band_low", "band_high", "band_now", "streak", "failure_weight", "next_poll_at", "advice"),
        since_at="since",
    )
    land_rows(connection, "land_source_health", columns)


def _land_reports(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    failures = [*batch.failures, *(failure for report in batch.reports for failure in report.failures)]
    distinct = latest(failures, lambda f: (f.run_id, f.outlet_id, f.step, f.url, f.at))
    columns = columns_of(distinct, "run_id", "outlet_id", "step", "url", "kind", "error", "message", failed_at="at")
    land_rows(connection, "land_failures", columns)
    reports = latest(batch.reports, lambda report: (report.run_id, report.outlet_id))
    columns = columns_of(
        reports,
        *("run_id", "outlet_id", "items", "fetched", "unchanged", "articles", "new", "revised", "mentions", "alerts"),
        "broken",
        failures=lambda report: len(report.failures),
    )
    land_rows(connection, "land_reports", columns, landed_at=utc(batch.landed_at))


def _for_keys(connection: duckdb.DuckDBPyConnection, statement: str, **keys: object) -> None:
    """Run a statement on the rows of some keys, given as lists, if there are any."""
    if any(keys.values()):
        connection.execute(sql_of("statements", statement), keys)
