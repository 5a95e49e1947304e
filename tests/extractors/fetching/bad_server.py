"""A server on loopback that does what outlets do to a fetcher on bad days.

Real sockets, a thread a connection. A path names a misbehaviour: ``server.url("gzip-bomb")``. ``FEEDS`` are the bodies
that are wrong as feeds and fine as HTTP; tests of the feed readers use them too. All text is made up here.
"""

from __future__ import annotations

import functools
import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Self

NEWS = (
    ("Учения у перевала завершены", "Пограничники двух стран вернулись в места постоянной службы."),
    ("Анҷоми машқҳои сарҳадӣ", "Сарбозон ба қароргоҳҳои худ баргаштанд."),
    ("边防演习结束", "两国边防人员在高原完成了演习，居民看到了车队。"),
)


@dataclass(frozen=True)
class Request:
    """One request as it came: names of headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]


class Connection:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket, server: BadServer) -> None:
        self.sock = sock
        self.server = server

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(
        self,
        body: bytes = b"",
        *,
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (),
        length: int | None = -1,
    ) -> None:
        """Send a whole answer; ``length`` -1 is the true one, ``None`` sends no Content-Length."""
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        if length is not None:
            lines.append(f"Content-Length: {len(body) if length == -1 else length}")
        self.send("\r\n".join([*lines, "", ""]).encode() + body)

    def hang_up(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Play = Callable[[Connection, Request], None]


@dataclass(frozen=True)
class Rules:
    """What an outlet file would say about fetching; quick, for tests."""

    every_minutes: int = 30
    timeout_seconds: float = 2.0
    min_delay_seconds: float = 0.0
    user_agent: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    ignore_robots: str | None = None


@dataclass(frozen=True)
class Target:
    """An outlet, as far as the fetcher needs one."""

    url: str
    id: str = "press"
    mirrors: tuple[str, ...] = ()
    fetch: Rules = field(default_factory=Rules)


@dataclass
class BadServer:
    """Listens until the ``with`` block ends; ``requests`` is what it was asked, robots.txt included.

    ``robots`` is the body of robots.txt, or a status for it. ``release`` lets go of what hangs.
    """

    name: str = "127.0.0.1"
    robots: str | int = 404
    tls: ssl.SSLContext | None = None
    reset_tls: bool = False
    pages: dict[str, Play] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    release: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        self._listener.close()
        for sock in list(self._open):
            sock.close()

    @property
    def host(self) -> str:
        return f"{self.name}:{self.port}"

    def url(self, path: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}/{path}"

    def paths(self) -> list[str]:
        """Return what was asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.add(sock)
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        try:
            if self.reset_tls:
                sock.recv(1)  # the client has begun to speak
                Connection(sock, self).reset()
                return
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
                self._open.add(sock)
            connection = Connection(sock, self)
            while (request := _read_request(sock)) is not None:
                self.requests.append(request)
                self.asked[request.path] += 1
                self._play(connection, request)
        except OSError:
            pass  # the client went away, which is what some tests are about
        finally:
            sock.close()

    def _play(self, connection: Connection, request: Request) -> None:
        path = request.path.removeprefix("/").partition("?")[0]
        if path == "robots.txt":
            if isinstance(self.robots, int):
                connection.answer(b"no", status=f"{self.robots} Robots")
            else:
                connection.answer(self.robots.encode(), headers=[("Content-Type", "text/plain")])
        elif path in self.pages:
            self.pages[path](connection, request)
        elif path in MISBEHAVIOURS:
            MISBEHAVIOURS[path](connection, request)
        elif path in FEEDS:
            body, content_type = FEEDS[path]
            connection.answer(body, headers=[("Content-Type", content_type)])
        else:
            connection.answer(feed(), headers=[("Content-Type", "application/rss+xml; charset=utf-8")])


