"""A whole outlet file drafted from an address: what the site offers is found, asked, and put into the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from extractors.language import identify_language
from extractors.outlet import FeedSource, Outlet, SitemapSource, Source, TelegramSource, parse_outlet
from extractors.sources.discovery import FoundSource, sources_in_page, sources_in_robots, usual_feed_urls
from extractors.sources.draft import TriedSource, draft_outlet, outlet_id_for
from extractors.urls import canonical_url
from flows.fetching import open_fetcher
from flows.sources.probing import ask_source
from records import ConfigError, FeedItem, Fetched, FetchError

if TYPE_CHECKING:
    from extractors.fetching.fetcher import Fetcher
    from flows.console import Advance
    from flows.settings import Settings

# More than any site of the beat offers that is not one feed per tag or section.
_MOST_TRIED = 12
# A site bears as many requests at once from one browser, and more: two connections, four requests a second.
_PARALLEL = 4
_DELAY_SECONDS = 0.25
# A language that fewer items than this share are in is a guess gone wrong, or a guest author.
_LEAST_SHARE = 0.1
_UND = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An outlet file that was drafted; ``working`` of the ``tried`` sources gave articles."""

    outlet_id: str
    text: str
    tried: int
    working: int


def discover_outlet(settings: Settings, url: str, *, taken: Sequence[str], advance: Advance) -> Draft:
    """Draft the outlet file of a site, from its front page or any address of it; ``taken`` ids are not used again.

    Raises ``FetchError`` when neither the address nor a feed at the usual places answers.
    """
    outlet_id = outlet_id_for(url, taken=taken)
    outlet = _stand_in(outlet_id, url)
    now = datetime.now(UTC)
    with open_fetcher(settings) as fetcher, ThreadPoolExecutor(_PARALLEL, thread_name_prefix="discover") as pool:

        def attempt(found: FoundSource) -> TriedSource:
            one = _try(fetcher, outlet, found, now=now)
            advance(found.url)
            return one

        front, problem = _front_page(fetcher, outlet, url)
        tried = list(pool.map(attempt, islice(_candidates(fetcher, outlet, url, front), _MOST_TRIED)))
        if not any(one.items for one in tried):
            usual = list(pool.map(attempt, _usual(url, known=tried)))
            # Those where there is nothing say nothing about the site, and those after the first are its doubles.
            tried += [one for one in usual if one.items][:1]
    if problem is not None and not any(one.items for one in tried):
        raise problem
    languages = _languages([item for one in tried for item in one.items])
    text = draft_outlet(url, front=front, tried=tried, languages=languages, today=now.date())
    parse_outlet(text, path=Path(f"{outlet_id}.yml"))
    return Draft(outlet_id=outlet_id, text=text, tried=len(tried), working=sum(bool(one.items) for one in tried))


def _stand_in(outlet_id: str, url: str) -> Outlet:
    """Return an outlet to ask on behalf of one that has no file yet, while somebody waits for the answer."""
    try:
        return Outlet.model_validate(
            {
                "id": outlet_id,
                "title": outlet_id,
                "country": "XX",
                "languages": ("en",),
                "url": urljoin(url, "/"),
                "timezone": "UTC",
                "sources": (FeedSource(kind="feed", url=url),),
                "fetch": {"min_delay_seconds": _DELAY_SECONDS},
            }
        )
    except ValueError as error:
        raise ConfigError(
            f"{url} is not an http or https address", key="URL", fix="Write it whole, like https://example.org/"
        ) from error


def _front_page(fetcher: Fetcher, outlet: Outlet, url: str) -> tuple[Fetched | None, FetchError | None]:
    try:
        answer = fetcher.fetch(url, outlet=outlet)
    except FetchError as error:
        return None, error
    assert isinstance(answer, Fetched), "nothing conditional was asked"
    return answer, None


def _candidates(fetcher: Fetcher, outlet: Outlet, url: str, front: Fetched | None) -> Iterator[FoundSource]:
    """Yield what may be a source, likeliest first: what the page declares, the address itself, sitemaps."""
    declared = sources_in_page(front) if front is not None else ()
    yield from declared
    if front is not None and not declared:
        yield FoundSource(kind="feed", url=url, title="", language=None, how="the address given")
    robots, _ = _front_page(fetcher, outlet, urljoin(url, "/robots.txt"))
    if robots is not None:
        yield from sources_in_robots(robots)


def _usual(url: str, *, known: Sequence[TriedSource]) -> Iterator[FoundSource]:
    """Yield the feeds there may be at the usual places, where nobody has looked yet."""
    seen = {canonical_url(one.found.url) for one in known}
    for address in usual_feed_urls(url):
        if canonical_url(address) not in seen:
            yield FoundSource(kind="feed", url=address, title="", language=None, how="found at a usual place")


def _try(fetcher: Fetcher, outlet: Outlet, found: FoundSource, *, now: datetime) -> TriedSource:
    asked = ask_source(fetcher, outlet, _source_of(found), now=now)
    if asked.items:
        return TriedSource(found=found, items=tuple(asked.items))
    return TriedSource(found=found, problem=asked.errors[0].problem if asked.errors else "it offers no article")


def _source_of(found: FoundSource) -> Source:
    if found.kind == "telegram":
        return TelegramSource(kind="telegram", url=found.url)
    if found.kind == "sitemap":
        return SitemapSource(kind="sitemap", url=found.url)
    return FeedSource(kind="feed", url=found.url, language=found.language)


def _languages(items: Sequence[FeedItem]) -> list[str]:
    """Return the languages of what the items say, most frequent first."""
    guesses = [identify_language(f"{item.title}\n{item.summary}").language for item in items]
    counts = Counter(language for language in guesses if language != _UND)
    return [language for language, count in counts.most_common() if count >= _LEAST_SHARE * counts.total()]
