"""Sentences of many texts through one CTranslate2 model: cut, looked up, run in batches, looked over, put back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.translation.junk import junk_reason
from extractors.translation.sentences import split_sentences
from records import ConfigError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache

# Sentences handed over in one call; CTranslate2 sorts them by length and cuts batches of at most BATCH_TOKENS, so the
# longest share a batch. 512 keep the results of one call below a few megabytes.
WINDOW_SENTENCES = 512
# Padded tokens in a batch. 96 news sentences (3,113 tokens), 6+6 layers, int8, beam 4, took 41.7 CPU seconds at 32
# tokens (argostranslate's), 20.4 at 2,048, 19.5 at 1,024, 19.0 at 512 and 19.5 at 256: beyond 512 only memory grows.
BATCH_TOKENS = 512
# argostranslate's own; it decides which hypothesis wins, so it stays.
LENGTH_PENALTY = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """How models are run; ``beam_size`` 4 is argostranslate's own and gives its sentences, 2 is about twice as fast.

    ``threads`` 0 means one for each core; ``idle_seconds`` is how long a model that nobody asks stays in memory.
    """

    beam_size: int = 2
    threads: int = 0
    idle_seconds: float = 300.0


class Tokenizer(Protocol):
    """Text to pieces and back."""

    def encode(self, sentence: str) -> list[str]:
        """Cut a sentence into pieces."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """Put pieces together."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Tokens a multilingual model wants around the source and before the translation: mostly language codes."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()


class SentenceModel:
    """One CTranslate2 model and its tokenizer: loaded when first needed, dropped when idle; thread-safe."""

    def __init__(self, path: Path, load_tokenizer: Callable[[], Tokenizer], options: ModelOptions) -> None:
        self.path = path
        self._load_tokenizer = load_tokenizer
        self._options = options
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Tokenizer] | None = None
        self._timer: threading.Timer | None = None

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loaded is not None

    def translate(self, sentences: Sequence[str], frame: Frame | None = None) -> list[str]:
        """Translate sentences in token-limited batches.

        Raises ``ConfigError`` when the model cannot be loaded.
        """
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._loaded = self._loaded or self._load()
            try:
                return self._run(*self._loaded, sentences, frame or Frame())
            finally:
                self._timer = threading.Timer(self._options.idle_seconds, self._drop)
                self._timer.daemon = True
                self._timer.start()

    def _run(self, translator: Any, tokenizer: Tokenizer, sentences: Sequence[str], frame: Frame) -> list[str]:
        prefix = list(frame.prefix)
        results = translator.translate_batch(
            [[*frame.before, *tokenizer.encode(sentence), *frame.after] for sentence in sentences],
            target_prefix=[prefix] * len(sentences) if prefix else None,
            replace_unknowns=True,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=self._options.beam_size,
            length_penalty=LENGTH_PENALTY,
        )
        hypotheses = [result.hypotheses[0] for result in results]
        return [
            tokenizer.decode(tokens[len(prefix) :] if tokens[: len(prefix)] == prefix else tokens).strip()
            for tokens in hypotheses
        ]

    def _load(self) -> tuple[Any, Tokenizer]:
        import ctranslate2  # noqa: PLC0415  (40 MB of libraries; only where something is translated)

        try:
            tokenizer = self._load_tokenizer()
            tokenizer.encode("")
            # A thread for each batch rather than several for one: 19.0 instead of 22.5 CPU seconds on the sentences
            # above, and no thread waits for another. The weights are shared; the output is the same.
            threads = self._options.threads or os.cpu_count() or 1
            translator = ctranslate2.Translator(str(self.path), device="cpu", inter_threads=threads, intra_threads=1)
        except (RuntimeError, ValueError, OSError) as error:
            fix = "Install the model again."
            raise ConfigError(f"the model cannot be loaded: {error}", path=self.path, fix=fix) from error
        return translator, tokenizer

    def _drop(self) -> None:
        with self._lock:
            self._loaded = None


def translate_by_sentence(
    texts: Sequence[str],
    run: Callable[[list[str]], list[str]],
    *,
    language: str,
    known: Callable[[list[str]], Mapping[str, str]],
    keep: Callable[[Mapping[str, str]], None],
) -> list[str]:
    """Translate texts sentence by sentence; lines stay lines, and a sentence that comes twice is translated once.

    ``known`` looks sentences up and ``keep`` is told new ones, window by window, so that a run that is killed
    translates nothing twice. A sentence whose translation is junk stays as it was, in brackets.
    """
    cut = [[split_sentences(line, language) for line in text.split("\n")] for text in texts]
    sentences = list(dict.fromkeys(sentence for text in cut for line in text for sentence in line))
    translations = dict(known(sentences))
    todo = iter([sentence for sentence in sentences if sentence not in translations])
    for window in iter(lambda: list(islice(todo, WINDOW_SENTENCES)), []):
        new = {
            original: f"[{original}]" if junk_reason(original, translated, source=language) else translated
            for original, translated in zip(window, run(window), strict=True)
        }
        keep(new)
        translations.update(new)
    return ["\n".join(" ".join(translations[each] for each in line) for line in text) for text in cut]


class NoCache:
    """Remembers nothing."""

    def find(self, sentences: Sequence[str], *, engine: str, model_version: str) -> Mapping[str, str]:  # noqa: ARG002
        """Find nothing."""
        return {}

    def keep(self, translations: Mapping[str, str], *, engine: str, model_version: str) -> None:
        """Keep nothing."""


def with_cache(
    cache: SentenceCache, *, engine: str, model_version: str
) -> tuple[Callable[[list[str]], Mapping[str, str]], Callable[[Mapping[str, str]], None]]:
    """Return a cache's two ends for one engine and model version, as ``translate_by_sentence`` takes them."""

    def find(sentences: list[str]) -> Mapping[str, str]:
        return cache.find(sentences, engine=engine, model_version=model_version)

    def keep(translations: Mapping[str, str]) -> None:
        cache.keep(translations, engine=engine, model_version=model_version)

    return find, keep
