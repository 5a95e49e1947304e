"""``wakhan sql``: ad-hoc questions to the published copy, read-only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from flows.commands.options import settings_of


@click.command()
@click.argument("query", required=False)
@click.option("--file", "query_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .sql file.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Fills $NAME in the query; repeatable.")
@click.option(
    "--format", "how", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file (parquet needs one).")
@click.option("--rows", "max_rows", type=click.IntRange(min=1), help="At most this many rows (table: 1000).")
@click.option("--timeout", "timeout_seconds", type=float, default=30.0, show_default=True, help="Seconds.")
@click.option("--db", "database", type=click.Path(path_type=Path), help="Another published copy or backup.")
@click.option("--allow-files", is_flag=True, help="Let the query read files of this machine.")
@click.pass_context
def sql(
    ctx: click.Context,
    query: str | None,
    query_file: Path | None,
    params: tuple[str, ...],
    how: str,
    out: Path | None,
    max_rows: int | None,
    timeout_seconds: float,
    database: Path | None,
    allow_files: bool,
) -> None:
    """Ask the warehouse in SQL. QUERY may be - for stdin; docs/sql.md describes every view."""
    from flows.console import say
    from warehouse.asking import Format, ask, ask_to_parquet, text_of

    if (query is None) == (query_file is None):
        raise click.UsageError("Give a query or --file, one of the two.")
    text = query_file.read_text(encoding="utf-8") if query_file else sys.stdin.read() if query == "-" else query
    assert text is not None
    path = database or settings_of(ctx).published
    values = _parameters(params)
    if how == "parquet":
        if out is None:
            raise click.UsageError("Parquet is written to a file: add --out FILE.")
        rows = ask_to_parquet(
            path, text, out, parameters=values, timeout_seconds=timeout_seconds, allow_files=allow_files
        )
        say(f"{rows} rows in {out}")
        return
    # A person looks at a thousand rows; a file or a program gets them all unless it says otherwise.
    most = max_rows or (1000 if how == "table" else sys.maxsize - 1)
    answer = ask(path, text, parameters=values, max_rows=most, timeout_seconds=timeout_seconds, allow_files=allow_files)
    shown = text_of(answer, cast("Format", how))
    if out is not None:
        out.write_text(shown, encoding="utf-8")
    else:
        click.echo(shown, nl=False)
    if answer.cut and how != "table":
        say(f"Cut after {most} rows; --rows asks for more.")


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for each in params:
        name, equals, value = each.partition("=")
        if not equals or not name.isidentifier():
            raise click.UsageError(f"--param {each!r}: write NAME=VALUE.")
        values[name] = value
    return values
