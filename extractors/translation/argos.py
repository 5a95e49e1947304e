"""The ``argos`` engine: the models of Argos packages, fed with the sentences of many articles at once.

argostranslate itself goes paragraph by paragraph, in batches of 32 tokens, which is one sentence. The same
CTranslate2 model with the same settings gives the same sentences in large batches sorted by length, several times
faster (see ``bench/translation.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.translation.batches import (
    Frame,
    ModelOptions,
    NoCache,
    SentenceModel,
    Tokenizer,
    translate_by_sentence,
    with_cache,
)
from extractors.translation.packages import Package, check_package, find_packages, set_aside
from extractors.translation.tajik import to_persian_script
from records import ConfigError, TranslationError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache

log = logging.getLogger(__name__)
# How the way from Tajik over Persian script is named on a row; the number changes when its spelling does.
TRANSLITERATION = "tg-fa letters 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One package on the way, with its model."""

    package: Package
    model: SentenceModel

    @property
    def version(self) -> str:
        return f"{self.package.source}-{self.package.target} {self.package.version}"


class ArgosTranslator:
    """Translate with installed Argos packages, directly or over English; thread-safe, one text at a time in a model."""

    name = "argos"

    def __init__(
        self, folder: Path, *, options: ModelOptions | None = None, cache: SentenceCache | None = None
    ) -> None:
        self._options = options or ModelOptions()
        self._cache: SentenceCache = cache or NoCache()
        packages, broken = find_packages(folder)
        for error in broken:
            _put_away(error)
        self._steps: dict[tuple[str, str], _Step] = {}
        for package in packages:  # newest first
            model = SentenceModel(package.path / "model", partial(_load_tokenizer, package), self._options)
            self._steps.setdefault((package.source, package.target), _Step(package=package, model=model))

    @property
    def has_models(self) -> bool:
        """Whether any package can be used."""
        return bool(self._steps)

    def model_version(self, source: str, target: str) -> str | None:
        """Return the way with versions, such as ``ru-en 1.9, beam 2`` or ``tg-fa letters 2 + fa-en 1.5, beam 2``."""
        route = self._route(source, target)
        if not route:
            return None
        steps = [step.version for step in route]
        if _is_transliterated(route, source):
            steps.insert(0, TRANSLITERATION)
        return f"{' + '.join(steps)}, beam {self._options.beam_size}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate texts; a sentence whose translation is junk stays as it was, in brackets.

        Raises ``TranslationError`` where there is no package for the languages or its model cannot be loaded; the
        package is then set aside.
        """
        route = self._route(source, target)
        if not route:
            raise TranslationError("no Argos package is installed for this pair", source=source, target=target)
        translated = self._through(route[0], texts, source)
        for step in route[1:]:
            translated = self._through(step, translated, step.package.source)
        return translated

    def _route(self, source: str, target: str) -> list[_Step]:
        """Find the way: one package, two over English, and Tajik as Persian where there is none of its own."""
        for start in (source, "fa") if source == "tg" else (source,):
            direct = self._steps.get((start, target))
            if direct is not None:
                return [direct]
            first, second = self._steps.get((start, "en")), self._steps.get(("en", target))
            if first is not None and second is not None:
                return [first, second]
        return []

    def _through(self, step: _Step, texts: Sequence[str], language: str) -> list[str]:
        package = step.package
        version = f"{step.version}, beam {self._options.beam_size}"
        frame = Frame(prefix=(package.target_prefix,) if package.target_prefix else ())

        def run(sentences: list[str]) -> list[str]:
            return step.model.translate(sentences, frame)

        def run_spelled(sentences: list[str]) -> list[str]:
            return run([to_persian_script(sentence) for sentence in sentences])

        transliterated = _is_transliterated([step], language)
        find, keep = with_cache(
            self._cache,
            engine=self.name,
            model_version=f"{TRANSLITERATION} + {version}" if transliterated else version,
        )
        try:
            return translate_by_sentence(
                texts, run_spelled if transliterated else run, language=language, known=find, keep=keep
            )
        except ConfigError as error:
            # The model is damaged: it must not stop the next article, nor the next run.
            if self._steps.pop((package.source, package.target), None) is not None:
                _put_away(error, package.path)
            raise TranslationError(str(error), source=package.source, target=package.target) from error


def _put_away(error: ConfigError, package: Path | None = None) -> None:
    """Move a package that cannot be used out of the way, and say so."""
    if (place := package or error.path) is not None:
        log.warning("%s It was moved to %s; the next engine goes on.", error, set_aside(place))


def _is_transliterated(route: Sequence[_Step], source: str) -> bool:
    return source == "tg" and route[0].package.source == "fa"


def _load_tokenizer(package: Package) -> Tokenizer:
    check_package(package)
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer  # noqa: PLC0415  (heavy)

    tokenizer: Tokenizer
    if package.tokenizer.name == "bpe.model":
        tokenizer = BPETokenizer(package.tokenizer, package.source, package.target)
    else:
        tokenizer = SentencePieceTokenizer(package.tokenizer)
    return tokenizer
