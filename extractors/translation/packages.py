"""Argos packages on disk: a folder each, with a CTranslate2 model, a tokenizer and ``metadata.json``."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from records import ConfigError

# What a package cannot work without; one of the two tokenizers must be there.
REQUIRED = ("metadata.json", "model/model.bin", "model/config.json")
TOKENIZERS = ("sentencepiece.model", "bpe.model")
# The SHA-256 of the model as it was installed by us; packages put there by hand have none.
CHECKSUM = "model.sha256"
# Where a package that cannot be read is put, so that the next run does not stumble over it.
SET_ASIDE = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An installed package; ``tokenizer`` is the file of its SentencePiece or BPE model."""

    path: Path
    source: str
    target: str
    version: str
    tokenizer: Path
    target_prefix: str


def find_packages(folder: Path) -> tuple[tuple[Package, ...], tuple[ConfigError, ...]]:
    """Read the packages in a folder, newest version first, and say which cannot be used and why."""
    packages: list[Package] = []
    broken: list[ConfigError] = []
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name == SET_ASIDE or not _looks_like_a_package(path) or _is_no_translator(path / "metadata.json"):
                continue
            try:
                packages.append(read_package(path))
            except ConfigError as error:
                broken.append(error)
    packages.sort(key=lambda package: _version_key(package.version), reverse=True)
    return tuple(packages), tuple(broken)


def _looks_like_a_package(path: Path) -> bool:
    """Whether a folder has any of the files of a package; others are none of our business."""
    return any((path / name).is_file() for name in (*REQUIRED, *TOKENIZERS))


def _is_no_translator(metadata: Path) -> bool:
    try:
        return bool(json.loads(metadata.read_bytes()).get("type", "translate") != "translate")
    except (ValueError, AttributeError, OSError):
        return False  # read_package says what is wrong


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.replace("-", ".").split("."))


def read_package(path: Path) -> Package:
    """Read one installed package.

    Raises ``ConfigError`` naming the package and what is missing.
    """
    fix = f"Install it again with `wakhan models add`, or remove {path.name}."
    missing = [name for name in REQUIRED if not (path / name).is_file() or not (path / name).stat().st_size]
    tokenizer = next((path / name for name in TOKENIZERS if (path / name).is_file()), None)
    if tokenizer is None:
        missing.append(" or ".join(TOKENIZERS))
    if missing:
        raise ConfigError(f"not a whole Argos package: {', '.join(missing)} missing or empty", path=path, fix=fix)
    assert tokenizer is not None
    try:
        metadata = json.loads((path / "metadata.json").read_text(encoding="utf-8"))
        return Package(
            path=path,
            source=str(metadata["from_code"]),
            target=str(metadata["to_code"]),
            version=str(metadata.get("package_version", "")) or "0",
            tokenizer=tokenizer,
            target_prefix=str(metadata.get("target_prefix", "")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"metadata.json is not an Argos package's: {error!r}", path=path, fix=fix) from error


def install_package(file: Path, folder: Path) -> Package:
    """Unpack an ``.argosmodel`` file into a folder, whole or not at all.

    Raises ``ConfigError`` when the file is not a package, is cut short, or would write outside the folder.
    """
    fix = "Download it again, or build it again."
    staging = folder / f".{file.stem}.partly"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        try:
            with zipfile.ZipFile(file) as archive:
                root = _only_root(archive)
                if root is None:
                    raise ConfigError("not an Argos package: it must hold one folder", path=file, fix=fix)
                if (bad := archive.testzip()) is not None:
                    raise ConfigError(f"{bad} inside is damaged", path=file, fix=fix)
                archive.extractall(staging)
        except (zipfile.BadZipFile, EOFError, OSError) as error:
            raise ConfigError(f"cannot be unpacked: {error}", path=file, fix=fix) from error
        read_package(staging / root)
        (staging / root / CHECKSUM).write_text(_checksum(staging / root), encoding="ascii")
        installed = folder / root
        shutil.rmtree(installed, ignore_errors=True)
        (staging / root).replace(installed)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return read_package(installed)


def check_package(package: Package) -> None:
    """Compare the model with what was installed, where its checksum was written down (half a second for 100 MB).

    Raises ``ConfigError`` naming the package whose model has changed.
    """
    written = package.path / CHECKSUM
    if written.is_file() and written.read_text(encoding="ascii").strip() != _checksum(package.path):
        raise ConfigError(
            "model.bin is not what was installed: its checksum differs",
            path=package.path,
            fix="Install it again with `wakhan models add`.",
        )


def _checksum(package: Path) -> str:
    with (package / "model" / "model.bin").open("rb") as model:
        return hashlib.file_digest(model, "sha256").hexdigest()


def _only_root(archive: zipfile.ZipFile) -> str | None:
    paths = [PurePosixPath(name) for name in archive.namelist()]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        return None
    roots = {path.parts[0] for path in paths if path.parts}
    return roots.pop() if len(roots) == 1 else None


def set_aside(package: Path) -> Path:
    """Move a package that cannot be used to ``broken`` beside it, and return where it went."""
    shelf = package.parent / SET_ASIDE
    shelf.mkdir(exist_ok=True)
    place = shelf / package.name
    shutil.rmtree(place, ignore_errors=True)
    package.replace(place)
    return place
