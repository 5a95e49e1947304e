"""The ``argos`` engine: the models of Argos packages, fed with the sentences of many articles at once.

argostranslate itself goes paragraph by paragraph, in batches of 32 tokens, which is one sentence. The same
CTranslate2 model with the same settings gives the same sentences in large batches sorted by length, several times
faster (see ``bench/translation.py``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.translation.junk import junk_reason
from extractors.translation.packages import Package, find_packages, set_aside
from extractors.translation.sentences import split_sentences
from extractors.translation.tajik import to_persian_script
from records import ConfigError, TranslationError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache

# Sentences handed over in one call; CTranslate2 sorts them by length and cuts batches of at most BATCH_TOKENS, so the
# longest share a batch. 512 keep the results of one call below a few megabytes.
WINDOW_SENTENCES = 512
# Padded tokens in a batch. Speed on 2 cores levels off from here on; memory does not.
BATCH_TOKENS = 2048
# argostranslate's own; length_penalty changes which hypothesis wins, so it stays.
LENGTH_PENALTY = 0.2
# How the way from Tajik over Persian script is named on a row; the number changes when its spelling does.
TRANSLITERATION = "tg-fa letters 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgosOptions:
    """How the models are run; ``beam_size`` 4 is argostranslate's own, 2 is faster and about as good on news.

    ``threads`` 0 means one for each core; ``idle_seconds`` is how long a model that nobody asks stays in memory.
    """

    beam_size: int = 2
    threads: int = 0
    idle_seconds: float = 300.0


class ArgosTranslator:
    """Translate with installed Argos packages, directly or over English; thread-safe, one text at a time in a model."""

    name = "argos"

    def __init__(
        self, folder: Path, *, options: ArgosOptions | None = None, cache: SentenceCache | None = None
    ) -> None:
        self._options = options or ArgosOptions()
        self._cache = cache
        packages, self.broken = find_packages(folder)
        self._models: dict[tuple[str, str], _Model] = {}
        for package in packages:  # newest first
            self._models.setdefault((package.source, package.target), _Model(package, self._options))

    @property
    def has_models(self) -> bool:
        """Whether any package can be used."""
        return bool(self._models)

    def model_version(self, source: str, target: str) -> str | None:
        """Return the way with versions, such as ``ru-en 1.9, beam 2`` or ``tg-fa letters 1 + fa-en 1.5, beam 2``."""
        route = self._route(source, target)
        if not route:
            return None
        steps = [_version(model.package) for model in route]
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
        translated = list(texts)
        if _is_transliterated(route, source):
            translated = [to_persian_script(text) for text in translated]
        for model in route:
            translated = self._through(model, translated)
        return translated

    def _route(self, source: str, target: str) -> list[_Model]:
        """Find the way: one package, two over English, and Tajik as Persian where there is none of its own."""
        for start in (source, "fa") if source == "tg" else (source,):
            direct = self._models.get((start, target))
            if direct is not None:
                return [direct]
            first, second = self._models.get((start, "en")), self._models.get(("en", target))
            if first is not None and second is not None:
                return [first, second]
        return []

    def _through(self, model: _Model, texts: Sequence[str]) -> list[str]:
        source = model.package.source
        cut = [[split_sentences(paragraph, source) for paragraph in text.split("\n")] for text in texts]
        sentences = dict.fromkeys(sentence for text in cut for paragraph in text for sentence in paragraph)
        known = self._translate_sentences(model, list(sentences))
        return ["\n".join(" ".join(known[each] for each in paragraph) for paragraph in text) for text in cut]

    def _translate_sentences(self, model: _Model, sentences: list[str]) -> dict[str, str]:
        version = (
            f"{model.package.source}-{model.package.target} {model.package.version}, beam {self._options.beam_size}"
        )
        known: dict[str, str] = {}
        if self._cache is not None:
            known.update(self._cache.find(sentences, engine=self.name, model_version=version))
        todo = iter([sentence for sentence in sentences if sentence not in known])
        for window in iter(lambda: list(islice(todo, WINDOW_SENTENCES)), []):
            try:
                translated = dict(zip(window, model.translate(window), strict=True))
            except ConfigError as error:
                self._forget(model)
                raise TranslationError(str(error), source=model.package.source, target=model.package.target) from error
            kept = {
                original: translation
                if junk_reason(original, translation, source=model.package.source) is None
                else f"[{original}]"
                for original, translation in translated.items()
            }
            if self._cache is not None:  # window by window: a run killed here translates none of these again
                self._cache.keep(kept, engine=self.name, model_version=version)
            known.update(kept)
        return known

    def _forget(self, model: _Model) -> None:
        del self._models[model.package.source, model.package.target]
        if model.package.path.exists():
            set_aside(model.package.path)


def _version(package: Package) -> str:
    return f"{package.source}-{package.target} {package.version}"


def _is_transliterated(route: Sequence[_Model], source: str) -> bool:
    return source == "tg" and route[0].package.source == "fa"


class _Model:
    """One package's CTranslate2 model and tokenizer: loaded when first needed, dropped when idle."""

    def __init__(self, package: Package, options: ArgosOptions) -> None:
        self.package = package
        self._options = options
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._timer: threading.Timer | None = None

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loaded is not None

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Translate sentences in token-limited batches."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            translator, tokenizer = self._loaded = self._loaded or self._load()
            try:
                return list(self._run(translator, tokenizer, sentences))
            finally:
                self._timer = threading.Timer(self._options.idle_seconds, self._drop)
                self._timer.daemon = True
                self._timer.start()

    def _run(self, translator: Any, tokenizer: Any, sentences: Sequence[str]) -> Iterator[str]:
        prefix = self.package.target_prefix
        results = translator.translate_batch(
            [tokenizer.encode(sentence) for sentence in sentences],
            target_prefix=[[prefix]] * len(sentences) if prefix else None,
            replace_unknowns=True,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=self._options.beam_size,
            length_penalty=LENGTH_PENALTY,
        )
        for result in results:
            yield tokenizer.decode(result.hypotheses[0]).removeprefix(prefix).strip()

    def _load(self) -> tuple[Any, Any]:
        import ctranslate2  # noqa: PLC0415  (40 MB of libraries; only where something is translated)
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer  # noqa: PLC0415

        package = self.package
        if package.tokenizer.name == "bpe.model":
            tokenizer = BPETokenizer(package.tokenizer, package.source, package.target)
        else:
            tokenizer = SentencePieceTokenizer(package.tokenizer)
        try:
            translator = ctranslate2.Translator(
                str(package.path / "model"), device="cpu", intra_threads=self._options.threads
            )
            tokenizer.encode("")
        except (RuntimeError, ValueError, OSError) as error:
            raise ConfigError(
                f"the model cannot be loaded: {error}", path=package.path, fix="Install the package again."
            ) from error
        return translator, tokenizer

    def _drop(self) -> None:
        with self._lock:
            self._loaded = None
