"""What a digest tells one reader: stories, why they alerted, and how complete the picture is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from records.articles import Precision
from records.mentions import Field, Priority

SourceStatus = Literal["normal", "degraded", "failing", "silent", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The line that alerted: ``before`` + ``surface`` + ``after`` as it stands in the ``field``.

    That is a field of the translation where the entity is named nowhere else. ``name`` is the listed name that was met
    and ``reasons`` the steps from it to ``surface``. ``line_en`` is the same sentence of the translation, as far as
    sentences can be paired; ``None`` where the line is English itself. ``short_id`` is the beginning of the alert's id
    that names no other alert: what a verdict on it is given by.
    """

    entity_id: str
    caption: str
    priority: Priority
    field: Field
    before: str
    surface: str
    after: str
    name: str
    reasons: tuple[str, ...]
    line_en: str | None
    short_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """Another outlet's article of the same story, so many minutes after the first."""

    outlet: str
    url: str
    language: str
    relation: Literal["copy", "report"]
    lag_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCopy:
    """The page as it was read: which file of the archive holds it, and of when it is."""

    file: str
    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One story: its first article, why it alerted, and who else told it.

    ``title_en`` is ``None`` while the article waits for translation; an English article has none beneath it. ``engine``
    made it: a title glossed word by word is marked. ``dropped_names`` are watched names the translation lost.
    ``footnote`` is ready to paste, ``archived`` the copy that was read, where it was kept. ``short_ids`` are the
    beginnings of ``alert_ids`` that name no other alert.
    """

    story_id: str
    article_id: str
    alert_ids: tuple[str, ...]
    priority: Priority
    outlet: str
    country: str
    language: str
    title: str
    title_en: str | None
    byline: str | None
    dated_at: datetime
    precision: Precision | None
    url: str
    evidence: tuple[Evidence, ...]
    retellings: tuple[Retelling, ...]
    dropped_names: tuple[str, ...]
    engine: str | None = None
    footnote: str = ""
    archived: ArchiveCopy | None = None
    short_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrouble:
    """A source that is not normal, since when, and what it said last."""

    outlet: str
    status: SourceStatus
    since: datetime | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How far an edition can be trusted, above all an empty one; ``glossed`` have no English but word by word."""

    sources: int
    troubles: tuple[SourceTrouble, ...]
    articles: int
    untranslated: int
    last_run_at: datetime | None
    glossed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How often an entity was named: articles in each of the last eight weeks, oldest first.

    ``usual`` is the mean of a week over the sixty days before the last seven, or over as many of them as were watched;
    ``None`` while these are fewer than fourteen.
    """

    entity_id: str
    caption: str
    weeks: tuple[int, ...]
    usual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestEdition:
    """All that one digest tells: alerts made from ``since`` up to ``until``, for a reader in ``timezone``.

    ``items`` are today's stories, most important first; ``backscanned`` are stories found in articles that had landed
    before.
    """

    reader: str
    since: datetime
    until: datetime
    timezone: str
    items: tuple[DigestItem, ...]
    backscanned: tuple[DigestItem, ...]
    completeness: Completeness
    trends: tuple[Trend, ...]
