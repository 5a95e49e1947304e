"""One request, one answer: httpcore over a guarded connection, with limits on time and size."""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpcore
import httpx

from extractors.fetching.addresses import Resolve
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.proxies import (
    Proxy,
    ProxyBackend,
    fault_by_proxy,
    fault_from_here,
    proxy_fault,
    without_credentials,
)
from extractors.fetching.wire import Exchange, GuardedBackend, WireError, current_exchange
from records import FetchCause

# More idle connections than hosts of a run; a server closes them sooner than this anyway.
_IDLE_CONNECTIONS = 64
_IDLE_SECONDS = 20.0
# Room for headers and chunk sizes on top of the body limit.
_WIRE_MARGIN_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one request, redirects not followed.

    ``payload`` is without chunking, still content-encoded; ``sent`` and ``received`` are the bytes on the wire;
    ``seconds`` is how long it took.
    ``fault`` is set when the answer is incomplete (``status`` is then 0 if not even the head came). ``warc_file`` and
    ``warc_record_id`` are set once it is archived.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    sent: bytes
    received: bytes
    address: str
    asked_at: datetime
    seconds: float
    fault: WireError | None = None
    warc_file: str | None = None
    warc_record_id: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of a header (name in lower case), or ``None``."""
        return next((value for key, value in self.headers if key == name), None)


def checked_url(url: str) -> httpx.URL:
    """Return the URL parsed; raises ``WireError("bad-url")`` unless it is http or https with a host and no password."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as exc:
        raise WireError("bad-url", f"this is not a URL: {exc}") from exc
    if parsed.scheme not in {"http", "https"}:
        raise WireError("bad-url", f"only http and https are fetched, not {parsed.scheme or 'a path'!r}")
    if not parsed.host:
        raise WireError("bad-url", "the URL names no host")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise WireError("bad-url", f"there is no port {parsed.port}")
    if parsed.userinfo:
        raise WireError("bad-url", "the URL carries a user name")
    return parsed


def origin_of(url: httpx.URL) -> str:
    """Return ``host:port`` with the port always there."""
    return f"{url.raw_host.decode('ascii')}:{port_of(url)}"


def port_of(url: httpx.URL) -> int:
    """Return the port, also where it is not written."""
    return url.port or (443 if url.scheme == "https" else 80)


@functools.lru_cache(maxsize=4)
def tls_context(certificates: tuple[Path, ...]) -> ssl.SSLContext:
    """Return a context that trusts the usual authorities and these certificates; made once, it takes up to 0.4 s."""
    context = httpx.create_ssl_context()
    for path in certificates:
        context.load_verify_locations(cafile=str(path))
    # A listed intermediate is then enough by itself; the default since Python 3.13.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


