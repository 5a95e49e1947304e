"""What becomes of an article after it has landed: edits that are worth a revision, and pages that are gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.reading.revisions import Said, worth_a_revision
from flows.ingest.memory import said_before
from records import Article, FetchError, SourceError
from records.landing import MissedPage

if TYPE_CHECKING:
    from flows.ingest.road import Road


def worth_landing(road: Road, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles without those of which the outlet changed nothing but counters, clocks and links.

    What has landed stays as it is then, so that small changes cannot add up unseen: the next version is compared with
    it as well.
    """
    if not articles:
        return ()
    before = said_before(road, {article.article_id for article in articles})
    return tuple(article for article in articles if not _same_said(article, before.get(article.article_id)))


def _same_said(article: Article, before: Said | None) -> bool:
    # An equal one lands as it always does: that is how what is found out about it is brought up to the lists.
    if before is None or (before.title, before.text) == (article.title, article.text):
        return False
    return not worth_a_revision(before, article)


def is_gone(error: SourceError) -> bool:
    """Tell whether the outlet says that there is no such article: 404, 410, or an address that leads elsewhere."""
    return isinstance(error, FetchError) and (error.status in {404, 410} or error.cause == "led-away")


def missed_page(error: SourceError, outlet_id: str, url: str) -> MissedPage | None:
    """Return that a landed article's page was not found, if that is what the server said."""
    if not is_gone(error):
        return None
    assert isinstance(error, FetchError)
    assert error.status is not None, "whoever says that a page is gone answers"
    return MissedPage(url=url, outlet_id=outlet_id, status=error.status, missed_at=datetime.now(UTC))
