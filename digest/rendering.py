"""Render an edition as mail: HTML that stands alone, and a text that reads well alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from digest import wording
from digest.charts import HEIGHT, WIDTH, Chart, draw_charts
from records.digests import DigestEdition

# Stories told in full, as many as fit: a reader goes through so many with their lines. What follows is listed, what
# follows that is counted.
FULL_ITEMS = (40, 28, 20, 14, 8)
LISTED_ITEMS = 120

# Mail clients cut what is longer. The mail itself carries the text part, too, and base64 adds a third to both.
HTML_BYTES = 190_000

# Entities of a day, with a picture of a few hundred bytes each.
CHARTS = 12

_WORDS = (
    "archive_link",
    "captions_of",
    "clean",
    "count_of",
    "day_of",
    "headline_of",
    "is_gloss",
    "is_translated",
    "lag_of",
    "language_of",
    "line_of",
    "moment_of",
    "safe_url",
    "sparkline_of",
    "trend_of",
    "why_of",
    "window_of",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDigest:
    """A digest ready to send: ``subject`` is one line, ``html`` refers to nothing but its ``charts``."""

    subject: str
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
    for full in FULL_ITEMS:
        told = shown | _shares(edition, full)
        html = _inline(_environment().get_template("digest.html.j2").render(told))
        if len(html.encode("utf-8")) <= HTML_BYTES:
            break
    text = _environment().get_template("digest.txt.j2").render(told)
    return RenderedDigest(subject=wording.subject_of(edition), html=html, text=text.strip() + "\n", charts=charts)


def _shares(edition: DigestEdition, full: int) -> dict[str, Any]:
    """Share out an edition: what is told in full, what is listed, and how many are only counted."""
    return {
        "full": edition.items[:full],
        "listed": edition.items[full : full + LISTED_ITEMS],
        "uncounted": max(0, len(edition.items) - full - LISTED_ITEMS),
        "found_later": edition.backscanned[: full // 2],
        "found_later_more": max(0, len(edition.backscanned) - full // 2),
    }


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
    inliner = css_inline.CSSInliner(extra_css=css, keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(html)
