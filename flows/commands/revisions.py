"""``wakhan revisions``: what an outlet changed in an article after it was first seen."""

from __future__ import annotations

import json

import click

from flows.commands.options import settings_of
from records.counting import count_of


@click.command()
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="All versions in full and the changes between them, as JSON.")
@click.pass_context
def revisions(ctx: click.Context, article: str, as_json: bool) -> None:
    """Show side by side what changed in ARTICLE: its id, the beginning of it, or its URL."""
    from flows.commands.comparison import history_data, revision_table
    from flows.console import say, stdout
    from warehouse.asking import open_current
    from warehouse.history import history_of

    with open_current(settings_of(ctx).published) as reader:
        history = history_of(reader, article)
    if as_json:
        click.echo(json.dumps(history_data(history), ensure_ascii=False, indent=2))
        return
    first, last = history.versions[0], history.versions[-1]
    say(f"{history.outlet}: {' '.join(last.title.split())}")
    say(f"{history.url}, first seen {first.seen_at:%Y-%m-%d %H:%M} UTC")
    console = stdout()
    for number, (old, new) in enumerate(zip(history.versions, history.versions[1:], strict=False), 1):
        console.print(revision_table(number, old, new, colours=console.is_terminal and not console.no_color))
    if len(history.versions) == 1:
        say("It has not been changed since.")
    if history.missing is not None:
        certain = "vanished" if history.missing.vanished_at else "missing, and not yet certain to stay so"
        say(
            f"Its page is {certain}: status {history.missing.status} "
            f"since {history.missing.since:%Y-%m-%d %H:%M} UTC, {count_of(history.missing.tries, 'try', 'tries')}."
        )
