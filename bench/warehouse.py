"""The warehouse at scale: a made-up press of a million articles, landed into, asked, published.

Sizes come from ``WAKHAN_BENCH_ARTICLES`` (default 1,000,000: a file of two gigabytes) and
``WAKHAN_BENCH_SECONDS`` (default 120: how long readers and a writer meet). ``WAKHAN_BENCH_PRESS`` names a press that
was made before (``make_press``) and is copied instead of made. Seconds of CPU stand beside those of the clock, which
other work on the machine makes longer.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bench.result import Result, at_least, at_most
from digest import render_digest
from digest.mail import Recipient, Sender, build_mail
from records import Alert, Article, LanguageGuess, Mention, Translation, alert_id_of, article_id_of, content_hash_of
from records.landing import Batch, Matching
from warehouse import Warehouse, land, open_warehouse, read_edition
from warehouse.documenting import question_of
from warehouse.publishing import copy_file, publish, release_parquet
from warehouse.sqlfiles import sql_names

_PRESS = Path(__file__).with_name("warehouse_press.sql")
# As many as a rebuild or an import has at hand; a run lands 25 at a time, as fast as pages come.
_BATCH = 10_000
_READERS = 20

# A reader holds on to the invariant of every landing: an alert for every article that one batch brings.
_READER = """
import sys, time, duckdb
path, until, errors, reads = sys.argv[1], time.time() + float(sys.argv[2]), 0, 0
while time.time() < until:
    try:
        with duckdb.connect(path, read_only=True) as c:
            landed, alerted = c.execute(
                "select (select count(*) from store.articles where outlet_id = 'bench'), "
                "(select count(*) from store.alerts where list_id = 'bench')"
            ).fetchone()
            errors += landed != alerted
            reads += 1
    except duckdb.Error as error:
        print(error, file=sys.stderr)
        errors += 1
print(errors, reads)
"""


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one makes its own data
    """Make the press and measure everything on it."""
    articles = int(os.environ.get("WAKHAN_BENCH_ARTICLES", "1000000"))
    seconds = float(os.environ.get("WAKHAN_BENCH_SECONDS", "120"))
    made = os.environ.get("WAKHAN_BENCH_PRESS")
    with tempfile.TemporaryDirectory(dir=os.environ.get("WAKHAN_BENCH_DIR")) as folder:
        path = Path(folder) / "bench.duckdb"
        if made is None:
            make_press(path, articles)
        else:
            copy_file(Path(made), path)
        results = [
            *ask_questions(path),
            *build_digest(path),
            *land_batches(path),
            *publish_and_release(path),
        ]
        small = Path(folder) / "small.duckdb"
        make_press(small, min(articles, 50_000))
        return [*results, *readers_beside_a_writer(small, seconds)]


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a share of a press's articles say besides, one to three of them each, in the original and in English."""

    percent: int
    pairs: Sequence[tuple[str, str]]


def make_press(path: Path, articles: int, sentences: Sequence[Sentences] = ()) -> None:
    """Fill a new warehouse with the press of ``warehouse_press.sql``."""
    pairs = [(number, *pair) for number, group in enumerate(sentences) for pair in group.pairs]
    values = {
        "articles": articles,
        "percent": [group.percent for group in sentences],
        "group_of_sentence": [number for number, _, _ in pairs],
        "sentence": [sentence for _, sentence, _ in pairs],
        "sentence_en": [english for _, _, english in pairs],
    }
    text = "\n".join(line for line in _PRESS.read_text("utf-8").split("\n") if not line.startswith("--"))
    with open_warehouse(path) as warehouse:
        for statement in filter(str.strip, text.split(";\n")):
            named = re.findall(r"\$(\w+)", statement)
            warehouse.connection.execute(statement, {name: values[name] for name in named})
        warehouse.connection.execute("checkpoint")


