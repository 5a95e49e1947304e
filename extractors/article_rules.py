"""How to know an article's address and read its page, as an outlet file says it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.outlet_fields import Regex, Selectors, Strict


class Rewrite(Strict):
    """A regular expression and what stands for it (``\\1`` for groups), for an address."""

    match: Regex
    replace: str

    @model_validator(mode="after")
    def _groups_exist(self) -> Rewrite:
        try:
            # An alternative that matches the empty string makes sub() read the template, whatever the pattern.
            re.sub(f"(?:{self.match})|", self.replace, "")
        except re.error as error:
            raise ValueError(f"replace does not fit match: {error} -> Use \\1 for the first group of match") from error
        return self


class _PageRules(Strict):
    """Selectors of an article page; each is one or several, tried in order, the first that finds something wins."""

    title: Selectors = ()
    lead: Selectors = ()
    body: Selectors = ()
    date: Selectors = ()
    byline: Selectors = ()
    section: Selectors = ()
    remove: Selectors = ()


class ArticleVersion(_PageRules):
    """Selectors for pages published until (and on) a day; what is not given stays as in the present rules."""

    until: date
    note: str | None = None


JsonLdPart = Literal["title", "lead", "body", "date", "byline", "section"]


class ArticleRules(_PageRules):
    """How to know an article's address and read its page.

    ``date_formats`` are strptime formats (``%B`` and ``%b`` match month names of the outlet's languages);
    ``url_date`` is a pattern with the groups ``year month day hour minute``; ``json_ld`` names the property in the
    page's JSON-LD that is believed for a part; ``end`` are patterns in the text: the article ends before the first.
    ``next`` selects the link to the following page; ``whole`` rewrites an address to the one with all pages.
    ``read: item`` means that the page is not fetched, and the feed's title and summary are the article.
    """

    url: Regex | None = None
    exclude: Regex | None = None
    read: Literal["page", "item"] = "page"
    date_formats: tuple[str, ...] = ()
    url_date: Regex | None = None
    json_ld: dict[JsonLdPart, str] = Field(default_factory=dict)
    remove_text: tuple[Regex, ...] = ()
    end: tuple[Regex, ...] = ()
    next: Selectors = ()
    max_pages: Annotated[int, Field(ge=1, le=50)] = 10  # longer ones seen are picture series
    whole: Rewrite | None = None
    versions: tuple[ArticleVersion, ...] = ()

    def matches(self, url: str) -> bool:
        """Tell whether the address is that of an article (yes where no pattern is known)."""
        if self.exclude is not None and re.search(self.exclude, url):
            return False
        return self.url is None or re.search(self.url, url) is not None

    def on(self, published: date | None) -> ArticleRules:
        """Return the rules for a page of that day: the version with the nearest ``until`` not before it."""
        if published is None:
            return self
        later = sorted((v for v in self.versions if published <= v.until), key=lambda version: version.until)
        if not later:
            return self
        given = {name: getattr(later[0], name) for name in later[0].model_fields_set & set(_PageRules.model_fields)}
        return self.model_copy(update=given)
