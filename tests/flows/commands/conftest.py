"""The real command line, run as a person runs it; and a small web site on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from command_line import run_wakhan


@dataclass
class Site:
    """A web site: what each path answers, as (status, content type, body or the address to go to)."""

    url: str = ""
    paths: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Host and port, as ``fetch.allow_hosts`` wants them."""
        return self.url.split("/")[2]

    def put(self, path: str, body: str, *, status: int = 200, content_type: str = "text/html; charset=utf-8") -> None:
        """Answer a path with a body."""
        self.paths[path] = (status, content_type, body)

    def redirect(self, path: str, to: str) -> None:
        """Send who asks for a path elsewhere, for good."""
        self.paths[path] = (301, "", to)


@contextmanager
def serve_site() -> Iterator[Site]:
    """Serve an empty site on loopback until the block ends; what is not put there is 404."""
    site = Site()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, content_type, body = site.paths.get(self.path, (404, "text/plain", "not here"))
            self.send_response(status)
            if status == 301:
                self.send_header("Location", body)
                body = ""
            content = body.encode()
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def wakhan():
    """The command line: call it with arguments."""
    return run_wakhan


@pytest.fixture
def site():
    """A web site on loopback, empty at first."""
    with serve_site() as served:
        yield served


@pytest.fixture
def settings_file(tmp_path, site):
    """Settings that allow the site, with data and outlets in the test's folder."""
    (tmp_path / "outlets").mkdir(exist_ok=True)
    file = tmp_path / "wakhan.yml"
    file.write_text(
        f"data_dir: {tmp_path}/data\noutlets: {tmp_path}/outlets\n"
        f"fetch: {{contact: test@example.org, allow_hosts: ['{site.host}']}}\n",
        encoding="utf-8",
    )
    return file
