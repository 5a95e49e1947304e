"""``python -m bench.soak``: half an hour of ``wakhan up`` over the demo's press, killed three times, and its record.

Every rhythm is a minute. Beside the demo's twelve outlets a thirteenth prints an article with a watched name every half
minute: each must alert exactly once and be told exactly once, also over SIGKILL and restart. Four readers, whose hours
come within the half hour, get their digests over TLS and with a login. Processes, memory and overlaps are watched from
outside. Nothing here is a test's business: it takes as long as it says.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from bench.post_office import PASSWORD, USER, PostOffice, open_office
from bench.ticker import ENTITY_ID, HOST, Ticker, start_ticker
from flows.demo.answers import load_answers
from flows.demo.server import Press, start_press
from warehouse.asking import ask
from warehouse.publishing import publish

_PRINT_EVERY_SECONDS = 30.0
_SAMPLE_SECONDS = 10.0
# What was printed last must be collected and told before the end.
_LAST_MINUTES = 3.0
_PORT, _METRICS_PORT = 4811, 4812
# When, of the whole time, a reader's hour comes: each gets one mail at the start and one then.
_READERS = {"anna": 0.15, "boris": 0.4, "chen": 0.65, "davlat": 0.85}


@dataclass
class Watched:
    """What is seen from outside: memory (PSS, MB) by kind of process and minute, log events, restarts."""

    memory: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    events: list[dict[str, Any]] = field(default_factory=list)
    restarts: list[str] = field(default_factory=list)
    orphans: int = 0
    most_processes: int = 0


def main(minutes: float, out: Path | None) -> int:
    """Run the soak and write its record; return 0 when everything held."""
    # Kept for whoever wants to look at the warehouse, the journal or Prefect's database afterwards.
    folder = Path(tempfile.mkdtemp(prefix="wakhan-soak-"))
    with start_press() as press, start_ticker(_PRINT_EVERY_SECONDS) as ticker, open_office(folder) as office:
        watched = _soak(folder, press, ticker, office, minutes)
        (folder / "events.json").write_text(json.dumps(watched.events, ensure_ascii=False, indent=1), encoding="utf-8")
        record, held = _record(folder, ticker, office, watched, minutes)
    print(record)
    if out is not None:
        out.write_text(record, encoding="utf-8")
    return 0 if held else 1


def _soak(folder: Path, press: Press, ticker: Ticker, office: PostOffice, minutes: float) -> Watched:
    settings = _settings(folder, press, ticker, office, minutes)
    addresses = {**press.addresses, HOST: ("127.0.0.1", ticker.server_port)}
    alerts = f"json://127.0.0.1:{ticker.server_port}/alerts"
    environment = {**os.environ, "SOAK_ALERTS": alerts, "WAKHAN_SMTP_PASSWORD": PASSWORD}
    began = time.monotonic()
    ticker.ends_at = time.time() + (minutes - _LAST_MINUTES) * 60
    watched = Watched()
    up = _start(settings, addresses, environment, watched)
    kills = [began + minutes * 60 * share for share in (0.3, 0.5, 0.7)]
    while time.monotonic() < began + minutes * 60:
        time.sleep(_SAMPLE_SECONDS)
        _sample(up.pid, (time.monotonic() - began) / 60, watched)
        if kills and time.monotonic() > kills[0]:
            kills.pop(0)
            up = _kill_and_start_again(up, settings, addresses, environment, watched, (time.monotonic() - began) / 60)
    children = [pid for pid, _ in _tree(up.pid)]
    asked = time.monotonic()
    up.send_signal(signal.SIGTERM)
    up.wait(90)
    watched.restarts.append(f"SIGTERM: ended with code {up.returncode} in {time.monotonic() - asked:.1f} s")
    watched.orphans += _left(children)
    return watched


def _settings(folder: Path, press: Press, ticker: Ticker, office: PostOffice, minutes: float) -> Path:
    outlets = folder / "outlets"
    outlets.mkdir()
    for file in press.outlets_dir.glob("*.yml"):
        every = re.sub(r"every_minutes: \d+", "every_minutes: 1", file.read_text("utf-8"))
        (outlets / file.name).write_text(every, encoding="utf-8")
    (outlets / "ticker.yml").write_text(ticker.outlet_file(), encoding="utf-8")
    readers = folder / "readers"
    readers.mkdir()
    for reader, share in _READERS.items():
        hour = datetime.now(UTC) + timedelta(minutes=minutes * share)
        text = f"address: {reader}@example.org\nname: {reader}\ntimezone: UTC\nhour: {hour:%H:%M}\n"
        (readers / f"{reader}.yml").write_text(text, encoding="utf-8")
    settings = folder / "wakhan.yml"
    wished = {
        "data_dir": str(folder / "data"),
        "outlets": str(outlets),
        "subscriptions": str(readers),
        "mail": {
            "host": "localhost",
            "port": office.port,
            "user": USER,
            "sender": "digest@wakhan.example",
            "ca_file": str(office.ca_file),
        },
        "notify": {"urls": ["SOAK_ALERTS"], "every_minutes": 0},
        "schedule": {"port": _PORT, "metrics_port": _METRICS_PORT, "translate_minutes": 1, "health_minutes": 1},
        "log": {"format": "json"},
    }
    settings.write_text(json.dumps(wished), encoding="utf-8")
    return settings


def _start(
    settings: Path, addresses: dict[str, tuple[str, int]], environment: dict[str, str], watched: Watched
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.soak", "--up", str(settings), json.dumps(addresses)]
    up = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)
    threading.Thread(target=_read_log, args=(up, watched), daemon=True).start()
    return up


def _read_log(up: subprocess.Popen[str], watched: Watched) -> None:
    assert up.stderr is not None
    for line in up.stderr:
        try:
            watched.events.append(json.loads(line))
        except ValueError:
            watched.events.append({"message": line.rstrip(), "level": "stray", "at": ""})


def _kill_and_start_again(
    up: subprocess.Popen[str],
    settings: Path,
    addresses: dict[str, tuple[str, int]],
    environment: dict[str, str],
    watched: Watched,
    minute: float,
) -> subprocess.Popen[str]:
    children = [pid for pid, _ in _tree(up.pid)]
    running = [name for name, job in _journal(settings).items() if job["running_since"]]
    killed = time.monotonic()
    up.kill()
    up.wait()
    watched.orphans += _left(children)
    gone = time.monotonic() - killed
    ended = len(watched.events)
    again = _start(settings, addresses, environment, watched)
    while not any(each.get("outcome") for each in watched.events[ended:]) and time.monotonic() - killed < 300:
        time.sleep(0.5)
    watched.restarts.append(
        f"minute {minute:.1f}: SIGKILL while {', '.join(running) or 'nothing'} ran; its {len(children)} children were "
        f"gone after {gone:.1f} s, work went on {time.monotonic() - killed:.0f} s after the kill"
    )
    return again


def _journal(settings: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((settings.parent / "data" / "schedule.json").read_text("utf-8"))["jobs"]
    return found


def _tree(pid: int) -> Iterator[tuple[int, str]]:
    """Yield a process and all below it, each with what it is."""
    parents = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int((folder / "stat").read_text().rpartition(")")[2].split()[1])].append(int(folder.name))
            except OSError:
                continue
    waiting = [(pid, 0)]
    while waiting:
        each, depth = waiting.pop()
        yield each, _kind(each, depth)
        waiting += [(child, depth + 1) for child in parents[each]]


def _kind(pid: int, depth: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return "gone"
    if depth == 0:
        return "up"
    if "flows.schedule.server" in command:
        return "server"
    return "forkserver" if depth == 1 else "work"


def _sample(pid: int, minute: float, watched: Watched) -> None:
    sums: Counter[str] = Counter()
    processes = 0
    for each, kind in _tree(pid):
        try:
            pss = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE)
        except OSError:
            continue
        processes += 1
        sums[kind] += int(pss[1]) if pss else 0
    watched.most_processes = max(watched.most_processes, processes)
    for kind, kilobytes in sums.items():
        watched.memory[kind].append((minute, kilobytes / 1024))
    watched.memory["all"].append((minute, sums.total() / 1024))


def _left(pids: Sequence[int]) -> int:
    """Return how many of the processes are still there ten seconds later; fewer seconds when all are gone."""
    until = time.monotonic() + 10
    while any(map(_alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return sum(map(_alive, pids))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _record(folder: Path, ticker: Ticker, office: PostOffice, watched: Watched, minutes: float) -> tuple[str, bool]:
    """Return the record in Markdown, and whether all held."""
    data = folder / "data"
    published = data / "wakhan-published.duckdb"
    # What was written down since the last publishing counts too.
    publish(data / "wakhan.duckdb", published)

    def one(query: str) -> int:
        return int(ask(published, query).rows[0][0])

    printed, answers = ticker.printed, load_answers()
    ours = f"from alerts where outlet_id = 'ticker' and entity_id = '{ENTITY_ID}'"
    told = Counter(
        number for message in ticker.messages for number in re.findall(rf"{HOST}/news/(\d+)\.html", message["message"])
    )
    bodies = Counter(message["message"] for message in ticker.messages)
    mails = Counter(str(message_from_bytes(mail)["Message-ID"]) for mail in office.mails)
    finished = [each for each in watched.events if each.get("outcome")]
    outcomes = Counter((each["job"], each["outcome"]) for each in finished)
    with closing(sqlite3.connect(data / "prefect" / "prefect.db")) as prefect:
        states = dict(prefect.execute("select state_type, count(*) from flow_run group by 1").fetchall())
    checks = {
        "articles the ticker printed": (printed, True),
        "of them alerted": (one(f"select count(distinct article_id) {ours}"), printed),
        "alerts for them": (one(f"select count(*) {ours}"), printed),
        "of them told": (len(told), printed),
        "told twice": (sum(1 for count in told.values() if count > 1), 0),
        "messages": (len(ticker.messages), True),
        "messages that came twice": (sum(count - 1 for count in bodies.values()), 0),
        "alerts of the demo's press": (one("select count(*) from alerts where outlet_id <> 'ticker'"), answers.alerts),
        "high alerts in no message": (one(_UNTOLD), 0),
        "digests mailed": (len(mails), 2 * len(_READERS)),
        "mails that came twice": (sum(count - 1 for count in mails.values()), 0),
        "alerts told twice to a reader by mail": (one(_MAILED_TWICE), 0),
        "alerts a reader's digests left out": (one(_NOT_MAILED), 0),
        "runs in the warehouse": (one("select count(*) from runs"), True),
        "of them killed": (one("select count(*) from runs where outcome = 'killed'"), True),
        "without an end": (one("select count(*) from runs where outcome is null"), 0),
        "that overlap": (one(_OVERLAPS), 0),
        "work done twice at once": (_overlaps(finished), 0),
        "flow runs in Prefect": (sum(states.values()), True),
        "of them crashed": (states.get("CRASHED", 0), True),
        "of them still running": (states.get("RUNNING", 0) + states.get("PENDING", 0), 0),
        "processes left behind": (watched.orphans, 0),
        "log lines that are no JSON": (sum(1 for each in watched.events if each["level"] == "stray"), 0),
    }
    held = all(wanted is True or value == wanted for value, wanted in checks.values())
    day = time.strftime("%Y-%m-%d")
    lines = [
        f"{minutes:g} minutes on {day}, thirteen outlets, {os.cpu_count()} processors, `python -m bench.soak`:",
        "",
        "| | seen | wanted |",
        "|---|---|---|",
        *(f"| {name} | {value} | {'' if wanted is True else wanted} |" for name, (value, wanted) in checks.items()),
        "",
        *(f"- {line}" for line in watched.restarts),
        f"- Work: {', '.join(f'{job} {outcome} {count}' for (job, outcome), count in sorted(outcomes.items()))}.",
        f"- Prefect's database {(data / 'prefect' / 'prefect.db').stat().st_size / 1e6:.1f} MB at the end.",
        "",
        "| memory (PSS, MB) | first quarter | last quarter | most |",
        "|---|---|---|---|",
        *_memory_rows(watched, minutes),
        "",
    ]
    return "\n".join(lines), held


_UNTOLD = """
select count(*) from alerts as al
where priority = 'high' and origin = 'live' and not exists (
    select 1 from store.digest_alerts as told join digests using (digest_id)
    where told.alert_id = al.alert_id and digests.state = 'sent')"""

_MAILED_TWICE = """
select count(*) from (
    select digests.reader, told.alert_id from digests join store.digest_alerts as told using (digest_id)
    where kind = 'digest' and state = 'sent' group by all having count(*) > 1)"""

# What had landed before a reader's last mail was made is in one of theirs.
_NOT_MAILED = """
select count(*)
from (
    select reader, max(until_at) as until from digests where kind = 'digest' and state = 'sent' group by reader) as last
