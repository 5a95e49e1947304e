"""What earlier runs left untranslated or only glossed: alerted articles first, then the newest, within a budget."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.translation import choose_translator
from flows.ingest.translating import TARGET, translate_texts
from records.landing import BacklogArticle, Batch
from warehouse import landing, opening, reading

if TYPE_CHECKING:
    from extractors.translation import Translator
    from flows.ingest.road import Road

# The languages of the beat; what else an engine knows is not looked for.
LANGUAGES = ("ru", "tg", "zh", "fa", "uz", "ky", "kk")
# Articles landed in one transaction: a killed run loses at most their work.
CHUNK = 25


def backlog_waits(warehouse: opening.Warehouse, translators: Sequence[Translator]) -> bool:
    """Say whether some article waits for an engine there is."""
    return any(
        reading.translation_backlog(warehouse, languages=languages, replaced=replaced, limit=1)
        for languages, replaced in _kinds(translators)
    )


def translate_backlog(road: Road) -> int:
    """Translate what waits, until it is done or ``translation.backlog_minutes`` are over; return how many it was.

    A gloss is made again by a better engine where one is installed now; a gloss is never made twice.
    """
    until = time.monotonic() + road.settings.translation.backlog_minutes * 60
    tried: set[str] = set()
    done = 0
    while time.monotonic() < until:
        with road.door.opened() as warehouse:
            waiting = [each for kinds in _kinds(road.translators) for each in _waiting(warehouse, *kinds, len(tried))]
        chunk = [each for each in waiting if each.article_id not in tried][:CHUNK]
        if not chunk:
            break
        tried.update(each.article_id for each in chunk)
        batch = Batch(
            landed_at=datetime.now(UTC),
            translations=translate_texts(road, chunk),
            basis=tuple((each.article_id, each.content_hash) for each in chunk),
        )
        with road.door.opened() as warehouse:
            done += landing.land(warehouse, batch).translations
    return done


def _kinds(translators: Sequence[Translator]) -> list[tuple[list[str], list[str]]]:
    """Return languages and the engines whose rows they may replace: those with a model, then those with a gloss."""
    chosen = {each: choose_translator(translators, source=each, target=TARGET) for each in LANGUAGES}
    with_model = [each for each, engine in chosen.items() if engine is not None and engine.name != "gloss"]
    glossed = [each for each, engine in chosen.items() if engine is not None and engine.name == "gloss"]
    return [(with_model, ["gloss"]), (glossed, [])]


def _waiting(
    warehouse: opening.Warehouse, languages: list[str], replaced: list[str], tried: int
) -> tuple[BacklogArticle, ...]:
    # Those that were tried and failed still wait, and must not hide the others.
    return reading.translation_backlog(warehouse, languages=languages, replaced=replaced, limit=tried + CHUNK)
