"""From mentions to alerts: one for an article and an entity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from records import Alert, Mention, Origin, Priority, alert_id_of
from watchlists.listfile import WatchList


def alerts_of(
    mentions: Sequence[Mention], lists: Sequence[WatchList], *, origin: Origin, created_at: datetime
) -> tuple[Alert, ...]:
    """Return one alert for each article and entity, with the score of its best mention, in the order of first mention.

    The priority is the entity's in the list that the best mention names. ``created_at`` is aware UTC.
    """
    priorities: dict[tuple[str, str], Priority] = {
        (watch_list.id, entity.id): entity.priority for watch_list in lists for entity in watch_list.entities
    }
    best: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        key = (mention.article_id, mention.entity_id)
        if key not in best or mention.score > best[key].score:
            best[key] = mention
    return tuple(
        Alert(
            alert_id=alert_id_of(article_id, entity_id),
            article_id=article_id,
            entity_id=entity_id,
            list_id=mention.list_id,
            priority=priorities[(mention.list_id, entity_id)],
            score=mention.score,
            story_id=None,
            origin=origin,
            created_at=created_at,
        )
        for (article_id, entity_id), mention in best.items()
    )
