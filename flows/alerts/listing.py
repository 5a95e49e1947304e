"""Alerts as the command line shows them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.asking.tables import Look, clean, table_of
from records.verdicts import ToldAlert
from warehouse.asking import Answer

_HEADINGS = ("id", "date", "priority", "caption", "outlet", "title", "named as", "verdict")


def alerts_table(alerts: Sequence[ToldAlert], look: Look, *, cut: bool) -> str:
    """Return alerts as a table; ``cut`` says that there are more."""
    rows = tuple(
        (
            each.short_id,
            f"{each.day:%Y-%m-%d}",
            each.priority,
            each.caption,
            each.outlet,
            title_of(each),
            # Edited out of the article since.
            one_line(each.evidence.surface) if each.evidence else "",
            each.verdict or "",
        )
        for each in alerts
    )
    return table_of(Answer(columns=_HEADINGS, rows=rows, cut=cut, seconds=0), look)


def alert_json(alert: ToldAlert) -> dict[str, object]:
    """Return an alert as JSON values; ``line`` is the sentence that alerted."""
    shown = alert.evidence
    return {
        "id": alert.short_id,
        "alert_id": alert.alert_id,
        "article_id": alert.article_id,
        "list": alert.list_id,
        "entity": alert.entity_id,
        "caption": alert.caption,
        "priority": alert.priority,
        "origin": alert.origin,
        "created_at": alert.created_at.isoformat(),
        "dated_at": alert.dated_at.isoformat(),
        "outlet": alert.outlet_id,
        "language": alert.language,
        "title": alert.title,
        "title_en": alert.title_en,
        "engine": alert.engine,
        "url": alert.url,
        "field": shown.field if shown else None,
        "surface": shown.surface if shown else None,
        "line": shown.before + shown.surface + shown.after if shown else None,
        "verdict": alert.verdict,
    }


def title_of(alert: ToldAlert) -> str:
    """Return the title in English, marked where it is a gloss, or the original while there is none."""
    return one_line(f"{alert.title_en or alert.title}{' [gloss]' if alert.engine == 'gloss' else ''}")


def one_line(text: str) -> str:
    """Return a text from a page on one line, without what drives a terminal."""
    return " ".join(clean(text).split())
