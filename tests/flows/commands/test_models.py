"""``wakhan models``: what is installed, added, fetched from a mirror and removed."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import wakhan
from records import ConfigError


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Make a package that installs; its model is never loaded here."""
    file = tmp_path / "mirror" / "translate-ru_en-1_9.argosmodel"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as archive:
        metadata = {"from_code": "ru", "to_code": "en", "package_version": "1.9", "type": "translate"}
        archive.writestr("ru_en/metadata.json", json.dumps(metadata))
        for name in ("model/model.bin", "model/config.json", "sentencepiece.model"):
            archive.writestr(f"ru_en/{name}", "x")
    return file


@pytest.fixture
def mirror(package: Path) -> Iterator[str]:
    """Serve an index whose links point elsewhere, and the package beside it."""
    entry = {
        "from_code": "ru",
        "to_code": "en",
        "package_version": "1.9",
        "links": [f"https://elsewhere.invalid/v1/{package.name}"],
        "sha256": hashlib.sha256(package.read_bytes()).hexdigest(),
    }
    (package.parent / "index.json").write_text(json.dumps([entry, entry | {"package_version": "1.1"}]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(package.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.json"
    server.shutdown()
    server.server_close()


def run(tmp_path: Path, *command: str, mirror: str = "") -> str:
    settings = tmp_path / "wakhan.yml"
    settings.write_text(f"data_dir: {tmp_path / 'data'}\ntranslation: {{mirror: '{mirror}'}}\n")
    done = CliRunner().invoke(wakhan, ["--settings", str(settings), "models", *command], catch_exceptions=False)
    return done.stdout


def test_a_local_package_is_added_listed_and_removed(tmp_path: Path, package: Path) -> None:
    run(tmp_path, "add", str(package))
    assert run(tmp_path, "list").startswith("ru-en\t1.9\t")
    run(tmp_path, "remove", "ru-en")
    assert run(tmp_path, "list") == ""


def test_a_package_is_fetched_from_the_mirror_whatever_address_its_index_gives(tmp_path: Path, mirror: str) -> None:
    run(tmp_path, "install", "ru-en", mirror=mirror)
    assert run(tmp_path, "list").startswith("ru-en\t1.9\t")


def test_a_package_that_is_not_what_the_index_says_is_not_installed(tmp_path: Path, package: Path, mirror: str) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("more.txt", "x")
    with pytest.raises(ConfigError, match="checksum"):
        run(tmp_path, "install", "ru-en", mirror=mirror)
    assert run(tmp_path, "list") == ""


def test_without_a_network_the_way_around_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="wakhan models add"):
        run(tmp_path, "install", "ru-en", mirror="http://127.0.0.1:9/index.json")


def test_a_model_that_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no model xx-en is installed"):
        run(tmp_path, "remove", "xx-en")


def test_every_engine_of_the_settings_is_shown_with_its_state(tmp_path: Path, package: Path) -> None:
    settings = tmp_path / "wakhan.yml"
    settings.write_text(
        f"data_dir: {tmp_path / 'data'}\n"
        "translation:\n"
        "  engines: [argos, libretranslate, nllb, gloss]\n"
        "  libretranslate: {url: 'http://127.0.0.1:9'}\n"
        f"  nllb: {{dir: {tmp_path}}}\n"
    )
    listing = ["--settings", str(settings), "models", "list"]
    before = CliRunner().invoke(wakhan, listing, catch_exceptions=False).stderr
    CliRunner().invoke(wakhan, [*listing[:3], "add", str(package)], catch_exceptions=False)
    after = CliRunner().invoke(wakhan, listing, catch_exceptions=False).stderr
    assert "argos\tno model installed" in before
    assert "argos\tready: ru to en (ru-en 1.9, beam 2)" in after
    assert "libretranslate\tnot ready: http://127.0.0.1:9 does not answer" in after
    assert "nllb\tnot ready: " in after
    assert "model.bin" in after
    assert "gloss\tready: ru, tg, zh to en" in after
