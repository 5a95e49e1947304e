"""Settings: one optional YAML file, every key with a default, read once per command.

Looked for in this order: ``--settings FILE``, the environment's ``WAKHAN_SETTINGS``, ``wakhan.yml`` in the working
folder, ``wakhan/wakhan.yml`` in the user's configuration folder. Secrets never stand in it: they come from the
environment.
"""

from __future__ import annotations

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from configfiles import FileKind, read_strict, read_text
from digest.subscriptions import Address, Clock, Zone
from records import ConfigError, Priority

_KIND = FileKind(error=ConfigError, start="data_dir: ~/wakhan", docs="docs/settings.md")

# What models translate, one after the other.
TranslationPart = Literal["title", "lead", "alerted", "full"]


def _from_the_file(path: Path, info: ValidationInfo) -> Path:
    """Return a path as the settings file means it: relative to the folder that the file lies in."""
    file = (info.context or {}).get("path")
    path = path.expanduser()
    return path if file is None else file.parent / path


UserPath = Annotated[Path, AfterValidator(_from_the_file)]


def _home(variable: str, fallback: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / fallback) / "wakhan"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _proxy(value: str) -> str:
    if "@" in value:
        raise ValueError(
            "a password does not belong in this file -> Write HTTPS_PROXY=http://name:... in the environment"
        )
    if value != "none" and not re.fullmatch(r"http://[^\s/]+/?", value):
        raise ValueError(f"{value!r} is no HTTP proxy -> Write http://proxy.example:3128, or none")
    return value


class FetchSettings(_Section):
    """How outlets are asked."""

    contact: str = ""
    """A mail address or page that outlets can write to; goes into the User-Agent."""
    parallel_outlets: int = Field(default=8, ge=1, le=64)
    """Outlets asked at the same time; one host is never asked twice at once."""
    recheck_days: float = Field(default=2.0, ge=0)
    """How long a landed page is asked again, conditionally, for silent edits."""
    archive: bool = True
    """Keep every answer in a WARC archive below ``data_dir``."""
    total_seconds: float = Field(default=60.0, gt=0, le=600)
    """The longest one page may take in all, its redirects included."""
    certificates: tuple[UserPath, ...] = ()
    """PEM files trusted besides the usual authorities: an intermediate that a server forgets to send goes here."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts (``name`` or ``name:port``) that may resolve to loopback or private addresses."""
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    """An HTTP proxy, or ``none``; default: what ``HTTPS_PROXY`` and ``HTTP_PROXY`` say. ``NO_PROXY`` counts always."""

    @property
    def proxies(self) -> dict[str, str]:
        """The proxy for ``http`` and for ``https``, and under ``no`` the hosts that are asked without."""
        from urllib.request import getproxies_environment  # noqa: PLC0415 - 30 ms that few commands need

        given = getproxies_environment()
        if self.proxy is not None:
            given |= {"http": self.proxy, "https": self.proxy}
        every = given.get("all", "")
        found = {scheme: given.get(scheme, every) for scheme in ("http", "https")}
        return {scheme: url for scheme, url in found.items() if url not in {"", "none"}} | {"no": given.get("no", "")}


class LibreTranslateSettings(_Section):
    """A LibreTranslate server, usually one's own. Its key comes from ``WAKHAN_LIBRETRANSLATE_KEY`` alone."""

    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """The server's address; the engine ``libretranslate`` needs it."""
    timeout_seconds: float = Field(default=60.0, gt=0, le=600)
    """How long one answer may take; it is asked four times in all."""


class NllbSettings(_Section):
    """NLLB-200 converted for CTranslate2; it knows Tajik itself."""

    dir: UserPath | None = None
    """The folder of the converted model with its SentencePiece model; the engine ``nllb`` needs it."""


