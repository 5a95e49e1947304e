"""What the bundled press has to print: sites with their oddities, and the articles written for them.

The text of an article stands in ``articles/*.yml``, apart from any markup; ``sites.yml`` says in which markup,
character set and list it comes out, and ``outlets/*.yml.j2`` how an analyst's outlet file describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

Validators = Literal["both", "etag", "last-modified", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed or list page of a site; ``edition`` keeps it to the articles of one edition."""

    path: str
    template: str
    content_type: str
    charset: str = "utf-8"
    edition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One outlet of the press, from the server's side.

    ``charset`` is what the bytes are; ``header_charset`` and ``meta_charset`` are what the server and the page claim,
    which is not always the same. ``validators`` are those offered for conditional requests.
    """

    outlet_id: str
    name: str
    language: str
    timezone: str
    template: str
    listings: tuple[Listing, ...]
    charset: str = "utf-8"
    header_charset: str | None = "utf-8"
    meta_charset: str = "utf-8"
    validators: Validators = "both"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the site prints its times."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of the text from a revision of the press on: ``was`` stands once in the paragraph before."""

    revision: int
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PressArticle:
    """One article as the newsroom wrote it; days are counted back from the day of the demo."""

    key: str
    outlet_id: str
    path: str
    section: str
    title: str
    paragraphs: tuple[str, ...]
    days_ago: int
    at: time
    byline: str | None = None
    credit: str | None = None
    edition: str | None = None
    edits: tuple[Edit, ...] = ()
    header_charset: str | None = None
    hangs: bool = False

    def path_on(self, today: date) -> str:
        """Return the path of its page, which on many sites holds the date."""
        day = today - timedelta(days=self.days_ago)
        return self.path.format(ymd=f"{day:%Y%m%d}", y=f"{day:%Y}", m=f"{day:%m}", d=f"{day:%d}")

    def published_at(self, today: date, site: Site) -> datetime:
        """Return when it came out, in the site's zone."""
        return datetime.combine(today - timedelta(days=self.days_ago), self.at, tzinfo=site.zone)

    def updated_at(self, today: date, site: Site, revision: int) -> datetime:
        """Return when its text last changed: a quarter of an hour later with each revision that touched it."""
        changes = {edit.revision for edit in self.edits if edit.revision <= revision}
        return self.published_at(today, site) + timedelta(minutes=15 * len(changes))

    def paragraphs_in(self, revision: int) -> tuple[str, ...]:
        """Return the paragraphs as they stand in a revision of the press."""
        paragraphs = list(self.paragraphs)
        for edit in self.edits:
            if edit.revision <= revision:
                paragraphs = [paragraph.replace(edit.was, edit.now) for paragraph in paragraphs]
        return tuple(paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """All sites, by outlet id, and all articles, newest first within a site."""

    sites: Mapping[str, Site]
    articles: tuple[PressArticle, ...]

    def articles_of(self, outlet_id: str) -> tuple[PressArticle, ...]:
        """Return the articles of one outlet."""
        return tuple(article for article in self.articles if article.outlet_id == outlet_id)


@cache
def load_newsroom() -> Newsroom:
    """Read the sites and articles that come with the program."""
    folder = resources.files("flows.demo")
    specs = _read_yaml(folder.joinpath("sites.yml").read_text(encoding="utf-8"))
    sites = {outlet_id: _site(outlet_id, spec) for outlet_id, spec in specs.items()}
    articles: list[PressArticle] = []
    for outlet_id in sites:
        file = folder.joinpath("articles", f"{outlet_id}.yml")
        if not file.is_file():
            continue  # a site that has nothing to say but its error page
        written = [_article(outlet_id, spec) for spec in _read_yaml(file.read_text(encoding="utf-8"))]
        articles += sorted(written, key=lambda article: (article.days_ago, -article.at.hour, -article.at.minute))
    return Newsroom(sites=sites, articles=tuple(articles))


def today_utc() -> date:
    """Return the day of the demo when none is given: the present day in UTC."""
    return datetime.now(tz=UTC).date()


def _read_yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def _site(outlet_id: str, spec: dict[str, Any]) -> Site:
    listings = tuple(Listing(**listing) for listing in spec.pop("listings"))
    return Site(outlet_id=outlet_id, listings=listings, **spec)


def _article(outlet_id: str, spec: dict[str, Any]) -> PressArticle:
    hour, minute = spec.pop("at").split(":")
    return PressArticle(
        outlet_id=outlet_id,
        paragraphs=tuple(" ".join(paragraph.split()) for paragraph in spec.pop("text")),
        at=time(int(hour), int(minute)),
        edits=tuple(Edit(**edit) for edit in spec.pop("edits", ())),
        **spec,
    )
