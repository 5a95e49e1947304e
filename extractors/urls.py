"""One address per article: what differs between two links to the same page is taken away, and nothing else.

``article_id`` is a hash of the result, so a change here gives known articles new ids.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from extractors.outlet import Outlet

# Parameters that say where the reader came from: names that begin with one of the prefixes, or are one of the names.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "_hs", "at_campaign", "at_medium", "ga_")
_TRACKING = frozenset(
    """
    fbclid gclid gbraid wbraid dclid msclkid twclid ttclid yclid ysclid ymclid igshid igsh mc_cid mc_eid _ga _gl
    _openstat spm scm xtor cmpid ocid ncid wt_mc wt.mc_id __twitter_impression sharetype share_token
    jsessionid phpsessid
    """.split()  # noqa: SIM905  as a list of strings it takes 28 lines
)
# These name content too (?from=2026, ?ref=12), so they go only where the value is a word, like rss or tg_channel.
_REFERRER = frozenset({"from", "ref", "referer", "referrer", "ref_src", "ref_url", "share", "via"})
_NUMBER = re.compile(r"[\d.,:/-]*")

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY_SAFE = _UNRESERVED | frozenset("!$'()*+,;:@/?")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# Paths of pages that say with 200 that there is nothing.
_NOT_FOUND = re.compile(r"(?:^|/)(?:404|not[-_]?found|page[-_]not[-_]found)(?:\.\w{2,5})?/?$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
# What browsers strip from an address before reading it: C0 controls and blanks around, tabs and newlines within.
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = re.compile(r"[\t\r\n]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Rewrites of an outlet may build on one another (mobile, then AMP); longer chains are a circle.
_REWRITE_ROUNDS = 5


def canonical_url(url: str, *, outlet: Outlet | None = None) -> str:
    """Return the one address under which an article is known; the result of a result is itself.

    Scheme and host are lower case, hosts in punycode, parameters sorted by name, percent-encoding in one form; default
    ports, user names, fragments (but not ``#!``), session ids and tracking parameters are gone. The outlet adds: its
    mirrors, ``www.`` or not, its scheme, its ``rewrites``, ``keep_query``, and a trailing slash as its article pattern
    has it. Without an outlet https stands for http, and slashes stay as they are.

    An address that is not http or https, or no address at all, comes back without blanks around and otherwise as it is.
    """
    before = _normal(url, outlet)
    if outlet is None:
        return before
    for _ in range(_REWRITE_ROUNDS):
        after = before
        for rewrite in outlet.rewrites:
            after = re.sub(rewrite.match, rewrite.replace, after)
        # What no rewrite changed is normal already; a feed of 10,000 entries would pay for it twice.
        after = _slash_as_known(after if after == before else _normal(after, outlet), outlet)
        if after == before:
            break
        before = after
    return before


def leads_away(asked: str, landed: str) -> bool:
    """Tell whether an article's address leads to a front page, a section or a page for what is not found.

    So many sites answer for an article that they took down: by a redirect, and 200 at its end.
    """
    asked, landed = canonical_url(asked), canonical_url(landed)
    try:
        was, now = urlsplit(asked), urlsplit(landed)
    except ValueError:
        return False
    article, end = was.path.rstrip("/"), now.path.rstrip("/")
    if _NOT_FOUND.search(now.path) and not _NOT_FOUND.search(was.path):
        return True
    # An address like /?p=12 stands for an article though its path is that of the front page.
    return article != end and article.startswith(f"{end}/")


def _normal(url: str, outlet: Outlet | None) -> str:
    stripped = _WITHIN.sub("", url.strip(_AROUND))
    try:
        parts = urlsplit(stripped)
        port = parts.port
    except ValueError:
        return stripped
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return stripped
    host = _host(parts.hostname)
    path = _path(parts.path)
    port = None if port == _DEFAULT_PORTS[parts.scheme] else port
    if outlet is not None:
        host, port, path = _home(host, port, path, outlet)
    return urlunsplit(
        SplitResult(
            scheme=_scheme(parts.scheme, host, port, outlet),
            netloc=f"{f'[{host}]' if ':' in host else host}{f':{port}' if port is not None else ''}",
            path=path,
            query=_query(parts.query, outlet),
            fragment=_escaped(parts.fragment, _QUERY_SAFE | {"&", "="}) if parts.fragment.startswith("!") else "",
        )
    )


def _host(host: str) -> str:
    host = host.lower().rstrip(".") or host
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _home(host: str, port: int | None, path: str, outlet: Outlet) -> tuple[str, int | None, str]:
    """Return host, port and path on the outlet's own host, where the address stands on it or on a mirror."""
    home = urlsplit(outlet.url)
    home_host, home_port = _host(home.hostname or ""), _own_port(home)
    if port == home_port and host.removeprefix("www.") == home_host.removeprefix("www."):
        return home_host, home_port, path
    for mirror in outlet.mirrors:
        parts = urlsplit(mirror)
        below = parts.path.rstrip("/") + "/"
        if host == _host(parts.hostname or "") and port == _own_port(parts) and path.startswith(below):
            return home_host, home_port, home.path.rstrip("/") + "/" + path.removeprefix(below)
    return host, port, path


def _own_port(parts: SplitResult) -> int | None:
    return None if parts.port == _DEFAULT_PORTS.get(parts.scheme) else parts.port


def _scheme(scheme: str, host: str, port: int | None, outlet: Outlet | None) -> str:
    """Return https where it can be assumed: a public host name, and no port that belongs to one scheme."""
    if outlet is not None:
        home = outlet.host.removeprefix("www.")
        if host == home or host.endswith("." + home):
            return urlsplit(outlet.url).scheme
    if port is not None or "." not in host or _is_address(host):
        return scheme
    return "https"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _path(path: str) -> str:
    escaped = _escaped(_SESSION.sub("", path), _PATH_SAFE)
    segments: list[str] = []
    # Feeds that glue host and path together write https://example.org//news/1.
    parts = escaped.lstrip("/").split("/")
    for part in parts:
        if part == "..":
            del segments[-1:]
        elif part != ".":
            segments.append(part)
    if parts[-1] in {".", ".."} and segments and segments[-1]:
        segments.append("")
    return "/" + "/".join(segments).lstrip("/")


def _escaped(text: str, safe: frozenset[str] | set[str]) -> str:
    """Return the text with percent-encoding in one form: needed ones in upper case, needless ones decoded."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        if _ESCAPE.match(text, at):
            char = chr(int(text[at + 1 : at + 3], 16))
            pieces.append(char if char in _UNRESERVED else text[at : at + 3].upper())
            at += 3
            continue
        char = text[at]
        if char in safe:
            pieces.append(char)
        else:
            pieces.extend(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
        at += 1
    return "".join(pieces)


def _query(query: str, outlet: Outlet | None) -> str:
    keep = None if outlet is None else outlet.keep_query
    kept: list[tuple[str, str]] = []
    for parameter in query.split("&"):
        # &amp; that was escaped once too often in a feed
        name, equals, value = parameter.removeprefix("amp;").partition("=")
        wanted = name in keep if keep is not None else not _is_tracking(name, value)
        if wanted and (name or equals):
            name = _escaped(name, _QUERY_SAFE)
            kept.append((name, f"{name}{equals}{_escaped(value, _QUERY_SAFE | {'='})}"))
    return "&".join(parameter for _, parameter in sorted(kept, key=lambda pair: pair[0]))


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in _REFERRER:
        return not _NUMBER.fullmatch(value) or not value
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _slash_as_known(url: str, outlet: Outlet) -> str:
    """Return the address with or without its last slash, as the article pattern has it; without, if it takes both."""
    if outlet.article.url is None:
        return url
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or parts.path == "/":
        return url
    bare = urlunsplit(parts._replace(path=parts.path.rstrip("/")))
    slashed = urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/"))
    for candidate in (bare, slashed):
        if re.search(outlet.article.url, candidate):
            return candidate
    return url
