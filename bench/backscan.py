"""How fast a changed list meets everything that has landed, on the made-up press of ``bench.warehouse``.

``WAKHAN_BENCH_ARTICLES`` (default 1,000,000) is how many articles have landed. The floors are 1,000,000 articles in two
minutes for one new entity and in three for a list of a hundred; the rates of a smaller press are held to the same.
Each is asked of a list that nobody writes about, and of one that the press names: the one entity in 2 articles of 100,
somebody of the hundred in 30, in any form of a name, some in the translation alone. Seconds of CPU stand beside those
of the clock, which other work on the machine makes longer.
"""

from __future__ import annotations

import os
import random
import re
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.names_made import made_list
from bench.result import Result, at_least, at_most
from bench.warehouse import Sentences, make_press
from flows.names.backscan import Backscan, backscan, waiting_articles
from flows.settings import Settings
from watchlists.forms import forms_of
from watchlists.listfile import WatchList

_ARTICLES = int(os.environ.get("WAKHAN_BENCH_ARTICLES", "1000000"))
_FORMS = 30  # of an entity, that the press writes it in
_MEGABYTES = 3000  # of all processes together, however many articles there are: what a small server can spare


@dataclass(frozen=True, slots=True)
class _Case:
    entities: int
    seconds_a_million: int
    percent: int  # of all articles, that name somebody of the list

    @property
    def watch_list(self) -> WatchList:
        made = made_list(self.entities, seed=self.entities + self.percent)
        entities = tuple(
            entity.model_copy(update={"id": f"{entity.id}-of-{self.entities}-in-{self.percent}"})
            for entity in made.entities
        )
        return made.model_copy(update={"id": f"list-of-{self.entities}-in-{self.percent}", "entities": entities})


_CASES = (_Case(1, 120, 0), _Case(100, 180, 0), _Case(1, 120, 2), _Case(100, 180, 30))


@dataclass(frozen=True, slots=True)
class _Measured:
    done: Backscan
    wall: float
    cpu: float
    megabytes: float


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one makes its own data
    """Make the press and scan it for one entity and for a hundred, whom nobody names and whom many do."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("WAKHAN_BENCH_DIR")) as folder:
        settings = Settings(data_dir=Path(folder))
        make_press(
            settings.warehouse, _ARTICLES, [Sentences(case.percent, _sentences(case.watch_list)) for case in _CASES]
        )
        return [result for case in _CASES for result in _scan(settings, case)]


def _sentences(watch_list: WatchList) -> list[tuple[str, str]]:
    """Return sentences that name each entity in forms of its names; every tenth does in English only."""
    chance = random.Random(watch_list.id)
    return [
        (
            "Об этом сообщили вчера." if english and number % 10 == 0 else f"Среди прочих был и {form}, как сообщили.",
            f"Among others, {english[0]} was there, it was said." if english else "Nothing more was said.",
        )
        for entity in watch_list.entities
        for english in [entity.name.get("en")]
        for number, form in enumerate(
            chance.choices(
                [f.text for f in forms_of(entity) if not f.weak and not f.only_in and f.language in {"ru", "tg"}],
                k=_FORMS,
            )
        )
    ]


def _scan(settings: Settings, case: _Case) -> Iterator[Result]:
    # In a process of its own, whose memory is not that of making the press.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        measured = process.submit(_measure, settings, case).result()
    done, rate = measured.done, measured.done.articles / measured.wall
    named = f"that {case.percent} % name" if case.percent else "that nobody names"
    name = f"backscan of {_ARTICLES:,} articles for a list of {case.entities} {named}"
    yield at_most(name, measured.wall, "s", case.seconds_a_million * _ARTICLES / 1_000_000)
    yield Result(f"{name}: rate", rate, "articles/s")
    yield Result(f"{name}: its CPU", measured.cpu, "s")
    yield at_most(f"{name}: memory of all its processes", measured.megabytes, "MB", _MEGABYTES)
    yield at_least(f"{name}: articles matched", done.articles, "articles", _ARTICLES)
    # Not all: a form may stand beside what forbids it, and an entity is named in English where nothing is translated.
    at_all = 0.9 * case.percent / 100 * _ARTICLES
    yield at_least(f"{name}: mentions landed", done.mentions, "mentions", at_all)
    yield at_least(f"{name}: alerts landed", done.alerts, "alerts", at_all)


def _measure(settings: Settings, case: _Case) -> _Measured:
    waiting_articles(settings, (case.watch_list,))
    with _Memory() as memory:
        started = time.perf_counter()
        done = backscan(settings, case.watch_list, done=lambda _: None)
        wall = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    return _Measured(done, wall, cpu, memory.most)


class _Memory:
    """Watches the memory (PSS, MB) of this process and its children, four times a second."""

    most = 0.0

    def __enter__(self) -> _Memory:
        self._ended = threading.Event()
        self._watching = threading.Thread(target=self._watch)
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watching.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.25):
            self.most = max(self.most, sum(map(_megabytes, (os.getpid(), *_children()))))


def _children() -> list[int]:
    threads = Path("/proc/self/task").glob("*/children")
    return [int(child) for thread in threads for child in _read(thread).split()]


def _megabytes(pid: int) -> float:
    pss = re.search(r"^Pss:\s+(\d+)", _read(Path(f"/proc/{pid}/smaps_rollup")), re.MULTILINE)
    return int(pss[1]) / 1024 if pss else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
