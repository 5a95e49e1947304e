"""Which network addresses may be spoken to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Resolve = Callable[[str, int], Sequence[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: an IPv4 address inside an IPv6 one; 2002::/16 (6to4) is recognised by ipaddress itself.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the resolver's order; raises ``socket.gaierror``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an address lies in the public internet.

    Loopback, private, link-local, shared (RFC 6598), multicast and reserved ranges are not public, nor is an IPv6
    address that carries such an IPv4 one (mapped, 6to4, Teredo, NAT64). A zone suffix (``fe80::1%eth0``) never is.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _with_embedded(parsed))


def _with_embedded(address: IPAddress) -> list[IPAddress]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        # ::ffff:8.8.8.8 as a whole is "not global"; what counts is where the packets go.
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [ipaddress.IPv4Address(address.packed[-4:])]
    embedded: list[IPAddress] = [address]
    if address.sixtofour is not None:
        embedded.append(address.sixtofour)
    if address.teredo is not None:
        embedded.extend(address.teredo)
    return embedded
