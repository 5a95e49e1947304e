"""``wakhan status``: how everything stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from flows.commands.options import settings_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Show the last runs, what is late or failed, what waits, sources that are silent, and disk.

    Works while `wakhan up` runs and without it. Exit 1 when something should be looked at.
    """
    settings = settings_of(ctx)
    from flows.schedule.showing import show_status, status_json
    from flows.schedule.status import read_status, troubles_of

    found = read_status(settings, now=datetime.now(UTC))
    troubles = troubles_of(found)
    if as_json:
        click.echo(json.dumps(status_json(found, troubles), ensure_ascii=False))
    else:
        show_status(found, troubles)
    ctx.exit(1 if troubles else 0)
