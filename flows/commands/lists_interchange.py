"""``wakhan lists import`` and ``export``: watch-lists from other programs and for them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.jsonlines import existing_path
from flows.commands.options import list_name_option, lists_of, lists_option
from records.counting import count_of


@click.command("import")
@click.argument("file", type=existing_path())
@click.option("--to", "target", type=existing_path(), required=True, help="The list file to make or add to (.yml).")
@click.pass_context
def import_(ctx: click.Context, file: Path, target: Path) -> None:
    """Add the entities of FollowTheMoney lines, OpenSanctions' targets.simple.csv or a Wikidata entity file.

    Entities that the list has already, by their id or Wikidata item, stay as they are. All are added in one change.

    Exit 1 where some have mistakes: they are listed, and the others are added. Exit 2 where nothing can be taken.
    """
    from flows.console import say
    from flows.names.importing import check_target, fault_lines, import_into, import_lines, nothing_usable, read_foreign

    check_target(target)
    reading = read_foreign(file)
    if not reading.entities:
        for line in fault_lines(reading):
            say(line)
        raise nothing_usable(reading, file)
    added = import_into(target, reading.entities)
    for line in (*import_lines(reading, added, target), *fault_lines(reading)):
        say(line)
    if added.added:
        say(f"Look them over: wakhan lists check --lists {target}")
    ctx.exit(1 if reading.faults else 0)


@click.command()
@click.argument("file", type=existing_path(), default="-", metavar="[FILE]")
@lists_option
@list_name_option
@click.option(
    "--format",
    "how",
    type=click.Choice(["ftm", "csv", "json"]),
    help="FollowTheMoney lines, OpenSanctions' targets.simple.csv, or lines with the keys of our files "
    "(default: by FILE's ending, else ftm).",
)
@click.pass_context
def export(ctx: click.Context, file: Path, path: Path | None, list_id: str | None, how: str | None) -> None:
    """Write lists to FILE or stdout, for other programs and spreadsheets.

    Importing FollowTheMoney or JSON lines gives the same entities again. CSV has neither languages nor context.
    """
    from flows.console import say
    from flows.names.exporting import chosen_lists, export_text, format_of, write_export

    chosen = chosen_lists(lists_of(ctx, path), list_id)
    how = how or format_of(file)
    text = export_text(chosen, how)
    if file == Path("-"):
        sys.stdout.buffer.write(text.encode())
        return
    write_export(file, text, how)
    say(f"{file}: {count_of(sum(len(each.entities) for each in chosen), 'entity', 'entities')} written.")
