"""Which articles tell one story; kept in memory while a run lasts, by all its threads.

Copies are found by their text. What another language makes of a story shares no word with it, but it names the same
people, units and places: six or more of the watch-listed ones, and most of all it names, within a day.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from extractors.reading.stories import Signature, StoryIndex, sign_text
from records.landing import Batch, KnownText, StoryPart, TextSignature

# Copies come within days; the index of a week of 55 outlets holds some 20,000 texts, 15 MB.
WINDOW = timedelta(days=7)
# Papers that work from another language's report print it within a day.
_RETOLD_WITHIN = timedelta(hours=24)
# On the bundled press the retold exercise shares nine names of eleven; unlike stories of the same days five of seven.
_RETOLD_NAMES = 6
_RETOLD_SHARE = 0.75

Placed = tuple[tuple[StoryPart, ...], tuple[TextSignature, ...]]


class Stories:
    """The stories of the last week; safe to share between threads."""

    def __init__(self, known: Iterable[KnownText] = ()) -> None:
        self._index = StoryIndex(window=WINDOW)
        self._known: dict[str, KnownText] = {}
        self._naming: dict[str, set[str]] = defaultdict(set)  # articles by entity
        self._lock = threading.Lock()
        for text in known:
            signature = Signature.from_bytes(text.signature.signature)
            article_id = text.signature.article_id
            self._index.recall(article_id, signature, story_id=text.story_id, seen_at=text.signature.seen_at)
            self._remember(text)

    @contextmanager
    def place(self, batch: Batch) -> Iterator[Placed]:
        """Yield the story parts and signatures of the batch's new articles, to be landed before the block ends.

        No other thread places anything meanwhile, so that a part never speaks of an article that has not landed. An
        article alone is no story; with its first copy it becomes one, and both get their part.
        """
        with self._lock:
            texts = [text for text in _texts_of(batch) if text.signature.article_id not in self._known]
            landed = {*self._known, *(text.signature.article_id for text in texts)}
            parts: dict[str, StoryPart] = {}
            placed: list[KnownText] = []
            for text in texts:
                part = self._place(text, placed)
                if part.relation != "first":
                    if part.story_id in landed:
                        parts.setdefault(part.story_id, _first(part.story_id))
                    parts[part.article_id] = part
                placed.append(replace(text, story_id=part.story_id))
            yield tuple(parts.values()), tuple(text.signature for text in placed)
            # Only what has landed is known; what has not is placed anew when it is read again.
            for text in placed:
                self._remember(text)

    def _place(self, text: KnownText, placed: Iterable[KnownText]) -> StoryPart:
        article_id, seen_at = text.signature.article_id, text.signature.seen_at
        signature = Signature.from_bytes(text.signature.signature)
        part = self._index.place(article_id, signature, seen_at=seen_at)
        if part.relation != "first":
            return part
        namesakes = {known for entity in text.entities for known in self._naming.get(entity, ())}
        candidates = [*(self._known[known] for known in namesakes), *placed]
        retold = max(candidates, key=lambda other: _retold(text, other), default=None)
        share = 0.0 if retold is None else _retold(text, retold)
        if retold is None or share < _RETOLD_SHARE:
            return part
        self._index.recall(article_id, signature, story_id=retold.story_id, seen_at=seen_at)
        return StoryPart(story_id=retold.story_id, article_id=article_id, relation="report", similarity=round(share, 3))

    def _remember(self, text: KnownText) -> None:
        self._known[text.signature.article_id] = text
        for entity in text.entities:
            self._naming[entity].add(text.signature.article_id)


def _retold(one: KnownText, other: KnownText) -> float:
    """Return what part of the names of the article with fewer of them both have; 0 if it is not to be compared."""
    shared = len(one.entities & other.entities)
    if one.language == other.language or shared < _RETOLD_NAMES or abs(one.dated_at - other.dated_at) > _RETOLD_WITHIN:
        return 0.0
    return shared / min(len(one.entities), len(other.entities))


def _texts_of(batch: Batch) -> Iterator[KnownText]:
    languages = {guess.article_id: guess.language for guess in batch.languages}
    for article in {article.article_id: article for article in batch.articles if article.text}.values():
        signature = TextSignature(
            article_id=article.article_id,
            signature=sign_text(article.text).to_bytes(),
            seen_at=article.fetched_at,
        )
        yield KnownText(
            signature=signature,
            story_id=article.article_id,
            language=languages.get(article.article_id, "und"),
            dated_at=article.published_at or article.fetched_at,
            entities=frozenset(m.entity_id for m in batch.mentions if m.article_id == article.article_id),
        )


def _first(article_id: str) -> StoryPart:
    return StoryPart(story_id=article_id, article_id=article_id, relation="first", similarity=1.0)
