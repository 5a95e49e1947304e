"""The ``nllb`` engine: NLLB-200 as a CTranslate2 directory that the user has; it knows Tajik itself."""

from __future__ import annotations

from collections.abc import Sequence
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
from records import ConfigError, TranslationError

if TYPE_CHECKING:
    from extractors.translation.translator import SentenceCache

# NLLB names a language with its script (FLORES-200 codes).
CODES = {
    "ru": "rus_Cyrl",
    "tg": "tgk_Cyrl",
    "zh": "zho_Hans",
    "fa": "pes_Arab",
    "en": "eng_Latn",
    "uk": "ukr_Cyrl",
    "kk": "kaz_Cyrl",
    "ky": "kir_Cyrl",
    "uz": "uzn_Latn",
    "tk": "tuk_Latn",
    "ps": "pbt_Arab",
    "ug": "uig_Arab",
}
# What the folder must hold; the tokenizer goes by either name in the conversions people share.
REQUIRED = ("model.bin", "config.json")
TOKENIZERS = ("sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")


class NllbTranslator:
    """Translate with an NLLB model that was converted with ``ct2-transformers-converter``."""

    name = "nllb"

    def __init__(
        self, folder: Path, *, options: ModelOptions | None = None, cache: SentenceCache | None = None
    ) -> None:
        """Look into the folder; the model is loaded when first asked.

        Raises ``ConfigError`` when the folder does not hold a converted model with its tokenizer.
        """
        tokenizer = next((folder / name for name in TOKENIZERS if (folder / name).is_file()), None)
        missing = [name for name in REQUIRED if not (folder / name).is_file()]
        if tokenizer is None or missing:
            missing += [] if tokenizer else [" or ".join(TOKENIZERS)]
            raise ConfigError(
                f"not an NLLB model for CTranslate2: {', '.join(missing)} missing",
                path=folder,
                fix="Convert one with ct2-transformers-converter and copy its SentencePiece model beside it.",
            )
        self._options = options or ModelOptions()
        self._cache: SentenceCache = cache or NoCache()
        self._model = SentenceModel(folder, partial(_load_tokenizer, tokenizer), self._options)
        # Models have no version of their own; size and folder tell one from another.
        megabytes = (folder / "model.bin").stat().st_size / 1_000_000
        self._version = f"{folder.name} {megabytes:.0f} MB, beam {self._options.beam_size}"

    def model_version(self, source: str, target: str) -> str | None:
        """Return the folder's name and size with the pair, or ``None`` for a language we have no code for."""
        if source not in CODES or target not in CODES or source == target:
            return None
        return f"{source}-{target} {self._version}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translate texts; a sentence whose translation is junk stays as it was, in brackets.

        Raises ``TranslationError`` for a language we have no code for, or when the model cannot be loaded.
        """
        version = self.model_version(source, target)
        if version is None:
            raise TranslationError("NLLB is not set up for this pair", source=source, target=target)
        frame = Frame(before=(CODES[source],), after=("</s>",), prefix=(CODES[target],))
        find, keep = with_cache(self._cache, engine=self.name, model_version=version)
        try:
            return translate_by_sentence(
                texts,
                lambda sentences: self._model.translate(sentences, frame),
                language=source,
                known=find,
                keep=keep,
            )
        except ConfigError as error:
            raise TranslationError(str(error), source=source, target=target) from error


def _load_tokenizer(path: Path) -> Tokenizer:
    from argostranslate.tokenizer import SentencePieceTokenizer  # noqa: PLC0415  (heavy)

    tokenizer: Tokenizer = SentencePieceTokenizer(path)
    return tokenizer
