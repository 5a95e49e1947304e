"""Twenty made-up outlets on loopback: ``python -m bench.press_server`` prints its port and serves until stdin ends.

The text is drawn from a few dozen words; only its amount and its wrapping (navigation, teasers, scripts) are lifelike.
"""

from __future__ import annotations

import functools
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTS = tuple(f"press{number:02d}.example.org" for number in range(20))
ITEMS_PER_HOST = 50
_WORDS = (  # noqa: SIM905 - a list of forty strings reads worse
    "учения граница пограничники перевал дорога министерство сообщило представитель район вечером колонна техника "
    "договор встреча соседние страны жители посёлок мост река прибыли завершили проверка маршрут гарнизон командир "
    "по словам в результате на прошлой неделе ранее стало известно о чём говорится в сообщении ведомства"
).split()


def sentence(chance: random.Random) -> str:
    """Return a sentence of nonsense."""
    return " ".join(chance.choices(_WORDS, k=chance.randint(8, 18))).capitalize() + "."


@functools.cache
def page(host: str, number: int) -> bytes:
    """Return one article page, about 20 kB, always the same."""
    chance = random.Random(f"{host}/{number}")
    menu = "".join(f"<li><a href='/section/{n}'>{chance.choice(_WORDS)}</a></li>" for n in range(40))
    teasers = "".join(f"<div class='teaser'><a href='/news/{n}'>{sentence(chance)}</a></div>" for n in range(25))
    text = "".join(f"<p>{' '.join(sentence(chance) for _ in range(4))}</p>" for _ in range(14))
    title = sentence(chance)
    return (
        f"<!DOCTYPE html><html lang='ru'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='2026-11-{1 + number % 20:02d}T08:00:00+05:00'>"
        f"<script>{'var a=1;' * 300}</script></head><body><nav><ul>{menu}</ul></nav><main><article>"
        f"<h1>{title}</h1>{text}</article><aside>{teasers}</aside></main><footer>{sentence(chance)}</footer></body></html>"
    ).encode()


def article_urls(host: str) -> list[str]:
    """Return the addresses of an outlet's articles."""
    return [f"http://{host}/news/2026/11/{number}.html" for number in range(ITEMS_PER_HOST)]


def feed(host: str) -> bytes:
    """Return the feed of one outlet."""
    items = "".join(
        f"<item><title>{number}</title><link>{url}</link></item>" for number, url in enumerate(article_urls(host))
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>".encode()


class _Press(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").split(":")[0]
        status, kind, body = 200, "text/html; charset=utf-8", b""
        if self.path == "/feed.xml":
            kind, body = "application/rss+xml", feed(host)
        elif self.path.startswith("/news/"):
            body = page(host, int(self.path.rsplit("/", 1)[1].removesuffix(".html")))
        else:
            status = 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the bench measures, it does not log."""


def main() -> None:
    """Serve until stdin is closed."""
    for host in HOSTS:
        for number in range(ITEMS_PER_HOST):
            page(host, number)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Press)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
