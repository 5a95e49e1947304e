"""What every command asks of the command line's context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.jsonlines import existing_path

if TYPE_CHECKING:
    from flows.settings import Settings
    from watchlists.listfile import WatchList


class Group(click.Group):
    """A group of commands that shows the first sentence of each whole, where click cuts it to what fits a line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(limit=1000)) for name, command in found if command])


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings for this call; read once, since commands ask once."""
    from flows.settings import load_settings

    named = ctx.find_root().obj
    return load_settings(named if isinstance(named, Path) else None)


def lists_of(ctx: click.Context, path: Path | None) -> tuple[WatchList, ...]:
    """Return the lists that ``--lists`` names, or those of the settings."""
    from watchlists.listfile import load_lists

    return load_lists(path or settings_of(ctx).lists)


def _reason(ctx: click.Context, parameter: click.Parameter, reason: str | None) -> str | None:  # noqa: ARG001 - click's
    """Refuse a reason that says nothing before anything is done."""
    from watchlists.history import need_reason

    return None if reason is None else need_reason(reason)


reason_option = click.option(
    "-m", "--reason", callback=_reason, help="Why; commits the list file, where it is kept in git."
)
lists_option = click.option(
    "--lists", "path", type=existing_path(), help="A list file or a folder of them (default: yours, or the bundled)."
)
list_name_option = click.option("--list", "list_id", help="Which list, where there are several: its file's name.")
