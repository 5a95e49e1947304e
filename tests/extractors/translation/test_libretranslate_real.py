"""Against a real LibreTranslate server with the tiny package, in a virtual environment of its own (578 MB).

Deselected by default: ``pytest -m libretranslate`` installs and runs it. ``WAKHAN_LIBRETRANSLATE_PYTHON`` names a
Python that has it already.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench.argos_models import write_lexicon_package
from extractors.translation.libretranslate import LibreTranslateOptions, LibreTranslator
from records import TranslationError

pytestmark = [pytest.mark.libretranslate, pytest.mark.timeout(900)]

# The server as it comes, but for its sentence splitter, which would be a download: a line is a sentence here.
SERVER = """
from argostranslate import translate
class Lines:
    def __init__(self, package): pass
    def split_sentences(self, text): return text.splitlines() or [text]
translate.MiniSBDSentencizer = Lines
from libretranslate.main import main
main()
"""
# The first start makes its tables of rate limits and loads what it can.
START_SECONDS = 120


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the Python of an environment that has LibreTranslate."""
    given = os.environ.get("WAKHAN_LIBRETRANSLATE_PYTHON")
    if given:
        return given
    folder = tmp_path_factory.mktemp("libretranslate") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "-q", "libretranslate"], check=True)
    return str(folder / "bin" / "python")


@pytest.fixture(scope="module")
def server(python: str, installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    packages = home / "packages"
    shutil.copytree(installed / "ru_en", packages / "ru_en")
    # With fewer than two packages the server would ask for more on the net.
    made = write_lexicon_package(home / "made", {"border": "граница"}, source="en", target="ru")
    shutil.copytree(made.parent / "en_ru", packages / "en_ru")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--disable-web-ui", "--req-limit", "30"]
    with subprocess.Popen(
        [python, "-c", SERVER, *options],
        cwd=home,
        env={**os.environ, "HOME": str(home), "ARGOS_PACKAGES_DIR": str(packages)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_SECONDS
        while not _answers(url):
            assert running.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.5)
        yield url
        running.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5).is_success
    except httpx.HTTPError:
        return False


def test_a_real_server_translates_and_names_its_version(server: str) -> None:
    translator = LibreTranslator(LibreTranslateOptions(url=server))
    texts = ["Президент прибыл в Пекин.", "Граница закрыта.\nграница"]
    done = translator.translate(texts, source="ru", target="en")
    assert done == ["The president arrived in Beijing.", "The border is closed.\nborder"]
    version = translator.model_version("ru", "en")
    assert version is not None
    assert version.startswith("libretranslate 1.")
    assert version.endswith(" ru-en")
    assert translator.model_version("zh", "en") is None


def test_a_server_that_does_not_answer_in_time_is_an_error_that_says_so(server: str) -> None:
    hasty = LibreTranslator(LibreTranslateOptions(url=server, timeout_seconds=0.0001, attempts=2), sleep=lambda _: None)
    with pytest.raises(TranslationError, match=r"no answer within 0\.0001 s|cannot be reached"):
        hasty.translate(["граница"], source="ru", target="en")


def test_a_real_429_is_waited_for(server: str) -> None:
    waits: list[float] = []
    translator = LibreTranslator(LibreTranslateOptions(url=server, attempts=2), sleep=waits.append)
    texts = ["граница " * 400] * 60  # a request each; the server takes thirty a minute
    with pytest.raises(TranslationError, match="answers 429"):
        translator.translate([f"{number} {text}" for number, text in enumerate(texts)], source="ru", target="en")
    assert len(waits) == 1
