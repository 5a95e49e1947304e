"""``wakhan sql``: ad-hoc questions to the published copy, read-only."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from flows.commands.options import settings_of
from records.counting import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.asking.conversation import Limits
    from warehouse.asking import Answer

# A terminal, for `--chart` without a file.
_HERE = "-"


@click.command()
@click.argument("query", required=False)
@click.option("--file", "query_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .sql file.")
@click.option("--question", metavar="NAME", help="A worked question of docs/sql.md, by its name.")
@click.option("--questions", is_flag=True, help="List the worked questions.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Fills $NAME in the query; repeatable.")
@click.option(
    "--format",
    "how",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    help="Default: table, or what the ending of --out says.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file (parquet needs one).")
@click.option("--chart", is_flag=False, flag_value=_HERE, metavar="[FILE.png]", help="Draw it, here or as a picture.")
@click.option("--limit", "--rows", "max_rows", type=click.IntRange(min=1), help="At most this many rows (table: 1000).")
@click.option(
    "--timeout",
    "timeout_seconds",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=30.0,
    show_default=True,
    help="Seconds.",
)
@click.option("--timing", is_flag=True, help="Say on stderr how long it took.")
@click.option("--db", "database", type=click.Path(path_type=Path), help="Another published copy or backup.")
@click.option("--allow-files", is_flag=True, help="Let the query read files of this machine.")
@click.pass_context
def sql(
    ctx: click.Context,
    query: str | None,
    query_file: Path | None,
    question: str | None,
    questions: bool,
    params: tuple[str, ...],
    how: str | None,
    out: Path | None,
    chart: str | None,
    max_rows: int | None,
    timeout_seconds: float,
    timing: bool,
    database: Path | None,
    allow_files: bool,
) -> None:
    """Ask the warehouse in SQL; docs/sql.md describes every view.

    Without a query a terminal becomes a prompt, and anything else is read as the query.
    """
    from flows.asking.conversation import Limits
    from flows.asking.questions import questions_listed
    from flows.asking.terminal import look_of_stdout
    from records import WakhanError

    if questions:
        click.echo(questions_listed(look_of_stdout()))
        return
    if chart not in {None, _HERE} and not str(chart).lower().endswith(".png"):
        # `--chart QUERY`: the query stands where a file may stand.
        if query is not None:
            raise click.UsageError(f"--chart {chart}: charts are written as PNG, --chart FILE.png.")
        query, chart = chart, _HERE
    query = _asked(query, query_file, question)
    path = database or settings_of(ctx).published
    how = how or _format_of(out)
    # A person looks at a thousand rows; a file or a program gets them all unless it says otherwise.
    looked_at = query is None or (how == "table" and not chart)
    most = max_rows or (1000 if looked_at else sys.maxsize - 1)
    limits = Limits(max_rows=most, timeout_seconds=timeout_seconds, allow_files=allow_files)
    values = _parameters(params)
    if query is None:
        _converse(path, limits, values, settings_of(ctx).data_dir / "sql-history", timing=timing)
        return
    try:
        if how == "parquet" and not chart:
            _to_parquet(path, query, out, values, limits, every=max_rows is None)
        else:
            _answer(path, query, values, limits, how=how, out=out, chart=chart, timing=timing)
    except WakhanError as error:
        _leave_if_still_asking(error)
        raise


def _asked(query: str | None, query_file: Path | None, question: str | None) -> str | None:
    """Return what is asked, from wherever it was given; ``None`` is for the prompt."""
    from flows.asking.questions import question_named

    if sum(given is not None for given in (query, query_file, question)) > 1:
        raise click.UsageError("Give a query, --file or --question, one of the three.")
    if question is not None:
        worked = question_named(question)
        return f"-- {worked.question}\n{worked.query}"
    if query_file is not None:
        try:
            return query_file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{query_file} is not UTF-8 text (byte {error.start}): save it as UTF-8.") from error
    if query is not None and query != "-":
        return query
    return None if query is None and sys.stdin.isatty() else sys.stdin.read()


def _answer(
    path: Path,
    query: str,
    values: Mapping[str, str],
    limits: Limits,
    *,
    how: str,
    out: Path | None,
    chart: str | None,
    timing: bool,
) -> None:
    from flows.asking.statements import title_of
    from flows.console import say
    from warehouse.asking import ask

    answer = ask(
        path,
        query,
        parameters=values,
        max_rows=limits.max_rows,
        timeout_seconds=limits.timeout_seconds,
        allow_files=limits.allow_files,
    )
    if chart:
        _draw(answer, title_of(query), chart)
    else:
        _write(_shown(answer, how, to_file=out is not None), out)
    if answer.cut and how != "table" and not chart:
        say(f"Cut after {count_of(limits.max_rows, 'row')}; --limit N takes more.")
    if timing:
        say(f"{count_of(len(answer.rows), 'row')} in {answer.seconds:.3f} s")


def _shown(answer: Answer, how: str, *, to_file: bool) -> str:
    from flows.asking.files import csv_of, json_of
    from flows.asking.tables import Look, table_of
    from flows.asking.terminal import look_of_stdout

    if how == "csv":
        return csv_of(answer)
    return json_of(answer) if how == "json" else table_of(answer, Look() if to_file else look_of_stdout())


def _draw(answer: Answer, title: str, chart: str) -> None:
    from flows.asking.screencharts import draw
    from flows.asking.shapes import chart_of
    from flows.asking.terminal import look_of_stdout
    from flows.console import say

    drawn = chart_of(answer, title)
    if chart == _HERE:
        click.echo(draw(drawn, look_of_stdout()), nl=False, color=True)
        return
    from flows.asking.pictures import save_png

    try:
        wrong = save_png(drawn, Path(chart))
    except OSError as error:
        raise click.UsageError(f"{chart} cannot be written: {error.strerror or error}.") from error
    say(f"drawn in {chart}")
    if wrong:
        say(wrong)


def _to_parquet(
    path: Path, query: str, out: Path | None, values: Mapping[str, str], limits: Limits, *, every: bool
) -> None:
    from flows.console import say
    from warehouse.asking import ask_to_parquet

    if out is None:
        raise click.UsageError("Parquet is written to a file: add --out FILE.")
    rows = ask_to_parquet(
        path,
        query,
        out,
        parameters=values,
        max_rows=None if every else limits.max_rows,
        timeout_seconds=limits.timeout_seconds,
        allow_files=limits.allow_files,
    )
    say(f"{count_of(rows, 'row')} in {out}")


def _converse(path: Path, limits: Limits, values: Mapping[str, str], history: Path, *, timing: bool) -> None:
    from flows.asking.conversation import Conversation
    from flows.asking.prompt import Prompt, converse
    from flows.asking.terminal import look_of_stdout

    with Conversation(path, limits=limits, parameters=dict(values)) as conversation:
        click.echo(f"Read-only, from {path}. A statement ends with ;   .help tells more, Ctrl-D leaves.")
        prompt = Prompt(
            conversation, look=look_of_stdout, write=lambda line: click.echo(line, color=True), timing=timing
        )
        converse(prompt, history, complain=lambda line: click.echo(click.style(line, fg="red"), err=True))


def _write(shown: str, out: Path | None) -> None:
    if out is None:
        # Colours are decided by `look_of_stdout`.
        click.echo(shown, nl=False, color=True)
        return
    try:
        out.write_text(shown, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}.") from error


def _format_of(out: Path | None) -> str:
    ending = out.suffix.lower().lstrip(".") if out else ""
    return ending if ending in {"csv", "json", "parquet"} else "table"


def _leave_if_still_asking(error: Exception) -> None:
    """End the process at once when a query that was told to stop has not heard it: its thread would not end either."""
    from warehouse.asking import QUERY_THREAD

    if any(thread.name == QUERY_THREAD for thread in threading.enumerate()):
        _die(error)


def _die(error: Exception) -> NoReturn:
    click.echo(f"{click.style('wakhan:', fg='red', bold=True)} {error}", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(2)


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for each in params:
        name, equals, value = each.partition("=")
        if not equals or not name.isidentifier():
            raise click.UsageError(f"--param {each!r}: write NAME=VALUE.")
        values[name] = value
    return values
