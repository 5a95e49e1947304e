"""Articles into English: the preferred engine that can, watch-listed names brought through by their captions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.translation import (
    ProtectedName,
    TranslatedText,
    Translator,
    choose_translator,
    translate_with_names,
)
from records import GLOSS_MARK, Article, LanguageGuess, Mention, Translation, TranslationError, TranslationExtent

if TYPE_CHECKING:
    from flows.ingest.road import Road
    from records.landing import BacklogArticle
    from watchlists.listfile import WatchList

TARGET = "en"  # the analysts' language
GLOSS = "gloss"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One article, its language, and the names in its title and in its text."""

    article: Article | BacklogArticle
    language: str
    title_names: Sequence[ProtectedName]
    text_names: Sequence[ProtectedName]


def gloss_articles(
    translators: Sequence[Translator],
    lists: Sequence[WatchList],
    articles: Sequence[Article],
    languages: Sequence[LanguageGuess],
    mentions: Sequence[Mention],
) -> tuple[Translation, ...]:
    """Return glosses of those articles that can be glossed: at once, so that nothing waits to land or to alert.

    What only a model can translate has no row and stays in the backlog.
    """
    names: dict[tuple[str, str], list[ProtectedName]] = defaultdict(list)
    for mention, name in zip(mentions, names_in(mentions, lists), strict=True):
        names[mention.article_id, mention.field].append(name)
    wanted = (
        _Wanted(
            article=article,
            language=guess.language,
            title_names=names.get((article.article_id, "title"), []),
            text_names=names.get((article.article_id, "text"), []),
        )
        for article, guess in zip(articles, languages, strict=True)
    )
    return tuple(_translate([each for each in translators if each.name == GLOSS], wanted, "full"))


def translate_texts(
    road: Road, waiting: Sequence[BacklogArticle], extent: TranslationExtent = "full"
) -> tuple[Translation, ...]:
    """Return the translations of articles that landed earlier, so far as ``extent``, with their names found again."""
    return tuple(_translate(road.translators, (_with_names(road, each) for each in waiting), extent))


def names_in(mentions: Sequence[Mention], lists: Sequence[WatchList]) -> list[ProtectedName]:
    """Return each mention as a name to be protected: its place, the entity's caption and other English names."""
    captions = _captions(lists)
    names = []
    for mention in mentions:
        caption, aliases = captions[mention.list_id, mention.entity_id]
        names.append(ProtectedName(start=mention.start, end=mention.end, caption=caption, aliases=aliases))
    return names


def _with_names(road: Road, article: BacklogArticle) -> _Wanted:
    mentions = road.matcher.find(
        article_id=article.article_id, title=article.title, text=article.text, language=article.language
    )
    title, text = ([m for m in mentions if m.field == field] for field in ("title", "text"))
    return _Wanted(
        article=article,
        language=article.language or "",
        title_names=names_in(title, road.lists),
        text_names=names_in(text, road.lists),
    )


def _translate(
    translators: Sequence[Translator], wanted: Iterable[_Wanted], extent: TranslationExtent
) -> Iterator[Translation]:
    """Translate articles language by language, each with the first engine that does not fail.

    All of a language go to the engine together: a model is several times faster with full batches.
    """
    by_language: dict[str, list[_Wanted]] = defaultdict(list)
    for each in wanted:
        by_language[each.language].append(each)
    by_language.pop(TARGET, None)
    for language, group in by_language.items():
        able = tuple(translators)
        while (translator := choose_translator(able, source=language, target=TARGET)) is not None:
            try:
                yield from _translate_group(translator, translators, group, language, extent)
                break
            except TranslationError:
                able = tuple(each for each in able if each is not translator)


def _translate_group(
    translator: Translator,
    translators: Sequence[Translator],
    group: Sequence[_Wanted],
    language: str,
    extent: TranslationExtent,
) -> list[Translation]:
    reached: TranslationExtent = "full" if translator.name == GLOSS else extent
    ends = [_end(each.article.text, reached) for each in group]
    version = translator.model_version(language, TARGET) or ""
    titles = [each.article.title for each in group]
    texts = [each.article.text[:end] for each, end in zip(group, ends, strict=True)]
    names = [each.title_names for each in group] + [
        [name for name in each.text_names if name.end <= end] for each, end in zip(group, ends, strict=True)
    ]
    done = translate_with_names(translator, titles + texts, names, source=language, target=TARGET)
    gloss = next((each for each in translators if each.name == GLOSS), None)
    made = []
    for each, end, title, text in zip(group, ends, done[: len(group)], done[len(group) :], strict=True):
        # A text that is no longer than its lead is translated whole.
        whole = end == len(each.article.text)
        reached_text = text.text if end else ""
        made.append(
            Translation(
                article_id=each.article.article_id,
                source=language,
                target=TARGET,
                title=title.text,
                text=reached_text if whole else reached_text + _glossed_rest(gloss, each, end, language),
                engine=translator.name,
                model_version=version,
                dropped_names=tuple(dict.fromkeys((*title.dropped_names, *text.dropped_names))),
                extent="full" if whole else reached,
            )
        )
    return made


def _end(text: str, extent: TranslationExtent) -> int:
    """Return where the part of a text ends that is to be translated; the lead is the first line that says something."""
    if extent == "title":
        return 0
    if extent == "full":
        return len(text)
    begins = len(text) - len(text.lstrip())
    found = text.find("\n", begins)
    return len(text) if found < 0 or not text[found:].strip() else found


def _glossed_rest(gloss: Translator | None, wanted: _Wanted, end: int, language: str) -> str:
    """Return what lies beyond the end as a gloss, each line marked so; nothing where there is no gloss."""
    if gloss is None or gloss.model_version(language, TARGET) is None:
        return ""
    names = [
        replace(name, start=name.start - end, end=name.end - end) for name in wanted.text_names if name.start >= end
    ]
    rest: TranslatedText
    (rest,) = translate_with_names(gloss, [wanted.article.text[end:]], [names], source=language, target=TARGET)
    return "\n".join(f"{GLOSS_MARK}{line}" if line.strip() else line for line in rest.text.split("\n"))


def _captions(lists: Sequence[WatchList]) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Return the English caption of each entity and its other English names, by list and entity."""
    return {
        (each.id, entity.id): (entity.caption, tuple(entity.name.get("en", ())))
        for each in lists
        for entity in each.entities
    }
