"""1,000 feed items over 20 hosts on loopback, through fetch and extract, beside trafilatura and news-please.

Each runs in a process of its own against the same server, one after the other, with pacing off and names sent to
loopback; Wakhan with robots.txt and its archive on. Pages a second count from start to end of the process.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.fetching_peers import THREADS, time_news_please, time_trafilatura
from bench.press_server import HOSTS, ITEMS_PER_HOST
from bench.result import Result

if TYPE_CHECKING:
    from extractors.outlet import Outlet

# The goal of issue 2.
_FLOOR_RATIO = 1.5


def run(gold: Path | None) -> list[Result]:  # noqa: ARG001 - every bench takes it; this one needs no data
    """Measure one after the other, and where Wakhan's time goes."""
    with press() as port, tempfile.TemporaryDirectory() as folder:
        ours, extraction, mining = measure_wakhan(port, Path(folder))
        theirs = _rate("trafilatura", *time_trafilatura(port, Path(folder)))
        news_please = time_news_please(port)
    ratio = ours / theirs if theirs else 0.0
    results = [
        Result("fetching: pages a second, Wakhan", ours, "pages/s"),
        Result("fetching: pages a second, trafilatura --feed", theirs, "pages/s"),
        Result("fetching: to trafilatura", ratio, "times", _FLOOR_RATIO),
    ]
    if news_please is not None:
        rate = _rate("news-please", *news_please)
        results.append(Result("fetching: pages a second, news-please from_urls", rate, "pages/s"))
        results.append(Result("fetching: to news-please", ours / rate if rate else 0.0, "times"))
    return [
        *results,
        Result("fetching: share of Wakhan's time in extraction", extraction, "1"),
        Result("fetching: share of Wakhan's time not trafilatura's own", 1 - mining, "1"),
    ]


@contextmanager
def press() -> Iterator[int]:
    """Run the press in a process of its own and yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.press_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        yield int(server.stdout.readline())
        server.stdin.close()


def measure_wakhan(port: int, folder: Path) -> tuple[float, float, float]:
    """Return pages a second, and the shares of processor time in extraction and, within it, in trafilatura."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.fetching", "wakhan", str(port), str(folder / "archive")],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    pages, extraction, mining = done.stdout.split()
    return _rate("Wakhan", int(pages), seconds), float(extraction), float(mining)


def _rate(who: str, pages: int, seconds: float) -> float:
    """Return pages a second, and say where some are missing."""
    wanted = len(HOSTS) * ITEMS_PER_HOST
    if pages < wanted:
        print(f"{who} brought {pages} of {wanted} pages", file=sys.stderr)
    return pages / seconds


def fetch_and_extract(port: int, archive_folder: Path) -> None:
    """Send all items of all feeds through fetch and extract; print pages and the shares of time."""
    # What is imported here belongs to the measured process.
    import trafilatura  # noqa: PLC0415

    from extractors.fetching import Archive, Fetcher, FetchPolicy  # noqa: PLC0415
    from extractors.reading import extract_article  # noqa: PLC0415
    from extractors.sources.read import read_page  # noqa: PLC0415
    from records import Fetched  # noqa: PLC0415

    extracting, mining = Stopwatch(), Stopwatch()
    extract = extracting.around(extract_article)
    trafilatura.bare_extraction = mining.around(trafilatura.bare_extraction)

    def read_outlet(fetcher: Fetcher, host: str) -> int:
        outlet = _outlet(host)
        listing = fetcher.fetch(outlet.sources[0].url, outlet=outlet)
        assert isinstance(listing, Fetched)
        items = read_page(outlet.sources[0], outlet, listing).items
        for item in items:
            page = fetcher.fetch(item.url, outlet=outlet)
            assert isinstance(page, Fetched)
            extract(page, outlet=outlet, item=item)
        return len(items)

    policy = FetchPolicy(contact="bench@example.org", pacing=False, addresses=dict.fromkeys(HOSTS, ("127.0.0.1", port)))
    started = time.process_time()
    with (
        Archive(archive_folder) as archive,
        Fetcher(policy, archive=archive) as fetcher,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        pages = sum(threads.map(lambda host: read_outlet(fetcher, host), HOSTS))
    whole = time.process_time() - started
    print(pages, extracting.seconds / whole, mining.seconds / whole)


class Stopwatch:
    """Adds up the processor time of calls, over all threads."""

    def __init__(self) -> None:
        self._spent: list[float] = []  # list.append is atomic, += is not

    @property
    def seconds(self) -> float:
        """The sum so far."""
        return sum(self._spent)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``call`` with its time measured."""

        def timed(*arguments: Any, **named: Any) -> Any:
            started = time.thread_time()
            try:
                return call(*arguments, **named)
            finally:
                self._spent.append(time.thread_time() - started)

        return timed


def _outlet(host: str) -> Outlet:
    from extractors.outlet import FeedSource, Outlet  # noqa: PLC0415

    return Outlet(
        id=host.partition(".")[0],
        title=host,
        country="TJ",
        languages=("ru",),
        url=f"http://{host}/",
        timezone="Asia/Dushanbe",
        sources=(FeedSource(kind="feed", url=f"http://{host}/feed.xml"),),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["wakhan"]:
        fetch_and_extract(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        for result in run(None):
            print(f"{result.name:60} {result.value:10.2f} {result.unit}")
