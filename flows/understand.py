"""What an article means: its language, its English, the names in it; for any batch, fetched or stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.language import identify_language
from records import Article, LanguageGuess, Mention, Translation, TranslationError
from records.landing import Batch, Matching
from watchlists.matching import alerts_of

if TYPE_CHECKING:
    from extractors.outlet import Outlet
    from flows.road import Road

TARGET = "en"  # the analysts' language


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
        translations=_translate(road, batch.articles, languages),
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


def _translate(road: Road, articles: Sequence[Article], languages: Sequence[LanguageGuess]) -> tuple[Translation, ...]:
    if road.translator is None:
        return ()
    translations = []
    for article, guess in zip(articles, languages, strict=True):
        version = road.translator.model_version(guess.language, TARGET)
        if version is None or guess.language == TARGET:
            continue
        try:
            title, text = road.translator.translate([article.title, article.text], source=guess.language, target=TARGET)
        except TranslationError:
            # Nothing waits for translation: without a row the article stays in the backlog, and says so.
            continue
        translations.append(
            Translation(
                article_id=article.article_id,
                source=guess.language,
                target=TARGET,
                title=title,
                text=text,
                engine=road.translator.name,
                model_version=version,
                dropped_names=(),
            )
        )
    return tuple(translations)
