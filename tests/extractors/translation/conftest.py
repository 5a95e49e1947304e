from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.argos_models import write_lexicon_package

RUSSIAN = {
    "Президент": "The president",
    "президент": "president",
    "прибыл": "arrived",
    "прибыла": "arrived",
    "делегация": "delegation",
    "Делегация": "A delegation",
    "в": "in",
    "Пекин": "Beijing",
    "Пекин.": "Beijing.",
    "Душанбе.": "Dushanbe.",
    "утром": "in the morning",
    "и": "and",
    "граница": "border",
    "Граница": "The border",
    "закрыта.": "is closed.",
    "открыта.": "is open.",
    "песня": "♪",
    "эхо": "la la la la la la la la",
}


@pytest.fixture(scope="session")
def russian_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ``.argosmodel`` file that translates the words above."""
    return write_lexicon_package(tmp_path_factory.mktemp("argos"), RUSSIAN, source="ru")


@pytest.fixture(scope="session")
def installed(russian_package: Path) -> Path:
    """A folder with that package installed in it; for reading only."""
    return russian_package.parent


@pytest.fixture
def models(installed: Path, tmp_path: Path) -> Path:
    """The same, for a test that changes it."""
    shutil.copytree(installed / "ru_en", tmp_path / "models" / "ru_en")
    return tmp_path / "models"
