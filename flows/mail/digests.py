"""The daily digest as files: what the warehouse has of a day, rendered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.due import newest_slot
from digest.rendering import RenderedDigest, render_digest
from digest.subscriptions import Subscription
from flows.mail.mailing import edition_for
from warehouse.asking import open_current
from warehouse.digesting import read_edition

if TYPE_CHECKING:
    from flows.settings import Settings


def render_edition(settings: Settings, *, since: datetime, until: datetime) -> RenderedDigest:
    """Return the digest of the alerts made from ``since`` up to ``until``."""
    with open_current(settings.published) as reader:
        edition = read_edition(reader, since=since, until=until)
    return render_digest(edition, archive_url=settings.mail.archive_url)


def render_next(
    settings: Settings, subscription: Subscription, *, now: datetime, since: datetime | None = None
) -> RenderedDigest:
    """Return the digest a reader would get now: what they were not told yet, or everything from ``since`` on."""
    with open_current(settings.published) as reader:
        edition = edition_for(
            reader, subscription, first=newest_slot(subscription, now=now).since, now=now, again_from=since
        )
    return render_digest(edition, archive_url=settings.mail.archive_url)


def write_digest(rendered: RenderedDigest, path: Path) -> Path:
    """Write a digest as an HTML file that stands alone, with its text part beside it, and return the path.

    Where the path ends in .txt, that is the text part, and there is no HTML.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".txt":
        path.write_text(rendered.page, encoding="utf-8")
    path.with_suffix(".txt").write_text(rendered.text, encoding="utf-8")
    return path
