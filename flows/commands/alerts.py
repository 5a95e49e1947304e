"""``wakhan alerts`` and ``wakhan verdict``: what alerted, and what a reader says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.durations import Span
from flows.commands.jsonlines import write_line
from flows.commands.options import reason_option, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.alerts.judging import Extended
    from records.verdicts import Judgement, ToldAlert

_JUDGEMENTS = ("right", "wrong", "unsure")


@click.command()
@click.option("--since", type=Span(), help="Articles of this span: 3d, 12h.")
@click.option("--entity", "entities", multiple=True, metavar="ID", help="Only of this entity; may be given again.")
@click.option("--outlet", "outlets", multiple=True, metavar="ID", help="Only of this outlet; may be given again.")
@click.option("--list", "lists", multiple=True, metavar="ID", help="Only of this watch-list; may be given again.")
@click.option("--priority", "priorities", multiple=True, type=click.Choice(["high", "normal", "low"]))
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice(["none", *_JUDGEMENTS]),
    help="Only with this verdict; none: those nobody judged.",
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an alert, with the line that alerted.")
@click.pass_context
def alerts(
    ctx: click.Context,
    since: timedelta | None,
    entities: tuple[str, ...],
    outlets: tuple[str, ...],
    lists: tuple[str, ...],
    priorities: tuple[str, ...],
    verdicts: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:
    """List the newest alerts, each with the short id that `wakhan verdict` takes.

    They come from the published copy: as of the last run, verdict or `wakhan db publish`.
    """
    from flows.alerts.listing import alert_json, alerts_table
    from flows.asking.terminal import look_of_stdout
    from flows.console import say
    from warehouse.asking import open_current
    from warehouse.judging import Choice, newest_alerts

    choice = Choice(
        since=None if since is None else datetime.now(UTC) - since,
        entities=entities,
        outlets=outlets,
        lists=lists,
        priorities=priorities,
        verdicts=verdicts,
    )
    with open_current(settings_of(ctx).published) as reader:
        # One more than is shown, to say that there are more.
        found = newest_alerts(reader, choice, most=limit + 1)
    shown, more = found[:limit], len(found) > limit
    if as_json:
        for each in shown:
            write_line(alert_json(each))
        if more:
            say(f"Cut after {limit:,}; --limit N takes more.")
    elif shown:
        click.echo(alerts_table(shown, look_of_stdout(), cut=more), nl=False, color=True)
    else:
        say("No alerts." if choice == Choice() else "No alerts that fit what is asked for.")


@click.command()
@click.argument("wanted", metavar="ALERT...", nargs=-1, required=True)
@click.argument("said", metavar="right|wrong|unsure", type=click.Choice(_JUDGEMENTS))
@click.option("--note", help="Why you say so, in your words; kept with the verdict.")
@click.option("--by", metavar="READER", help="Who says so (default: the setting `reader`, git's user.name, the login).")
@click.option("--not", "excluded", multiple=True, metavar="LANG=PHRASE", help="A phrase in which it does not count.")
@reason_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an alert.")
@click.pass_context
def verdict(
    ctx: click.Context,
    /,
    wanted: tuple[str, ...],
    said: Judgement,
    note: str | None,
    by: str | None,
    excluded: tuple[str, ...],
    reason: str | None,
    as_json: bool,
) -> None:
    """Say of alerts that they are right, wrong or unsure; ALERT is an id, or the beginning of it.

    The digest and `wakhan alerts` show the ids. Verdicts are added, never changed: the newest counts.

    \b
    An alert is wrong, and always will be in such a phrase?
      wakhan verdict 3f2a91bc wrong --not ru='201-я база отдыха'
    """
    from flows.alerts.judging import give_verdicts, judged_json, judged_line, reader_of
    from flows.names.editing import names_of

    if excluded and said != "wrong":
        raise click.UsageError(f"--not is for alerts that are wrong, and these are {said}.")
    if reason is not None and not excluded:
        raise click.UsageError("-m says why a list changes: give --not, too. Why the alert is so, --note says.")
    settings = settings_of(ctx)
    reader = reader_of(by, settings)
    judged, extended = give_verdicts(
        settings,
        # As the digest prints them, and as a hand types them.
        [each.strip().strip("[]").lower() for each in wanted],
        said,
        reader=reader,
        note=note,
        phrases=names_of({"not": excluded})["not"],
        reason=reason,
        now=datetime.now(UTC),
    )
    for alert in judged:
        if as_json:
            write_line(judged_json(alert, reader=reader, note=note))
        else:
            click.echo(judged_line(alert))
    if extended is not None:
        _say_extended(extended)
    elif said == "wrong" and not as_json:
        _say_how_to_mend(ctx, judged)


def _say_extended(extended: Extended) -> None:
    from flows.console import say

    say(extended.kept.told(f"{extended.entity_id} extended"))
    for alert in extended.still_named:
        say(f"{alert.short_id} would alert all the same: another line of the article names {alert.caption}.")


def _say_how_to_mend(ctx: click.Context, judged: Sequence[ToldAlert]) -> None:
    """Show the lines that alerted, and what would keep such lines from alerting again."""
    from flows.alerts.judging import line_of, mending_command
    from flows.console import say

    named = ctx.find_root().obj
    commands: set[str] = set()
    for alert in judged:
        line = line_of(alert)
        say(f"{alert.short_id}: {line or 'the line that alerted has been edited out of the article since.'}")
        command = mending_command(alert, named if isinstance(named, Path) else None)
        if command and command not in commands:
            say(f"  {command}")
            commands.add(command)
    if commands:
        say("If the name never counts in such a phrase, paste the command; the phrase may be longer or shorter.")
        if settings_of(ctx).lists is None:
            say(
                "The bundled list is not written to: make one of your own before, "
                "`mkdir mine; wakhan lists show --yaml > mine/beat.yml`, then `lists: mine` in wakhan.yml."
            )
