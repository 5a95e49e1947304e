"""Which engine translates, from the order in the settings and what is installed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.translation.argos import ArgosOptions, ArgosTranslator
from records import ConfigError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache, Translator

ENGINES = ("argos",)


def find_translators(
    order: Sequence[str],
    *,
    models_dir: Path,
    options: ArgosOptions | None = None,
    cache: SentenceCache | None = None,
) -> tuple[Translator, ...]:
    """Return the engines that are named, in order.

    Raises ``ConfigError`` for a name that is no engine.
    """
    for name in order:
        if name not in ENGINES:
            raise ConfigError(
                f"no translation engine is called {name!r}",
                key="translation.engines",
                fix=f"Engines are: {', '.join(ENGINES)}.",
            )
    return tuple(ArgosTranslator(models_dir, options=options, cache=cache) for _ in order)


def find_translator(
    order: Sequence[str],
    models_dir: Path,
    *,
    options: ArgosOptions | None = None,
    cache: SentenceCache | None = None,
) -> Translator | None:
    """Return the first engine named that has any model, or ``None``: articles then land untranslated.

    Raises ``ConfigError`` for a name that is no engine.
    """
    found = find_translators(order, models_dir=models_dir, options=options, cache=cache)
    return next((translator for translator in found if getattr(translator, "has_models", True)), None)
