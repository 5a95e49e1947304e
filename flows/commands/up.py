"""``wakhan up``: Prefect's server and all schedules."""

from __future__ import annotations

import click

from flows.commands.options import settings_of


@click.command()
@click.pass_context
def up(ctx: click.Context) -> None:
    """Run everything on its schedule, with Prefect's pages on loopback, until Ctrl-C or SIGTERM.

    Collects what is due every minute, tells immediate alerts, sends the digests, translates what waits, publishes and
    prunes. May be killed and started again at any time. See docs/operations.md.
    """
    settings = settings_of(ctx)
    from flows.logs import set_up_logging
    from flows.schedule.up import stay_up

    set_up_logging(settings)
    stay_up(settings)
