"""What a run hands to the warehouse in one piece, and what the warehouse says became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from records.articles import Article, LanguageGuess, Translation
from records.health import PollResult, SourceHealth
from records.mentions import Alert, Mention, Priority
from records.runs import OutletReport, StepFailure
from records.sources import FeedItem, FetchState

ItemState = Literal["landed", "retry", "gone"]
NameKind = Literal["name", "weak", "context", "not"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """What the warehouse keeps of an outlet file."""

    outlet_id: str
    title: str
    country: str
    languages: tuple[str, ...]
    url: str
    publisher: str | None
    publisher_kind: str | None
    timezone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """What the warehouse keeps of a watch-list file; ``version`` is the hash of its content."""

    list_id: str
    title: str
    owner: str | None
    purpose: str | None
    review_by: date | None
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityNameRow:
    """One name of an entity as its list has it."""

    name: str
    language: str
    kind: NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """What the warehouse keeps of an entity of a watch-list."""

    entity_id: str
    list_id: str
    schema: str
    caption: str
    priority: Priority
    notes: str | None
    source: str | None
    wikidata: str | None
    added: date | None
    retired: date | None
    names: tuple[EntityNameRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutcome:
    """What became of the page behind a feed item.

    ``landed``: its article is in the same batch or was there before. ``retry``: ask again, later each time.
    ``gone``: never ask again (404 and 410 after the retries the flow allows, or not an article at all).
    """

    outlet_id: str
    url: str
    state: ItemState
    article_id: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """An article was matched against a list: the fact that stands where no mention was found.

    ``translated_at`` names the translation that was read along by when it landed; ``None`` where none was.
    """

    article_id: str
    list_id: str
    list_version: str
    translated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the bytes an article was read from are kept: a record in a WARC file."""

    article_id: str
    url: str
    fetched_at: datetime
    body_sha256: str
    warc_file: str
    warc_record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPart:
    """One article's place in a story.

    ``similarity`` to the story's first article is between 0 and 1; ``relation`` says what kind of part it is.
    """

    story_id: str
    article_id: str
    relation: Literal["first", "copy", "report"]
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSignature:
    """What is compared of an article's text to find its copies, as ``extractors.reading.stories`` writes it."""

    article_id: str
    signature: bytes
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """An article as stories are made of it: its text's signature, its story, its day, the entities it names."""

    signature: TextSignature
    story_id: str
    language: str
    dated_at: datetime
    entities: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPage:
    """The page of a landed article answered 404 or 410 when it was asked for again."""

    url: str
    outlet_id: str
    status: int
    missed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Everything one transaction lands.

    ``landed_at`` (aware UTC) stamps the rows. ``basis`` names, as (article_id, content_hash), the version that
    languages, translations and mentions of articles outside this batch were made from; where the warehouse has moved
    on since, those rows are left out and the article stays in the backlog. A feed's ``fetch_states`` belong into the
    batch that lands its ``items``, a page's into the batch that lands its article. ``baseline_items`` are what the
    first good poll of a source offered. ``health`` is given for all sources of an outlet at once; rows of others go.
    """

    landed_at: datetime
    articles: tuple[Article, ...] = ()
    languages: tuple[LanguageGuess, ...] = ()
    translations: tuple[Translation, ...] = ()
    matchings: tuple[Matching, ...] = ()
    mentions: tuple[Mention, ...] = ()
    alerts: tuple[Alert, ...] = ()
    items: tuple[FeedItem, ...] = ()
    baseline_items: tuple[FeedItem, ...] = ()
    outcomes: tuple[ItemOutcome, ...] = ()
    fetch_states: tuple[FetchState, ...] = ()
    missed_pages: tuple[MissedPage, ...] = ()
    captures: tuple[Capture, ...] = ()
    polls: tuple[PollResult, ...] = ()
    health: tuple[SourceHealth, ...] = ()
    story_parts: tuple[StoryPart, ...] = ()
    signatures: tuple[TextSignature, ...] = ()
    failures: tuple[StepFailure, ...] = ()
    reports: tuple[OutletReport, ...] = ()
    basis: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What a landing changed; landing the same batch again changes nothing.

    ``new`` + ``revised`` + ``unchanged`` are the article ids of the batch; ``stale`` are those whose derived rows were
    left out because the article has changed since they were made.
    """

    new: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    new_alerts: tuple[str, ...] = ()
    new_items: int = 0
    translations: int = 0
    mentions: int = 0
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingItem:
    """A feed item whose page has not landed yet and is due; ``attempts`` counts the tries so far.

    ``baseline`` tells that it came with the first good poll of its source, at ``seen_at``.
    """

    item: FeedItem
    attempts: int
    seen_at: datetime
    baseline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogArticle:
    """An article that waits for a step: enough of it to do the step.

    ``content_hash`` goes back in ``Batch.basis``; ``language`` is ``None`` where it was not identified yet.
    """

    article_id: str
    outlet_id: str
    title: str
    text: str
    content_hash: str
    language: str | None
