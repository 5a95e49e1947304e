"""What waits for a model: titles of everything first, then leads, then whole articles, within a budget of minutes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.translation import choose_translator
from flows.ingest.translating import GLOSS, TARGET, translate_texts
from flows.ingest.understand import understand_translations
from records.landing import BacklogArticle
from warehouse import landing, opening, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.translation import Translator
    from flows.ingest.road import Road
    from flows.settings import TranslationPart
    from records import TranslationExtent

# The languages of the beat; what else an engine knows is not looked for.
LANGUAGES = ("ru", "tg", "zh", "fa", "uz", "ky", "kk")
# Articles landed in one transaction. A killed run loses the landing of as many, not their sentences: those are in the
# cache. Titles are short, and a model wants hundreds of sentences at once.
CHUNK = {"title": 200, "lead": 100, "full": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Whose articles are brought how far: those that are not there yet."""

    languages: Sequence[str]
    extent: TranslationExtent
    unfinished: tuple[TranslationExtent, ...]
    replaced: tuple[str, ...]
    alerted: bool = False


def backlog_waits(
    warehouse: opening.Warehouse, translators: Sequence[Translator], order: Sequence[TranslationPart]
) -> bool:
    """Say whether some article waits for an engine there is."""
    return any(_next(warehouse, stage, limit=1) for stage in _stages(translators, order))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What became of the backlog: the articles whose translation changed, and the new alerts of each outlet."""

    articles: int
    alerts: Counter[str]


def translate_backlog(road: Road) -> CaughtUp:
    """Translate what waits, until it is done or ``translation.backlog_minutes`` are over.

    A gloss is made again by a better engine where one is installed now; a gloss is never made twice.
    """
    until = time.monotonic() + road.settings.translation.backlog_minutes * 60
    done: set[str] = set()
    alerts: Counter[str] = Counter()
    for stage in _stages(road.translators, road.settings.translation.order):
        done |= _translate_stage(road, stage, until, alerts)
    return CaughtUp(articles=len(done), alerts=alerts)


def _stages(translators: Sequence[Translator], order: Sequence[TranslationPart]) -> Iterator[_Stage]:
    chosen = {each: choose_translator(translators, source=each, target=TARGET) for each in LANGUAGES}
    with_model = [each for each, engine in chosen.items() if engine is not None and engine.name != GLOSS]
    glossed = [each for each, engine in chosen.items() if engine is not None and engine.name == GLOSS]
    if with_model:
        yield from (_with_model(with_model, part) for part in order)
    if glossed:
        yield _Stage(languages=glossed, extent="full", unfinished=(), replaced=())


def _with_model(languages: Sequence[str], part: TranslationPart) -> _Stage:
    match part:
        case "title":
            return _Stage(languages=languages, extent="title", unfinished=(), replaced=(GLOSS,))
        case "lead":
            return _Stage(languages=languages, extent="lead", unfinished=("title",), replaced=(GLOSS,))
        case "alerted" | "full":
            alerted = part == "alerted"
            unfinished: tuple[TranslationExtent, ...] = ("title", "lead")
            return _Stage(languages=languages, extent="full", unfinished=unfinished, replaced=(GLOSS,), alerted=alerted)


def _translate_stage(road: Road, stage: _Stage, until: float, alerts: Counter[str]) -> set[str]:
    """Work off one stage, count its new alerts by outlet; return the ids of the articles whose translation changed."""
    tried: set[str] = set()
    done: set[str] = set()
    while time.monotonic() < until:
        chunk = _waiting(road, stage, tried)
        if not chunk:
            break
        tried.update(each.article_id for each in chunk)
        translations = translate_texts(road, chunk, stage.extent)
        batch = understand_translations(road, chunk, translations, landed_at=datetime.now(UTC))
        with road.door.opened() as warehouse:
            landed = landing.land(warehouse, batch)
        if landed.translations:
            done.update(each.article_id for each in batch.translations)
        outlets = {each.article_id: each.outlet_id for each in chunk}
        alerts.update(outlets[alert.article_id] for alert in batch.alerts if alert.alert_id in landed.new_alerts)
    return done


def _waiting(road: Road, stage: _Stage, tried: set[str]) -> list[BacklogArticle]:
    """Return the next articles of a stage; those that failed still wait, and must not hide the others."""
    size = CHUNK[stage.extent]
    with road.door.opened() as warehouse:
        waiting = _next(warehouse, stage, limit=len(tried) + size)
    return [each for each in waiting if each.article_id not in tried][:size]


def _next(warehouse: opening.Warehouse, stage: _Stage, *, limit: int) -> tuple[BacklogArticle, ...]:
    return reading.translation_backlog(
        warehouse,
        languages=stage.languages,
        replaced=stage.replaced,
        unfinished=stage.unfinished,
        alerted=stage.alerted,
        limit=limit,
    )
