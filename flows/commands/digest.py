"""``wakhan digest``: the daily digest, as a file and as mail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.durations import Span
from flows.commands.options import Group, settings_of

if TYPE_CHECKING:
    from flows.mail.mailing import Sending


@click.group(cls=Group)
def digest() -> None:
    """The daily digest."""


@digest.command()
@click.option("--since", type=Span(), help="Alerts of this span of time up to now.  [default: 1d, or all not told yet]")
@click.option("--reader", help="What this reader's next digest holds, as their subscription wishes it.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the HTML here and the text beside it; a .txt is the text alone.",
)
@click.option("--text", "as_text", is_flag=True, help="Write the text part to stdout instead of files.")
@click.pass_context
def preview(ctx: click.Context, since: timedelta | None, reader: str | None, out: Path | None, as_text: bool) -> None:
    """Write the digest as HTML and text, and say where; opens nothing by itself."""
    from flows.mail.digests import render_edition, render_next, write_digest
    from flows.mail.mailing import readers_of, utc_now

    settings, now = settings_of(ctx), utc_now()
    if reader is not None:
        (subscription,) = readers_of(settings, [reader])
        rendered = render_next(settings, subscription, now=now, since=now - since if since else None)
    else:
        rendered = render_edition(settings, since=now - (since or timedelta(days=1)), until=now)
    if as_text:
        click.echo(rendered.text, nl=False)
    else:
        name = f"digest-{rendered.day}" + (f"-{reader}" if reader else "")
        click.echo(write_digest(rendered, out or settings.digests / f"{name}.html"))


@digest.command()
@click.option("--dry-run", is_flag=True, help="Say what is due, send and write nothing.")
@click.option("--reader", "readers", multiple=True, help="Only this reader; may be given again.")
@click.pass_context
def send(ctx: click.Context, dry_run: bool, readers: tuple[str, ...]) -> None:
    """Send the digests that are due, and what an earlier try left waiting.

    Call it every few minutes: who was told today is not told again. Exit 1 when a server did not take one.
    """
    from flows.console import say
    from flows.mail.mailing import due_now, send_due, utc_now

    settings = settings_of(ctx)
    sendings = (due_now if dry_run else send_due)(settings, now=utc_now(), only=readers)
    for sending in sendings:
        click.echo(_line(sending))
    if not sendings:
        say("Nothing is due.")
    if any(sending.state not in {"due", "sent"} for sending in sendings):
        ctx.exit(1)


def _line(sending: Sending) -> str:
    said = f" ({sending.said})" if sending.said and sending.state != "sent" else ""
    return f"{sending.reader}: {sending.state}: {sending.subject}{said}"
