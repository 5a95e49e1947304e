"""``wakhan run``: the whole road, once, on the analyst's own outlets."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from flows.commands.durations import Span
from flows.commands.options import settings_of


@click.command()
@click.option("--outlet", "outlet_ids", multiple=True, help="Only this outlet; may be given again.")
@click.option("--since", type=Span(), help="Read only items published in this span: 3d, 12h.")
@click.option("--limit", type=click.IntRange(min=1), help="Read at most this many new items of each outlet.")
@click.option("--due", "due_only", is_flag=True, help="Only sources whose next poll is due, as schedules do.")
@click.option(
    "--from-archive",
    "archive",
    type=click.Path(exists=True, path_type=Path),
    help="Ask nobody: read this WARC file, or all below this folder, ours or made by others.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the run's report as JSON to stdout.")
@click.pass_context
def run(
    ctx: click.Context,
    outlet_ids: tuple[str, ...],
    since: timedelta | None,
    limit: int | None,
    due_only: bool,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Collect, read, translate, match and land, once.

    What has landed stays landed: a run that is stopped is completed by the next.
    """
    settings = settings_of(ctx)
    from flows.ingest.once import replay_once, run_once
    from flows.ingest.reporting import report_json, show_last_line, show_wrongs

    if archive is not None:
        if since or limit or due_only:
            raise click.UsageError("--from-archive reads all there is; leave --since, --limit and --due out.")
        report = replay_once(settings, archive, outlet_ids=outlet_ids)
    else:
        started = datetime.now(UTC) - since if since else None
        report = run_once(settings, outlet_ids=outlet_ids, since=started, limit=limit, due_only=due_only)
    if as_json:
        click.echo(json.dumps(report_json(report), ensure_ascii=False))
    else:
        show_wrongs(report)
    show_last_line(report, settings)
    ctx.exit(1 if any(outlet.failures for outlet in report.outlets) else 0)
