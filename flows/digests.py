"""The daily digest as files: what the warehouse has of a day, rendered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.rendering import RenderedDigest, render_digest
from warehouse.asking import open_reader
from warehouse.digesting import read_edition

if TYPE_CHECKING:
    from flows.settings import Settings


def render_edition(settings: Settings, *, since: datetime, until: datetime) -> RenderedDigest:
    """Return the digest of the alerts made from ``since`` up to ``until``."""
    with open_reader(settings.published) as reader:
        edition = read_edition(reader, since=since, until=until)
    return render_digest(edition)


def write_digest(settings: Settings, *, since: datetime, until: datetime, path: Path | None = None) -> Path:
    """Write the digest as HTML, with its text part beside it, and return the path (default: below ``data_dir``)."""
    rendered = render_edition(settings, since=since, until=until)
    path = path or settings.digests / f"digest-{until:%Y-%m-%d}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered.html, encoding="utf-8")
    path.with_suffix(".txt").write_text(rendered.text, encoding="utf-8")
    return path
