"""What ``wakhan demo`` shows: outlets, languages, alerts, one question in SQL, and a digest to open."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.syntax import Syntax

from flows.console import say, stdout, table
from flows.demo.newsroom import today_utc
from flows.demo.server import start_press
from flows.ingest.once import run_once
from flows.ingest.reporting import show_last_line, show_outlets
from flows.mail.digests import render_edition, write_digest
from flows.settings import FetchSettings, Settings
from records import RunReport
from warehouse.asking import ask

# The question a newcomer would ask first; printed with its answer.
QUESTION = """\
select
    caption,
    count(*) as alerts,
    list(distinct language order by language) as languages,
    min(dated_at) as first
from alerts
where origin = 'live'
group by caption
having count(distinct language) >= 2
order by alerts desc, caption
limit 5"""

_LANGUAGES = """\
select
    language,
    count(*) as articles,
    (select count(*) from mentions as m where m.language = a.language) as mentions,
    (select count(*) from alerts as al where al.language = a.language) as alerts
from articles as a
group by language
order by articles desc, language"""

_ALERTS = """\
select al.priority, al.language, a.outlet, al.caption, m.surface, array_to_string(m.reasons, ', ') as because
from alerts as al
join articles as a using (article_id)
join mentions as m on m.article_id = al.article_id and m.entity_id = al.entity_id
where al.priority = 'high'
qualify row_number() over (partition by al.alert_id order by len(m.reasons) desc, m.score desc) = 1
    and row_number() over (partition by al.language order by len(m.reasons) desc, m.surface) <= 4
order by al.language, al.caption"""

_LATEST = """\
select article_id
from alerts
where priority = 'high' and origin = 'live'
order by dated_at desc, article_id
limit 1"""

_COUNTS = {"articles", "mentions", "alerts"}


def show_demo(folder: Path) -> RunReport:
    """Run the road over the bundled press into ``folder`` and print what came of it.

    The press prints its second edition, with one page edited, from the second run in a folder on; its dates are counted
    back from the day of the first.
    """
    earlier = _earlier_runs(folder)
    with start_press(today=min(earlier, default=today_utc()), revision=1 + len(earlier)) as press:
        settings = demo_settings(folder, outlets=press.outlets_dir)
        say(f"The bundled press: {len(press.addresses)} invented outlets on loopback. Some of it is meant to fail.")
        report = run_once(settings, addresses=press.addresses)
    show_outlets(report)
    _show(settings, "Articles by language", _LANGUAGES)
    _show(settings, "Some of the alerts of high priority, and why", _ALERTS)
    stdout().print("\n[bold]One question in SQL, and its answer[/bold]")
    stdout().print(Syntax(QUESTION, "sql", background_color="default"))
    _show(settings, "", QUESTION)
    until = datetime.now(UTC)
    rendered = render_edition(settings, since=report.started_at - timedelta(days=1), until=until)
    digest = write_digest(rendered, settings.digests / f"digest-{rendered.day}.html")
    command = f"{_wakhan()} --settings {shlex.quote(str(write_settings(folder)))}"
    say(f"Open the digest:   {digest}")
    say(f"Ask the warehouse: {command} sql 'from alerts select dated_at, outlet_id, caption, title limit 10'")
    say(f"Cite an article:   {command} cite {ask(settings.published, _LATEST).rows[0][0]}")
    show_last_line(report, settings, look=f"Look: {digest}")
    return report


def demo_settings(folder: Path, *, outlets: Path) -> Settings:
    """Return the settings of a demo: pages are asked again for a month, however late its second edition is printed."""
    return Settings(data_dir=folder, outlets=outlets, fetch=FetchSettings(recheck_days=30))


def write_settings(folder: Path) -> Path:
    """Leave a settings file with which any command works on the demo's warehouse; one that is there stays."""
    path = folder / "wakhan.yml"
    if not path.exists():
        path.write_text(f"data_dir: {json.dumps(str(folder.resolve()))}\n", encoding="utf-8")
    return path


def _wakhan() -> str:
    """Return what to type for the command that is running: it may not be on the path."""
    here = Path(sys.argv[0])
    on_path = shutil.which("wakhan")
    if here.name != "wakhan" or (on_path is not None and Path(on_path).samefile(here)):
        return "wakhan"
    return shlex.quote(os.path.relpath(here))


def _earlier_runs(folder: Path) -> list[date]:
    """Return the days of the runs that this demo folder has seen."""
    published = Settings(data_dir=folder).published
    if not published.exists():
        return []
    rows = ask(published, "select started_at from runs where outcome = 'done'").rows
    return [row[0].date() for row in rows if isinstance(row[0], datetime)]


def _show(settings: Settings, title: str, sql: str) -> None:
    answer = ask(settings.published, sql)
    columns = [(name, "right" if name in _COUNTS else "left") for name in answer.columns]
    stdout().print(table(title, columns, [[_cell(value) for value in row] for row in answer.rows]))


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else value
