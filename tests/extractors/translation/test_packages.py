from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.translation.packages import find_packages, install_package, read_package, set_aside
from records import ConfigError


def test_a_package_file_is_installed_and_found(russian_package: Path, tmp_path: Path) -> None:
    assert russian_package.stat().st_size < 4_000_000
    installed = install_package(russian_package, tmp_path / "models")
    packages, broken = find_packages(tmp_path / "models")
    assert packages == (installed,)
    assert broken == ()
    assert (installed.source, installed.target, installed.version) == ("ru", "en", "1.0")


@pytest.mark.parametrize("missing", ["model/model.bin", "model/config.json", "sentencepiece.model", "metadata.json"])
def test_a_package_that_is_not_whole_is_named_with_what_is_missing(models: Path, missing: str) -> None:
    (models / "ru_en" / missing).unlink()
    packages, broken = find_packages(models)
    assert packages == ()
    assert [error.path for error in broken] == [models / "ru_en"]
    assert missing in str(broken[0])


def test_metadata_that_is_none_is_named(models: Path) -> None:
    (models / "ru_en" / "metadata.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="from_code"):
        read_package(models / "ru_en")


def test_folders_that_are_no_packages_are_left_alone(models: Path) -> None:
    (models / "notes").mkdir()
    (models / "notes" / "readme.txt").write_text("ours", encoding="utf-8")
    packages, broken = find_packages(models)
    assert ([each.source for each in packages], broken) == (["ru"], ())


def test_a_file_cut_short_installs_nothing(russian_package: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.argosmodel"
    short.write_bytes(russian_package.read_bytes()[:-2000])
    with pytest.raises(ConfigError, match="cannot be unpacked"):
        install_package(short, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_file_with_a_flipped_byte_installs_nothing(russian_package: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.argosmodel"
    content = bytearray(russian_package.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    with pytest.raises(ConfigError, match=r"damaged|cannot be unpacked"):
        install_package(damaged, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_file_that_would_write_elsewhere_is_refused(tmp_path: Path) -> None:
    evil = tmp_path / "evil.argosmodel"
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("../outside.txt", "x")
    with pytest.raises(ConfigError, match="must hold one folder"):
        install_package(evil, tmp_path / "models")
    assert not (tmp_path / "outside.txt").exists()


def test_installing_again_replaces_the_package(russian_package: Path, models: Path) -> None:
    (models / "ru_en" / "model" / "model.bin").write_bytes(b"")
    install_package(russian_package, models)
    assert find_packages(models)[1] == ()


def test_a_package_set_aside_is_found_no_more(models: Path) -> None:
    place = set_aside(models / "ru_en")
    assert place == models / "broken" / "ru_en"
    assert find_packages(models) == ((), ())
