"""From mentions to alerts: one for an article and an entity, however often it is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from records import Alert, Mention, Origin, alert_id_of
from watchlists.listfile import WatchList

_RANK = {"high": 0, "normal": 1, "low": 2}


def alerts_of(
    mentions: Sequence[Mention], lists: Sequence[WatchList], *, origin: Origin, created_at: datetime
) -> tuple[Alert, ...]:
    """Return one alert for each article and entity mentioned, in the order of the first mentions.

    ``score`` is the best of the mentions. An entity that stands in several lists alerts once, with the highest of its
    priorities. Mentions of lists or entities that are not in ``lists`` make none.
    """
    priorities = {(watch_list.id, entity.id): entity.priority for watch_list in lists for entity in watch_list.entities}
    alerts: dict[tuple[str, str], Alert] = {}
    for mention in mentions:
        priority = priorities.get((mention.list_id, mention.entity_id))
        if priority is None:
            continue
        key = (mention.article_id, mention.entity_id)
        known = alerts.get(key)
        higher = known is None or _RANK[priority] < _RANK[known.priority]
        alerts[key] = Alert(
            alert_id=alert_id_of(*key),
            article_id=mention.article_id,
            entity_id=mention.entity_id,
            list_id=mention.list_id if known is None or higher else known.list_id,
            priority=priority if known is None or higher else known.priority,
            score=mention.score if known is None else max(mention.score, known.score),
            story_id=None,
            origin=origin,
            created_at=created_at,
        )
    return tuple(alerts.values())
