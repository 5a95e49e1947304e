"""Render an edition as mail: HTML that stands alone, and a text that reads well alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from digest import wording
from digest.charts import HEIGHT, WIDTH, Chart, draw_charts
from records.digests import DigestEdition

# Clients cut a page that is longer (Gmail at 102 kB) and hide what follows, and some servers refuse large mails: the
# limits are those of the HTML part and of the mail as it is sent, both parts and charts in base64, headers included.
HTML_BYTES = 100_000
MAIL_BYTES = 195_000

# Entities of a day, with a picture of a few hundred bytes each.
CHARTS = 12

# Base64 in lines of 76 characters; and what a part has around it.
_SENT, _AROUND_PART = 78 / 57, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """What a mail has room for: ``full`` stories with so many ``lines`` each, ``listed`` ones; others are counted."""

    full: int
    lines: int
    listed: int


# The first that fits. A reader goes through forty stories with their lines and a page of headlines; on a day that
# brings more than fits, lines give way before stories do. The last are for pages that are out to fill the mail.
_SHARES = (
    _Share(full=40, lines=4, listed=120),
    _Share(full=40, lines=3, listed=120),
    _Share(full=40, lines=2, listed=120),
    _Share(full=30, lines=2, listed=120),
    _Share(full=25, lines=2, listed=100),
    _Share(full=20, lines=2, listed=80),
    _Share(full=14, lines=2, listed=60),
    _Share(full=12, lines=2, listed=50),
    _Share(full=8, lines=1, listed=40),
    _Share(full=4, lines=1, listed=10),
    _Share(full=0, lines=1, listed=10),
)

_WORDS = (
    "archive_link",
    "captions_of",
    "clean",
    "count_of",
    "day_of",
    "has_ids",
    "headline_of",
    "ids_of",
    "is_gloss",
    "is_translated",
    "lag_of",
    "language_of",
    "lines_of",
    "moment_of",
    "names_in",
    "query_of",
    "safe_url",
    "sparkline_of",
    "tail_of",
    "trend_of",
    "untold_names",
    "whys_of",
    "window_of",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDigest:
    """A digest ready to send: ``subject`` is one line, ``html`` refers to nothing but its ``charts``."""

    subject: str
    day: date
    """The day it is for, in the reader's zone."""
    html: str
    text: str
    charts: tuple[Chart, ...] = ()

    @property
    def page(self) -> str:
        """The HTML as a file that stands alone, its charts within it."""
        page = self.html
        for chart in self.charts:
            page = page.replace(f'"cid:{chart.cid}"', f'"{chart.data_url}"')
        return page


def render_digest(edition: DigestEdition, *, archive_url: str | None = None) -> RenderedDigest:
    """Render an edition. Nothing from a page reaches the mail unescaped, uncut or with control characters.

    ``archive_url`` is where kept copies are replayed; without it they are named by their file.
    """
    day = edition.until.astimezone(ZoneInfo(edition.timezone)).date()
    charts = draw_charts(edition.trends[:CHARTS])
    shown = {
        "edition": edition,
        "archive_url": archive_url,
        "charts": {chart.entity_id: chart for chart in charts},
        "chart_width": WIDTH,
        "chart_height": HEIGHT,
        "summary": wording.summary_of(edition),
        "completeness": wording.completeness_of(edition.completeness, edition.timezone),
    }
    for share in _SHARES:
        told = shown | _told(edition, share)
        html = _inline(_environment().get_template("digest.html.j2").render(told))
        text = _environment().get_template("digest.txt.j2").render(told).strip() + "\n"
        if len(html.encode("utf-8")) <= HTML_BYTES and _sent_bytes(html, text, charts) <= MAIL_BYTES:
            break
    return RenderedDigest(subject=wording.subject_of(edition), day=day, html=html, text=text, charts=charts)


def _told(edition: DigestEdition, share: _Share) -> dict[str, Any]:
    """Share out an edition: what is told in full, what is listed, and what is only counted."""
    later = share.full // 4
    return {
        "full": edition.items[: share.full],
        "lines": share.lines,
        "listed": edition.items[share.full : share.full + share.listed],
        "counted": edition.items[share.full + share.listed :],
        "found_later_lines": (share.lines + 1) // 2,
        "found_later": edition.backscanned[:later],
        "found_later_counted": edition.backscanned[later:],
    }


def _sent_bytes(html: str, text: str, charts: Sequence[Chart]) -> float:
    """Return how much the mail will weigh as it is sent."""
    parts = [html.encode("utf-8"), text.encode("utf-8"), *(chart.png for chart in charts)]
    return sum(len(part) * _SENT + _AROUND_PART for part in parts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: dict[str, Any] = {name: getattr(wording, name) for name in _WORDS}
    environment.globals.update(words)
    return environment


def _inline(html: str) -> str:
    css = (files("digest") / "templates" / "digest.css").read_text("utf-8")
    # Mail clients drop style sheets but most keep media queries: the rules go into the tags, the queries stay.
    inliner = css_inline.CSSInliner(extra_css=css, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
    return inliner.inline(html)
