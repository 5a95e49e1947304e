"""Which articles tell one story; kept in memory while a run lasts, by all its threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from extractors.reading.stories import Signature, StoryIndex, sign_text
from records.landing import StoryPart, TextSignature

if TYPE_CHECKING:
    from records import Article

# Copies come within days; the index of a week of 55 outlets holds some 20,000 texts, 15 MB.
WINDOW = timedelta(days=7)


class Stories:
    """The stories of the last week; safe to share between threads."""

    def __init__(self, known: Iterable[tuple[TextSignature, str]] = ()) -> None:
        self._index = StoryIndex(window=WINDOW)
        self._known: set[str] = set()
        self._lock = threading.Lock()
        for row, story_id in known:
            self._index.recall(
                row.article_id, Signature.from_bytes(row.signature), story_id=story_id, seen_at=row.seen_at
            )
            self._known.add(row.article_id)

    @contextmanager
    def place(self, articles: Sequence[Article]) -> Iterator[tuple[tuple[StoryPart, ...], tuple[TextSignature, ...]]]:
        """Yield the story parts and signatures of articles that are new, to be landed before the block ends.

        No other thread places anything meanwhile, so that a part never speaks of an article that has not landed. An
        article alone is no story; with its first copy it becomes one, and both get their part.
        """
        with self._lock:
            landed = self._known.union(article.article_id for article in articles)
            parts: dict[str, StoryPart] = {}
            signatures = []
            for article in articles:
                if article.article_id in self._known or not article.text:
                    continue
                signature = sign_text(article.text)
                part = self._index.place(article.article_id, signature, seen_at=article.fetched_at)
                if part.relation != "first":
                    if part.story_id in landed:
                        parts.setdefault(part.story_id, _first(part.story_id))
                    parts[article.article_id] = part
                signatures.append(
                    TextSignature(
                        article_id=article.article_id, signature=signature.to_bytes(), seen_at=article.fetched_at
                    )
                )
            yield tuple(parts.values()), tuple(signatures)
            # Only what has landed is known; what has not is placed anew when it is read again.
            self._known.update(row.article_id for row in signatures)


def _first(article_id: str) -> StoryPart:
    return StoryPart(story_id=article_id, article_id=article_id, relation="first", similarity=1.0)
