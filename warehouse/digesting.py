"""Read what a digest tells: the alerts of a time, by story, with their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from records import Priority
from records.digests import (
    ArchiveCopy,
    Completeness,
    DigestEdition,
    DigestItem,
    Evidence,
    Retelling,
    SourceTrouble,
    Trend,
)
from warehouse.citing import citable_from, footnote_of
from warehouse.evidence import best_mentions, evidence_of, short_ids
from warehouse.opening import Warehouse
from warehouse.parameters import aware, utc
from warehouse.rows import rows_of

_RANK: dict[Priority, int] = {"high": 0, "normal": 1, "low": 2}

_WEEKS = 8

# Of fewer days nobody can say what a usual week is.
_USUAL_DAYS = 14

# A run lands an outlet's batch when it is done with it, with alerts made up to an hour before; a day is room enough.
LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What belongs to the alerts of an edition.

    The mention to show by article, list and entity; the beginning of an alert's id that names no other; all articles of
    a story, its first teller first; and the kept page of an article.
    """

    mentions: Mapping[tuple[str, str, str], dict[str, Any]]
    short_ids: Mapping[str, str]
    tellings: Mapping[str, list[dict[str, Any]]]
    copies: Mapping[str, ArchiveCopy]


def read_edition(
    warehouse: Warehouse,
    *,
    since: datetime,
    until: datetime,
    reader: str = "",
    timezone: str = "Asia/Dushanbe",
    lists: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    min_priority: Priority = "low",
    untold_by: str | None = None,
    late: timedelta = LATE,
) -> DigestEdition:
    """Return the edition of alerts made from ``since`` up to ``until``, for a reader's lists, languages and floor.

    ``None`` for lists or languages means all of them. ``untold_by`` leaves out what stands in this reader's outbox, and
    takes in what was made within ``late`` before ``since`` and landed too late for the mail before.
    """
    window = {"since": utc(since), "until": utc(until)}
    alerts = rows_of(
        warehouse,
        "edition_alerts",
        since=utc(since if untold_by is None else since - late),
        until=window["until"],
        untold_by=untold_by,
        lists=None if lists is None else list(lists),
        languages=None if languages is None else list(languages),
        priorities=[name for name, rank in _RANK.items() if rank <= _RANK[min_priority]],
    )
    # Here and not in the query: there the texts would be sorted along.
    alerts.sort(key=lambda row: (row["dated_at"], row["alert_id"]))
    found = _Found(
        mentions=best_mentions(warehouse, alerts),
        short_ids=short_ids(warehouse, [row["alert_id"] for row in alerts]),
        tellings=_tellings(warehouse, alerts),
        copies=_copies(warehouse, alerts),
    )
    live = _items((row for row in alerts if row["origin"] == "live"), found)
    older = _items((row for row in alerts if row["origin"] != "live"), found)
    return DigestEdition(
        reader=reader,
        since=since,
        until=until,
        timezone=timezone,
        items=live,
        backscanned=older,
        completeness=_completeness(warehouse, window),
        trends=_trends(warehouse, live, until),
    )


