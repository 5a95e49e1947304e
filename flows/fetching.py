"""The fetcher as this installation's settings want it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.fetching.archive import Archive
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.proxies import ProxyRules, parse_proxy
from extractors.outlet import FetchRules
from records import ConfigError, Fetched, NotModified

if TYPE_CHECKING:
    from extractors.fetching.policy import FetchTarget
    from flows.settings import FetchSettings, Settings


@contextmanager
def open_fetcher(settings: Settings, *, addresses: Mapping[str, tuple[str, int]] | None = None) -> Iterator[Fetcher]:
    """Open a fetcher with the archive the settings name.

    ``addresses`` sends hosts to fixed addresses without looking them up; such a press is ours, so there is no pacing.
    """
    policy = FetchPolicy(
        contact=settings.fetch.contact,
        allowed_hosts=frozenset(settings.fetch.allow_hosts),
        addresses=addresses or {},
        pacing=not addresses,
        total_seconds=settings.fetch.total_seconds,
        certificates=settings.fetch.certificates,
        proxies=_proxy_rules(settings.fetch),
    )
    with ExitStack() as stack:
        archive = stack.enter_context(Archive(settings.archive)) if settings.fetch.archive else None
        yield stack.enter_context(Fetcher(policy, archive=archive))


def _proxy_rules(fetch: FetchSettings) -> ProxyRules:
    """Return the proxies of settings and environment. Raises ``ConfigError`` for one that cannot be used."""
    given = fetch.proxies
    direct = tuple(entry.strip() for entry in given.pop("no").split(",") if entry.strip())
    try:
        found = {scheme: parse_proxy(url) for scheme, url in given.items()}
    except ValueError as error:
        problem, _, fix = str(error).partition(" -> ")
        fix = f"{fix}, or go without: `fetch: {{proxy: none}}` in the settings"
        raise ConfigError(problem, key="fetch.proxy, HTTPS_PROXY, HTTP_PROXY or ALL_PROXY", fix=fix) from error
    return ProxyRules(http=found.get("http"), https=found.get("https"), direct=direct)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unlisted:
    """A page of an outlet there is no file for, with the manners that are the default."""

    url: str
    id: str = "unlisted"
    mirrors: tuple[str, ...] = ()
    fetch: FetchRules = field(default_factory=FetchRules)


def fetch_once(settings: Settings, url: str, outlet: FetchTarget | None) -> Fetched:
    """Fetch one page in full; ``None`` for an outlet there is no file for. Raises ``FetchError``."""
    with open_fetcher(settings) as fetcher:
        answer = fetcher.fetch(url, outlet=outlet or _Unlisted(url=url))
    assert not isinstance(answer, NotModified), "nothing conditional was asked"
    return answer
