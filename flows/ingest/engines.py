"""Translation engines as the settings have them, with the sentence cache that lies in the warehouse."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractors.translation import EngineSettings, LibreTranslateOptions, ModelOptions, find_translators
from records import ConfigError
from warehouse.sentences import find_sentences, keep_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.translation import SentenceCache, Translator
    from flows.door import Door
    from flows.settings import Settings

KEY_VARIABLE = "WAKHAN_LIBRETRANSLATE_KEY"


class WarehouseCache:
    """Sentences translated before, by any run: looked up and kept through the door that the run's threads share."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def find(self, sentences: Sequence[str], *, engine: str, model_version: str) -> Mapping[str, str]:
        """Return the translations of those sentences that are known for this engine and model version."""
        with self._door.opened() as warehouse:
            return find_sentences(warehouse, sentences, engine=engine, model_version=model_version)

    def keep(self, translations: Mapping[str, str], *, engine: str, model_version: str) -> None:
        """Remember translations by source sentence; they are safe when this returns."""
        with self._door.opened() as warehouse:
            keep_sentences(warehouse, translations, engine=engine, model_version=model_version, now=datetime.now(UTC))


def engine_settings(settings: Settings, cache: SentenceCache | None = None) -> EngineSettings:
    """Return what the engines are told."""
    told = settings.translation
    server = LibreTranslateOptions(
        url=told.libretranslate.url,
        api_key=os.environ.get(KEY_VARIABLE),
        timeout_seconds=told.libretranslate.timeout_seconds,
    )
    return EngineSettings(
        options=ModelOptions(beam_size=told.beam_size, threads=told.threads),
        libretranslate=server if told.libretranslate.url else None,
        nllb_dir=told.nllb.dir,
        cache=cache,
    )


def open_engines(
    settings: Settings, *, only: str | None = None, cache: SentenceCache | None = None
) -> tuple[Translator, ...]:
    """Return the engines that have something to translate with, the preferred one first; or ``only`` that one.

    Raises ``ConfigError`` for a name that is no engine, or one whose setting is missing.
    """
    names = (only,) if only else settings.translation.engines
    return find_translators(names, settings.models, engine_settings(settings, cache))


# The pairs that the beat needs; a state names those that an engine can do.
_SOURCES = ("ru", "tg", "zh", "fa")


def states_of(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each engine of the settings, in order, and what it can do now or why it cannot."""
    told = engine_settings(settings)
    for name in settings.translation.engines:
        try:
            found = find_translators((name,), settings.models, told)
        except ConfigError as error:
            yield name, f"not ready: {error}"
            continue
        able = [source for source in _SOURCES if found and found[0].model_version(source, "en") is not None]
        if able:
            yield name, f"ready: {', '.join(able)} to en ({found[0].model_version(able[0], 'en')})"
        elif found and name == "libretranslate":
            yield name, f"not ready: {settings.translation.libretranslate.url} does not answer, or has no such pair"
        else:
            yield name, "no model installed"
