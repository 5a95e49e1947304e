"""``wakhan models``: translation models, listed, fetched from an index, added from a file, removed."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import Group, settings_of
from records import ConfigError

if TYPE_CHECKING:
    from flows.settings import Settings

TIMEOUT_SECONDS = 60.0
_NO_NETWORK = "Without a network: fetch the package elsewhere and name it to `wakhan models add FILE`."


@click.group(cls=Group)
def models() -> None:
    """Translation models: what is installed, and more of them."""


@models.command("list")
@click.pass_context
def list_models(ctx: click.Context) -> None:
    """Show the installed models, and beside them the engines of the settings with their state."""
    from extractors.translation.packages import find_packages
    from flows.ingest.engines import states_of

    settings = settings_of(ctx)
    for name, state in states_of(settings):
        click.echo(f"{name}\t{state}", err=True)
    folder = settings.models
    packages, broken = find_packages(folder)
    for package in packages:
        click.echo(f"{package.source}-{package.target}\t{package.version}\t{package.path}")
    for error in broken:
        click.echo(str(error), err=True)
    if not packages:
        click.echo(f"No models in {folder}; Russian, Tajik and Chinese are glossed word by word.", err=True)


@models.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def add(ctx: click.Context, file: Path) -> None:
    """Install a local .argosmodel FILE."""
    _install(file, settings_of(ctx))


@models.command()
@click.argument("pair")
@click.pass_context
def remove(ctx: click.Context, pair: str) -> None:
    """Remove the models of a PAIR of languages, such as ru-en."""
    from extractors.translation.packages import find_packages

    folder = settings_of(ctx).models
    found = [each for each in find_packages(folder)[0] if f"{each.source}-{each.target}" == pair]
    if not found:
        raise ConfigError(f"no model {pair} is installed", path=folder, fix="`wakhan models list` shows what is.")
    for package in found:
        shutil.rmtree(package.path)
        click.echo(f"Removed {package.path}", err=True)


@models.command()
@click.argument("pair")
@click.pass_context
def install(ctx: click.Context, pair: str) -> None:
    """Fetch and install the newest model of a PAIR of languages, such as ru-en."""
    settings = settings_of(ctx)
    source, _, target = pair.partition("-")
    index = settings.translation.mirror or _usual_index()
    offered = [each for each in _read_index(index) if (each.get("from_code"), each.get("to_code")) == (source, target)]
    if not offered:
        raise ConfigError(f"the index has no model {pair}", key=index, fix="Pairs are named like ru-en.")
    newest = max(offered, key=lambda each: [int(part) for part in str(each["package_version"]).split(".")])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{pair}.argosmodel"
        _download(_link(newest, index), file, checksum=newest.get("sha256"))
        _install(file, settings)


def _install(file: Path, settings: Settings) -> None:
    from extractors.translation.packages import install_package

    settings.models.mkdir(parents=True, exist_ok=True)
    package = install_package(file, settings.models)
    click.echo(f"Installed {package.source}-{package.target} {package.version} in {package.path}", err=True)


def _usual_index() -> str:
    from extractors.translation.downloading import usual_index

    return usual_index()


def _read_index(index: str) -> list[dict[str, Any]]:
    from extractors.translation.downloading import read_json

    found = read_json(index, timeout_seconds=TIMEOUT_SECONDS, advice=_NO_NETWORK)
    if not isinstance(found, list):
        raise ConfigError("this is no index of Argos packages", key=index, fix="It is a JSON list.")
    return [each for each in found if isinstance(each, dict)]


def _link(entry: dict[str, Any], index: str) -> str:
    """Return where a package lies; on a mirror beside its index, whatever the index says."""
    from urllib.parse import urljoin, urlsplit

    links = [link for link in entry.get("links", ()) if urlsplit(str(link)).scheme in {"http", "https", ""}]
    if not links:
        raise ConfigError("the index gives no address for this model", key=index, fix=_NO_NETWORK)
    own = urlsplit(index).netloc
    link = str(links[0])
    beside = urlsplit(link).netloc in {own, ""} or index == _usual_index()
    return urljoin(index, link) if beside else urljoin(index, link.rsplit("/", 1)[-1])


def _download(url: str, file: Path, *, checksum: str | None) -> None:
    from extractors.translation.downloading import read_chunks

    digest = hashlib.sha256()
    total, chunks = read_chunks(url, timeout_seconds=TIMEOUT_SECONDS, advice=_NO_NETWORK)
    with (
        file.open("wb") as out,
        click.progressbar(length=total, label="Fetching", file=sys.stderr) as bar,
    ):
        for chunk in chunks:
            digest.update(chunk)
            out.write(chunk)
            bar.update(len(chunk))
    if checksum and digest.hexdigest() != checksum.lower():
        raise ConfigError("the package is not what the index says: its checksum differs", key=url, fix="Try again.")
    click.echo(f"sha256 {digest.hexdigest()}", err=True)
