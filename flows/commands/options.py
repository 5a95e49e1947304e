"""What every command asks of the command line's context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flows.settings import Settings


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings for this call; read once, since commands ask once."""
    from flows.settings import load_settings

    named = ctx.find_root().obj
    return load_settings(named if isinstance(named, Path) else None)