class Clock:
    """Adds up wall and CPU seconds of what runs within it; a connection's stand-in that times every query."""

    def __init__(self, connection: Any = None) -> None:
        self.wall, self.cpu, self._connection = 0.0, 0.0, connection

    def __enter__(self) -> Clock:
        self._started = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._started[0]
        self.cpu += time.process_time() - self._started[1]

    def execute(self, *query: Any) -> Clock:
        """Run a query on the connection, timed."""
        with self:
            self._connection.execute(*query)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Fetch its rows, timed."""
        with self:
            rows: list[tuple[Any, ...]] = self._connection.fetchall()
        return rows

    @property
    def description(self) -> Any:
        """Return the columns of the last query."""
        return self._connection.description


def ask_questions(path: Path) -> list[Result]:
    """Time every worked question, warm."""
    took: dict[str, Clock] = {}
    with open_warehouse(path) as warehouse:
        for name in sql_names("questions"):
            query = question_of(name)[1]
            warehouse.connection.execute(query).fetchall()
            with Clock() as took[name]:
                warehouse.connection.execute(query).fetchall()
    slowest = max(took, key=lambda name: took[name].wall)
    wall = statistics.median(clock.wall for clock in took.values())
    cpu = statistics.median(clock.cpu for clock in took.values())
    return [
        at_most(f"warehouse: slowest question ({slowest})", took[slowest].wall, "s", 1.0),
        Result("warehouse: its CPU", took[slowest].cpu, "s"),
        at_most("warehouse: median question", wall, "s", 0.15),
        Result("warehouse: its CPU", cpu, "s"),
    ]


def build_digest(path: Path) -> list[Result]:
    """Read and render the digest of the press's last day, 3,000 alerts, warm."""
    with open_warehouse(path) as warehouse:
        ((until,),) = warehouse.connection.execute("select max(created_at) from store.alerts").fetchall()
        until = until.replace(tzinfo=UTC) + timedelta(minutes=1)
        day = {"since": until - timedelta(days=1), "until": until}
        read_edition(warehouse, **day)
        queries = Clock(warehouse.connection)
        timed = Warehouse(path=path, connection=cast(Any, queries))
        with Clock() as whole:
            edition = read_edition(timed, **day)
            rendered = render_digest(edition)
    mail = build_mail(
        rendered,
        sender=Sender(address="digest@bench.example"),
        recipient=Recipient(reader="bench", address="reader@bench.example"),
        day=until.date(),
        made_at=until,
    )
    alerts = sum(len(item.alert_ids) for item in (*edition.items, *edition.backscanned))
    return [
        Result("warehouse: digest, alerts of the day", alerts, "alerts"),
        at_most("warehouse: digest, its queries", queries.wall, "s", 0.5),
        Result("warehouse: digest, CPU of its queries", queries.cpu, "s"),
        at_most("warehouse: digest, read and rendered", whole.wall, "s", 2.0),
        Result("warehouse: digest, CPU of all of it", whole.cpu, "s"),
        at_most("warehouse: digest, its page", len(rendered.html.encode()) / 1000, "kB", 102),
        at_most("warehouse: digest, the mail as it is sent", len(mail.as_bytes()) / 1000, "kB", 200),
    ]


def land_batches(path: Path) -> list[Result]:
    """Land four batches of new articles with all that is found out about them, then one of them again."""
    batches = [batch_of(number * _BATCH, _BATCH) for number in range(4)]
    with open_warehouse(path) as warehouse:
        with Clock() as clock:
            landed = sum(len(land(warehouse, batch).new) for batch in batches)
        with Clock() as second:
            again = land(warehouse, batches[-1])
        return [
            at_least("warehouse: articles landed a second", landed / clock.wall, "articles/s", 3000),
            Result("warehouse: articles landed a CPU second", landed / clock.cpu, "articles/s"),
            Result("warehouse: the same batch again", second.wall, "s"),
            at_most("warehouse: new in the same batch again", len(again.new), "articles", 0),
            *_revise(warehouse, batches[-1]),
        ]


def _revise(warehouse: Warehouse, batch: Batch) -> list[Result]:
    """Land a change of fifty articles: what an hour of a busy press brings."""
    changed = tuple(
        replace(
            article,
            text=article.text + " Дополнено.",
            content_hash=content_hash_of(article.title, article.text + " Дополнено."),
            fetched_at=article.fetched_at + timedelta(hours=1),
        )
        for article in batch.articles[:50]
    )
    with Clock() as clock:
        revised = land(warehouse, Batch(landed_at=datetime.now(UTC), articles=changed)).revised
    return [
        # It merges the row groups of the batches before it, too.
        at_most("warehouse: fifty revisions", clock.wall, "s", 5.0),
        at_least("warehouse: of them landed", len(revised), "revisions", len(changed)),
    ]


