"""What an alert is shown by: the mention that says most, the line it stands in, and a short id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from records.digests import Evidence
from records.mentions import Field
from warehouse.evidence_lines import line_around, line_rendered
from warehouse.opening import Warehouse
from warehouse.rows import rows_of

# Digits of an id that is shown: they tell all but a hundred pairs of a million alerts apart, and can still be typed.
SHORT_DIGITS = 8

# The column of the article that a mention's field is called.
_CONTENT: dict[Field, str] = {
    "title": "title",
    "text": "text",
    "translated_title": "title_en",
    "translated_text": "text_en",
}

# Of a mention: its article, list and entity, which are its alert's.
_Key = tuple[str, str, str]


def best_mentions(warehouse: Warehouse, alerts: Sequence[Mapping[str, Any]]) -> dict[_Key, dict[str, Any]]:
    """Return of each alert's mentions the one to show: in the title, else the highest score, else the first.

    The keys are article, list and entity. An alert whose names were edited out of the article since has none.
    """
    wanted = {name: [row[name] for row in alerts] for name in ("article_id", "list_id", "entity_id", "dated_at")}
    best: dict[_Key, dict[str, Any]] = {}
    for row in rows_of(warehouse, "edition_mentions", **wanted) if alerts else []:
        kept = best.setdefault((row["article_id"], row["list_id"], row["entity_id"]), row)
        if _showing(row) < _showing(kept):
            best[row["article_id"], row["list_id"], row["entity_id"]] = row
    return best


def _showing(mention: dict[str, Any]) -> tuple[bool, float, int]:
    return not mention["field"].endswith("title"), -mention["score"], mention["span_start"]


def evidence_of(alert: Mapping[str, Any], mention: Mapping[str, Any], *, short_id: str) -> Evidence:
    """Return the line of a mention; ``alert`` has title and text of its article, in the original and in English."""
    field, start, caption = mention["field"], mention["span_start"], alert["caption"]
    before, after = line_around(alert[_CONTENT[field]], start, mention["span_end"])
    # A line of an English article or of the translation has none beneath it.
    line_en = (
        line_rendered(alert[field], start, alert[f"{field}_en"], alert["text_en"], caption)
        if field in {"title", "text"} and alert["language"] != "en"
        else None
    )
    return Evidence(
        entity_id=alert["entity_id"],
        caption=caption,
        priority=alert["priority"],
        field=field,
        before=before,
        surface=mention["surface"],
        after=after,
        name=mention["name"],
        reasons=tuple(mention["reasons"]),
        line_en=line_en,
        short_id=short_id,
    )


def short_ids(warehouse: Warehouse, alert_ids: Sequence[str]) -> dict[str, str]:
    """Return the beginning of each alert's id that names no other alert that has landed: eight digits, rarely more."""
    digits = dict.fromkeys(alert_ids, SHORT_DIGITS)
    for row in rows_of(warehouse, "alert_ids_alike", alert_id=list(digits), digits=SHORT_DIGITS) if digits else []:
        pairs = enumerate(zip(row["alert_id"], row["other_id"], strict=True), 1)
        apart = next(place for place, (ours, theirs) in pairs if ours != theirs)
        digits[row["alert_id"]] = max(digits[row["alert_id"]], apart)
    return {alert_id: alert_id[:shown] for alert_id, shown in digits.items()}
