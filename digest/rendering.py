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

# A reader goes through so many stories with their lines; what follows is listed, what follows that is counted. It also
# keeps 3,000 alerts under the 200 kB at which mail clients cut a message.
FULL_ITEMS = 40
LISTED_ITEMS = 120

# Entities of a day, with a picture of a few hundred bytes each.
CHARTS = 12

_WORDS = (
    "archive_link",
    "captions_of",
    "clean",
    "count_of",
    "day_of",
    "is_gloss",
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
        "full": edition.items[:FULL_ITEMS],
        "listed": edition.items[FULL_ITEMS : FULL_ITEMS + LISTED_ITEMS],
        "uncounted": max(0, len(edition.items) - FULL_ITEMS - LISTED_ITEMS),
        "found_later": edition.backscanned[:FULL_ITEMS],
        "found_later_more": max(0, len(edition.backscanned) - FULL_ITEMS),
    }
    html = _environment().get_template("digest.html.j2").render(shown)
    text = _environment().get_template("digest.txt.j2").render(shown)
    return RenderedDigest(
        subject=wording.subject_of(edition), html=_inline(html), text=text.strip() + "\n", charts=charts
    )


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
