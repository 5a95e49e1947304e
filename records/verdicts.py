"""What a reader says of an alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from records.digests import Evidence
from records.mentions import Origin, Priority

Judgement = Literal["right", "wrong", "unsure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What ``reader`` said of an alert; ``note`` is why, in their words."""

    alert_id: str
    verdict: Judgement
    reader: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAlert:
    """An alert as a person looks at it.

    ``dated_at`` is the date of its article (aware UTC), ``day`` the day it had then in the outlet's own zone, as
    footnotes have it.
    ``short_id`` is the beginning of ``alert_id`` that names no other alert. ``title_en`` is ``None`` while the article
    waits for translation, and ``engine`` made it; ``evidence`` is ``None`` where the name was edited
    out of it since, ``verdict`` where nobody gave one.
    """

    alert_id: str
    short_id: str
    article_id: str
    entity_id: str
    list_id: str
    caption: str
    priority: Priority
    origin: Origin
    created_at: datetime
    outlet_id: str
    outlet: str
    language: str
    dated_at: datetime
    day: date
    title: str
    title_en: str | None
    engine: str | None
    url: str
    verdict: Judgement | None
    evidence: Evidence | None
