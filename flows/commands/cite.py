"""``wakhan cite``: footnotes ready to paste."""

from __future__ import annotations

from typing import cast

import click

from flows.commands.options import settings_of


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--style", type=click.Choice(["fmso", "csl", "ris", "bibtex"]), default="fmso", show_default=True)
@click.pass_context
def cite(ctx: click.Context, articles: tuple[str, ...], style: str) -> None:
    """Write a citation of each ARTICLE: its id, the beginning of it, or its URL."""
    from warehouse.asking import open_current
    from warehouse.citing import Style
    from warehouse.citing import cite as citations

    with open_current(settings_of(ctx).published) as reader:
        click.echo(citations(reader, articles, style=cast("Style", style)).rstrip("\n"))
