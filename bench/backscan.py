"""How fast a changed list meets everything that has landed, on the made-up press of ``bench.warehouse``.

``WAKHAN_BENCH_ARTICLES`` (default 1,000,000) is how many articles have landed. The floors are 1,000,000 articles in two
minutes for one new entity and in three for a list of a hundred; the rates of a smaller press are held to the same.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bench.names_made import made_list
from bench.result import Result
from bench.warehouse import make_press
from flows.names.backscan import backscan, waiting_articles
from flows.settings import Settings

_SECONDS_A_MILLION = {1: 120, 100: 180}  # by the entities of the list


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one makes its own data
    """Make the press and scan it for one entity, then for a hundred."""
    articles = int(os.environ.get("WAKHAN_BENCH_ARTICLES", "1000000"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("WAKHAN_BENCH_DIR")) as folder:
        settings = Settings(data_dir=Path(folder))
        make_press(settings.warehouse, articles)
        return [result for entities in _SECONDS_A_MILLION for result in _scan(settings, articles, entities)]


def _scan(settings: Settings, articles: int, entities: int) -> list[Result]:
    watch_list = made_list(entities, seed=entities).model_copy(update={"id": f"list-of-{entities}"})
    waiting_articles(settings, (watch_list,))
    started = time.perf_counter()
    done = backscan(settings, watch_list, done=lambda _: None)
    took = time.perf_counter() - started
    allowed = _SECONDS_A_MILLION[entities] * articles / 1_000_000
    name = f"backscan of {articles:,} articles for a list of {entities}"
    complete = done.articles == articles
    return [
        Result(name, took, "s", allowed, took < allowed and complete),
        Result(f"{name}: rate", done.articles / took, "articles/s"),
    ]
