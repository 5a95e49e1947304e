"""By way of an HTTP proxy: for which addresses, and what is still checked of them.

Without a proxy the address that was checked is the address that is connected to. A proxy looks names up itself, so
what can be checked here is: addresses written as numbers, always; names, by what they lead to from here; names that
cannot be looked up from here, as is usual behind a proxy, by their form alone.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore

from extractors.fetching.wire import Exchange, GuardedBackend, WireError

# RFC 6761, 6762, 8375 and 9476, and what routers call their network: names that lead to no outlet.
_LOCAL_NAME = re.compile(r"[^.]*|.*\.(?:local|localhost|internal|intranet|lan|home|corp|home\.arpa)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """An HTTP proxy; the user's name and password are sent to it alone, and are kept nowhere."""

    host: str
    port: int
    user: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Host and port, as errors name it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRules:
    """The proxy for each scheme, ``None`` for none; hosts that ``direct`` names are asked without.

    Entries of ``direct`` are as in ``NO_PROXY``: a domain with all below it, ``host:port``, an address or a network of
    them, ``*`` for everything.
    """

    http: Proxy | None = None
    https: Proxy | None = None
    direct: Sequence[str] = ()

    def proxy_for(self, scheme: str, host: str, port: int) -> Proxy | None:
        """Return the proxy that a request goes by; this machine is never asked through one."""
        proxy = self.https if scheme == "https" else self.http
        if proxy is None or _is_this_machine(host) or any(_names(entry, host, port) for entry in self.direct):
            return None
        return proxy


def parse_proxy(url: str) -> Proxy:
    """Return the proxy that a setting or ``HTTPS_PROXY`` names; raises ``ValueError`` with ``problem -> fix``."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if parts.scheme != "http":
        raise ValueError(
            f"the proxy {shown} is not spoken to over HTTP -> Name an HTTP proxy: http://proxy.example:3128"
        )
    try:
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        host = None
    if not host:
        raise ValueError(f"{shown} is no proxy's address -> Write it whole, like http://proxy.example:3128")
    user = None if parts.username is None else (unquote(parts.username), unquote(parts.password or ""))
    return Proxy(host=host, port=port, user=user)


def _is_this_machine(host: str) -> bool:
    address = _address(host)
    return address.is_loopback if address else host.lower() == "localhost"


def _names(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    entry = entry.lower().removeprefix("*").removeprefix(".")
    address = _address(host)
    if address is not None and "/" in entry:
        try:
            return address in ipaddress.ip_network(entry, strict=False)
        except ValueError:
            return False
    host = host.lower()
    return entry in {host, f"{host}:{port}"} or (address is None and host.endswith(f".{entry}"))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


class ProxyBackend(GuardedBackend):
    """Connects to the proxy, wherever that stands: mostly in a private network."""

    def __init__(self, proxy: Proxy, guard: GuardedBackend) -> None:
        super().__init__(guard.resolve, frozenset({proxy.name}), {})
        self._proxy = proxy

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the proxy; that it cannot be reached says nothing about an outlet."""
        try:
            return super().connect_tcp(host, port, timeout, local_address, socket_options)
        except WireError as fault:
            raise WireError("proxy", f"the proxy {self._proxy.name} cannot be reached: {fault.problem}") from fault


def fault_from_here(guard: GuardedBackend, host: str, port: int) -> WireError | None:
    """Return what forbids to ask a proxy for a host: that it is seen from here not to be in the public internet."""
    try:
        guard.allowed_addresses(host, port)
    except WireError as fault:
        if fault.cause == "forbidden-address":
            return fault
        if _LOCAL_NAME.fullmatch(host):
            return WireError("forbidden-address", f"{host} is a name of a local network")
    return None


def proxy_fault(answered: str, proxy: Proxy) -> WireError:
    """Return what it means that a proxy opened no tunnel; ``answered`` is its status and reason."""
    status = answered[:3]
    if status == "407":
        problem = f"the proxy {proxy.name} wants a name and password: HTTPS_PROXY=http://name:password@{proxy.name}"
        return WireError("proxy", problem)
    if status in {"502", "503", "504"}:
        return WireError("connect", f"the proxy {proxy.name} cannot reach it (it answered {answered.strip()})")
    return WireError("proxy", f"the proxy {proxy.name} does not let it through (it answered {answered.strip()})")


def fault_by_proxy(proxy: Proxy, status: int, fault: WireError | None, exchange: Exchange) -> WireError | None:
    """Return the fault of an exchange by way of a proxy, and keep of the exchange only what the outlet said."""
    if exchange.sent.startswith(b"CONNECT "):
        # No tunnel was had, so all that was said stays between the proxy and us.
        exchange.sent.clear()
        exchange.received.clear()
        if fault is not None and fault.cause not in {"proxy", "connect"}:
            return WireError("proxy", f"the proxy {proxy.name} opened no tunnel: {fault.problem}")
    if status == 407:
        exchange.received.clear()
        return proxy_fault("407", proxy)
    return fault


def without_credentials(sent: bytes) -> bytes:
    """Return a request as it was sent, without what only the proxy may know."""
    return re.sub(rb"(?im)^proxy-authorization:[^\r\n]*\r\n", b"", sent, count=1)
