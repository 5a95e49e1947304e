"""The bundled press on loopback: one small HTTP server per outlet, each on a port of its own.

A port for each keeps the outlets apart as hosts are: each has its robots.txt and its pacing, and one that hangs holds
up no other. Ports differ from run to run, addresses of articles must not: each site has a fixed name under
``.example`` and ``Press.addresses`` tells a fetcher where that really is.
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.demo.newsroom import Site, load_newsroom, today_utc
from flows.demo.printing import Printed, PrintingPress

_HOST = "127.0.0.1"
# A page that hangs is let go after this long, so that a client without a time limit is not lost for ever.
_HANG_SECONDS = 60.0
# Real servers compress pages and leave a robots.txt alone.
_GZIP_FROM_BYTES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request the press answered; ``status`` is ``None`` for the page that hangs."""

    outlet_id: str
    method: str
    path: str
    status: int | None
    conditional: bool


class Press:
    """The running press. ``outlets_dir`` holds an outlet file for each site; ``revision`` may be set while it runs."""

    def __init__(self, printing: PrintingPress, *, ports: Mapping[str, int], outlets_dir: Path, revision: int) -> None:
        self.printing = printing
        self._ports = ports
        self.outlets_dir = outlets_dir
        self.revision = revision
        self.closing = threading.Event()
        self._log: list[Request] = []
        self._log_lock = threading.Lock()

    @property
    def today(self) -> date:
        """The day from which the articles' dates are counted back."""
        return self.printing.today

    @property
    def addresses(self) -> dict[str, tuple[str, int]]:
        """Where the host of every site really is: what a fetcher must be told, since no name server knows."""
        return {_home_host(outlet_id): (_HOST, port) for outlet_id, port in self._ports.items()}

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, in the order of the answers."""
        with self._log_lock:
            return tuple(self._log)

    def base_url(self, outlet_id: str) -> str:
        """Return the address at which a site answers on this machine, without a slash at the end."""
        return f"http://{_HOST}:{self._ports[outlet_id]}"

    def forget_requests(self) -> None:
        """Empty the log, so that a second run can be counted alone."""
        with self._log_lock:
            self._log.clear()

    def record(self, request: Request) -> None:
        """Add a request to the log."""
        with self._log_lock:
            self._log.append(request)


@contextmanager
def start_press(*, today: date | None = None, revision: int = 1) -> Iterator[Press]:
    """Serve the bundled press until the block ends.

    ``today`` is the day from which dates are counted back (default: the present day in UTC); every article lies before
    its first second. In ``revision`` 1 nothing has been edited yet; from 2 on one page has changed.
    """
    newsroom = load_newsroom()
    with ExitStack() as stack:
        outlets_dir = Path(stack.enter_context(TemporaryDirectory(prefix="wakhan-press-")))
        servers = {outlet_id: _SiteServer(site) for outlet_id, site in newsroom.sites.items()}
        for server in servers.values():
            stack.callback(server.server_close)
        homes = {outlet_id: f"http://{_home_host(outlet_id)}" for outlet_id in servers}
        printing = PrintingPress(newsroom=newsroom, today=today or today_utc(), homes=homes)
        ports = {outlet_id: server.server_port for outlet_id, server in servers.items()}
        press = Press(printing, ports=ports, outlets_dir=outlets_dir, revision=revision)
        for outlet_id, server in servers.items():
            (outlets_dir / f"{outlet_id}.yml").write_text(printing.outlet_file(outlet_id), encoding="utf-8")
            server.press = press
            # The default of half a second would make closing twelve servers take six.
            serving = threading.Thread(
                target=server.serve_forever, args=(0.05,), name=f"press-{outlet_id}", daemon=True
            )
            serving.start()
            stack.callback(server.shutdown)
        stack.callback(press.closing.set)
        yield press


def _home_host(outlet_id: str) -> str:
    # RFC 2606 keeps .example free for ever; an underscore may not stand in a host name.
    return outlet_id.replace("_", "-") + ".example"


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a page that hangs must not hold up the end

    def __init__(self, site: Site) -> None:
        self.site = site
        self.press: Press | None = None
        super().__init__((_HOST, 0), _SiteHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Clients hang up on the page that hangs; that is what it is for.
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _SiteHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoPress"
    sys_version = ""
    timeout = 10  # seconds an idle connection is kept
    server: _SiteServer

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the signature is the standard library's
        """Keep stderr for the program's own logs; ``Press.requests`` is the log."""

    def _answer(self, *, with_body: bool) -> None:
        press = self.server.press
        assert press is not None
        paths = press.printing.site_paths(self.server.site.outlet_id, revision=press.revision)
        path = unquote(urlsplit(self.path).path)
        printed = paths.get(path)
        if printed is not None and printed.hangs:
            self._log(path, None)
            press.closing.wait(_HANG_SECONDS)
            self.close_connection = True
        elif printed is None:
            self._log(path, HTTPStatus.NOT_FOUND)
            self.send_error(HTTPStatus.NOT_FOUND)
        elif self._client_has(printed):
            self._log(path, HTTPStatus.NOT_MODIFIED)
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._send_validators(printed)
            self.end_headers()
        else:
            self._log(path, HTTPStatus.OK)
            self._send(printed, with_body=with_body)

    def _send(self, printed: Printed, *, with_body: bool) -> None:
        body = printed.body
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", printed.content_type)
        if len(body) >= _GZIP_FROM_BYTES and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self._send_validators(printed)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_validators(self, printed: Printed) -> None:
        validators = self.server.site.validators
        if validators in ("both", "etag"):
            self.send_header("ETag", printed.etag)
        if validators in ("both", "last-modified"):
            self.send_header("Last-Modified", format_datetime(printed.changed_at.astimezone(UTC), usegmt=True))

    def _client_has(self, printed: Printed) -> bool:
        """Tell whether the client's copy is the present one (RFC 9110, 13.2.2: the ETag goes before the date)."""
        validators = self.server.site.validators
        etags = self.headers.get("If-None-Match")
        if etags is not None and validators in ("both", "etag"):
            return printed.etag in [etag.strip().removeprefix("W/") for etag in etags.split(",")]
        since = _http_date(self.headers.get("If-Modified-Since"))
        return since is not None and validators in ("both", "last-modified") and printed.changed_at <= since

    def _log(self, path: str, status: int | None) -> None:
        assert self.server.press is not None
        self.server.press.record(
            Request(
                outlet_id=self.server.site.outlet_id,
                method=self.command,
                path=path,
                status=status,
                conditional="If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
            )
        )


def _http_date(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None  # RFC 9110, 13.1.3: a date that cannot be read is ignored
