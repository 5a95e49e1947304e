"""The kinds of source an outlet file may list: feed, sitemap, list, json, telegram."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.outlet_fields import (
    CssOrXPath,
    Encoding,
    Evidence,
    HttpUrl,
    LanguageCode,
    Paths,
    Regex,
    Selectors,
    Strict,
    UrlTemplate,
    expand_url,
)


class _SourceBase(Strict):
    """What every source has; ``url`` may hold ``{YYYY} {YY} {MM} {M} {DD} {D}`` and ``{page}``."""

    url: UrlTemplate
    language: LanguageCode | None = None
    encoding: Encoding | None = None  # only where the source is known to lie; otherwise it is found out
    evidence: Evidence = "listed"
    fallback: bool = False  # read only when every source of the language before it failed
    note: str | None = None
    pages: Annotated[int, Field(ge=1, le=20)] = 1  # with {page}: how many to read, from first_page on
    first_page: Annotated[int, Field(ge=0)] = 1
    days: Annotated[int, Field(ge=1, le=31)] = 1  # with a date: how many days back, today included
    headers: dict[str, str] = Field(default_factory=dict)

    def urls(self, today: date) -> tuple[str, ...]:
        """Return the addresses to fetch on ``today`` (in the outlet's zone), newest first."""
        return expand_url(self.url, today=today, days=self.days, first_page=self.first_page, pages=self.pages)


class FeedSource(_SourceBase):
    """RSS, Atom or RDF."""

    kind: Literal["feed"]
    full_text: bool = False  # the summary is the whole article


class SitemapSource(_SourceBase):
    """A sitemap, a news sitemap, or an index of them; ``follow`` says which of an index's maps are read."""

    kind: Literal["sitemap"]
    follow: Regex | None = None
    newest: Annotated[int, Field(ge=1, le=50)] = 2  # of an index, this many of the maps changed last


class ListSource(_SourceBase):
    """A page with links to articles: ``links`` selects the ``a`` elements.

    ``row`` selects what holds one article, and then ``links``, ``title`` and ``date`` are sought inside it.
    """

    kind: Literal["list"]
    links: Selectors
    row: CssOrXPath | None = None
    title: Selectors = ()
    date: Selectors = ()
    date_formats: tuple[str, ...] = ()


class JsonFields(Strict):
    """Where the parts of an item stand: dotted paths, ``a.b.0.c``; several are tried in order.

    ``url`` may be a template over the item instead: ``https://{host}/article/{aid}``.
    """

    url: Paths
    title: Paths
    guid: Paths = ()
    summary: Paths = ()
    published: Paths = ()


class FoundIn(Strict):
    """The page that names a JSON list, and the pattern whose named groups complete the list's address."""

    page: HttpUrl
    pattern: Regex


class JsonSource(_SourceBase):
    """JSON or JSONP: ``items`` is the dotted path to the list (empty: the document is the list).

    ``found_in`` is for lists whose address stands in a page: ``page`` is fetched, ``pattern`` searched in it, and
    ``{name}`` of its groups put into ``url``.
    """

    kind: Literal["json"]
    items: str = ""
    fields: JsonFields
    date_formats: tuple[str, ...] = ()
    found_in: FoundIn | None = None


class TelegramSource(_SourceBase):
    """The public preview of a channel, ``https://t.me/s/NAME``."""

    kind: Literal["telegram"]

    @model_validator(mode="after")
    def _is_a_preview(self) -> TelegramSource:
        if not re.fullmatch(r"https://t\.me/s/\w+", self.url):
            raise ValueError(f"{self.url} is not a public preview -> Write https://t.me/s/NAME")
        return self


Source = FeedSource | SitemapSource | ListSource | JsonSource | TelegramSource
