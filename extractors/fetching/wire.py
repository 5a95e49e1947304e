"""The connection itself: to a checked address, within a deadline, with every byte kept for the archive.

httpcore speaks HTTP over what is here. The address that was checked is the address that is connected to, so a name that
resolves differently a moment later (DNS rebinding) changes nothing; TLS still verifies the name.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import httpcore

from extractors.fetching.addresses import Resolve, is_public
from records import FetchCause

# A dead IPv6 route must not use up the whole deadline; three seconds are four retransmissions' worth of patience.
_PATIENCE_PER_ADDRESS_SECONDS = 3.0


class WireError(Exception):
    """A request came to nothing; ``cause`` says where. At the fetcher's door it becomes a ``FetchError``."""

    def __init__(
        self,
        cause: FetchCause,
        problem: str,
        *,
        status: int | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        self.cause: FetchCause = cause
        self.problem = problem
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        super().__init__(problem)


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as bytes, while they come in; ``deadline`` is on the monotonic clock."""

    deadline: float
    max_bytes: int
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    address: str = ""

    def remaining(self, timeout: float | None) -> float:
        """Return the seconds that may still be waited; raises ``WireError`` when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise WireError("deadline", "it took longer than the time allowed in all")
        return left if timeout is None else min(left, timeout)


# httpcore passes nothing of ours down to the socket; requests are synchronous, so the context is the request's own.
current_exchange: ContextVar[Exchange] = ContextVar("current_exchange")


class WatchedStream(httpcore.NetworkStream):
    """A socket that keeps what passes through it and never outlives the deadline of its request."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there; an end of stream is empty bytes."""
        exchange = current_exchange.get()
        self._sock.settimeout(exchange.remaining(timeout))
        try:
            data = self._sock.recv(max_bytes)
        except TimeoutError as exc:
            exchange.remaining(None)
            raise WireError("read-timeout", f"nothing came for {timeout:g} s") from exc
        except OSError as exc:
            raise WireError("reset", f"the connection broke: {exc.strerror or exc}") from exc
        exchange.received += data
        if len(exchange.received) > exchange.max_bytes:
            raise WireError("too-large", f"more than {exchange.max_bytes:,} bytes")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        exchange = current_exchange.get()
        self._sock.settimeout(exchange.remaining(timeout))
        exchange.sent += buffer
        exchange.address = exchange.address or self._peer()
        try:
            self._sock.sendall(buffer)
        except OSError as exc:
            # httpcore goes on to read: a server may answer (413, 403) and close before it has read everything.
            raise httpcore.WriteError(str(exc)) from exc

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return this connection under TLS; the certificate is checked against the name asked for.

        What was said before was said to a proxy, and is no part of the exchange.
        """
        exchange = current_exchange.get()
        exchange.sent.clear()
        exchange.received.clear()
        try:
            self._sock.settimeout(exchange.remaining(timeout))
            return WatchedStream(ssl_context.wrap_socket(self._sock, server_hostname=server_hostname))
        except ssl.SSLCertVerificationError as exc:
            self.close()
            raise WireError("tls-certificate", f"its certificate is not valid: {exc.verify_message}") from exc
        except TimeoutError as exc:
            self.close()
            raise WireError("connect-timeout", "the TLS handshake was never finished") from exc
        except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError) as exc:
            self.close()
            raise WireError("tls-reset", "the connection was cut during the TLS handshake") from exc
        except OSError as exc:  # ssl.SSLError among them
            self.close()
            raise WireError("tls", f"no TLS connection: {getattr(exc, 'reason', None) or exc}") from exc
        except WireError:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore's pool asks: whether an idle connection has something to say (it is then stale)."""
        if info == "is_readable":
            return _is_readable(self._sock)
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        return None

    def _peer(self) -> str:
        try:
            return str(self._sock.getpeername()[0])
        except OSError:
            return ""


def _is_readable(sock: socket.socket) -> bool:
    if sock.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([sock], [], [], 0)[0])
    # poll, not select: a file number above 1,023 would make select fail.
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    return bool(poller.poll(0))


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to the very address that was checked."""

    def __init__(
        self, resolve: Resolve, allowed_hosts: frozenset[str], addresses: Mapping[str, tuple[str, int]]
    ) -> None:
        self.resolve = resolve
        self._allowed_hosts = allowed_hosts
        self._addresses = addresses

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the interface is httpcore's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that is allowed and answers."""
        if host in self._addresses:
            address, port = self._addresses[host]
            addresses = [address]
        else:
            addresses = self.allowed_addresses(host, port)
        exchange = current_exchange.get()
        fault = WireError("connect", "no address")
        for position, address in enumerate(addresses):
            patience = exchange.remaining(timeout)
            if position + 1 < len(addresses):
                patience = min(patience, _PATIENCE_PER_ADDRESS_SECONDS)
            try:
                sock = socket.create_connection((address, port), patience)
            except TimeoutError:
                fault = WireError("connect-timeout", f"{address} does not answer")
                continue
            except OSError as exc:
                fault = WireError("connect", f"{address}: {exc.strerror or exc}")
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            exchange.address = address
            return WatchedStream(sock)
        raise fault

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refuse: no outlet lives in a file."""
        raise WireError("bad-url", "a Unix socket is not an outlet")

    def allowed_addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be spoken to; raises ``WireError`` where there are none."""
        try:
            addresses = self.resolve(host, port)
        except socket.gaierror as exc:
            if exc.errno == socket.EAI_AGAIN:
                raise WireError("name-lookup", f"the name {host} could not be looked up just now") from exc
            raise WireError("name-unknown", f"there is no host named {host}") from exc
        except UnicodeError as exc:
            raise WireError("bad-url", f"{host!r} cannot be a host name") from exc
        if f"{host}:{port}" in self._allowed_hosts:
            return list(addresses)
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise WireError("forbidden-address", f"{host} leads to {', '.join(addresses)}, which is not public")
        return public
