"""An outlet that prints a new article every so many seconds, each naming one watched base, and a mailbox beside it.

What has been printed by when is known exactly, so that a run of hours can be held to it: nothing lost, nothing twice.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.press_server import sentence

HOST = "ticker.example"
# A name of the starter list, of high priority.
ENTITY_ID = "base-201"
_NAMED = "201-я российская военная база"
_OUTLET = f"""\
title: Ticker
country: RU
languages: [ru]
url: "http://{HOST}/"
timezone: Asia/Dushanbe
sources: [{{kind: feed, url: "http://{HOST}/feed.xml"}}]
fetch: {{every_minutes: 1, min_delay_seconds: 0}}
"""


class Ticker(ThreadingHTTPServer):
    """The outlet; ``messages`` are the immediate alerts that were posted to ``/alerts``, as they came."""

    daemon_threads = True

    def __init__(self, every_seconds: float) -> None:
        self.every_seconds = every_seconds
        self.began_at = time.time()
        self.ends_at = float("inf")
        self.messages: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def printed(self) -> int:
        """How many articles there are by now."""
        return int((min(time.time(), self.ends_at) - self.began_at) / self.every_seconds) + 1

    def outlet_file(self) -> str:
        """Return the outlet's file."""
        return _OUTLET

    def feed(self) -> bytes:
        """Return the feed: everything printed, the newest first."""
        items = "".join(
            f"<item><title>{title(number)}</title><link>http://{HOST}/news/{number}.html</link>"
            f"<pubDate>{self._date(number)}</pubDate></item>"
            for number in reversed(range(self.printed))
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Ticker</title>{items}</channel></rss>".encode()

    def page(self, number: int) -> bytes:
        """Return one article; no two are alike, so none is a copy of another's story."""
        chance = random.Random(number)
        text = "".join(f"<p>{' '.join(sentence(chance) for _ in range(3))}</p>" for _ in range(4))
        return (
            f"<html lang='ru'><head><meta charset='utf-8'><title>{title(number)}</title></head><body><article>"
            f"<h1>{title(number)}</h1><p>{_NAMED} упомянута в заметке {number}.</p>{text}</article></body></html>"
        ).encode()

    def _date(self, number: int) -> str:
        return format_datetime(datetime.fromtimestamp(self.began_at + number * self.every_seconds, UTC))


def title(number: int) -> str:
    """Return the title of an article."""
    return f"Заметка {number}: {sentence(random.Random(-number - 1)).rstrip('.')}"


@contextmanager
def start_ticker(every_seconds: float) -> Iterator[Ticker]:
    """Serve until the block ends."""
    with Ticker(every_seconds) as ticker:
        threading.Thread(target=ticker.serve_forever, name="ticker", daemon=True).start()
        yield ticker
        ticker.shutdown()


class _Answers(BaseHTTPRequestHandler):
    server: Ticker

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].removesuffix(".html")
        if self.path == "/feed.xml":
            self._answer(self.server.feed(), "application/rss+xml")
        elif self.path.startswith("/news/") and name.isdecimal() and int(name) < self.server.printed:
            self._answer(self.server.page(int(name)), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append({"at": time.time(), **json.loads(body)})
        self._answer(b"", "text/plain")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the record is made elsewhere."""
