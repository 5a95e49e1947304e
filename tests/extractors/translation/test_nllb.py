"""The directory layout and language codes of NLLB, on the small model of ``conftest``, which copies codes it lacks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.argos_models import write_lexicon_package
from extractors.translation.nllb import NllbTranslator
from records import ConfigError, TranslationError


@pytest.fixture
def nllb(tmp_path: Path) -> Path:
    """A small model in NLLB's form: it writes the target's code where it reads the source's."""
    words = {"tgk_Cyrl": "eng_Latn", "вазир": "minister", "омад": "came"}
    write_lexicon_package(tmp_path, words, source="tg", language_codes=("tgk_Cyrl", "eng_Latn"))
    folder = tmp_path / "nllb-tiny"
    shutil.copytree(tmp_path / "tg_en" / "model", folder)
    shutil.copy(tmp_path / "tg_en" / "sentencepiece.model", folder / "sentencepiece.bpe.model")
    return folder


def test_tajik_is_translated_without_a_way_round(nllb: Path) -> None:
    translator = NllbTranslator(nllb)
    assert translator.translate(["вазир омад\nвазир"], source="tg", target="en") == ["minister came\nminister"]
    version = translator.model_version("tg", "en")
    assert version is not None
    assert version.startswith("tg-en nllb-tiny ")
    assert version.endswith("beam 2")


def test_a_language_without_a_code_is_refused(nllb: Path) -> None:
    translator = NllbTranslator(nllb)
    assert translator.model_version("xx", "en") is None
    with pytest.raises(TranslationError, match="xx to en"):
        translator.translate(["?"], source="xx", target="en")


def test_a_folder_that_is_no_model_is_named_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"model\.bin.*sentencepiece"):
        NllbTranslator(tmp_path)
