"""Alerts as readers look at them, and the verdicts they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from records import WarehouseError
from records.counting import count_of
from records.verdicts import ToldAlert, Verdict
from warehouse.evidence import best_mentions, evidence_of, short_ids
from warehouse.incoming import land_rows
from warehouse.opening import Warehouse
from warehouse.parameters import aware, columns_of, utc
from warehouse.rows import rows_of
from warehouse.transactions import transaction

# An id is 20 hex digits, and eight are shown; a slip that leaves fewer than six is refused, whatever they would fit.
_MIN_PREFIX = 6

# Of the alerts that a beginning fits; whoever sees as many types another digit.
_CANDIDATES = 5

# The columns of an alert that its record has as they are.
_AS_THEY_ARE = (
    *("alert_id", "article_id", "entity_id", "list_id", "caption", "priority", "origin", "outlet_id", "outlet"),
    *("language", "title", "title_en", "engine", "url", "verdict"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which alerts are listed; an empty field means all. ``verdicts`` has ``none`` for those without one."""

    since: datetime | None = None
    entities: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How many alerts of an entity were judged right or wrong, and how many wrong, of those it would have again."""

    list_id: str
    entity_id: str
    judged: int
    wrong: int


def newest_alerts(warehouse: Warehouse, choice: Choice, *, most: int) -> tuple[ToldAlert, ...]:
    """Return the newest alerts by the date of their article, at most so many.

    Raises ``WarehouseError`` where none is found and an entity, an outlet or a list is asked for that is not there.
    """
    values: dict[str, object] = {
        name: list(chosen) or None
        for name, chosen in (
            ("entities", choice.entities),
            ("outlets", choice.outlets),
            ("lists", choice.lists),
            ("priorities", choice.priorities),
            ("verdicts", choice.verdicts),
        )
    }
    values |= {"since": None if choice.since is None else utc(choice.since), "most": most}
    found = rows_of(warehouse, "alerts_listed", **values)
    if not found:
        _refuse_unknown(warehouse, choice)
    return _told(warehouse, found)


def alerts_named(warehouse: Warehouse, wanted: Sequence[str]) -> tuple[ToldAlert, ...]:
    """Return the alerts that ids or their beginnings name, each once, in the order given.

    Raises ``WarehouseError`` for one that names none or several: then with these.
    """
    short = [each for each in wanted if len(each) < _MIN_PREFIX]
    if short:
        raise WarehouseError(
            f"{short[0]!r} is too short for an alert: give {_MIN_PREFIX} digits of its id or more. "
            "`wakhan alerts` and the digest show them."
        )
    named: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(warehouse, "alerts_named", wanted=list(dict.fromkeys(wanted))):
        named[row["wanted"]].append(row)
    for each in wanted:
        if not named[each]:
            raise WarehouseError(f"no alert has an id that begins with {each!r}. `wakhan alerts` shows them.")
        if len(named[each]) > 1:
            raise WarehouseError(_ambiguous(each, len(named[each]), _told(warehouse, named[each][:_CANDIDATES])))
    told = {alert.alert_id: alert for alert in _told(warehouse, [named[each][0] for each in wanted])}
    return tuple(told[alert_id] for alert_id in dict.fromkeys(named[each][0]["alert_id"] for each in wanted))


def land_verdicts(warehouse: Warehouse, verdicts: Sequence[Verdict], *, given_at: datetime) -> None:
    """Add verdicts to those that were given before; of several on one alert the newest counts."""
    with transaction(warehouse) as connection:
        columns = columns_of(verdicts, "alert_id", "verdict", "reader", "note")
        land_rows(connection, "land_verdicts", columns, given_at=utc(given_at))


def wrong_alerts(warehouse: Warehouse) -> tuple[Judged, ...]:
    """Return the entities of which an alert was judged wrong whose names are still found in its article."""
    return tuple(Judged(**row) for row in rows_of(warehouse, "wrong_alerts"))


def _told(warehouse: Warehouse, found: Sequence[dict[str, Any]]) -> tuple[ToldAlert, ...]:
    """Return the records of alerts given by id and date, newest first."""
    if not found:
        return ()
    rows = rows_of(
        warehouse,
        "alerts_told",
        alert_id=[row["alert_id"] for row in found],
        dated_at=[row["dated_at"] for row in found],
    )
    mentions = best_mentions(warehouse, rows)
    short = short_ids(warehouse, [row["alert_id"] for row in rows])
    return tuple(
        ToldAlert(
            **{name: row[name] for name in _AS_THEY_ARE},
            short_id=short[row["alert_id"]],
            created_at=aware(row["created_at"]),
            dated_at=aware(row["dated_at"]),
            day=aware(row["dated_at"]).astimezone(ZoneInfo(row["timezone"])).date(),
            evidence=None if mention is None else evidence_of(row, mention, short_id=short[row["alert_id"]]),
        )
        for row in rows
        for mention in [mentions.get((row["article_id"], row["list_id"], row["entity_id"]))]
    )


def _ambiguous(wanted: str, count: int, candidates: Sequence[ToldAlert]) -> str:
    lines = [
        f"  {each.short_id}  {each.day:%Y-%m-%d}  {each.caption}, {each.outlet}: {each.title_en or each.title}"
        for each in candidates
    ]
    if count > len(candidates):
        lines.append(f"  and {count - len(candidates)} more")
    return "\n".join([f"{wanted!r} fits {count_of(count, 'alert')}; give more digits:", *lines])


def _refuse_unknown(warehouse: Warehouse, choice: Choice) -> None:
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(warehouse, "alert_filters"):
        known[row["kind"]].append(row["id"])
    for kind, chosen in (("entity", choice.entities), ("outlet", choice.outlets), ("list", choice.lists)):
        for each in chosen:
            if each not in known[kind]:
                near = get_close_matches(each, known[kind], n=3)
                meant = f" Did you mean {' or '.join(near)}?" if near else ""
                raise WarehouseError(f"there are no alerts of the {kind} {each}.{meant}")
