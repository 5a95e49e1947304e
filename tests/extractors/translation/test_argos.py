"""A real CTranslate2 model in a real package: hand-set weights that translate the words of ``conftest.RUSSIAN``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.argos_models import write_lexicon_package
from extractors.translation import MemoryCache, ModelOptions, choose_translator, find_translator
from extractors.translation.argos import ArgosTranslator
from extractors.translation.finding import FirstAble
from extractors.translation.packages import install_package
from records import ConfigError, TranslationError


def test_texts_come_back_translated_one_for_one_with_their_paragraphs(installed: Path) -> None:
    translator = ArgosTranslator(installed)
    texts = ["Президент прибыл в Пекин. Граница закрыта.\n\nДелегация прибыла утром", "", "Граница открыта."]
    assert translator.translate(texts, source="ru", target="en") == [
        "The president arrived in Beijing. The border is closed.\n\nA delegation arrived in the morning",
        "",
        "The border is open.",
    ]


def test_words_the_model_lacks_are_copied(installed: Path) -> None:
    assert ArgosTranslator(installed).translate(["Рахмон прибыл в Хорог и Душанбе."], source="ru", target="en") == [
        "Рахмон arrived in Хорог and Dushanbe."
    ]


def test_the_row_says_which_package_and_version_translated(installed: Path) -> None:
    translator = ArgosTranslator(installed)
    assert translator.name == "argos"
    assert translator.model_version("ru", "en") == "ru-en 1.0, beam 2"
    assert translator.model_version("zh", "en") is None
    with pytest.raises(TranslationError, match="zh to en: no Argos package"):
        translator.translate(["你好"], source="zh", target="en")


def test_every_sentence_is_as_argostranslate_gives_it(installed: Path) -> None:
    # In a process of its own: argostranslate reads its folder from the environment when it is imported.
    sentences = ["Президент прибыл в Пекин.", "Граница закрыта.", "Делегация прибыла утром и в Пекин", "Рахмон прибыл"]
    code = (
        "import sys\n"
        "from argostranslate import translate\n"
        "translation = translate.get_translation_from_codes('ru', 'en')\n"
        "class OneSentence:\n"
        "    def split_sentences(self, text): return [text]\n"
        "translation.underlying.sentencizer = OneSentence()\n"  # its own splitter is a download
        "print('\\n'.join(map(translation.translate, sys.argv[1:])))\n"
    )
    environment = {**os.environ, "ARGOS_PACKAGES_DIR": str(installed), "XDG_DATA_HOME": str(installed.parent / "xdg")}
    reference = subprocess.run(
        [sys.executable, "-c", code, *sentences], env=environment, capture_output=True, text=True, check=True
    )
    translator = ArgosTranslator(installed, options=ModelOptions(beam_size=4))
    assert translator.translate(sentences, source="ru", target="en") == reference.stdout.splitlines()


@pytest.mark.parametrize("beam", [1, 2])
def test_a_narrower_beam_says_the_same_where_the_model_is_sure(installed: Path, beam: int) -> None:
    sentences = ["Президент прибыл в Пекин.", "Граница закрыта.", "Делегация прибыла утром и в Пекин"]
    wide, narrow = (
        ArgosTranslator(installed, options=ModelOptions(beam_size=each)).translate(sentences, source="ru", target="en")
        for each in (4, beam)
    )
    assert narrow == wide


def test_a_repeated_sentence_reaches_the_model_once_and_a_known_one_never(installed: Path) -> None:
    cache = MemoryCache()
    asked: list[list[str]] = []
    translator = ArgosTranslator(installed, cache=cache)
    model = translator._steps["ru", "en"].model
    run = model.translate
    model.translate = lambda each, _: asked.append(list(each)) or run(each)  # type: ignore[method-assign]
    texts = ["Граница закрыта. Граница закрыта.", "Граница закрыта. Граница открыта."]
    translator.translate(texts, source="ru", target="en")
    translator.translate([*texts, "Делегация прибыла"], source="ru", target="en")
    assert asked == [["Граница закрыта.", "Граница открыта."], ["Делегация прибыла"]]


def test_what_was_translated_before_a_failure_is_kept(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.translation.batches.WINDOW_SENTENCES", 1)
    cache = MemoryCache()
    translator = ArgosTranslator(installed, cache=cache)
    model = translator._steps["ru", "en"].model
    run = model.translate

    def killed_at_the_second(sentences: list[str], frame: object) -> list[str]:
        if sentences == ["Граница открыта."]:
            raise KeyboardInterrupt
        return run(sentences)

    model.translate = killed_at_the_second  # type: ignore[method-assign, assignment]
    with pytest.raises(KeyboardInterrupt):
        translator.translate(["Граница закрыта.\nГраница открыта."], source="ru", target="en")
    version = translator.model_version("ru", "en")
    assert version is not None
    known = cache.find(["Граница закрыта.", "Граница открыта."], engine="argos", model_version=version)
    assert known == {"Граница закрыта.": "The border is closed."}


def test_tajik_goes_over_persian_script_and_the_row_says_so(tmp_path: Path) -> None:
    persian = {"وزیر": "The minister", "مدافعه": "of defence", "به": "to", "چین": "China", "رفت.": "went."}
    write_lexicon_package(tmp_path, persian, source="fa")
    translator = ArgosTranslator(tmp_path)
    assert translator.model_version("tg", "en") == "tg-fa letters 2 + fa-en 1.0, beam 2"
    translated = translator.translate(["Вазири мудофиа ба Чин рафт."], source="tg", target="en")
    assert translated == ["The minister of defence to China went."]


def test_tajik_the_model_makes_junk_of_stays_tajik(tmp_path: Path) -> None:
    write_lexicon_package(tmp_path, {"سرود": "♪"}, source="fa")
    assert ArgosTranslator(tmp_path).translate(["Суруд"], source="tg", target="en") == ["[Суруд]"]


def test_two_packages_meet_in_english(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "ru_en", tmp_path / "ru_en")
    write_lexicon_package(tmp_path, {"The": "La", "border": "frontière"}, source="en", target="fr")
    translator = ArgosTranslator(tmp_path)
    assert translator.model_version("ru", "fr") == "ru-en 1.0 + en-fr 1.0, beam 2"
    assert translator.translate(["Граница"], source="ru", target="fr") == ["La frontière"]


@pytest.mark.parametrize("text", ["песня", "эхо и Пекин"], ids=["subtitle", "loop"])
def test_a_sentence_whose_translation_is_junk_stays_as_it_was_in_brackets(installed: Path, text: str) -> None:
    translated = ArgosTranslator(installed).translate([f"Граница закрыта.\n{text}"], source="ru", target="en")
    assert translated == [f"The border is closed.\n[{text}]"]


def test_a_model_nobody_asks_leaves_memory_and_comes_back(installed: Path) -> None:
    translator = ArgosTranslator(installed, options=ModelOptions(idle_seconds=0.05))
    model = translator._steps["ru", "en"].model
    assert not model.loaded
    translator.translate(["Граница"], source="ru", target="en")
    deadline = time.monotonic() + 10
    while model.loaded and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not model.loaded
    assert translator.translate(["Граница"], source="ru", target="en") == ["The border"]


def test_a_damaged_model_is_named_and_set_aside_and_articles_go_on_untranslated(models: Path) -> None:
    (models / "ru_en" / "model" / "model.bin").write_bytes(b"not a model")
    translator = ArgosTranslator(models)
    with pytest.raises(TranslationError, match=r"ru_en/model: the model cannot be loaded"):
        translator.translate(["Граница"], source="ru", target="en")
    assert (models / "broken" / "ru_en" / "metadata.json").is_file()
    assert translator.model_version("ru", "en") is None
    assert find_translator(("argos",), models) is None


def _truncate_model(package: Path) -> None:
    model = package / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def _remove_metadata(package: Path) -> None:
    (package / "metadata.json").unlink()


def _flip_a_byte(package: Path) -> None:
    model = package / "model" / "model.bin"
    content = bytearray(model.read_bytes())
    content[-100] ^= 0xFF
    model.write_bytes(content)


def _empty_tokenizer(package: Path) -> None:
    (package / "sentencepiece.model").write_bytes(b"not a tokenizer")


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_truncate_model, "checksum differs"),
        (_remove_metadata, "metadata.json missing"),
        (_flip_a_byte, "checksum differs"),
        (_empty_tokenizer, "the model cannot be loaded"),
    ],
    ids=["truncated model", "no metadata", "a byte flipped", "broken tokenizer"],
)
def test_a_corrupt_package_is_named_and_set_aside_and_the_next_engine_goes_on(
    russian_package: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[Path], None],
    named: str,
) -> None:
    installed = install_package(russian_package, tmp_path).path
    damage(installed)
    translator = find_translator(("argos", "gloss"), tmp_path)
    assert translator is not None
    assert translator.translate(["Граница закрыта."], source="ru", target="en") == ["Border closed."]
    assert (tmp_path / "broken" / "ru_en").is_dir()
    assert not installed.exists()
    assert str(installed) in caplog.text
    assert named in caplog.text


def test_a_truncated_model_without_a_checksum_is_set_aside_when_it_is_loaded(
    models: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _truncate_model(models / "ru_en")  # put there by hand
    with pytest.raises(TranslationError, match=r"ru_en/model: the model cannot be loaded"):
        ArgosTranslator(models).translate(["Граница"], source="ru", target="en")
    assert (models / "broken" / "ru_en" / "metadata.json").is_file()
    assert "ru_en" in caplog.text


def test_without_a_model_there_is_no_translator(tmp_path: Path) -> None:
    assert find_translator(("argos",), tmp_path / "none") is None
    assert find_translator((), tmp_path) is None


def test_a_translator_is_found_where_a_package_is_installed(installed: Path) -> None:
    translator = find_translator(("argos",), installed)
    assert translator is not None
    assert translator.translate(["Граница открыта."], source="ru", target="en") == ["The border is open."]


def test_an_unknown_engine_is_refused_with_the_names_of_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"'babelfish'.*argos"):
        find_translator(("babelfish",), tmp_path)


def test_each_pair_goes_to_the_first_engine_that_can(installed: Path, tmp_path: Path) -> None:
    write_lexicon_package(tmp_path, {"وزیر": "The minister"}, source="fa")
    russian, persian = (ArgosTranslator(folder) for folder in (installed, tmp_path))
    both = FirstAble([russian, persian])
    assert both.translate(["Граница"], source="ru", target="en") == ["The border"]
    assert both.translate(["Вазир"], source="tg", target="en") == ["The minister"]
    assert both.model_version("zh", "en") is None
    assert choose_translator([russian, persian], source="tg", target="en") is persian
    with pytest.raises(TranslationError, match="zh to en: none of"):
        both.translate(["你好"], source="zh", target="en")


@pytest.mark.parametrize(
    ("engine", "key"), [("libretranslate", "translation.libretranslate.url"), ("nllb", "translation.nllb.dir")]
)
def test_an_engine_without_its_setting_is_refused_by_key(tmp_path: Path, engine: str, key: str) -> None:
    with pytest.raises(ConfigError) as refused:
        find_translator((engine,), tmp_path)
    assert refused.value.key == key


def test_looking_for_models_loads_no_library(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from extractors.translation import find_translator\n"
        "find_translator(('argos',), pathlib.Path(sys.argv[1]))\n"
        "print(sorted({'ctranslate2', 'argostranslate', 'numpy', 'sentencepiece'} & sys.modules.keys()))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
