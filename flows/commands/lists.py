"""``wakhan lists``: watch-lists, looked at and checked before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.jsonlines import existing_path, write_line
from flows.commands.options import settings_of

if TYPE_CHECKING:
    from watchlists.listfile import WatchList

_lists_option = click.option(
    "--lists", "path", type=existing_path(), help="A list file or a folder of them (default: yours, or the bundled)."
)


@click.group()
def lists() -> None:
    """Watch-lists: who is looked for."""


def _loaded(ctx: click.Context, path: Path | None) -> tuple[WatchList, ...]:
    from watchlists.listfile import load_lists

    return load_lists(path or settings_of(ctx).lists)


@lists.command()
@_lists_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one a list, with its findings.")
@click.pass_context
def check(ctx: click.Context, path: Path | None, as_json: bool) -> None:
    """Say whether the lists hold together, and what in them will not work as meant.

    Exit 2 for a file that cannot be read (with the line and the fix), and for what must be put right; warnings alone
    are no failure.
    """
    from flows.lists import check_all, check_json, check_lines

    checks = check_all(_loaded(ctx, path))
    for one in checks:
        if as_json:
            write_line(check_json(one))
        else:
            click.echo("\n".join(check_lines(one)))
    ctx.exit(2 if any(finding.severity == "error" for one in checks for finding in one.findings) else 0)


@lists.command()
@click.argument("entity_id", metavar="[ENTITY]", required=False)
@_lists_option
@click.option(
    "--yaml", "as_file", is_flag=True, help="The one list's file as it is, to copy it into a folder of yours."
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one an entity, with the keys of the file.")
@click.pass_context
def show(ctx: click.Context, entity_id: str | None, path: Path | None, as_file: bool, as_json: bool) -> None:
    """Show every entity in a line, or one entity whole."""
    from flows.lists import entities_table, entity_description, entity_json, find_entities, list_text

    found = _loaded(ctx, path)
    if as_file:
        click.echo(list_text(path or settings_of(ctx).lists), nl=False)
        return
    chosen = find_entities(found, entity_id)
    if as_json:
        for watch_list, entity in chosen:
            write_line(entity_json(watch_list, entity))
        return
    from flows.console import stdout

    if entity_id is None:
        stdout().print(entities_table(chosen))
        return
    for watch_list, entity in chosen:
        for part in entity_description(watch_list, entity):
            stdout().print(part)


@lists.command()
@click.argument("entity_id", metavar="ENTITY")
@_lists_option
@click.option("--json", "as_json", is_flag=True, help="JSON lines, one a form.")
@click.pass_context
def forms(ctx: click.Context, entity_id: str, path: Path | None, as_json: bool) -> None:
    """Show every spelling that is looked for in articles, and how it comes from the listed name."""
    from flows.lists import find_entities, form_json, forms_table
    from watchlists.forms import forms_of

    for watch_list, entity in find_entities(_loaded(ctx, path), entity_id):
        if as_json:
            for form in forms_of(entity):
                write_line(form_json(watch_list, entity, form))
        else:
            from flows.console import stdout

            stdout().print(forms_table(entity, forms_of(entity)))
