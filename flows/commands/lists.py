"""``wakhan lists``: watch-lists, looked at and checked before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.jsonlines import existing_path
from flows.commands.options import settings_of

if TYPE_CHECKING:
    from watchlists.listfile import WatchList


@click.group()
def lists() -> None:
    """Watch-lists: who is looked for."""


def _loaded(ctx: click.Context, path: Path | None) -> tuple[WatchList, ...]:
    from watchlists.listfile import load_lists

    return load_lists(path or settings_of(ctx).lists)


_lists_option = click.option(
    "--lists", "path", type=existing_path(), help="A list file or a folder of them (default: yours, or the bundled)."
)
