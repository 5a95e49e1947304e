"""Articles into English: the preferred engine that can, watch-listed names brought through by their captions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.translation import ProtectedName, Translator, choose_translator, translate_with_names
from records import Article, LanguageGuess, Mention, Translation, TranslationError

if TYPE_CHECKING:
    from flows.ingest.road import Road
    from records.landing import BacklogArticle
    from watchlists.listfile import WatchList

TARGET = "en"  # the analysts' language


def translate_articles(
    translators: Sequence[Translator],
    lists: Sequence[WatchList],
    articles: Sequence[Article],
    languages: Sequence[LanguageGuess],
    mentions: Sequence[Mention],
) -> tuple[Translation, ...]:
    """Return the translations of those articles that some engine can translate.

    Nothing waits for translation: an article that no engine can translate now has no row and stays in the backlog.
    """
    names: dict[tuple[str, str], list[ProtectedName]] = defaultdict(list)
    for mention, name in zip(mentions, names_in(mentions, lists), strict=True):
        names[mention.article_id, mention.field].append(name)
    done = []
    for article, guess in zip(articles, languages, strict=True):
        found = [names.get((article.article_id, field), []) for field in ("title", "text")]
        translation = _translate(translators, article, guess.language, found)
        if translation is not None:
            done.append(translation)
    return tuple(done)


def translate_texts(road: Road, waiting: Sequence[BacklogArticle]) -> tuple[Translation, ...]:
    """Return the translations of articles that landed earlier, with their names found again."""
    done = []
    for each in waiting:
        language = each.language or ""
        mentions = road.matcher.find(
            article_id=each.article_id, title=each.title, text=each.text, language=each.language
        )
        names = [names_in([m for m in mentions if m.field == field], road.lists) for field in ("title", "text")]
        translation = _translate(road.translators, each, language, names)
        if translation is not None:
            done.append(translation)
    return tuple(done)


def names_in(mentions: Sequence[Mention], lists: Sequence[WatchList]) -> list[ProtectedName]:
    """Return each mention as a name to be protected: its place, the entity's caption and other English names."""
    captions = _captions(lists)
    names = []
    for mention in mentions:
        caption, aliases = captions[mention.list_id, mention.entity_id]
        names.append(ProtectedName(start=mention.start, end=mention.end, caption=caption, aliases=aliases))
    return names


def _translate(
    translators: Sequence[Translator],
    article: Article | BacklogArticle,
    language: str,
    names: Sequence[Sequence[ProtectedName]],
) -> Translation | None:
    """Translate one article with the first engine that does not fail."""
    able = tuple(translators) if language != TARGET else ()
    while (translator := choose_translator(able, source=language, target=TARGET)) is not None:
        version = translator.model_version(language, TARGET)
        try:
            title, text = translate_with_names(
                translator, [article.title, article.text], names, source=language, target=TARGET
            )
        except TranslationError:
            able = tuple(each for each in able if each is not translator)
            continue
        return Translation(
            article_id=article.article_id,
            source=language,
            target=TARGET,
            title=title.text,
            text=text.text,
            engine=translator.name,
            model_version=version or "",
            dropped_names=tuple(dict.fromkeys((*title.dropped_names, *text.dropped_names))),
        )
    return None


def _captions(lists: Sequence[WatchList]) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Return the English caption of each entity and its other English names, by list and entity."""
    return {
        (each.id, entity.id): (entity.caption, tuple(entity.name.get("en", ())))
        for each in lists
        for entity in each.entities
    }
