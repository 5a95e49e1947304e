"""``wakhan digest``: the daily digest as a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from flows.commands.durations import Span
from flows.commands.options import settings_of


@click.group()
def digest() -> None:
    """The daily digest."""


@digest.command()
@click.option("--since", type=Span(), default="1d", show_default=True, help="Alerts of this span of time up to now.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the HTML here.")
@click.option("--text", "as_text", is_flag=True, help="Write the text part to stdout instead of files.")
@click.pass_context
def preview(ctx: click.Context, since: timedelta, out: Path | None, as_text: bool) -> None:
    """Write the digest as HTML and text, and say where; opens nothing by itself."""
    from flows.digests import render_edition, write_digest

    settings = settings_of(ctx)
    until = datetime.now(UTC)
    if as_text:
        click.echo(render_edition(settings, since=until - since, until=until).text, nl=False)
    else:
        click.echo(write_digest(settings, since=until - since, until=until, path=out))