class Client:
    """Sends single requests; safe to share between threads."""

    def __init__(self, policy: FetchPolicy, *, resolve: Resolve, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._policy = policy
        self._guard = GuardedBackend(resolve, policy.allowed_hosts, policy.addresses)
        self._pools = {proxy: self._pool_by(proxy) for proxy in {None, policy.proxies.http, policy.proxies.https}}
        self._seen_from_here: dict[str, WireError | None] = {}

    def _pool_by(self, proxy: Proxy | None) -> httpcore.ConnectionPool:
        shared: dict[str, Any] = {
            "ssl_context": tls_context(self._policy.certificates),
            "max_connections": None,
            "max_keepalive_connections": _IDLE_CONNECTIONS,
            "keepalive_expiry": _IDLE_SECONDS,
        }
        if proxy is None:
            return httpcore.ConnectionPool(**shared, network_backend=self._guard)
        return httpcore.HTTPProxy(
            httpcore.URL(scheme="http", host=proxy.host, port=proxy.port, target="/"),
            proxy_auth=proxy.user and (proxy.user[0].encode(), proxy.user[1].encode()),
            **shared,
            network_backend=ProxyBackend(proxy, self._guard),
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def ask(
        self,
        url: httpx.URL,
        headers: Sequence[tuple[bytes, bytes]],
        *,
        timeout_seconds: float,
        total_seconds: float,
        max_bytes: int,
    ) -> Answer:
        """Send one GET and read the answer whole.

        A failure is in ``Answer.fault``, together with what had come until then.
        """
        started = time.monotonic()
        exchange = Exchange(deadline=started + total_seconds, max_bytes=max_bytes + _WIRE_MARGIN_BYTES)
        token = current_exchange.set(exchange)
        asked_at = self._clock()
        status = 0
        head: tuple[tuple[str, str], ...] = ()
        payload = bytearray()
        fault: WireError | None = None
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), timeout_seconds)
        proxy = self._proxy_for(url)
        try:
            if proxy is not None:
                self._check_from_here(url)
            with self._pools[proxy].stream(
                "GET",
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=[(b"Host", url.netloc), *headers],
                extensions={"timeout": timeouts},
            ) as response:
                status = response.status
                head = tuple(
                    (header_text(name).lower(), header_text(value).strip()) for name, value in response.headers
                )
                _refuse_announced_size(head, max_bytes)
                for chunk in response.iter_stream():
                    payload += chunk
                    _refuse_size(len(payload), max_bytes)
        except WireError as exc:
            fault = exc
        except httpcore.RemoteProtocolError as exc:
            fault = _protocol_fault(exc, exchange)
        except (httpcore.NetworkError, httpcore.TimeoutException) as exc:
            fault = WireError("reset", f"the connection broke: {exc}")
        except httpcore.ProtocolError as exc:
            fault = WireError("bad-url", f"the request cannot be sent: {exc}")
        except httpcore.ProxyError as exc:
            assert proxy is not None, "only a proxy refuses a tunnel"
            fault = proxy_fault(str(exc), proxy)
        finally:
            current_exchange.reset(token)
        if proxy is not None:
            fault = fault_by_proxy(proxy, status, fault, exchange)
        return Answer(
            url=str(url),
            status=status,
            headers=head,
            payload=bytes(payload),
            sent=without_credentials(bytes(exchange.sent)) if proxy else bytes(exchange.sent),
            received=bytes(exchange.received),
            # By a proxy it is the proxy's, and says nothing about the answer.
            address="" if proxy else exchange.address,
            asked_at=asked_at,
            seconds=time.monotonic() - started,
            fault=fault,
        )

    def _proxy_for(self, url: httpx.URL) -> Proxy | None:
        if url.host in self._policy.addresses:
            return None
        return self._policy.proxies.proxy_for(url.scheme, url.host, port_of(url))

    def _check_from_here(self, url: httpx.URL) -> None:
        """Check a host that a proxy will look up; once, for a look-up that fails may take long."""
        origin = origin_of(url)
        if origin not in self._seen_from_here:
            self._seen_from_here[origin] = fault_from_here(self._guard, url.raw_host.decode("ascii"), port_of(url))
        fault = self._seen_from_here[origin]
        if fault is not None:
            raise fault


def header_text(raw: bytes) -> str:
    """Decode headers as UTF-8 if it is that (Location with Cyrillic is), else byte for byte."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _refuse_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise WireError("too-large", f"more than {max_bytes:,} bytes")


def _refuse_announced_size(head: tuple[tuple[str, str], ...], max_bytes: int) -> None:
    length = next((value for name, value in head if name == "content-length"), "")
    if length.isascii() and length.isdigit() and int(length) > max_bytes:
        raise WireError("too-large", f"it announces {int(length):,} bytes; {max_bytes:,} are allowed")


def _protocol_fault(exc: httpcore.RemoteProtocolError, exchange: Exchange) -> WireError:
    text = str(exc)
    cause: FetchCause = "malformed"
    if exchange.received and not exchange.received.startswith(b"HTTP/"):
        text = f"the answer is not HTTP: it begins with {bytes(exchange.received[:20])!r}"
    elif not exchange.received:
        cause, text = "reset", "the server closed the connection without an answer"
    elif "incomplete" in text or "closed" in text or "disconnected" in text.lower():
        cause, text = "truncated", f"the answer ends early: {text}"
    else:
        text = f"the answer is not HTTP: {text}"
    return WireError(cause, text)
