"""What an article means: its language, its English, the names in it; for any batch, fetched or stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from extractors.language import identify_language
from flows.ingest.translating import GLOSS, gloss_articles
from records import Alert, Article, LanguageGuess, Mention, Translation
from records.landing import BacklogArticle, Batch, Matching
from warehouse.reading import fresh_articles
from watchlists.matching import ArticleText, alerts_of

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.ingest.road import Road

# What a source offers in its first good poll is old news unless it was published so shortly before; so is what a model
# comes to later than this.
FRESH = timedelta(hours=48)


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
        alerts=_alerts(road, mentions, batch.landed_at, old_news),
    )


def understand_translations(
    road: Road, waiting: Sequence[BacklogArticle], translations: Sequence[Translation], *, landed_at: datetime
) -> Batch:
    """Return the batch that lands translations of earlier articles, with the names that only they have.

    The original is matched once more, since a name that stands there is not looked for in the translation. Their alerts
    are live while the article is news.
    """
    articles = {each.article_id: each for each in waiting}
    by_model = [each for each in translations if each.engine != GLOSS]
    mentions = tuple(
        mention
        for each in by_model
        for mention in road.matcher.find_in_both(_article_text(articles[each.article_id], each))
    )
    named = {mention.article_id for mention in mentions}
    with road.door.opened() as warehouse:
        fresh = fresh_articles(warehouse, named, since=landed_at - FRESH) if named else frozenset()
    return Batch(
        landed_at=landed_at,
        translations=tuple(translations),
        matchings=tuple(
            Matching(
                article_id=each.article_id, list_id=listed.id, list_version=listed.version, translated_at=landed_at
            )
            for each in by_model
            for listed in road.lists
        ),
        mentions=mentions,
        alerts=_alerts(road, mentions, landed_at, named - fresh),
        basis=tuple((each.article_id, each.content_hash) for each in waiting),
    )


def _alerts(
    road: Road, mentions: Sequence[Mention], created_at: datetime, old_news: Collection[str]
) -> tuple[Alert, ...]:
    return tuple(
        replace(alert, origin="backscan") if alert.article_id in old_news else alert
        for alert in alerts_of(mentions, road.lists, origin="live", created_at=created_at)
    )


def _article_text(article: BacklogArticle, translation: Translation) -> ArticleText:
    return ArticleText(
        article_id=article.article_id,
        title=article.title,
        text=article.text,
        language=article.language,
        translation=translation,
    )


def _identify(article: Article, outlet: Outlet) -> LanguageGuess:
    return identify_language(
        f"{article.title}\n{article.text}", article_id=article.article_id, expected=outlet.languages
    )


def _find(road: Road, article: Article, guess: LanguageGuess) -> tuple[Mention, ...]:
    return road.matcher.find(
        article_id=article.article_id, title=article.title, text=article.text, language=guess.language
    )
