"""Putting the articles of the bundled press into markup: pages, feeds and list pages as bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.demo.newsroom import Listing, Newsroom, PressArticle, Site

_RU_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_RU_MONTH_NAMES = [
    "Январь",
    "Февраль",
    "Март",
    "Апрель",
    "Май",
    "Июнь",
    "Июль",
    "Август",
    "Сентябрь",
    "Октябрь",
    "Ноябрь",
    "Декабрь",
]
_TG_MONTHS = ["январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
# What a Chinese page with simplified text may hold and GB2312 may not; the bytes are GB18030 all the same.
_PYTHON_CODECS = {"gb2312": "gb18030"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One answer of the press: what a path of a site holds. ``hangs``: it is never sent."""

    content_type: str
    body: bytes
    changed_at: datetime
    hangs: bool = False

    @property
    def etag(self) -> str:
        """A strong validator: the same bytes have the same one, in every process."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, kw_only=True)
class PrintingPress:
    """Prints every path of every site for one day.

    ``homes`` are the addresses that the sites print, by outlet id, without a slash at the end.
    """

    newsroom: Newsroom
    today: date
    homes: dict[str, str]
    _prints: dict[int, dict[str, dict[str, Printed]]] = field(default_factory=dict)

    def site_paths(self, outlet_id: str, *, revision: int) -> dict[str, Printed]:
        """Return everything a site serves in a revision of the press, by path."""
        by_outlet = self._prints.setdefault(revision, {})
        if outlet_id not in by_outlet:
            by_outlet[outlet_id] = self._print_site(self.newsroom.sites[outlet_id], revision)
        return by_outlet[outlet_id]

    def outlet_file(self, outlet_id: str) -> str:
        """Return the outlet file of a site, as an analyst would have written it."""
        template = self._templates.get_template(f"outlets/{outlet_id}.yml.j2")
        return template.render(base=self.homes[outlet_id])

    @cached_property
    def _templates(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("flows.demo", package_path=""),
            autoescape=select_autoescape(["html.j2", "xml.j2"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "rfc822": format_datetime,
            "ru_date": lambda at: f"{at.day} {_RU_MONTHS[at.month - 1]} {at.year}",
            "ru_month_first": lambda at: f"{_RU_MONTH_NAMES[at.month - 1]} {at.day}, {at.year} {at:%H:%M}",
            "tg_date": lambda at: f"{at.day} {_TG_MONTHS[at.month - 1]} {at.year}",
            "zh_date": lambda at: f"{at.year}年{at.month:02}月{at.day:02}日",
        }
        return environment

    def _print_site(self, site: Site, revision: int) -> dict[str, Printed]:
        articles = [self._described(article, site, revision) for article in self.newsroom.articles_of(site.outlet_id)]
        newest = max(
            (article["updated"] for article in articles), default=datetime.combine(self.today, datetime.min.time(), UTC)
        )
        paths = {
            "/robots.txt": Printed(
                content_type="text/plain",
                body=b"User-agent: *\nDisallow: /search\nDisallow: /admin/\n",
                changed_at=newest,
            )
        }
        for article in articles:
            paths[article["path"]] = self._print_page(site, article, articles)
        for listing in site.listings:
            paths[listing.path] = self._print_listing(site, listing, articles, newest)
        return paths

    def _described(self, article: PressArticle, site: Site, revision: int) -> dict[str, Any]:
        """Return what a template may say of an article."""
        path = article.path_on(self.today)
        return {
            "written": article,
            "path": path,
            "link": self.homes[site.outlet_id] + quote(path),
            "title": article.title,
            "section": article.section,
            "byline": article.byline,
            "credit": article.credit,
            "paragraphs": article.paragraphs_in(revision),
            "published": article.published_at(self.today, site),
            "updated": article.updated_at(self.today, site, revision),
            "number": int(hashlib.sha256(article.key.encode()).hexdigest()[:6], 16),
        }

    def _print_page(self, site: Site, article: dict[str, Any], all_of_site: list[dict[str, Any]]) -> Printed:
        written: PressArticle = article["written"]
        html = self._templates.get_template(f"templates/{site.template}.html.j2").render(
            site=site,
            article=article,
            related=[other for other in all_of_site if other is not article][:3],
            home=self.homes[site.outlet_id],
        )
        claimed = written.header_charset or site.header_charset
        return Printed(
            content_type="text/html" + (f"; charset={claimed}" if claimed else ""),
            body=html.encode(_codec(site.charset)),
            changed_at=article["updated"],
            hangs=written.hangs,
        )

    def _print_listing(self, site: Site, listing: Listing, articles: list[dict[str, Any]], newest: datetime) -> Printed:
        text = self._templates.get_template(f"templates/{listing.template}.j2").render(
            site=site,
            listing=listing,
            articles=[article for article in articles if article["written"].edition == listing.edition],
            home=self.homes[site.outlet_id],
            newest=newest,
        )
        return Printed(
            content_type=listing.content_type,
            body=text.encode(_codec(listing.charset)),
            changed_at=newest,
        )


def _codec(charset: str) -> str:
    return _PYTHON_CODECS.get(charset, charset)
