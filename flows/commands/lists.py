"""``wakhan lists``: watch-lists, looked at and checked before they are used."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.durations import Span
from flows.commands.jsonlines import existing_path, write_line
from flows.commands.lists_interchange import export, import_
from flows.commands.options import Group, list_name_option, lists_of, lists_option, reason_option, settings_of
from records.counting import count_of

if TYPE_CHECKING:
    from warehouse.judging import Judged


@click.group(cls=Group)
def lists() -> None:
    """Watch-lists: who is looked for."""


lists.add_command(import_)
lists.add_command(export)


@lists.command()
@lists_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one a list, with its findings.")
@click.pass_context
def check(ctx: click.Context, path: Path | None, as_json: bool) -> None:
    """Say whether the lists hold together, and what in them will not work as meant or was judged wrong.

    Exit 2 for a file that cannot be read (with the line and the fix), and for what must be put right; warnings alone
    are no failure.
    """
    from flows.names.lists import check_all, check_json, check_lines

    found, published = lists_of(ctx, path), settings_of(ctx).published
    judged: tuple[Judged, ...] = ()
    if published.exists():
        from flows.alerts.judging import judged_wrong

        judged = judged_wrong(published)
    checks = check_all(found, judged)
    for one in checks:
        if as_json:
            write_line(check_json(one))
        else:
            click.echo("\n".join(check_lines(one)))
    ctx.exit(2 if any(finding.severity == "error" for one in checks for finding in one.findings) else 0)


@lists.command()
@click.argument("entity_id", metavar="[ENTITY]", required=False)
@lists_option
@click.option(
    "--yaml", "as_file", is_flag=True, help="The one list's file as it is, to copy it into a folder of yours."
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an entity, with the keys of the file.")
@click.pass_context
def show(ctx: click.Context, entity_id: str | None, path: Path | None, as_file: bool, as_json: bool) -> None:
    """Show every entity in a line, or one entity whole."""
    from flows.names.lists import entities_table, entity_description, entity_json, find_entities, list_text

    found = lists_of(ctx, path)
    if as_file:
        click.echo(list_text(path or settings_of(ctx).lists), nl=False)
        return
    chosen = find_entities(found, entity_id)
    if as_json:
        for watch_list, entity in chosen:
            write_line(entity_json(watch_list, entity))
        return
    from flows.asking.terminal import look_of_stdout
    from flows.console import stdout

    if entity_id is None:
        click.echo(entities_table(chosen, look_of_stdout()), nl=False, color=True)
        return
    for watch_list, entity in chosen:
        for part in entity_description(watch_list, entity):
            stdout().print(part)


@lists.command()
@click.argument("entity_id", metavar="ENTITY")
@lists_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one a form.")
@click.pass_context
def forms(ctx: click.Context, entity_id: str, path: Path | None, as_json: bool) -> None:
    """Show every spelling that is looked for in articles, and how it comes from the listed name."""
    from flows.names.lists import find_entities, form_json, forms_table
    from watchlists.forms import forms_of

    for watch_list, entity in find_entities(lists_of(ctx, path), entity_id):
        if as_json:
            for form in forms_of(entity):
                write_line(form_json(watch_list, entity, form))
        else:
            from flows.asking.terminal import look_of_stdout

            click.echo(forms_table(entity, forms_of(entity), look_of_stdout()), nl=False, color=True)


@lists.command("try")
@click.argument("file", type=existing_path())
@lists_option
@click.option("--since", type=Span(), default="30d", show_default=True, help="Articles of this span: 90d, 12h.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an entity that changes.")
@click.pass_context
def try_(ctx: click.Context, file: Path, path: Path | None, since: timedelta, as_json: bool) -> None:
    """Show which alerts the list FILE would have added and lost, on the articles that have landed.

    FILE takes the place of your list of the same name, or else of the one that it has most entities of; where there is
    none it comes beside your lists. A list that is in use is held against its last commit. Nothing is changed.
    """
    from flows.console import say, stdout
    from flows.names.trying import change_of, trial_description, trial_json, try_on_stored
    from watchlists.listfile import list_files

    settings = settings_of(ctx)
    own = path or settings.lists
    change = change_of(file, lists_of(ctx, path), list_files(own) if own else ())
    trials, looked_at = try_on_stored(settings.published, change, since=since)
    if as_json:
        for trial in trials:
            write_line(trial_json(trial))
    elif trials:
        for part in trial_description(trials):
            stdout().print(part)
    added, lost = sum(each.added for each in trials), sum(each.lost for each in trials)
    articles = count_of(looked_at, "article")
    if change.told:
        say(change.told)
    say(f"{count_of(added, 'alert')} added, {lost:,} lost in {articles} since {datetime.now(UTC) - since:%Y-%m-%d}.")


@lists.command()
@lists_option
@list_name_option
@click.option("--id", "entity_id", required=True, help="Never used before, never used again.")
@click.option("--schema", required=True, help="Person, Organization, Company, PublicBody, Address, Asset, Event ...")
@click.option("--caption", required=True, help="What alerts call it, in English.")
@click.option("--name", multiple=True, required=True, metavar="LANG=NAME", help="A full name: ru='201-я база'.")
@click.option("--weak", multiple=True, metavar="LANG=NAME", help="A short or ambiguous name.")
@click.option("--context", multiple=True, metavar="LANG=WORD", help="What must stand near a weak name.")
@click.option("--not", "excluded", multiple=True, metavar="LANG=PHRASE", help="A phrase in which it does not count.")
@click.option("--priority", type=click.Choice(["high", "normal", "low"]), default="normal", show_default=True)
@click.option("--notes", help="Why it is watched.")
@reason_option
@click.pass_context
def add(
    ctx: click.Context,
    /,
    path: Path | None,
    list_id: str | None,
    entity_id: str,
    reason: str | None,
    name: tuple[str, ...],
    weak: tuple[str, ...],
    context: tuple[str, ...],
    excluded: tuple[str, ...],
    **plain: str | None,
) -> None:
    """Add an entity to a list of yours; comments and layout of the file stay."""
    from flows.console import say
    from flows.names.editing import add_once, entity_of, keep_change, names_of, own_list_file

    file = own_list_file(list_id, path or settings_of(ctx).lists)
    entity = entity_of(
        {
            **plain,
            "id": entity_id,
            **names_of({"name": name, "weak": weak, "context": context, "not": excluded}),
            "added": datetime.now(UTC).date(),
        }
    )
    kept = keep_change(file, lambda: add_once(file, entity), reason=reason)
    say(kept.told(count_of(len(kept.watch_list.entities), "entity", "entities")))


@lists.command()
@click.argument("entity_id", metavar="ENTITY")
@lists_option
@list_name_option
@click.option("--name", multiple=True, metavar="LANG=NAME", help="A full name: ru='201-я РВБ'.")
@click.option("--weak", multiple=True, metavar="LANG=NAME", help="A short or ambiguous name.")
@click.option("--context", multiple=True, metavar="LANG=WORD", help="What must stand near a weak name.")
@click.option("--not", "excluded", multiple=True, metavar="LANG=PHRASE", help="A phrase in which it does not count.")
@reason_option
@click.pass_context
def extend(
    ctx: click.Context,
    /,
    entity_id: str,
    path: Path | None,
    list_id: str | None,
    reason: str | None,
    **given: tuple[str, ...],
) -> None:
    """Add names to ENTITY of a list of yours, or phrases in which it does not count; what stands there stays.

    \b
    An alert was wrong?
      wakhan lists extend base-201 --not ru='201-я база отдыха'
    """
    from flows.console import say
    from flows.names.editing import keep_change, names_of, own_list_with
    from watchlists.editing import extend_entity

    keys = {"not" if option == "excluded" else option: words for option, words in given.items() if words}
    if not keys:
        raise click.UsageError("nothing is added: give --name, --weak, --context or --not.")
    names = names_of(keys)
    file = own_list_with(entity_id, list_id, path or settings_of(ctx).lists)
    kept = keep_change(file, lambda: extend_entity(file, entity_id, names), reason=reason)
    say(kept.told(f"{entity_id} extended"))


@lists.command()
@lists_option
@list_name_option
@reason_option
@click.pass_context
def edit(ctx: click.Context, path: Path | None, list_id: str | None, reason: str | None) -> None:
    """Open a list of yours in $EDITOR; it is saved only if it holds together."""
    from flows.console import say
    from flows.names.editing import own_list_file
    from flows.names.editor import edit_in_editor

    file = own_list_file(list_id, path or settings_of(ctx).lists)
    kept = edit_in_editor(file, reason=reason, again=_again)
    say(kept.told(f"saved, version {kept.watch_list.version}"))


def _again(error: Exception) -> bool:
    """Ask whether a list with a mistake is opened once more; where nobody is there to ask, it is not."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    click.echo(str(error), err=True)
    try:
        return click.confirm("Open it again?", default=True, err=True)
    except click.Abort:
        # Ctrl-C and Ctrl-D are a no: where the copy is must be told all the same.
        click.echo(err=True)
        return False


@lists.command()
@lists_option
@list_name_option
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.pass_context
def log(ctx: click.Context, path: Path | None, list_id: str | None, limit: int) -> None:
    """Show who changed a list of yours when and why, newest first, where it is kept in git."""
    from flows.console import say
    from flows.names.editing import own_list_file
    from watchlists.history import list_log

    file = own_list_file(list_id, path or settings_of(ctx).lists)
    changes = list_log(file, limit=limit)
    for change in changes:
        click.echo(f"{change.commit}  {change.day}  {change.author}: {change.reason}")
    if not changes:
        say(f"{file} has no history: keep its folder in git, and give a reason with -m when you change it.")
