"""Every error Wakhan raises on purpose, on one page.

Steps raise these; one place in ``flows`` turns a ``SourceError`` into a ``StepFailure`` row. Anything that is
not a ``WakhanError`` is a bug and fails the run loudly, after what was landed is safe.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

# Where a request ended, from the name to the body. What follows from it (mirror, back-off, health) is not decided here.
FetchCause = Literal[
    "bad-url",
    "name-unknown",
    "name-lookup",
    "forbidden-address",
    "proxy",
    "connect",
    "connect-timeout",
    "tls-reset",
    "tls-certificate",
    "tls",
    "reset",
    "read-timeout",
    "deadline",
    "truncated",
    "malformed",
    "encoding",
    "too-large",
    "redirects",
    "led-away",
    "robots",
    "robots-unreachable",
    "held",
    "http",
]


class WakhanError(Exception):
    """Root of all errors a user can understand and act on."""


class ConfigError(WakhanError):
    """A file or setting that a person wrote is wrong.

    ``path`` is the file (or ``None`` for a setting from the environment), ``key`` the dotted key inside it with a
    line number where one is known, ``problem`` what is wrong and ``fix`` what to write instead.
    """

    def __init__(
        self, problem: str, *, path: Path | str | None = None, key: str | None = None, fix: str | None = None
    ) -> None:
        self.problem = problem
        self.path = None if path is None else Path(path)
        self.key = key
        self.fix = fix
        super().__init__(problem)

    def __str__(self) -> str:
        where = " ".join(str(part) for part in (self.path, self.key and f"[{self.key}]") if part)
        message = f"{where}: {self.problem}" if where else self.problem
        return f"{message}. {self.fix}" if self.fix else message


class OutletError(ConfigError):
    """An outlet file is missing or malformed."""


class WatchlistError(ConfigError):
    """A watch-list file is missing or malformed."""


class SourceError(WakhanError):
    """Something an outlet sent, or failed to send; it never stops the other outlets."""

    def __init__(self, problem: str, *, outlet_id: str, url: str) -> None:
        self.problem = problem
        self.outlet_id = outlet_id
        self.url = url
        super().__init__(problem)

    def __str__(self) -> str:
        # A page on its own, of an outlet there is no file for, has no id.
        return f"{self.outlet_id}: {self.problem} ({self.url})" if self.outlet_id else f"{self.problem} ({self.url})"


class FetchError(SourceError):
    """A request got no usable answer.

    ``status`` is the HTTP status or ``None`` when there was no answer; ``retryable`` says whether the same request
    may succeed soon; ``retry_after_seconds`` is what the server asked for; ``cause`` says where the request ended.
    """

    def __init__(
        self,
        problem: str,
        *,
        outlet_id: str,
        url: str,
        status: int | None = None,
        retryable: bool,
        retry_after_seconds: float | None = None,
        cause: FetchCause = "http",
    ) -> None:
        self.status = status
        self.retryable = retryable
        self.retry_after_seconds = retry_after_seconds
        self.cause: FetchCause = cause
        super().__init__(problem, outlet_id=outlet_id, url=url)


class FeedError(SourceError):
    """An answer came, but it is not a list of articles: HTML for a feed, no items, a shape not understood."""


class ExtractError(SourceError):
    """A page came, but no article could be read from it."""


class TranslationError(WakhanError):
    """A translation engine failed; the article lands all the same, untranslated."""

    def __init__(self, problem: str, *, source: str, target: str) -> None:
        self.problem = problem
        self.source = source
        self.target = target
        super().__init__(problem)

    def __str__(self) -> str:
        return f"translation {self.source} to {self.target}: {self.problem}"


class MailError(WakhanError):
    """The mail server, or an address for immediate alerts, cannot be used as it is set up."""


class WarehouseError(WakhanError):
    """The warehouse file cannot be used as asked."""


class MigrationError(WarehouseError):
    """The warehouse's schema and this program's do not fit: newer, edited or failed half-way."""


class WarehouseLockedError(WarehouseError):
    """Another process is writing; the message names its pid and the age of its lock."""
