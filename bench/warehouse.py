"""The warehouse at scale: a made-up press of a million articles, landed into, asked, published.

Sizes come from ``WAKHAN_BENCH_ARTICLES`` (default 1,000,000: about two gigabytes and ten minutes) and
``WAKHAN_BENCH_SECONDS`` (default 120: how long readers and a writer meet).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import render_digest
from records import Alert, Article, LanguageGuess, Mention, Translation, alert_id_of, article_id_of, content_hash_of
from records.landing import Batch, Matching
from warehouse import Warehouse, land, open_warehouse, read_edition
from warehouse.documenting import question_of
from warehouse.publishing import publish, release_parquet
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


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; ``floor`` is what it is held to and ``passed`` whether it holds."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    passed: bool = True


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one makes its own data
    """Make the press and measure everything on it."""
    articles = int(os.environ.get("WAKHAN_BENCH_ARTICLES", "1000000"))
    seconds = float(os.environ.get("WAKHAN_BENCH_SECONDS", "120"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("WAKHAN_BENCH_DIR")) as folder:
        path = Path(folder) / "bench.duckdb"
        make_press(path, articles)
        results = [*ask_questions(path), *land_batches(path), *publish_and_release(path)]
        small = Path(folder) / "small.duckdb"
        make_press(small, min(articles, 50_000))
        return [*results, *readers_beside_a_writer(small, seconds)]


def make_press(path: Path, articles: int) -> None:
    """Fill a new warehouse with the press of ``warehouse_press.sql``."""
    text = "\n".join(line for line in _PRESS.read_text("utf-8").split("\n") if not line.startswith("--"))
    with open_warehouse(path) as warehouse:
        for statement in filter(str.strip, text.split(";\n")):
            wanted = {"articles": articles} if "$articles" in statement else {}
            warehouse.connection.execute(statement, wanted)
        warehouse.connection.execute("checkpoint")


def ask_questions(path: Path) -> list[Result]:
    """Time every worked question, warm, and the reading and rendering of a day's digest."""
    took: dict[str, float] = {}
    with open_warehouse(path) as warehouse:
        for name in sql_names("questions"):
            query = question_of(name)[1]
            warehouse.connection.execute(query).fetchall()
            started = time.perf_counter()
            warehouse.connection.execute(query).fetchall()
            took[name] = time.perf_counter() - started
        now = datetime.now(UTC)
        started = time.perf_counter()
        edition = read_edition(warehouse, since=now - timedelta(days=1), until=now)
        read = time.perf_counter() - started
        started = time.perf_counter()
        rendered = render_digest(edition)
        shown = time.perf_counter() - started
    slowest = max(took, key=took.__getitem__)
    median = statistics.median(took.values())
    size = len(rendered.html.encode()) / 1000
    return [
        Result(f"warehouse: slowest question ({slowest})", took[slowest], "s", 1.0, took[slowest] < 1.0),
        Result("warehouse: median question", median, "s", 0.15, median < 0.15),
        Result("warehouse: digest, its queries", read, "s", 0.5, read < 0.5),
        Result("warehouse: digest, rendering", shown, "s", 2.0, read + shown < 2.0),
        Result("warehouse: digest, size", size, "kB", 200, size < 200),
    ]


def land_batches(path: Path) -> list[Result]:
    """Land four batches of new articles with all that is found out about them, then one of them again."""
    batches = [batch_of(number * _BATCH, _BATCH) for number in range(4)]
    with open_warehouse(path) as warehouse:
        started = time.perf_counter()
        landed = sum(len(land(warehouse, batch).new) for batch in batches)
        rate = landed / (time.perf_counter() - started)
        started = time.perf_counter()
        again = land(warehouse, batches[-1])
        return [
            Result("warehouse: articles landed a second", rate, "articles/s", 3000, rate >= 3000),
            Result("warehouse: the same batch again", time.perf_counter() - started, "s"),
            Result("warehouse: new in the same batch again", len(again.new), "articles", 0, not again.new),
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
    started = time.perf_counter()
    revised = land(warehouse, Batch(landed_at=datetime.now(UTC), articles=changed)).revised
    took = time.perf_counter() - started
    return [Result("warehouse: fifty revisions", took, "s", 5.0, took < 5.0 and len(revised) == len(changed))]


def publish_and_release(path: Path) -> list[Result]:
    """Publish after a landing of a thousand; write the Parquet release, and again with nothing changed."""
    with open_warehouse(path) as warehouse:
        land(warehouse, batch_of(1_000_000, 1000))
    started = time.perf_counter()
    published = publish(path)
    took = time.perf_counter() - started
    folder = path.parent / "release"
    release_parquet(published.path, folder)
    started = time.perf_counter()
    again = release_parquet(published.path, folder)
    renewed = time.perf_counter() - started
    parquet = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    return [
        Result("warehouse: publishing", took, "s", 20.0, took < 20.0),
        Result("warehouse: file beside its release in zstd Parquet", published.bytes / parquet, "x"),
        Result("warehouse: release with nothing changed", renewed, "s"),
        Result("warehouse: files rewritten then", len(again.written), "files", 0, not again.written),
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
        Result("warehouse: errors of readers beside a writer", errors, "errors", 0, errors == 0),
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
