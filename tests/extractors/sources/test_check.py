"""Assertions of an outlet file, held against what came."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.sources.check import OutletSample, broken_maximums, broken_minimums
from records import Article, FeedItem, LanguageGuess

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = {"kind": "feed", "url": "https://gazette.example/feed/"}


def item(number=1, *, hours_old=None, **fields):
    published_at = None if hours_old is None else NOW - timedelta(hours=hours_old)
    plain = {"guid": "g", "url": f"https://gazette.example/news/{number}", "title": "t", "summary": ""}
    return FeedItem(**({"outlet_id": "gazette", "published_at": published_at, "position": 0} | plain | fields))


def article(text="x" * 100, **fields):
    plain = {"article_id": "a", "outlet_id": "gazette", "url": "u", "canonical_url": "u", "title": "t", "text": text}
    dated = {"published_at": NOW, "published_raw": None, "published_precision": "day", "date_source": None}
    more = {"byline": None, "section": None, "extractor": "x", "content_hash": "h", "fetched_at": NOW}
    return Article(**(plain | dated | more | fields))


def guess(language):
    return LanguageGuess(article_id="a", language=language, script="Cyrl", confidence=1.0, method="m")


# name, assertions, sample, what is said
BROKEN = [
    ("few_items", {"min": {"items": 2}}, {"items": [item()]}, "1 item, at least 2 expected (assertions.min.items)"),
    (
        "few_articles",
        {"min": {"articles": 1}},
        {"items": [item()], "articles": []},
        "0 articles, at least 1 expected (assertions.min.articles)",
    ),
    (
        "short_texts",
        {"min": {"text_chars_median": 300}},
        {"items": [item()], "articles": [article(), article("x" * 900), article()]},
        "texts of 100 characters (median), at least 300 expected (assertions.min.text_chars_median)",
    ),
    (
        "no_dates",
        {"min": {"fill": {"published_at": 0.9}}},
        {"items": [item(hours_old=1), item(2)]},
        "published_at is known of 50%, at least 90% expected (assertions.min.fill.published_at)",
    ),
    (
        "no_bylines",
        {"min": {"fill": {"byline": 0.5}}},
        {"items": [item()], "articles": [article()]},
        "byline is known of 0%, at least 50% expected (assertions.min.fill.byline)",
    ),
    (
        "many_items",
        {"max": {"items": 1}},
        {"items": [item(), item(2)]},
        "2 items, at most 1 expected (assertions.max.items)",
    ),
    (
        "old_news",
        {"max": {"newest_age_hours": 24}},
        {"items": [item(hours_old=48), item(hours_old=30)]},
        "the newest item is 30 h old, at most 24 h expected (assertions.max.newest_age_hours)",
    ),
    (
        "no_language",
        {"max": {"share_und": 0.2}},
        {"items": [item()], "languages": [guess("und"), guess("tg")]},
        "1 of 2 articles are in no language that is known, at most 20% expected (assertions.max.share_und)",
    ),
    (
        "failed_pages",
        {"max": {"share_failed": 0.2}},
        {"items": [item()], "articles": [article()], "failed_pages": 3},
        "3 of 4 pages could not be read, at most 20% expected (assertions.max.share_failed)",
    ),
]


@pytest.mark.parametrize(
    ("assertions", "sample", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_assertion_is_said_in_plain_words(outlet_with, assertions, sample, said):
    outlet, _ = outlet_with(SOURCE, assertions=assertions)
    taken = OutletSample(**({"taken_at": NOW} | sample))
    assert broken_minimums(outlet, taken) == ((said,) if "min" in assertions else ())
    assert broken_maximums(outlet, taken) == ((said,) if "max" in assertions else ())


EVERYTHING = {
    "min": {
        "items": 1,
        "articles": 1,
        "text_chars_median": 100,
        "fill": {"published_at": 1.0, "byline": 0.5, "text": 1.0},
    },
    "max": {"items": 1, "share_und": 0.0, "share_failed": 0.0, "newest_age_hours": 24},
}


def test_what_holds_is_not_mentioned(outlet_with):
    outlet, _ = outlet_with(SOURCE, assertions=EVERYTHING)
    whole = OutletSample(
        items=[item(hours_old=1)], articles=[article(byline="a")], languages=[guess("tg")], taken_at=NOW
    )
    assert (broken_minimums(outlet, whole), broken_maximums(outlet, whole)) == ((), ())


def test_what_was_not_tried_is_not_judged(outlet_with):
    outlet, _ = outlet_with(SOURCE, assertions=EVERYTHING)
    untried = OutletSample(items=[item(hours_old=1)], taken_at=NOW)
    assert (broken_minimums(outlet, untried), broken_maximums(outlet, untried)) == ((), ())
