"""Which engines translate, from the order in the settings and what is installed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.translation.argos import ArgosTranslator
from extractors.translation.batches import ModelOptions
from extractors.translation.gloss import GlossTranslator
from extractors.translation.libretranslate import LibreTranslateOptions, LibreTranslator
from extractors.translation.nllb import NllbTranslator
from records import ConfigError, TranslationError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache, Translator

ENGINES = ("argos", "libretranslate", "nllb", "gloss")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """What the engines are told: how models run, which server is asked, where an NLLB model lies."""

    options: ModelOptions = field(default_factory=ModelOptions)
    libretranslate: LibreTranslateOptions | None = None
    nllb_dir: Path | None = None
    cache: SentenceCache | None = None


def find_translators(
    order: Sequence[str], models_dir: Path, settings: EngineSettings | None = None
) -> tuple[Translator, ...]:
    """Return the engines that are named, in order, without those that have nothing to translate with.

    Raises ``ConfigError`` for a name that is no engine, or one whose setting is missing.
    """
    settings = settings or EngineSettings()
    return tuple(found for name in order if (found := _find(name, models_dir, settings)) is not None)


def _find(name: str, models_dir: Path, settings: EngineSettings) -> Translator | None:
    match name:
        case "argos":
            argos = ArgosTranslator(models_dir, options=settings.options, cache=settings.cache)
            return argos if argos.has_models else None
        case "libretranslate":
            if settings.libretranslate is None:
                raise _lacks(name, "translation.libretranslate.url", "Name the server's address.")
            return LibreTranslator(settings.libretranslate, cache=settings.cache)
        case "nllb":
            if settings.nllb_dir is None:
                raise _lacks(name, "translation.nllb.dir", "Name the folder of the converted model.")
            return NllbTranslator(settings.nllb_dir, options=settings.options, cache=settings.cache)
        case "gloss":
            return GlossTranslator()
        case _:
            raise ConfigError(
                f"no translation engine is called {name!r}",
                key="translation.engines",
                fix=f"Engines are: {', '.join(ENGINES)}.",
            )


def _lacks(engine: str, key: str, fix: str) -> ConfigError:
    return ConfigError(f"the engine {engine} needs this setting", key=key, fix=fix)


def choose_translator(translators: Sequence[Translator], *, source: str, target: str) -> Translator | None:
    """Return the first engine that can translate this pair: its name and model version go on the row."""
    return next((each for each in translators if each.model_version(source, target) is not None), None)


class FirstAble:
    """Several engines as one: each pair goes to the first that can. ``name`` is all their names.

    Where the row must name the engine that did the work, ask ``choose_translator`` instead.
    """

    def __init__(self, translators: Sequence[Translator]) -> None:
        self._translators = tuple(translators)
        self.name = "+".join(each.name for each in translators)

    def model_version(self, source: str, target: str) -> str | None:
        """Return the engine that would be used and its model version."""
        chosen = choose_translator(self._translators, source=source, target=target)
        return None if chosen is None else f"{chosen.name}: {chosen.model_version(source, target)}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate with the first engine that can; where it fails, with the next.

        Raises ``TranslationError`` where none can, or as the last of them does.
        """
        able = list(self._translators)
        failed: TranslationError | None = None
        while (chosen := choose_translator(able, source=source, target=target)) is not None:
            try:
                return chosen.translate(texts, source=source, target=target)
            except TranslationError as error:
                failed = error
                able.remove(chosen)
        raise failed or TranslationError(f"none of {self.name} has a model for this pair", source=source, target=target)


def find_translator(
    order: Sequence[str], models_dir: Path, settings: EngineSettings | None = None
) -> Translator | None:
    """Return the engines named as one translator, or ``None`` without any model: articles then land untranslated.

    Raises ``ConfigError`` for a name that is no engine, or one whose setting is missing.
    """
    found = find_translators(order, models_dir, settings)
    if not found:
        return None
    return found[0] if len(found) == 1 else FirstAble(found)