def _read_request(sock: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return None
        data += more
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return Request(method, path, {name.strip().lower(): value.strip() for name, _, value in pairs})


# ---------------------------------------------------------------- bodies


def item(
    number: int, *, link: str | None = None, guid: str | None = None, date: str | None = "", title: str | None = None
) -> str:
    """Return one RSS item; ``date`` empty is an hour per number before noon of 2026-11-20, ``None`` leaves it out."""
    headline, summary = NEWS[number % len(NEWS)]
    if date == "":
        date = format_datetime(datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(hours=number))
    return (
        f"<item><title>{title or f'{headline} {number}'}</title><link>{link or f'http://press.test/news/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or f'press-{number}'}</guid><description>{summary}</description>"
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "</item>"
    )


def bare_item(number: int) -> str:
    """Return an RSS item of a headline and an address only: a third of the work where there are thousands."""
    return f"<item><title>{NEWS[number % 3][0]} {number}</title><link>http://press.test/news/{number}</link></item>"


def feed(items: Iterable[str] | None = None, *, prolog: str = '<?xml version="1.0"?>', doctype: str = "") -> bytes:
    """Return an RSS 2.0 feed in UTF-8, of three items if none are given."""
    body = "".join(items if items is not None else (item(number) for number in range(3)))
    head = "<title>Вестник перевала</title><link>http://press.test/</link>"
    return f"{prolog}{doctype}<rss version='2.0'><channel>{head}{body}</channel></rss>".encode()


HTML = (
    "<!DOCTYPE html><html><head><meta charset='{charset}'><title>Вестник перевала</title></head><body><article>"
    "<h1>Учения у перевала завершены</h1><p>По данным ведомства, пограничники двух стран вернулись в места постоянной "
    "службы. О потерях не сообщается, но жители видели колонну.</p></article></body></html>"
)
_BOMB = (
    "<!DOCTYPE rss [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {name} '{f'&{below};' * 10}'>" for below, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_EXTERNAL = "<!DOCTYPE rss [<!ENTITY secret SYSTEM 'file:///etc/hostname'>]>"
_FUTURE = "Fri, 20 Nov 2099 12:00:00 +0000"
_RSS = "application/rss+xml"

# name: body, Content-Type. Fine as HTTP; what is wrong is for the feed readers to find.
FEEDS: dict[str, tuple[bytes, str]] = {
    "html-for-feed": (HTML.format(charset="utf-8").encode(), "text/html; charset=utf-8"),
    "eleven-bytes": (b"<rss></rss>", _RSS),
    "no-items": (feed([]), _RSS),
    "charset-header-wrong": (feed(), f"{_RSS}; charset=windows-1251"),
    "charset-meta-wrong": (HTML.format(charset="koi8-r").encode(), "text/html"),
    "charset-prolog-wrong": (feed(prolog='<?xml version="1.0" encoding="windows-1251"?>'), _RSS),
    "bom": (b"\xef\xbb\xbf" + feed(prolog='<?xml version="1.0" encoding="utf-8"?>'), _RSS),
    "utf-16": (feed(prolog='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"), _RSS),
    "nul-bytes": (feed().replace(b" ", b" \0"), _RSS),
    "entity-bomb": (feed([item(0, title="&i;")], doctype=_BOMB), _RSS),
    "external-entity": (feed([item(0, title="&secret;")], doctype=_EXTERNAL), _RSS),
    "ten-thousand-items": (feed(bare_item(number) for number in range(10_000)), _RSS),
    "duplicate-guids": (feed(item(number, guid="the-same") for number in range(3)), _RSS),
    "relative-links": (feed(item(number, link=f"/news/{number}") for number in range(3)), _RSS),
    "links-off-host": (feed([item(0), item(1, link="http://elsewhere.test/a"), item(2, link="//cdn.test/b")]), _RSS),
    "future-dates": (feed(item(number, date=_FUTURE) for number in range(3)), _RSS),
    "no-dates": (feed(item(number, date=None) for number in range(3)), _RSS),
}


# ---------------------------------------------------------------- misbehaviours


def _redirect(location: str, status: str = "301 Moved Permanently") -> Play:
    return lambda connection, _request: connection.answer(
        status=status, headers=[("Location", location.format(host=connection.server.host))]
    )


def _status(status: str, *headers: tuple[str, str]) -> Play:
    return lambda connection, _request: connection.answer(b"no", status=status, headers=headers)


def _not_modified(connection: Connection, request: Request) -> None:
    if request.headers.get("if-none-match") == '"one"':
        connection.answer(status="304 Not Modified", headers=[("ETag", '"one"')], length=None)
    else:
        connection.answer(feed(), headers=[("ETag", '"one"'), ("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT")])


def _lying_etag(connection: Connection, request: Request) -> None:
    """Say 304 to whoever sends the ETag, although each day brings another feed."""
    if "if-none-match" in request.headers:
        connection.answer(status="304 Not Modified", headers=[("ETag", '"for-ever"')], length=None)
    else:
        count = connection.server.asked[request.path]
        connection.answer(feed([item(count)]), headers=[("ETag", '"for-ever"')])


def _forbidden_by_agent(connection: Connection, request: Request) -> None:
    if "Mozilla" in request.headers.get("user-agent", ""):
        connection.answer(feed())
    else:
        connection.answer(b"no robots", status="403 Forbidden")


def _once(broken: Play) -> Play:
    def play(connection: Connection, request: Request) -> None:
        if connection.server.asked[request.path] == 1:
            broken(connection, request)
        else:
            connection.answer(feed())

    return play


def _busy_with_date(connection: Connection, request: Request) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    connection.answer(status="429 Too Many Requests", headers=[("Retry-After", moment)])


def _truncated_gzip(connection: Connection, request: Request) -> None:
    connection.answer(gzip.compress(feed())[:-40], headers=[("Content-Encoding", "gzip")])


def _gzip_bomb(connection: Connection, request: Request) -> None:
    connection.answer(_bomb(), headers=[("Content-Encoding", "gzip")])


@functools.cache
def _bomb() -> bytes:
    """Return 30 kB that unpack to 30 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(30)) + packer.flush()


def _endless_page(connection: Connection, request: Request) -> None:
    connection.answer(b"<html>", length=None, headers=[("Connection", "close")])
    for _ in range(100):
        connection.send(b"x" * 1_000_000)
    connection.hang_up()


def _huge_page(connection: Connection, request: Request) -> None:
    connection.answer(b"<html>", length=100_000_000)
    connection.server.release.wait(30)


def _byte_by_byte(connection: Connection, request: Request) -> None:
    connection.answer(length=1_000_000)
    connection.server.reached.set()
    while not connection.server.release.wait(0.05):
        connection.send(b"x")


def _head_by_byte(connection: Connection, request: Request) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    while not connection.server.release.wait(0.05):
        connection.send(b"X-Slow: 1\r\n")


def _never(connection: Connection, request: Request) -> None:
    connection.server.reached.set()
    connection.server.release.wait(30)


def _no_length(connection: Connection, request: Request) -> None:
    connection.answer(feed(), length=None, headers=[("Connection", "close")])
    connection.hang_up()


def _length_too_long(connection: Connection, request: Request) -> None:
    connection.answer(feed(), length=len(feed()) + 100)
    connection.hang_up()


def _length_too_short(connection: Connection, request: Request) -> None:
    connection.answer(feed(), length=100)
    connection.hang_up()


def _chunk_cut_off(connection: Connection, request: Request) -> None:
    connection.answer(b"400\r\n<rss>", headers=[("Transfer-Encoding", "chunked")], length=None)
    connection.hang_up()


def _reset(connection: Connection, request: Request) -> None:
    connection.answer(feed()[:200], length=len(feed()))
    time.sleep(0.05)  # let the first part arrive before the reset overtakes it
    connection.reset()


def _not_http(connection: Connection, request: Request) -> None:
    connection.send(b"220 mail.press.test ESMTP\r\n")
    connection.hang_up()


def _empty_answer(connection: Connection, request: Request) -> None:
    connection.hang_up()


def _false_gzip(connection: Connection, request: Request) -> None:
    connection.answer(feed(), headers=[("Content-Encoding", "gzip")])


def _changing_guids(connection: Connection, request: Request) -> None:
    count = connection.server.asked[request.path]
    connection.answer(feed(item(number, guid=f"{number}-at-{count}") for number in range(3)))


MISBEHAVIOURS: dict[str, Play] = {
    "not-modified": _not_modified,
    "redirect-loop": _redirect("/redirect-loop"),
    "redirect-ping": _redirect("/redirect-pong"),
    "redirect-pong": _redirect("/redirect-ping"),
    "redirect-to-private": _redirect("http://10.0.0.1/admin", "302 Found"),
    "redirect-to-loopback": _redirect("http://127.0.0.1:9/admin", "302 Found"),
    "redirect-to-metadata": _redirect("http://169.254.169.254/latest/meta-data/", "307 Temporary Redirect"),
    "redirect-to-file": _redirect("file:///etc/passwd", "302 Found"),
    "redirect-fine": _redirect("/fine", "308 Permanent Redirect"),
    "redirect-cyrillic": _redirect("/новости", "302 Found"),
    "forbidden-by-agent": _forbidden_by_agent,
    "status-404": _status("404 Not Found"),
    "status-410": _status("410 Gone"),
    "status-451": _status("451 Unavailable For Legal Reasons"),
    "status-204": _status("204 No Content"),
    "busy-seconds": _status("429 Too Many Requests", ("Retry-After", "600")),
    "busy-date": _busy_with_date,
    "busy-briefly": _once(_status("429 Too Many Requests", ("Retry-After", "2"))),
    "broken-once": _once(_status("500 Internal Server Error")),
    "down-for-an-hour": _status("503 Service Unavailable", ("Retry-After", "3600")),
    "truncated-gzip": _truncated_gzip,
    "false-gzip": _false_gzip,
    "gzip-bomb": _gzip_bomb,
    "huge-page": _huge_page,
    "endless-page": _endless_page,
    "byte-by-byte": _byte_by_byte,
    "head-by-byte": _head_by_byte,
    "never-answers": _never,
    "no-length": _no_length,
    "length-too-long": _length_too_long,
    "length-too-short": _length_too_short,
    "chunk-cut-off": _chunk_cut_off,
    "reset-in-body": _reset,
    "not-http": _not_http,
    "empty-answer": _empty_answer,
    "lying-etag": _lying_etag,
    "changing-guids": _changing_guids,
}