class TranslationSettings(_Section):
    """Which engines are tried, in order; ``gloss`` needs no model and is a word-by-word gist, marked as such."""

    engines: tuple[str, ...] = ("argos", "gloss")
    """Any of ``argos``, ``libretranslate``, ``nllb`` and ``gloss``."""
    order: tuple[TranslationPart, ...] = ("title", "lead", "alerted", "full")
    """What a model translates first, of all that waits: titles, first paragraphs, whole alerted articles, the rest."""
    models_dir: UserPath | None = None
    """Where Argos packages lie; default ``models`` below ``data_dir``."""
    mirror: str = ""
    """Where ``wakhan models install`` finds the packages' index; empty: that of Argos Open Technologies."""
    backlog_minutes: float = Field(default=5.0, ge=0)
    """How long a run goes on translating what earlier runs left, after its own articles have landed."""

    beam_size: int = Field(default=2, ge=1, le=16)
    """Hypotheses a model follows: 4 is argostranslate's own, 2 is faster and about as good on news."""
    threads: int = Field(default=0, ge=0, le=256)
    """Threads of one model; 0: one for each core."""
    libretranslate: LibreTranslateSettings = LibreTranslateSettings()
    nllb: NllbSettings = NllbSettings()


class MailSettings(_Section):
    """The server that digests are handed to. The password comes from ``WAKHAN_SMTP_PASSWORD`` alone."""

    host: str = ""
    """Name of the SMTP server; empty: no mail is sent."""
    port: int | None = Field(default=None, ge=1, le=65535)
    """Default 587 with STARTTLS, 465 with TLS, 25 with neither."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """``none`` is for a server on this machine: with it no password is sent."""
    user: str = ""
    """Who logs in; empty: nobody does."""
    sender: Address | None = None
    """The address digests come from."""
    sender_name: str = "Wakhan"
    """The name beside it."""
    unsubscribe: Address | None = None
    """Where a reader's mail client writes to unsubscribe; default ``sender``."""
    unsubscribe_url: str | None = Field(default=None, pattern=r"^https://[^\s<>\"?#]+$")
    """An address of yours that takes the reader named in ``?reader=`` off the list on a POST (RFC 8058)."""
    ca_file: UserPath | None = None
    """Certificates to trust besides the system's: a server of your own."""
    timeout_seconds: float = Field(default=30, gt=0, le=600)
    """How long one answer of the server may take."""
    archive_url: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"]+/$")
    """Where the WARC archive is replayed (pywb and its kin); footnotes then link the copy that was read."""

    @model_validator(mode="after")
    def _has_sender(self) -> Self:
        if self.host and self.sender is None:
            raise ValueError("`host` is set and `sender` is not -> Add `sender: desk@example.org`")
        if self.user and self.security == "none":
            raise ValueError("a password would go unencrypted -> Use `security: starttls`, or remove `user`")
        return self


class QuietHours(_Section):
    """Hours of the day without immediate alerts; what comes in them is told at their end, in one message."""

    begin: Clock
    end: Clock
    timezone: Zone = "Asia/Dushanbe"


class NotifySettings(_Section):
    """Immediate alerts, through Apprise: mail, Slack, Telegram, webhooks and a hundred more."""

    urls: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")], ...] = ()
    """Names of environment variables, each holding one Apprise address: the addresses are secrets."""
    min_priority: Priority = "high"
    """The lowest priority that is told at once."""
    every_minutes: float = Field(default=15, ge=0, le=1440)
    """The least pause between two messages to one address; what comes in it is told together."""
    quiet: QuietHours | None = None


