"""An outlet: what a file in ``outlets/`` says about a source of articles, checked when it is loaded.

Adding an outlet is adding one file; nothing here knows any outlet by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from configfiles import FileKind, read_strict, read_text
from extractors.article_rules import ArticleRules, ArticleVersion, Rewrite
from extractors.outlet_fields import Country, Encoding, HttpUrl, LanguageCode, Strict, Zone, lines
from extractors.outlet_sources import (
    FeedSource,
    JsonFields,
    JsonSource,
    ListSource,
    SitemapSource,
    Source,
    TelegramSource,
)
from records import OutletError

__all__ = [
    "ArticleRules",
    "ArticleVersion",
    "FeedSource",
    "FetchRules",
    "JsonFields",
    "JsonSource",
    "ListSource",
    "Outlet",
    "Rewrite",
    "SitemapSource",
    "Source",
    "TelegramSource",
    "find_outlet_file",
    "load_outlets",
]

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SUFFIXES = (".yml", ".yaml")
_KIND = FileKind(error=OutletError, start="title: Asia-Plus", docs="docs/outlets.md")


class Publisher(Strict):
    """Who stands behind the outlet."""

    name: str
    kind: Literal["state", "independent", "military", "exile", "academic"]


class FetchRules(Strict):
    """Manners towards this outlet. ``ignore_robots`` is the reason for doing so."""

    every_minutes: Annotated[int, Field(ge=1, le=10080)] = 30
    timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 20
    min_delay_seconds: Annotated[float, Field(ge=0, le=3600)] = 2
    user_agent: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    ignore_robots: Annotated[str, Field(min_length=10)] | None = None


class Lookup(Strict):
    """When the whole text found equals one of ``match``, ``value`` stands for it (``null``: nothing)."""

    match: Annotated[tuple[str, ...], Field(min_length=1)]
    value: str | None


class Lookups(Strict):
    """Corrections that can be listed, by field."""

    title: tuple[Lookup, ...] = ()
    byline: tuple[Lookup, ...] = ()
    section: tuple[Lookup, ...] = ()


_Share = Annotated[float, Field(ge=0, le=1)]
_Count = Annotated[int, Field(ge=0)]
FilledField = Literal["title", "text", "summary", "published_at", "byline", "section"]


class MinAssertions(Strict):
    """What the outlet must yield; less is a failure."""

    items: _Count | None = None
    articles: _Count | None = None
    text_chars_median: _Count | None = None
    fill: dict[FilledField, _Share] = Field(default_factory=dict)


class MaxAssertions(Strict):
    """What it should not exceed; more is a warning."""

    items: _Count | None = None
    share_und: _Share | None = None
    share_failed: _Share | None = None
    newest_age_hours: _Count | None = None


class Assertions(Strict):
    """What a healthy answer of the outlet looks like."""

    min: MinAssertions = MinAssertions(items=1)
    max: MaxAssertions = MaxAssertions()


def _http_root(value: str) -> str:
    if urlsplit(value).query or urlsplit(value).fragment:
        raise ValueError(f"{value} has a query -> Write the front page only, like https://example.org/")
    return value


class Outlet(Strict):
    """One outlet. ``id`` is the stem of its file; ``languages`` are ISO 639-1, most likely first."""

    id: Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
    title: Annotated[str, Field(min_length=1)]
    country: Country  # ISO 3166-1 alpha-2, where it is published
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    url: Annotated[HttpUrl, AfterValidator(_http_root)]
    publisher: Publisher | None = None
    timezone: Zone
    since: date | None = None  # it has published since; an article dated before was misread
    charset: Encoding | None = None  # tried first; bytes that contradict it are not believed
    sources: Annotated[tuple[Annotated[Source, Field(discriminator="kind")], ...], Field(min_length=1)]
    article: ArticleRules = ArticleRules()
    mirrors: tuple[Annotated[HttpUrl, AfterValidator(_http_root)], ...] = ()
    rewrites: tuple[Rewrite, ...] = ()  # other addresses of the same article: AMP, mobile, moved hosts
    keep_query: tuple[str, ...] | None = None  # the parameters that name an article; None: all but tracking
    fetch: FetchRules = FetchRules()
    lookups: Lookups = Lookups()
    assertions: Assertions = Assertions()
    confidence: Literal["high", "medium", "low", "unverified"] = "unverified"
    evidence: str | None = None
    paused: str | None = None  # the reason why it is not collected
    checked: date | None = None
    notes: Annotated[tuple[str, ...], lines] = ()

    @property
    def host(self) -> str:
        """The canonical host, lower case, without port."""
        return urlsplit(self.url).hostname or ""

    @property
    def hosts(self) -> frozenset[str]:
        """The canonical host and those of the mirrors, lower case, without port."""
        return frozenset(urlsplit(url).hostname or "" for url in (self.url, *self.mirrors))


def load_outlets(path: Path | None = None) -> tuple[Outlet, ...]:
    """Return the outlets of a folder or of one file, by id; ``None`` means the bundled ones.

    Raises ``OutletError`` for the first file that is not right, with the key, the line and the fix.
    """
    seen: dict[str, Traversable] = {}
    outlets = []
    for file in _files(path):
        outlet = _load(file)
        if outlet.id in seen:
            raise OutletError(
                f"two files give the id {outlet.id!r}, the other is {seen[outlet.id]}",
                path=Path(str(file)),
                fix="Rename one of them: the id is the file's name",
            )
        seen[outlet.id] = file
        outlets.append(outlet)
    return tuple(sorted(outlets, key=lambda outlet: outlet.id))


def find_outlet_file(outlet_id: str, path: Path | None = None) -> Path:
    """Return the file that gives an outlet, where ``load_outlets`` reads it. Raises ``OutletError`` for none."""
    for file in _files(path):
        if Path(file.name).stem == outlet_id:
            return Path(str(file))
    raise OutletError(f"there is no outlet {outlet_id}", path=path, fix="`wakhan outlets list` shows the ids there are")


def outlet_for_url(url: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """Return the outlet whose articles have addresses like ``url``, or else whose host it is; ``None``: nobody's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not host:
        return None
    at_home = [outlet for outlet in outlets if host in {each.removeprefix("www.") for each in outlet.hosts}]
    return next((outlet for outlet in at_home if outlet.article.matches(url)), at_home[0] if at_home else None)


def _files(path: Path | None) -> Iterator[Traversable]:
    if path is None:
        bundled = resources.files("extractors").joinpath("outlets")
        yield from sorted((f for f in bundled.iterdir() if f.name.endswith(_SUFFIXES)), key=lambda file: file.name)
    elif path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.endswith(_SUFFIXES) and file.is_file())
        if not files:
            raise OutletError("no outlet files in this folder", path=path, fix="Put a file like asia_plus.yml into it")
        yield from files
    elif path.is_file():
        yield path
    else:
        raise OutletError("there is no such file or folder", path=path, fix="Check the path, or leave it out")


def _load(file: Traversable) -> Outlet:
    path = Path(str(file))
    if not _ID.fullmatch(path.stem):
        raise OutletError(
            f"the file's name gives the id, and {path.stem!r} cannot be one",
            path=path,
            fix="Name it with a-z, 0-9, - and _ like asia_plus.yml",
        )
    return parse_outlet(read_text(file, error=OutletError), path=path)


def parse_outlet(text: str, *, path: Path) -> Outlet:
    """Return the outlet that a file's text describes; ``path`` gives the id. Raises ``OutletError``."""
    return read_strict(text, Outlet, path=path, kind=_KIND, given={"id": path.stem})
