"""``wakhan db``: care of the warehouse."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from flows.commands.options import Group, settings_of
from records.counting import count_of


@click.group(cls=Group)
def db() -> None:
    """Warehouse care: migrate, check, publish, backup, restore, rebuild, prune."""


@db.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Bring the warehouse's schema up to this program's; every run does so too."""
    from flows.console import say
    from warehouse.migrating import known_migrations
    from warehouse.opening import open_warehouse

    path = settings_of(ctx).warehouse
    with open_warehouse(path):
        say(f"{path} is at schema version {known_migrations()[-1].version}.")


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Write the checks as JSON.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Run every check; exit 1 if one does not hold."""
    from warehouse.caring import check as run_checks
    from warehouse.opening import need_warehouse, open_warehouse

    path = settings_of(ctx).warehouse
    need_warehouse(path)
    with open_warehouse(path) as warehouse:
        checks = run_checks(warehouse)
    if as_json:
        shown = [{"name": each.name, "rule": each.rule, "broken": list(each.broken)} for each in checks]
        click.echo(json.dumps(shown, ensure_ascii=False, default=str))
    else:
        for each in checks:
            click.echo(f"{'FAILS' if each.broken else 'holds'}  {each.name}: {each.rule}")
            for row in each.broken:
                click.echo(f"         {row}")
    ctx.exit(1 if any(each.broken for each in checks) else 0)


@db.command()
@click.option("--parquet", type=click.Path(file_okay=False, path_type=Path), help="Write a Parquet release here too.")
@click.pass_context
def publish(ctx: click.Context, parquet: Path | None) -> None:
    """Put a read-only copy in place for other programs; every run does so at its end."""
    from flows.console import say
    from warehouse.publishing import publish as publish_copy
    from warehouse.publishing import release_parquet

    settings = settings_of(ctx)
    published = publish_copy(settings.warehouse, settings.published)
    say(f"{published.path}: {published.bytes / 1e6:.1f} MB{', sharing its blocks' if published.shared else ''}")
    if parquet is not None:
        released = release_parquet(published.path, parquet)
        say(f"{released.folder}: {count_of(len(released.written), 'file')} written, {len(released.kept)} unchanged")


@db.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Default: backups in data_dir.")
@click.pass_context
def backup(ctx: click.Context, folder: Path | None) -> None:
    """Keep a complete copy, named by the moment; works while a run goes on."""
    from warehouse.caring import backup as keep

    settings = settings_of(ctx)
    click.echo(keep(settings.warehouse, folder or settings.data_dir / "backups").path)


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def restore(ctx: click.Context, file: Path) -> None:
    """Put a backup in the warehouse's place; the present one is kept beside it."""
    from flows.console import say
    from warehouse.caring import restore as put_back

    settings = settings_of(ctx)
    moved = put_back(file, settings.warehouse)
    say(f"{settings.warehouse} is {file} again." + (f" What was there is {moved}." if moved else ""))


@db.command()
@click.option(
    "--from-archive",
    "archive",
    is_flag=False,
    flag_value="",
    required=True,
    help="A WARC file or a folder of them; without a path: the archive in data_dir.",
)
@click.pass_context
def rebuild(ctx: click.Context, archive: str) -> None:
    """Make the warehouse again from the archive; alerts, verdicts, mails and runs are carried over."""
    from flows.console import say
    from flows.ingest.rebuilding import rebuild as make_again

    settings = settings_of(ctx)
    report, moved = make_again(settings, Path(archive) if archive else None)
    articles = sum(outlet.articles for outlet in report.outlets)
    failures = sum(len(outlet.failures) for outlet in report.outlets)
    say(f"{settings.warehouse} was made again from {count_of(articles, 'page')}; {failures:,} could not be read.")
    if moved:
        say(f"What was there is {moved}.")


@db.command()
@click.option("--articles-days", type=click.IntRange(min=1), help="Also articles that never alerted, older than this.")
@click.option("--yes", is_flag=True, help="Remove; without it only the counts are shown.")
@click.pass_context
def prune(ctx: click.Context, articles_days: int | None, yes: bool) -> None:
    """Remove what is older than it is useful: failures, reports, feed items, fetch states."""
    from flows.console import say
    from warehouse.caring import PrunePolicy
    from warehouse.caring import prune as remove
    from warehouse.opening import need_warehouse, open_warehouse

    path = settings_of(ctx).warehouse
    need_warehouse(path)
    with open_warehouse(path) as warehouse:
        counts = remove(warehouse, PrunePolicy(articles=articles_days), now=datetime.now(UTC), dry_run=not yes)
    for name, count in counts.items():
        click.echo(f"{count:>10,}  {name}")
    if not yes:
        say("Nothing was removed; add --yes to do it.")
