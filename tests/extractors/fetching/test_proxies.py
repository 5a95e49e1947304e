"""By way of a proxy: what goes by it, what is archived of it, what is still refused, and whose fault it is."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme
from bad_server import BadServer, Target

from extractors.fetching.archive import Archive
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.polls import failed_poll
from extractors.fetching.proxies import Proxy, ProxyRules, parse_proxy
from records import Fetched, FetchError, NotModified


@dataclass
class ProxyServer:
    """A small HTTP proxy: it looks up every name as loopback, and notes what it was asked for."""

    answers: str | None = None
    user: str | None = None
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> Proxy:
        return Proxy(host="127.0.0.1", port=self.port, user=("desk", "se:cret") if self.user else None)

    def serve(self, client: socket.socket) -> None:
        with client:
            head = self.read_head(client)
            target = head.split(b" ")[1].decode()
            if self.user is not None and self.user.encode() not in head:
                client.sendall(b"HTTP/1.1 407 Who are you\r\nContent-Length: 4\r\n\r\nwho?")
            elif self.answers is not None:
                client.sendall(f"HTTP/1.1 {self.answers}\r\nContent-Length: 3\r\n\r\nno!".encode())
            elif head.startswith(b"CONNECT "):
                with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as server:
                    client.sendall(b"HTTP/1.1 200 Go ahead\r\n\r\n")
                    threading.Thread(target=self.pour, args=(server, client), daemon=True).start()
                    self.pour(client, server)
            else:
                with socket.create_connection(("127.0.0.1", urlsplit(target).port or 80)) as server:
                    threading.Thread(target=self.pour, args=(server, client), daemon=True).start()
                    while head:
                        target = head.split(b" ")[1].decode()
                        server.sendall(head.replace(target.encode(), urlsplit(target).path.encode(), 1))
                        head = self.read_head(client)

    def read_head(self, client: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(65536)
            if not more:
                return b""
            head += more
        self.asked.append(head.partition(b" HTTP/")[0].decode())
        return head

    @staticmethod
    def pour(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


@contextmanager
def proxy_server(**given: Any) -> Iterator[ProxyServer]:
    proxy = ProxyServer(**given)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)


def unknown(host: str, port: int) -> Sequence[str]:
    """Resolve as a machine behind a proxy does, and numbers as they are."""
    if host[0].isdigit():
        return [host]
    if host == "inside.test":
        return ["10.1.2.3"]
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def fetch(
    proxy: ProxyServer, url: str, *, archive: Archive | None = None, direct: Sequence[str] = (), **changes: Any
) -> Fetched | NotModified:
    rules = ProxyRules(http=proxy.address, https=proxy.address, direct=direct)
    policy = replace(FetchPolicy(contact="desk@example.org", pacing=False, proxies=rules), **changes)
    with Fetcher(policy, archive=archive, resolve=unknown, sleep=lambda _: None) as fetcher:
        return fetcher.fetch(url, outlet=Target(url=url))


def test_a_page_comes_by_the_proxy_which_looks_the_name_up():
    with BadServer(name="press.test") as server, proxy_server() as proxy:
        answer = fetch(proxy, server.url("fine"))
    assert isinstance(answer, Fetched)
    assert proxy.asked == [f"GET http://{server.host}/robots.txt", f"GET http://{server.host}/fine"]
    assert server.paths() == ["/fine"]
    assert server.requests[-1].headers["host"] == server.host


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[BadServer, Path]]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "root.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("press.test").configure_cert(context)
    with BadServer(name="press.test", tls=context) as server:
        yield server, tmp_path / "root.pem"


def test_tls_goes_through_a_tunnel_and_is_checked_against_the_outlets_own_name(secure):
    server, root = secure
    with proxy_server() as proxy:
        assert isinstance(fetch(proxy, server.url("fine"), certificates=(root,)), Fetched)
        with pytest.raises(FetchError) as caught:
            fetch(proxy, server.url("fine"))
    assert set(proxy.asked) == {f"CONNECT {server.host}"}
    assert caught.value.cause == "tls-certificate"


@pytest.mark.parametrize("encrypted", [True, False], ids=["tunnel", "forwarded"])
def test_the_archive_holds_what_the_outlet_said_and_neither_tunnel_nor_password(secure, tmp_path, encrypted):
    secret = base64.b64encode(b"desk:se:cret").decode()
    server, root = secure
    with (
        proxy_server(user=secret) as proxy,
        Archive(tmp_path / "kept") as archive,
        BadServer(name="open.test") as plain,
    ):
        url = (server if encrypted else plain).url("fine")
        answer = fetch(proxy, url, archive=archive, certificates=(root,))
        capture = archive.find(url)
        assert capture is not None
        assert archive.read(capture).body == answer.body
    (file,) = (tmp_path / "kept").glob("*.warc.gz")
    kept = gzip.decompress(file.read_bytes())
    assert b"GET " in kept
    for unwanted in (b"CONNECT", b"Go ahead", secret.encode(), b"WARC-IP-Address"):
        assert unwanted not in kept


@pytest.mark.parametrize(
    ("url", "says"),
    [
        pytest.param("http://10.1.2.3/", "not public", id="private-number"),
        pytest.param("http://169.254.169.254/latest/", "not public", id="metadata"),
        pytest.param("http://inside.test/", "10.1.2.3, which is not public", id="name-that-leads-inside"),
        pytest.param("http://intranet/", "local network", id="bare-name"),
        pytest.param("https://printer.local/", "local network", id="mdns"),
    ],
)
def test_what_lies_inside_is_refused_before_the_proxy_hears_of_it(url, says):
    with proxy_server() as proxy, pytest.raises(FetchError, match=says) as caught:
        fetch(proxy, url)
    assert (caught.value.cause, proxy.asked) == ("forbidden-address", [])


def test_a_redirect_inwards_is_refused_too():
    with BadServer(name="press.test") as server, proxy_server() as proxy:
        with pytest.raises(FetchError, match="not public"):
            fetch(proxy, server.url("redirect-to-metadata"))
        assert not [asked for asked in proxy.asked if "169.254" in asked]


@pytest.mark.parametrize(
    ("scheme", "given", "says", "cause", "trouble"),
    [
        pytest.param(
            "https", {"user": "somebody-else"}, "wants a name and password", "proxy", "offline", id="no-password"
        ),
        pytest.param(
            "http", {"user": "somebody-else"}, "wants a name and password", "proxy", "offline", id="forwarded"
        ),
        pytest.param("https", {"answers": "403 No"}, "does not let it through", "proxy", "offline", id="forbidden"),
        pytest.param("https", {"answers": "502 Dead"}, "cannot reach it", "connect", "down", id="outlet-is-down"),
    ],
)
def test_whose_fault_it_is_is_said_and_nothing_of_it_is_archived(tmp_path, scheme, given, says, cause, trouble):
    with (
        proxy_server(**given) as proxy,
        Archive(tmp_path) as archive,
        pytest.raises(FetchError, match=says) as caught,
    ):
        fetch(proxy, f"{scheme}://press.test/fine", archive=archive)
    assert caught.value.cause == cause
    poll = failed_poll(caught.value, source_url="", at=None, control_ok=True)  # type: ignore[arg-type]
    assert (poll.trouble, list(tmp_path.iterdir())) == (trouble, [])


def test_a_proxy_that_is_not_there_is_no_outlets_fault():
    with proxy_server() as proxy:
        pass
    with pytest.raises(FetchError, match=r"the proxy 127\.0\.0\.1:\d+ cannot be reached") as caught:
        fetch(proxy, "https://press.test/fine")
    assert (caught.value.cause, caught.value.retryable) == ("proxy", True)


@pytest.mark.parametrize(
    ("direct", "host", "goes_by_it"),
    [
        ("", "press.tj", True),
        ("press.tj", "press.tj", False),
        (".press.tj", "www.press.tj", False),
        ("*.press.tj", "www.press.tj", False),
        ("press.tj", "otherpress.tj", True),
        ("press.tj:8080", "press.tj", True),
        ("10.0.0.0/8", "10.1.2.3", False),
        ("10.0.0.0/8", "press.tj", True),
        ("nonsense/8", "10.1.2.3", True),
        ("*", "press.tj", False),
        ("", "localhost", False),
        ("", "127.0.0.2", False),
    ],
)
def test_who_is_asked_without(direct, host, goes_by_it):
    proxy = Proxy(host="proxy.test", port=3128)
    rules = ProxyRules(http=proxy, https=proxy, direct=[direct] if direct else [])
    assert (rules.proxy_for("https", host, 443) is proxy) == goes_by_it


def test_a_password_never_shows():
    proxy = parse_proxy("http://desk:se%3Acret@proxy.test:3128/")
    assert (proxy.name, proxy.user) == ("proxy.test:3128", ("desk", "se:cret"))
    assert "cret" not in repr(proxy)
    with pytest.raises(ValueError, match="HTTP proxy") as caught:
        parse_proxy("socks5://desk:secret@proxy.test:1080")
    assert "secret" not in str(caught.value)