def publish_and_release(path: Path) -> list[Result]:
    """Publish after a landing of a thousand; write the Parquet release, again with nothing changed, again with news."""
    with open_warehouse(path) as warehouse:
        land(warehouse, batch_of(1_000_000, 1000))
    with Clock() as publishing:
        published = publish(path)
    folder = path.parent / "release"
    with Clock() as first:
        files = len(release_parquet(published.path, folder).written)
    parquet = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    with Clock() as second:
        unchanged = release_parquet(published.path, folder)
    with open_warehouse(path) as warehouse:
        land(warehouse, batch_of(2_000_000, 1000))
    changed = release_parquet(publish(path).path, folder)
    return [
        at_most("warehouse: publishing", publishing.wall, "s", 20.0),
        Result("warehouse: its CPU", publishing.cpu, "s"),
        Result("warehouse: the file", published.bytes / 1e6, "MB"),
        Result("warehouse: the same in zstd Parquet", parquet / 1e6, "MB"),
        Result("warehouse: release, whole", first.wall, "s"),
        Result("warehouse: its files", files, "files"),
        Result("warehouse: release with nothing changed", second.wall, "s"),
        at_most("warehouse: files rewritten then", len(unchanged.written), "files", 0),
        # One month of articles, mentions and alerts; none of revisions.
        at_most("warehouse: files rewritten after a landing of today", len(changed.written), "files", 3),
    ]


def readers_beside_a_writer(path: Path, seconds: float) -> list[Result]:
    """Let twenty processes read the published copy while a writer lands and publishes every five seconds."""
    copy = publish(path).path
    command = [sys.executable, "-c", _READER, str(copy), str(seconds)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(_READERS)]
    until = time.monotonic() + seconds
    landings = 0
    while time.monotonic() < until:
        with open_warehouse(path) as warehouse:
            land(warehouse, batch_of(landings * 100, 100))
        publish(path)
        landings += 1
        time.sleep(min(5.0, max(0.0, until - time.monotonic())))
    answers = [reader.communicate()[0].split() for reader in readers]
    errors = sum(int(found) for found, _ in answers)
    reads = sum(int(count) for _, count in answers)
    return [
        at_most("warehouse: errors of readers beside a writer", errors, "errors", 0),
        Result("warehouse: their reads", reads, "reads"),
        Result("warehouse: landings published meanwhile", landings, "landings"),
    ]


def batch_of(first: int, count: int) -> Batch:
    """Return a batch of made-up articles, each with language, translation, five mentions and an alert."""
    now = datetime.now(UTC).replace(microsecond=0)
    articles = tuple(_article(number, now) for number in range(first, first + count))
    mentions = tuple(mention for article in articles for mention in _mentions(article))
    return Batch(
        landed_at=now,
        articles=articles,
        languages=tuple(
            LanguageGuess(article_id=a.article_id, language="ru", script="Cyrl", confidence=0.99, method="profiles")
            for a in articles
        ),
        translations=tuple(
            Translation(
                article_id=a.article_id,
                source="ru",
                target="en",
                title=a.title,
                text=a.text,
                engine="argos",
                model_version="1.9",
                dropped_names=(),
            )
            for a in articles
        ),
        matchings=tuple(Matching(article_id=a.article_id, list_id="bench", list_version="v1") for a in articles),
        mentions=mentions,
        alerts=tuple(
            Alert(
                alert_id=alert_id_of(a.article_id, "base-201"),
                article_id=a.article_id,
                entity_id="base-201",
                list_id="bench",
                priority="normal",
                score=0.9,
                story_id=None,
                origin="live",
                created_at=now,
            )
            for a in articles
        ),
    )


def _article(number: int, now: datetime) -> Article:
    url = f"https://bench.example/{number}"
    title = f"Учения на полигоне, день {number}"
    # About what an agency writes: 1,800 characters, and not the same twice.
    words = (f"слово{(number * 7919 + place * 104729) % 30011}" for place in range(180))
    text = "Военные 201-й базы прибыли. " + " ".join(words)
    return Article(
        article_id=article_id_of(url),
        outlet_id="bench",
        url=url,
        canonical_url=url,
        title=title,
        text=text,
        byline=None,
        section=None,
        published_at=now,
        published_raw=None,
        published_precision="minute",
        date_source="feed",
        extractor="selectors",
        content_hash=content_hash_of(title, text),
        fetched_at=now,
    )


def _mentions(article: Article) -> list[Mention]:
    start = article.text.index("201-й базы")
    mention = Mention(
        article_id=article.article_id,
        entity_id="base-201",
        list_id="bench",
        list_version="v1",
        field="text",
        start=start,
        end=start + 10,
        surface="201-й базы",
        name="201-я база",
        form="201-й базы",
        score=0.9,
        reasons=("genitive case",),
    )
    return [replace(mention, entity_id=f"base-201-{n}" if n else "base-201") for n in range(5)]