join alerts as al on al.created_at < last.until
where not exists (
    select 1 from store.digest_alerts as told join digests using (digest_id)
    where told.alert_id = al.alert_id and digests.reader = last.reader and kind = 'digest' and state = 'sent')"""

_OVERLAPS = """
select count(*) from (
    select started_at < lag(finished_at) over (order by started_at) as too_early
    from runs where finished_at is not null)
where too_early"""


def _overlaps(finished: Sequence[dict[str, Any]]) -> int:
    """Return how often a piece of work began before the one before it had ended, by what the log says."""
    ended: dict[str, float] = {}
    count = 0
    for each in finished:
        end = _seconds(each["at"])
        # The log's own seconds are rounded.
        count += end - float(each["seconds"]) < ended.get(each["job"], 0.0) - 0.2
        ended[each["job"]] = end
    return count


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _memory_rows(watched: Watched, minutes: float) -> Iterator[str]:
    for kind in ("up", "forkserver", "server", "work", "all"):
        samples = watched.memory.get(kind, [])
        first = [size for minute, size in samples if minute <= minutes / 4]
        last = [size for minute, size in samples if minute >= minutes * 3 / 4]
        if first and last:
            most = max(size for _, size in samples)
            yield f"| {kind} | {statistics.median(first):.0f} | {statistics.median(last):.0f} | {most:.0f} |"


def _up(settings_file: Path, addresses: dict[str, tuple[str, int]]) -> None:
    # As the command does it, with a press where the demo's hosts are.
    from flows.logs import set_up_logging  # noqa: PLC0415
    from flows.schedule.up import stay_up  # noqa: PLC0415
    from flows.settings import load_settings  # noqa: PLC0415

    settings = load_settings(settings_file)
    set_up_logging(settings)
    stay_up(settings, addresses={host: (name, port) for host, (name, port) in addresses.items()})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--up", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.up:
        _up(Path(options.up[0]), json.loads(options.up[1]))
    else:
        sys.exit(main(options.minutes, options.out))
