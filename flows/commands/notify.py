"""``wakhan notify``: immediate alerts, for those who run Wakhan from cron."""

from __future__ import annotations

import click

from flows.commands.options import settings_of


@click.command()
@click.option("--dry-run", is_flag=True, help="Say whether there is something to tell, send and write nothing.")
@click.pass_context
def notify(ctx: click.Context, dry_run: bool) -> None:
    """Tell the addresses of `notify.urls` what is important and new, once each.

    Call it after every run; `wakhan up` does it by itself. Exit 1 when an address did not take a message.
    """
    from flows.console import say
    from flows.mail.mailing import utc_now
    from flows.mail.notify import has_news
    from flows.mail.notify import notify as tell
    from records import ConfigError

    settings = settings_of(ctx)
    if not settings.notify.urls:
        raise ConfigError(
            "no address is told anything at once",
            key="notify.urls",
            fix="Name environment variables with Apprise addresses, as docs/digest.md shows.",
        )
    if dry_run:
        click.echo("There is news." if has_news(settings, now=utc_now()) else "Nothing to tell.")
        return
    notices = tell(settings, now=utc_now())
    for notice in notices:
        click.echo(f"{notice.name}: {notice.state}: {notice.title}")
    if not notices:
        say("Nothing to tell.")
    if any(notice.state != "sent" for notice in notices):
        ctx.exit(1)
