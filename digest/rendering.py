"""Render an edition as mail: HTML that stands alone, and a text that reads well alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from digest import wording
from records.digests import DigestEdition

# A reader goes through so many stories with their lines; what follows is listed, what follows that is counted. It also
# keeps 3,000 alerts under the 200 kB at which mail clients cut a message.
FULL_ITEMS = 40
LISTED_ITEMS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDigest:
    """A digest ready to send: ``subject`` is one line, ``html`` has no outside references."""

    subject: str
    html: str
    text: str


def render_digest(edition: DigestEdition) -> RenderedDigest:
    """Render an edition. Nothing from a page reaches the mail unescaped, uncut or with control characters."""
    shown = {
        "edition": edition,
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
    return RenderedDigest(subject=wording.subject_of(edition), html=_inline(html), text=text.strip() + "\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words: dict[str, Any] = {
        name: getattr(wording, name)
        for name in (
            *(
                "captions_of",
                "clean",
                "count_of",
                "day_of",
                "lag_of",
                "language_of",
                "line_of",
                "moment_of",
                "safe_url",
            ),
            *("sparkline_of", "trend_of", "why_of"),
        )
    }
    environment.globals.update(words)
    return environment


def _inline(html: str) -> str:
    css = (files("digest") / "templates" / "digest.css").read_text("utf-8")
    # Mail clients drop style sheets but most keep media queries: the rules go into the tags, the queries stay.
    inliner = css_inline.CSSInliner(extra_css=css, keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(html)
