"""What Wakhan's fetching is measured beside: the trafilatura command line and news-please, on the press of the bench.

Each runs in a process of its own, with as much in its favour as can be had: no sleep between requests, no pictures.
Names are sent to loopback by replacing the look-up in that process.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from importlib.util import find_spec
from pathlib import Path

from bench.press_server import HOSTS, article_urls

THREADS = 8

_LOOK_UP_AT_HOME = """
import socket
look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, port, *rest, **more: look_up("127.0.0.1", {port}, *rest, **more)
"""
_TRAFILATURA = """
import sys
sys.argv = ["trafilatura", *{arguments!r}]
from trafilatura.cli import main
main()
"""
# One call a feed: it opens a connection for every address of a call at once. Extraction runs in a process a core.
_NEWS_PLEASE = """
from newsplease import NewsPlease
for urls in {feeds!r}:
    found = NewsPlease.from_urls(urls, request_args={{"timeout": 60}}, fetch_images=False)
    for article in found.values():
        if article and article.maintext:
            print(article.url)
"""


def time_trafilatura(port: int, folder: Path) -> tuple[int, float]:
    """Return pages and seconds of ``trafilatura --feed`` with JSON and metadata, one process for all feeds.

    Its sleep between requests and its guard against loopback are switched off through its own configuration file.
    """
    from trafilatura.settings import DEFAULT_CONFIG  # noqa: PLC0415 - 1 s to import

    config, feeds, out = folder / "settings.cfg", folder / "feeds.txt", folder / "out"
    DEFAULT_CONFIG.set("DEFAULT", "SLEEP_TIME", "0")
    DEFAULT_CONFIG.set("DEFAULT", "SSRF_PROTECTION", "false")
    with config.open("w") as file:
        DEFAULT_CONFIG.write(file)
    feeds.write_text("".join(f"http://{host}/feed.xml\n" for host in HOSTS))
    arguments = ["--feed", "--input-file", str(feeds), "--json", "--with-metadata", "--parallel", str(THREADS)]
    arguments += ["--config-file", str(config), "--output-dir", str(out)]
    _, seconds = _timed(_TRAFILATURA.format(arguments=arguments), port)
    return sum(1 for _ in out.rglob("*.json")), seconds


def time_news_please(port: int) -> tuple[int, float] | None:
    """Return pages and seconds of ``NewsPlease.from_urls`` for the same pages, their addresses given; ``None`` without.

    Its command line is a Scrapy project that crawls a site from its front page, and does not take a list of feeds.
    """
    if find_spec("newsplease") is None:
        print("news-please is not installed and not measured: pip install -e '.[bench]'", file=sys.stderr)
        return None
    done, seconds = _timed(_NEWS_PLEASE.format(feeds=[article_urls(host) for host in HOSTS]), port)
    if done.returncode:
        print(f"news-please does not run here: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return len(set(done.stdout.split())), seconds


def _timed(code: str, port: int) -> tuple[subprocess.CompletedProcess[str], float]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_LOOK_UP_AT_HOME.format(port=port) + code)],
        check=False,
        capture_output=True,
        text=True,
    )
    return done, time.perf_counter() - started
