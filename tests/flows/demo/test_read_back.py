"""The bundled press through the real readers: what was written is what is read, and the sheet holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from extractors.language import identify_language
from extractors.outlet import Outlet, load_outlets
from extractors.reading import extract_article
from extractors.sources import read_source
from flows.demo.answers import judge, load_answers
from flows.demo.newsroom import PressArticle, load_newsroom
from flows.demo.printing import Printed
from flows.demo.server import Press, start_press
from records import FeedError, Fetched
from watchlists.listfile import load_lists
from watchlists.matching import Matcher, compile_matcher

TODAY = date(2026, 11, 22)
NEWSROOM = load_newsroom()
READABLE = [article for article in NEWSROOM.articles if not article.hangs]
ANSWERS = {answer.key: answer for answer in load_answers().articles}

each_article = pytest.mark.parametrize("article", READABLE, ids=lambda article: article.key)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with start_press(today=TODAY) as running:
        yield running


@pytest.fixture(scope="module")
def outlets(press: Press) -> dict[str, Outlet]:
    return {outlet.id: outlet for outlet in load_outlets(press.outlets_dir)}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_matcher(load_lists())


def fetched(url: str, printed: Printed) -> Fetched:
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=(("content-type", printed.content_type),),
        body=printed.body,
        etag=None,
        last_modified=None,
        fetched_at=datetime(2026, 11, 22, 1, tzinfo=UTC),
    )


def page(press: Press, article: PressArticle) -> Fetched:
    path = article.path_on(TODAY)
    printed = press.printing.site_paths(article.outlet_id, revision=1)[path]
    return fetched(press.printing.homes[article.outlet_id] + path, printed)


def written(article: PressArticle) -> list[str]:
    return [*article.paragraphs, *([article.credit] if article.credit else [])]


@each_article
def test_a_page_reads_back_as_it_was_written(press: Press, outlets: dict[str, Outlet], article: PressArticle) -> None:
    outlet = outlets[article.outlet_id]
    read = extract_article(page(press, article), outlet=outlet)
    assert read.title == article.title
    assert [line.strip() for line in read.text.splitlines() if line.strip()] == written(article)
    assert read.published_at == article.published_at(TODAY, NEWSROOM.sites[article.outlet_id])


@each_article
def test_the_language_is_that_of_the_sheet(outlets: dict[str, Outlet], article: PressArticle) -> None:
    text = "\n\n".join([article.title, *written(article)])
    guess = identify_language(text, expected=outlets[article.outlet_id].languages)
    assert guess.language == ANSWERS[article.key].language


@each_article
@pytest.mark.parametrize("revision", [1, 2])
def test_every_planted_name_is_found_and_no_near_miss(matcher: Matcher, article: PressArticle, revision: int) -> None:
    answer = ANSWERS[article.key]
    text = "\n\n".join([*article.paragraphs_in(revision), *([article.credit] if article.credit else [])])
    found = matcher.find(article_id=article.key, title=article.title, text=text, language=answer.language)
    verdict = judge(answer, found, title=article.title, text=text)
    assert verdict.is_right, verdict


@pytest.mark.parametrize("outlet_id", [outlet_id for outlet_id in NEWSROOM.sites if NEWSROOM.articles_of(outlet_id)])
def test_every_list_offers_its_articles(press: Press, outlets: dict[str, Outlet], outlet_id: str) -> None:
    outlet = outlets[outlet_id]
    for source, listing in zip(outlet.sources, NEWSROOM.sites[outlet_id].listings, strict=True):
        printed = press.printing.site_paths(outlet_id, revision=1)[listing.path]
        items = read_source(source, outlet, fetched(source.url, printed))
        listed = [article for article in NEWSROOM.articles_of(outlet_id) if article.edition == listing.edition]
        assert [item.title for item in items] == [article.title for article in listed]


def test_a_feed_that_is_a_page_says_so(press: Press, outlets: dict[str, Outlet]) -> None:
    outlet = outlets["stepnoy_telegraf"]
    (listing,) = NEWSROOM.sites["stepnoy_telegraf"].listings
    printed = press.printing.site_paths("stepnoy_telegraf", revision=1)[listing.path]
    with pytest.raises(FeedError, match="HTML"):
        read_source(outlet.sources[0], outlet, fetched(outlet.sources[0].url, printed))
