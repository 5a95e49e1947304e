"""An outlet asked here and now, its answers held against its file: nothing is landed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from extractors.fetching.polls import failed_poll
from extractors.language import identify_language
from extractors.reading import extract_article
from extractors.sources.check import OutletSample, broken_maximums, broken_minimums
from extractors.sources.discovery import moved_to, sources_in_page
from extractors.sources.read import read_page, start_urls
from extractors.urls import canonical_url
from flows.fetching import open_fetcher
from records import Article, FeedError, FeedItem, Fetched, FetchError, LanguageGuess, NotModified, SourceError

if TYPE_CHECKING:
    from extractors.fetching.fetcher import Fetcher
    from extractors.outlet import Outlet, Source
    from flows.settings import Settings

Verdict = Literal["ok", "warning", "wrong", "paused"]

# Addresses of one source in a probe: an index and the newest of its maps, or a page and the day before.
_MAX_ADDRESSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about an outlet, in a line; ``wrong`` must be put right, a ``warning`` may be a quiet day."""

    severity: Literal["wrong", "warning"]
    problem: str


@dataclass(slots=True, kw_only=True)
class AskedSource:
    """What one source said: items that are articles, the first good answer, the errors."""

    source: Source
    items: list[FeedItem] = field(default_factory=list)
    answered: Fetched | None = None
    errors: list[SourceError] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCheck:
    """What a probe of one outlet found; ``moves`` are old and new addresses of its sources."""

    outlet: Outlet
    checked_at: datetime
    items: int = 0
    pages_read: int = 0
    pages_tried: int = 0
    newest_at: datetime | None = None
    findings: tuple[Finding, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The worst of the findings."""
        if self.outlet.paused:
            return "paused"
        found = {finding.severity for finding in self.findings}
        return "wrong" if "wrong" in found else "warning" if found else "ok"


def check_outlets(
    settings: Settings,
    outlets: Sequence[Outlet],
    *,
    pages: int,
    addresses: Mapping[str, tuple[str, int]] | None = None,
) -> Iterator[OutletCheck]:
    """Probe outlets, several at a time, and yield each as it is done; ``pages`` articles of each are read.

    An outlet that is paused is not asked. ``addresses`` is for a press of our own, as in ``open_fetcher``.
    """
    with open_fetcher(settings, addresses=addresses) as fetcher:
        pool = ThreadPoolExecutor(settings.fetch.parallel_outlets, thread_name_prefix="check")
        try:
            for done in as_completed([pool.submit(check_outlet, fetcher, outlet, pages=pages) for outlet in outlets]):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def check_outlet(fetcher: Fetcher, outlet: Outlet, *, pages: int) -> OutletCheck:
    """Ask every source of an outlet, read ``pages`` of its articles, and compare with what its file says."""
    now = datetime.now(UTC)
    if outlet.paused:
        return OutletCheck(outlet=outlet, checked_at=now)
    asked = [ask_source(fetcher, outlet, source, now=now) for source in outlet.sources]
    read = _read_pages(fetcher, outlet, _newest_of_each(asked, pages if outlet.article.read == "page" else 0))
    moves = _moves(fetcher, outlet, asked, now=now)
    items = [item for one in asked for item in one.items]
    sample = OutletSample(
        items=items if any(one.answered for one in asked) else None,
        articles=read.articles if read.tried else None,
        languages=read.languages,
        failed_pages=len(read.errors),
        taken_at=now,
    )
    findings = (
        *(finding for one in asked for finding in _of_source(fetcher, one, now=now)),
        *_of_pages(read),
        *(Finding(severity="wrong", problem=problem) for problem in broken_minimums(_comparable(outlet, read), sample)),
        *(Finding(severity="warning", problem=problem) for problem in broken_maximums(outlet, sample)),
        *(Finding(severity="warning", problem=f"{old} has moved to {new}") for old, new in moves.items()),
    )
    dates = [item.published_at for item in items] + [article.published_at for article in read.articles]
    return OutletCheck(
        outlet=outlet,
        checked_at=now,
        items=len(items),
        pages_read=len(read.articles),
        pages_tried=read.tried,
        newest_at=max((date for date in dates if date is not None), default=None),
        findings=tuple(sorted(findings, key=lambda finding: finding.severity, reverse=True)),
        moves=moves,
    )


def ask_source(fetcher: Fetcher, outlet: Outlet, source: Source, *, now: datetime) -> AskedSource:
    """Ask one source in full, and what it refers to until something is found."""
    asked = AskedSource(source=source)
    waiting = deque(start_urls(source, now.astimezone(ZoneInfo(outlet.timezone)).date()))
    for _ in range(_MAX_ADDRESSES):
        if not waiting or asked.items:
            break
        url = waiting.popleft()
        try:
            answer = fetcher.fetch(url, outlet=outlet)
            assert not isinstance(answer, NotModified), "nothing conditional was asked"
            page = read_page(source, outlet, answer)
            asked.items += _articles_of(outlet, page.items, url)
        except SourceError as error:
            asked.errors.append(error)
            continue
        asked.answered = asked.answered or answer
        waiting.extendleft(reversed(page.follow))
    return asked


def _articles_of(outlet: Outlet, items: Sequence[FeedItem], url: str) -> list[FeedItem]:
    articles = [item for item in items if outlet.article.matches(canonical_url(item.url, outlet=outlet))]
    if items and not articles:
        raise FeedError(
            f"none of its {len(items)} addresses fits `article.url` ({items[0].url} is one)",
            outlet_id=outlet.id,
            url=url,
        )
    return articles


@dataclass(slots=True, kw_only=True)
class _PagesRead:
    articles: list[Article] = field(default_factory=list)
    languages: list[LanguageGuess] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return len(self.articles) + len(self.errors)


def _newest_of_each(asked: Sequence[AskedSource], pages: int) -> list[FeedItem]:
    """Take items from the top of each source in turn, each address once, so that every source has its pages read."""
    in_turn = (item for row in zip_longest(*(one.items for one in asked)) for item in row if item is not None)
    return list(islice({item.url: item for item in in_turn}.values(), pages))


def _read_pages(fetcher: Fetcher, outlet: Outlet, items: Sequence[FeedItem]) -> _PagesRead:
    read = _PagesRead()
    for item in items:
        try:
            page = fetcher.fetch(item.url, outlet=outlet)
            assert not isinstance(page, NotModified), "nothing conditional was asked"
            article = extract_article(page, outlet=outlet, item=item)
        except SourceError as error:
            read.errors.append(error)
            continue
        read.articles.append(article)
        read.languages.append(identify_language(f"{article.title}\n{article.text}", expected=outlet.languages))
    return read


def _comparable(outlet: Outlet, read: _PagesRead) -> Outlet:
    """Leave out the assertion on the number of articles where a probe reads fewer than it asks for."""
    least = outlet.assertions.min
    if least.articles is None or read.tried >= least.articles:
        return outlet
    fewer = outlet.assertions.model_copy(update={"min": least.model_copy(update={"articles": None})})
    return outlet.model_copy(update={"assertions": fewer})


def _of_source(fetcher: Fetcher, asked: AskedSource, *, now: datetime) -> Iterator[Finding]:
    """Say what failed; that a fallback failed, or one of several addresses, is a warning."""
    source = asked.source
    severity: Literal["wrong", "warning"] = "warning" if source.fallback or asked.items else "wrong"
    for error in asked.errors:
        control = fetcher.control_ok(error.url)
        poll = failed_poll(error, source_url=source.url, at=now, control_ok=control)
        said = error.problem if isinstance(error, FeedError) else f"{poll.message} [{poll.trouble}]"
        yield Finding(severity=severity, problem=f"{source.kind} {error.url}: {said}")
    if not asked.errors and not asked.items:
        yield Finding(severity=severity, problem=f"{source.kind} {source.url}: it answers, but offers no article")


def _of_pages(read: _PagesRead) -> Iterator[Finding]:
    nothing = bool(read.errors) and not read.articles
    for error in read.errors:
        yield Finding(severity="wrong" if nothing else "warning", problem=f"page {error.url}: {error.problem}")


def _moves(fetcher: Fetcher, outlet: Outlet, asked: Sequence[AskedSource], *, now: datetime) -> dict[str, str]:
    """Return the new addresses of sources that moved: where they redirect to, or what the front page declares."""
    moves = {}
    front: Fetched | None = None
    looked = False
    for one in asked:
        if one.answered is not None and one.items:
            new = moved_to(one.source, answered=one.answered) if _came_directly(outlet, one.answered) else None
        elif one.source.kind == "feed" and _may_have_moved(one.errors):
            if not looked:
                front, looked = _front_page(fetcher, outlet), True
            new = moved_to(one.source, answered=None, found=sources_in_page(front)) if front is not None else None
            new = new if new is not None and _answers_at(fetcher, outlet, one.source, new, now=now) else None
        else:
            new = None
        if new is not None and new not in {source.url for source in outlet.sources}:
            moves[one.source.url] = new
    return moves


def _came_directly(outlet: Outlet, answer: Fetched) -> bool:
    """Tell whether the outlet itself answered: a mirror that stepped in is no move."""
    return not any(answer.final_url.startswith(mirror) for mirror in outlet.mirrors)


def _may_have_moved(errors: Sequence[SourceError]) -> bool:
    """Tell whether the host answers but the feed is not there any more; a host that is down did not move its feed."""
    return any(not isinstance(error, FetchError) or error.cause in {"http", "redirects"} for error in errors)


def _front_page(fetcher: Fetcher, outlet: Outlet) -> Fetched | None:
    try:
        answer = fetcher.fetch(outlet.url, outlet=outlet)
    except SourceError:
        return None
    return answer if isinstance(answer, Fetched) else None


def _answers_at(fetcher: Fetcher, outlet: Outlet, source: Source, url: str, *, now: datetime) -> bool:
    return bool(ask_source(fetcher, outlet, source.model_copy(update={"url": url}), now=now).items)
