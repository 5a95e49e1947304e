"""What a probe of an outlet gave, held against what its file says a healthy answer looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from extractors.outlet import FilledField, MaxAssertions, MinAssertions, Outlet
from records import Article, FeedItem, LanguageGuess
from records.counting import count_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletSample:
    """What one run or probe of an outlet gave.

    ``items`` are what the sources offered, ``None`` when not all were heard in full. ``articles`` are of the pages that
    were read, ``None`` when none was tried; ``failed_pages`` were tried and gave none. ``few`` says that these are too
    few to tell anything of an outlet: only its items are judged.
    """

    items: Sequence[FeedItem] | None
    articles: Sequence[Article] | None = None
    languages: Sequence[LanguageGuess] = ()
    failed_pages: int = 0
    few: bool = False
    taken_at: datetime


def broken_minimums(outlet: Outlet, sample: OutletSample) -> tuple[str, ...]:
    """Return the ``assertions.min`` that do not hold, in plain words: a failure of the outlet."""
    least, broken = outlet.assertions.min, []
    if least.items is not None and sample.items is not None and len(sample.items) < least.items:
        broken.append(f"{count_of(len(sample.items), 'item')}, at least {least.items} expected (assertions.min.items)")
    if sample.few:
        return tuple(broken)
    if sample.articles is not None:
        broken += _few_articles(least, sample.articles)
    for name, share in least.fill.items():
        filled = _filled(name, sample)
        if filled is not None and filled < share:
            broken.append(
                f"{name} is known of {filled:.0%}, at least {share:.0%} expected (assertions.min.fill.{name})"
            )
    return tuple(broken)


def broken_maximums(outlet: Outlet, sample: OutletSample) -> tuple[str, ...]:
    """Return the ``assertions.max`` that do not hold, in plain words: a warning."""
    most, broken = outlet.assertions.max, []
    if most.items is not None and sample.items is not None and len(sample.items) > most.items:
        broken.append(f"{len(sample.items)} items, at most {most.items} expected (assertions.max.items)")
    age = None if sample.items is None else _newest_age_hours(sample)
    if most.newest_age_hours is not None and age is not None and age > most.newest_age_hours:
        broken.append(
            f"the newest item is {age:.0f} h old, at most {most.newest_age_hours} h expected "
            "(assertions.max.newest_age_hours)"
        )
    return tuple(broken) if sample.few else (*broken, *_large_shares(most, sample))


def _few_articles(least: MinAssertions, articles: Sequence[Article]) -> list[str]:
    broken = []
    if least.articles is not None and len(articles) < least.articles:
        broken.append(f"{len(articles)} articles, at least {least.articles} expected (assertions.min.articles)")
    if least.text_chars_median is not None and articles:
        length = median(len(article.text) for article in articles)
        if length < least.text_chars_median:
            broken.append(
                f"texts of {length:.0f} characters (median), at least {least.text_chars_median} expected "
                "(assertions.min.text_chars_median)"
            )
    return broken


def _large_shares(most: MaxAssertions, sample: OutletSample) -> list[str]:
    broken = []
    tried = len(sample.articles or ()) + sample.failed_pages
    unknown = sum(guess.language == "und" for guess in sample.languages)
    for name, limit, count, total, what in (
        ("share_und", most.share_und, unknown, len(sample.languages), "articles are in no language that is known"),
        ("share_failed", most.share_failed, sample.failed_pages, tried, "pages could not be read"),
    ):
        if limit is not None and total and count / total > limit:
            broken.append(f"{count} of {total} {what}, at most {limit:.0%} expected (assertions.max.{name})")
    return broken


def _filled(name: FilledField, sample: OutletSample) -> float | None:
    """Return the share of articles (where none was read, of items) that have the field; ``None`` if unknown."""
    records: Sequence[Article] | Sequence[FeedItem] = sample.articles or sample.items or ()
    if not records or not hasattr(records[0], name):
        return None
    return sum(bool(getattr(record, name)) for record in records) / len(records)


def _newest_age_hours(sample: OutletSample) -> float | None:
    offered = [item.published_at for item in sample.items or ()]
    read = [article.published_at for article in sample.articles or ()]
    dates = [date for date in offered + read if date is not None]
    return (sample.taken_at - max(dates)).total_seconds() / 3600 if dates else None
