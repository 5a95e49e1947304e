"""What a program that runs for weeks writes to stderr: one line an event, JSON where no person looks, no secrets.

Secrets come from the environment alone, so their values are known: wherever one would be printed, in a message, an
address or a traceback, stars stand in its place.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.settings import Settings

DATABASE_PASSWORD = "WAKHAN_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable
SMTP_PASSWORD = "WAKHAN_SMTP_PASSWORD"  # noqa: S105

# Shorter ones would blank out ordinary words.
_LEAST_SECRET = 4
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+(?=@)")
# What a program adds with `extra=` and is worth a field of its own.
_FIELDS = ("job", "run_id", "seconds", "outcome")


def secrets_of(settings: Settings) -> frozenset[str]:
    """Return the values that must never be printed: passwords and the addresses of immediate alerts."""
    names = (SMTP_PASSWORD, DATABASE_PASSWORD, *settings.notify.urls)
    values = (os.environ.get(name, "") for name in names)
    return frozenset(value for value in values if len(value) >= _LEAST_SECRET)


def without_secrets(text: str, secrets: Collection[str]) -> str:
    """Return a text with stars for every secret, and for every password within an address."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return _PASSWORD_IN_ADDRESS.sub(r"\1:***", text)


class CleanLines(logging.Formatter):
    """The message alone, for the pages of Prefect, which show the rest themselves."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one event without secrets: those of the process's own log."""
        own = next(
            (
                each.formatter
                for each in logging.getLogger().handlers
                if isinstance(each.formatter, TextLines | JsonLines)
            ),
            None,
        )
        return without_secrets(super().format(record), own.secrets if own else ())


class TextLines(logging.Formatter):
    """``05:12:33 collect: 4 new articles``: for a person at a terminal."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__("%(asctime)s %(message)s", datefmt="%H:%M:%S")
        self.secrets = frozenset(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return one event; a warning says that it is one."""
        line = super().format(record)
        if record.levelno >= logging.WARNING:
            at, _, rest = line.partition(" ")
            line = f"{at} {record.levelname.lower()}: {rest}"
        return without_secrets(line, self.secrets)


class JsonLines(logging.Formatter):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message`` and what the event carries besides."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self.secrets = frozenset(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return one event as a line."""
        event: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        event |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        # Before it is escaped: a secret with a quote in it would look otherwise after.
        clean = {
            key: without_secrets(value, self.secrets) if isinstance(value, str) else value
            for key, value in event.items()
        }
        return json.dumps(clean, ensure_ascii=False, default=str)


def set_up_logging(settings: Settings) -> None:
    """Send all log events of this process to stderr, in the form the settings wish."""
    secrets = secrets_of(settings)
    wished = settings.log.format
    as_text = wished == "text" or (wished == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines(secrets) if as_text else JsonLines(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # What others say in passing (migrations of Prefect's database, dictionaries that load) says nothing to anybody.
    root.setLevel(logging.WARNING)
    for ours in ("flows", "extractors", "watchlists", "warehouse", "digest"):
        logging.getLogger(ours).setLevel(settings.log.level.upper())
