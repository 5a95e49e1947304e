"""What an article means: its language, its English, the names in it; for any batch, fetched or stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.language import identify_language
from flows.ingest.translating import gloss_articles
from records import Article, LanguageGuess, Mention
from records.landing import Batch, Matching
from watchlists.matching import alerts_of

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.road import Road


def understand(road: Road, outlet: Outlet, batch: Batch, *, old_news: Collection[str] = ()) -> Batch:
    """Return the batch with language, translation, mentions and alerts of its articles added.

    ``old_news`` are ids of articles whose alerts are not ``live``: they were there before their source was watched.
    """
    languages = tuple(_identify(article, outlet) for article in batch.articles)
    mentions = tuple(
        mention
        for article, guess in zip(batch.articles, languages, strict=True)
        for mention in _find(road, article, guess)
    )
    return replace(
        batch,
        languages=languages,
        translations=gloss_articles(road.translators, road.lists, batch.articles, languages, mentions),
        matchings=tuple(
            Matching(article_id=article.article_id, list_id=each.id, list_version=each.version)
            for article in batch.articles
            for each in road.lists
        ),
        mentions=mentions,
        alerts=tuple(
            replace(alert, origin="backscan") if alert.article_id in old_news else alert
            for alert in alerts_of(mentions, road.lists, origin="live", created_at=batch.landed_at)
        ),
    )


def _identify(article: Article, outlet: Outlet) -> LanguageGuess:
    return identify_language(
        f"{article.title}\n{article.text}", article_id=article.article_id, expected=outlet.languages
    )


def _find(road: Road, article: Article, guess: LanguageGuess) -> tuple[Mention, ...]:
    return road.matcher.find(
        article_id=article.article_id, title=article.title, text=article.text, language=guess.language
    )
