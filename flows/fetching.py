"""The fetcher as this installation's settings want it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from extractors.fetching.archive import Archive
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.policy import FetchPolicy
from records import Fetched, NotModified

if TYPE_CHECKING:
    from extractors.fetching.policy import FetchTarget
    from flows.settings import Settings


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
    )
    with ExitStack() as stack:
        archive = stack.enter_context(Archive(settings.archive)) if settings.fetch.archive else None
        yield stack.enter_context(Fetcher(policy, archive=archive))


def fetch_once(settings: Settings, url: str, outlet: FetchTarget) -> Fetched:
    """Fetch one page in full for an outlet. Raises ``FetchError``."""
    with open_fetcher(settings) as fetcher:
        answer = fetcher.fetch(url, outlet=outlet)
    assert not isinstance(answer, NotModified), "nothing conditional was asked"
    return answer
