"""What was read from a page, and what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Precision = Literal["second", "minute", "day"]
# How far a translation goes: the title, the title and the lead, everything.
TranslationExtent = Literal["title", "lead", "full"]
# What a line of a translation begins with where it is only glossed, while the engine has not come so far.
GLOSS_MARK = "[gloss] "


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of one page, as it was read at ``fetched_at``.

    ``published_raw`` is the date as the page or feed printed it; ``date_source`` and ``extractor`` say where date and
    text came from. ``published_at`` and ``published_precision`` are both ``None`` when no date was believed.
    """

    article_id: str
    outlet_id: str
    url: str
    canonical_url: str
    title: str
    text: str
    byline: str | None
    section: str | None
    published_at: datetime | None
    published_raw: str | None
    published_precision: Precision | None
    date_source: str | None
    extractor: str
    content_hash: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageGuess:
    """The language an article is written in.

    ``language`` is ISO 639-1 or ``und``; ``script`` is ISO 15924 (``Cyrl Latn Hans Hant Arab`` or ``Zyyy``);
    ``confidence`` is between 0 and 1; ``method`` says how it was decided. ``languages`` are those that paragraphs of it
    are in, that of most letters first; none where none is known.
    """

    article_id: str
    language: str
    script: str
    confidence: float
    method: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Title and text of one article in another language, and who says so.

    ``dropped_names`` are captions of watch-listed names that stand in the original and are missing here, if only in one
    of several places. ``extent`` says how far the engine came; lines beyond it are a gloss and begin with
    ``GLOSS_MARK``.
    """

    article_id: str
    source: str
    target: str
    title: str
    text: str
    engine: str
    model_version: str
    dropped_names: tuple[str, ...]
    extent: TranslationExtent = "full"