def _tellings(warehouse: Warehouse, alerts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    story_ids = sorted({row["story_id"] for row in alerts})
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(warehouse, "edition_stories", story_id=story_ids) if story_ids else []:
        told[row["story_id"]].append(row)
    return told


def _copies(warehouse: Warehouse, alerts: list[dict[str, Any]]) -> dict[str, ArchiveCopy]:
    """Return the kept copy of each article's page, where there is one."""
    if not alerts:
        return {}
    article_ids = list({row["article_id"] for row in alerts})
    since = min(row["first_seen_at"] for row in alerts) - timedelta(days=1)
    return {
        row["article_id"]: ArchiveCopy(file=row["warc_file"], url=row["url"], fetched_at=aware(row["fetched_at"]))
        for row in rows_of(warehouse, "edition_captures", article_id=article_ids, since=since)
    }


def _items(alerts: Iterable[dict[str, Any]], found: _Found) -> tuple[DigestItem, ...]:
    stories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in alerts:
        stories[row["story_id"]].append(row)
    items = [_item(rows, found) for rows in stories.values()]
    return tuple(sorted(items, key=lambda item: (_RANK[item.priority], -item.dated_at.timestamp(), item.story_id)))


def _item(alerts: list[dict[str, Any]], found: _Found) -> DigestItem:
    """Build the item of a story from its alerts, oldest article first."""
    told = found.tellings.get(alerts[0]["story_id"], [])
    order = {row["article_id"]: place for place, row in enumerate(told)}
    lead = min(alerts, key=lambda row: order.get(row["article_id"], 0))
    shown: dict[str, Evidence] = {}
    for row in sorted(
        alerts, key=lambda row: (_RANK[row["priority"]], row is not lead, row["article_id"] != lead["article_id"])
    ):
        mention = found.mentions.get((row["article_id"], row["list_id"], row["entity_id"]))
        if mention is not None and row["entity_id"] not in shown:
            shown[row["entity_id"]] = evidence_of(row, mention, short_id=found.short_ids[row["alert_id"]])
    return DigestItem(
        story_id=lead["story_id"],
        article_id=lead["article_id"],
        alert_ids=tuple(row["alert_id"] for row in alerts),
        short_ids=tuple(found.short_ids[row["alert_id"]] for row in alerts),
        priority=min((row["priority"] for row in alerts), key=_RANK.__getitem__),
        outlet=lead["outlet"],
        country=lead["country"],
        language=lead["language"],
        title=lead["title"],
        title_en=lead["title_en"],
        byline=lead["byline"],
        dated_at=aware(lead["dated_at"]),
        precision=lead["published_precision"],
        url=lead["url"],
        evidence=tuple(shown.values()),
        retellings=tuple(_retelling(row, lead) for row in told if row["article_id"] != lead["article_id"]),
        dropped_names=tuple(lead["dropped_names"]),
        engine=lead["engine"],
        footnote=footnote_of(citable_from(lead)),
        archived=found.copies.get(lead["article_id"]),
    )


def _retelling(row: dict[str, Any], lead: dict[str, Any]) -> Retelling:
    return Retelling(
        outlet=row["outlet"],
        url=row["url"],
        language=row["language"],
        relation="copy" if row["relation"] == "copy" else "report",
        lag_minutes=round((row["dated_at"] - lead["dated_at"]).total_seconds() / 60),
    )


def source_troubles(warehouse: Warehouse) -> tuple[Counter[str], tuple[SourceTrouble, ...]]:
    """Return how many sources there are of each status, and those that are not normal."""
    sources = rows_of(warehouse, "edition_troubles")
    troubles = tuple(
        SourceTrouble(
            outlet=row["title"],
            status=row["status"],
            since=None if row["since_at"] is None else aware(row["since_at"]),
            message=row["message"],
        )
        for row in sources
        if row["status"] != "normal"
    )
    return Counter(row["status"] for row in sources), troubles


def _completeness(warehouse: Warehouse, window: dict[str, datetime]) -> Completeness:
    (counted,) = rows_of(warehouse, "edition_completeness", **window)
    sources, troubles = source_troubles(warehouse)
    return Completeness(
        sources=sources.total(),
        troubles=troubles,
        articles=counted["articles"],
        untranslated=counted["untranslated"],
        glossed=counted["glossed"],
        last_run_at=None if counted["last_run_at"] is None else aware(counted["last_run_at"]),
    )


def _trends(warehouse: Warehouse, items: tuple[DigestItem, ...], until: datetime) -> tuple[Trend, ...]:
    entity_ids = sorted({shown.entity_id for item in items for shown in item.evidence})
    if not entity_ids:
        return ()
    captions: dict[str, str] = {}
    weeks: dict[str, dict[int, int]] = defaultdict(dict)
    before: Counter[str] = Counter()
    days = 0
    for row in rows_of(warehouse, "edition_trends", entity_id=entity_ids, until=utc(until)):
        captions[row["entity_id"]] = row["caption"]
        weeks[row["entity_id"]][row["week"]] = row["articles"]
        before[row["entity_id"]] += row["watched"] if row["week"] > 0 else 0
        days = row["days"]
    trends = (
        Trend(
            entity_id=entity_id,
            caption=captions[entity_id],
            weeks=tuple(counts.get(week, 0) for week in reversed(range(_WEEKS))),
            usual=before[entity_id] * 7 / days if days >= _USUAL_DAYS else None,
        )
        for entity_id, counts in weeks.items()
    )
    return tuple(sorted(trends, key=lambda trend: (-trend.weeks[-1], trend.caption)))
