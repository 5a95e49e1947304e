"""``wakhan outlets``: sources, looked at, probed, drafted and exchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.jsonlines import existing_path, write_line
from flows.commands.options import Group, settings_of

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.settings import Settings

_outlets_option = click.option(
    "--outlets", "path", type=existing_path(), help="An outlet file or a folder of them (default: yours, or bundled)."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="JSON lines, one an outlet.")


@click.group(cls=Group)
def outlets() -> None:
    """Sources: what is collected, and whether it still answers."""


def _loaded(ctx: click.Context, path: Path | None, ids: tuple[str, ...] = ()) -> tuple[Settings, tuple[Outlet, ...]]:
    """Return the settings, with the folder of outlets that was asked for put in, and the outlets named (or all)."""
    from extractors.outlet import load_outlets
    from flows.sources.outlets import choose_outlets

    settings = settings_of(ctx)
    if path is not None:
        settings = settings.model_copy(update={"outlets": path})
    known = load_outlets(settings.outlets)
    # A run leaves out what is paused; a list of outlets shows it.
    return settings, choose_outlets(known, ids) if ids else known


@outlets.command("list")
@_outlets_option
@_json_option
@click.pass_context
def list_(ctx: click.Context, path: Path | None, as_json: bool) -> None:
    """Show every outlet in a line."""
    from flows.sources.outlets import outlet_json, outlets_table

    _, found = _loaded(ctx, path)
    if as_json:
        for outlet in found:
            write_line(outlet_json(outlet))
    else:
        from flows.console import stdout

        stdout().print(outlets_table(found))


@outlets.command()
@click.argument("outlet_id", metavar="ID")
@_outlets_option
@click.option("--yaml", "as_file", is_flag=True, help="The outlet's file as it is, to copy it into a folder of yours.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with every key the file may have.")
@click.pass_context
def show(ctx: click.Context, outlet_id: str, path: Path | None, as_file: bool, as_json: bool) -> None:
    """Show one outlet whole."""
    from extractors.outlet import find_outlet_file
    from flows.sources.outlets import outlet_description, outlet_json

    settings, (outlet,) = _loaded(ctx, path, (outlet_id,))
    file = find_outlet_file(outlet_id, settings.outlets)
    if as_file:
        click.echo(file.read_text(encoding="utf-8-sig"), nl=False)
    elif as_json:
        write_line(outlet_json(outlet))
    else:
        from flows.console import stdout

        for part in outlet_description(outlet, file):
            stdout().print(part)


@outlets.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@_outlets_option
@click.option("--pages", type=click.IntRange(0, 50), default=3, show_default=True, help="Articles to read of each.")
@click.option("--write", is_flag=True, help="Write new addresses of moved feeds into the files of your own folder.")
@_json_option
@click.pass_context
def check(ctx: click.Context, ids: tuple[str, ...], path: Path | None, pages: int, write: bool, as_json: bool) -> None:
    """Ask outlets now, compare with what their files expect, and say in a line each what is wrong.

    Nothing is landed. Where a feed has moved, the change to the outlet's file is shown as a patch. Exit 1 if an outlet
    is wrong; a warning alone is no failure.
    """
    from flows.console import progress, say
    from flows.sources.outlets import check_json, check_lines, own_folder, patch_for, write_patch
    from flows.sources.probing import check_outlets

    settings, chosen = _loaded(ctx, path, ids)
    if write:
        own_folder(settings)
    with progress("Outlets", len(chosen)) as advance:
        checks = []
        for one in check_outlets(settings, chosen, pages=pages):
            checks.append(one)
            advance(f"{one.outlet.id}: {one.verdict}")
    checks.sort(key=lambda one: one.outlet.id)
    for one in checks:
        if as_json:
            write_line(check_json(one, patch_for(one, settings)))
        else:
            click.echo("\n".join(check_lines(one)))
    moved = [one for one in checks if one.moves]
    if not as_json:
        for one in moved:
            click.echo(patch_for(one, settings), nl=False)
    for one in moved if write else ():
        say(f"Wrote {write_patch(one, settings)}")
    if moved and not write:
        say("`wakhan outlets check --write` puts the new addresses into the files of your own folder.")
    ctx.exit(1 if any(one.verdict == "wrong" for one in checks) else 0)


@outlets.command()
@click.argument("url")
@click.pass_context
def discover(ctx: click.Context, url: str) -> None:
    """Draft the file of an outlet from its address, to stdout, for you to finish.

    Feeds that the page declares or links to, its sitemaps and Telegram channel are asked, and those that answer stand
    in the file.
    """
    from flows.console import progress, say
    from flows.sources.discovering import discover_outlet

    settings, known = _loaded(ctx, None)
    with progress("Sources", 0) as advance:
        draft = discover_outlet(settings, url, taken=[outlet.id for outlet in known], advance=advance)
    click.echo(draft.text, nl=False)
    say(
        f"{draft.working} of {draft.tried} sources answer. Save it as {draft.outlet_id}.yml in a folder of yours, "
        f"fill in what is marked, and run: wakhan outlets check --outlets {draft.outlet_id}.yml"
    )


@outlets.command("import")
@click.argument("file", type=existing_path())
@click.option("--to", "folder", type=existing_path(), help="The folder to write to (default: the settings' outlets).")
@click.pass_context
def import_(ctx: click.Context, file: Path, folder: Path | None) -> None:
    """Write an outlet file for each site of an OPML list, as feed readers export it; prints the files written.

    Nothing is overwritten: a site whose feeds an outlet of the folder has already is passed over.
    """
    from flows.console import say
    from flows.sources.opml import read_opml, write_outlets
    from flows.sources.outlets import own_folder

    target = folder or own_folder(settings_of(ctx))
    listed = read_opml(file)
    for one in write_outlets(listed.sites, target):
        if one.file is not None:
            click.echo(one.file)
        else:
            say(f"{one.site.title}: already there as {one.already}")
    if listed.left_out:
        say(f"Left out, for they have no feed's address: {', '.join(listed.left_out)}")


@outlets.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@_outlets_option
@click.pass_context
def export(ctx: click.Context, ids: tuple[str, ...], path: Path | None) -> None:
    """Write the outlets' feeds as OPML to stdout, for any feed reader; other kinds of source have no place in it."""
    from datetime import UTC, datetime

    from extractors.sources.opml import export_opml
    from flows.console import say
    from flows.sources.opml import not_exported

    _, chosen = _loaded(ctx, path, ids)
    click.echo(export_opml(chosen, created_at=datetime.now(UTC)), nl=False)
    for line in not_exported(chosen):
        say(line)
