"""The vocabulary: frozen dataclasses, the error tree, ids. Standard library only, no I/O."""

from records.articles import (
    GLOSS_MARK,
    Article,
    LanguageGuess,
    Precision,
    Translation,
    TranslationExtent,
)
from records.credits import Credit
from records.errors import (
    ConfigError,
    ExtractError,
    FeedError,
    FetchCause,
    FetchError,
    MailError,
    MigrationError,
    OutletError,
    SourceError,
    TranslationError,
    WakhanError,
    WarehouseError,
    WarehouseLockedError,
    WatchlistError,
)
from records.health import FailureWeight, HealthState, PollResult, SourceHealth, Trouble
from records.ids import alert_id_of, article_id_of, content_hash_of
from records.mentions import Alert, Field, Mention, Origin, Priority
from records.runs import FailureKind, OutletReport, RunReport, StepFailure
from records.sources import FeedItem, Fetched, FetchState, Listed, NotModified

__all__ = [
    "GLOSS_MARK",
    "Alert",
    "Article",
    "ConfigError",
    "Credit",
    "ExtractError",
    "FailureKind",
    "FailureWeight",
    "FeedError",
    "FeedItem",
    "FetchCause",
    "FetchError",
    "FetchState",
    "Fetched",
    "Field",
    "HealthState",
    "LanguageGuess",
    "Listed",
    "MailError",
    "Mention",
    "MigrationError",
    "NotModified",
    "Origin",
    "OutletError",
    "OutletReport",
    "PollResult",
    "Precision",
    "Priority",
    "RunReport",
    "SourceError",
    "SourceHealth",
    "StepFailure",
    "Translation",
    "TranslationError",
    "TranslationExtent",
    "Trouble",
    "WakhanError",
    "WarehouseError",
    "WarehouseLockedError",
    "WatchlistError",
    "alert_id_of",
    "article_id_of",
    "content_hash_of",
]
