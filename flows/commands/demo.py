"""``wakhan demo``: the whole road on a bundled press, served over HTTP on loopback."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("wakhan-demo"),
    show_default=True,
    help="Where the demo's warehouse, archive and digest go.",
)
def demo(folder: Path) -> None:
    """Run the whole road on a bundled press, on loopback; run it twice to see a revision land.

    The press has twelve invented outlets in Russian, Tajik and Chinese, with the oddities of real ones: old character
    sets, a feed without dates, a page that hangs, a feed that is no feed. Those that fail are meant to.
    """
    from flows.demo.show import show_demo

    show_demo(folder)
