"""The daily digest as files: what the warehouse has of a day, rendered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.rendering import RenderedDigest, render_digest
from warehouse.digesting import read_edition
from warehouse.opening import open_warehouse

if TYPE_CHECKING:
    from flows.settings import Settings


def render_edition(settings: Settings, *, since: datetime, until: datetime) -> RenderedDigest:
    """Return the digest of the alerts made from ``since`` up to ``until``."""
    with open_warehouse(settings.warehouse) as warehouse:
        edition = read_edition(warehouse, since=since, until=until)
    return render_digest(edition)


def write_digest(settings: Settings, *, since: datetime, until: datetime) -> Path:
    """Write the digest as HTML and text below ``data_dir`` and return the path of the HTML file."""
    rendered = render_edition(settings, since=since, until=until)
    settings.digests.mkdir(parents=True, exist_ok=True)
    path = settings.digests / f"digest-{until:%Y-%m-%d}.html"
    path.write_text(rendered.html, encoding="utf-8")
    path.with_suffix(".txt").write_text(rendered.text, encoding="utf-8")
    return path