class ScheduleSettings(_Section):
    """What ``wakhan up`` does when. How often an outlet is asked stands in its own file."""

    prefect: bool = True
    """Whether each piece of work is a flow run of a Prefect server that ``up`` starts on this machine."""
    port: int = Field(default=4200, ge=1, le=65535)
    """Where on loopback that server answers, with its pages."""
    metrics_port: int | None = Field(default=4290, ge=1, le=65535)
    """Where on loopback Prometheus finds /metrics; null: nowhere."""
    database: Annotated[str, Field(pattern=r"^$|^postgresql://")] = ""
    """A PostgreSQL database for Prefect, without a password: that is ``WAKHAN_DATABASE_PASSWORD``. Empty: SQLite."""
    keep_runs_days: int = Field(default=14, ge=1)
    """How long Prefect remembers flow runs."""
    collect_minutes: float = Field(default=1, gt=0, le=1440)
    """How often outlets are looked at for sources whose time has come."""
    translate_minutes: float = Field(default=10, gt=0, le=1440)
    """How often what waits for translation is looked at."""
    health_minutes: float = Field(default=15, gt=0, le=1440)
    """How often lateness, silence and disk are looked at, and said in the log."""
    prune_at: Clock = time(3, 30)
    """The hour at which what is older than useful is removed."""
    timezone: Zone = "Asia/Dushanbe"
    """The zone of that hour."""

    @model_validator(mode="after")
    def _keeps_no_password(self) -> Self:
        if self.database and urlsplit(self.database).password is not None:
            raise ValueError("`database` has a password -> Take it out, and set WAKHAN_DATABASE_PASSWORD")
        return self


class LogSettings(_Section):
    """What ``wakhan up`` writes to stderr."""

    format: Literal["auto", "text", "json"] = "auto"
    """``auto`` is text on a terminal and JSON lines elsewhere."""
    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(_Section):
    """Everything a command may need to know; see ``docs/settings.md``."""

    data_dir: UserPath = Field(default_factory=lambda: _home("XDG_DATA_HOME", ".local/share"))
    """Holds the warehouse, the archive, digests and models."""
    outlets: UserPath | None = None
    """A folder of outlet files of your own, instead of the bundled ones."""
    lists: UserPath | None = None
    """A folder of watch-lists of your own, instead of the bundled starter list."""
    subscriptions: UserPath | None = None
    """A folder of subscription files, one a reader of the digest."""
    reader: str | None = Field(default=None, min_length=1, max_length=80)
    """Who gives verdicts on alerts, where ``--by`` does not say; default: the name git knows, or that of the login."""
    mail: MailSettings = MailSettings()
    notify: NotifySettings = NotifySettings()
    fetch: FetchSettings = FetchSettings()
    translation: TranslationSettings = TranslationSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    log: LogSettings = LogSettings()

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that runs write."""
        return self.data_dir / "wakhan.duckdb"

    @property
    def published(self) -> Path:
        """The read-only copy that analysts and other programs open."""
        return self.data_dir / "wakhan-published.duckdb"

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.data_dir / "archive"

    @property
    def digests(self) -> Path:
        """The folder of digest files."""
        return self.data_dir / "digests"

    @property
    def cache(self) -> Path:
        """The folder of things that can be made again: compiled watch-lists."""
        return self.data_dir / "cache"

    @property
    def models(self) -> Path:
        """The folder of Argos packages."""
        return self.translation.models_dir or self.data_dir / "models"


def find_settings_file(named: Path | None) -> Path | None:
    """Return the settings file to read, or ``None`` for defaults.

    Raises ``ConfigError`` when a file that was named is not there.
    """
    given = named or (Path(os.environ["WAKHAN_SETTINGS"]) if os.environ.get("WAKHAN_SETTINGS") else None)
    if given is not None:
        if not given.is_file():
            raise ConfigError("no such settings file", path=given, fix="Name a file that exists, or leave it out.")
        return given
    candidates = (Path("wakhan.yml"), _home("XDG_CONFIG_HOME", ".config") / "wakhan.yml")
    return next((path for path in candidates if path.is_file()), None)


def load_settings(named: Path | None = None) -> Settings:
    """Return the settings of the file found, or the defaults. Raises ``ConfigError`` with file, key and fix."""
    path = find_settings_file(named)
    if path is None:
        return Settings()
    text = read_text(path, error=ConfigError)
    if not text.strip():
        return Settings()
    return read_strict(text, Settings, path=path, kind=_KIND)


def make_data_dir(settings: Settings) -> None:
    """Make the folder that all a run writes lies in; raises ``ConfigError`` where it cannot be."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"cannot be made ({error.strerror})", path=settings.data_dir, fix="Set data_dir to a folder of yours."
        ) from error
