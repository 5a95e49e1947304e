"""Names found in articles, and the alerts they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# The last two are of the translation: a name that is found nowhere but there.
Field = Literal["title", "text", "translated_title", "translated_text"]
Priority = Literal["high", "normal", "low"]
Origin = Literal["live", "backscan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a watch-listed entity is named.

    ``start`` and ``end`` are code points into the ``field`` as it was read or translated, and
    ``field[start:end] == surface`` always. ``name`` is the listed name that was met, ``form`` the generated form of
    it, ``reasons`` the steps between the two, ``score`` is between 0 and 1.
    """

    article_id: str
    entity_id: str
    list_id: str
    list_version: str
    field: Field
    start: int
    end: int
    surface: str
    name: str
    form: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The one alert of an article for an entity; ``score`` is the best of its mentions."""

    alert_id: str
    article_id: str
    entity_id: str
    list_id: str
    priority: Priority
    score: float
    story_id: str | None
    origin: Origin
    created_at: datetime
