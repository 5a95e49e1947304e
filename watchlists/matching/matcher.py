"""Find the names of all lists in an article, decide which count, and say why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import itemgetter

from records import Field, Mention, Translation
from watchlists.matching.folded import DOUBTFUL, Bare, Folded, FoldedTexts, Placed
from watchlists.matching.folding import dehyphenated, fold_many
from watchlists.matching.hits import Hit, HitFinder
from watchlists.matching.judging import FieldText
from watchlists.matching.scores import AS_LISTED, ONLY_IN_TRANSLATION, score_of
from watchlists.matching.settling import Settler
from watchlists.matching.table import SURNAME_ALONE, FormTable, Texts
from watchlists.matching.translated import is_worth_reading, translated_part

_FIELDS: tuple[Field, Field] = ("title", "text")
# Articles folded and scanned as one: enough to make nothing of what numpy takes to start, and still in the cache.
_AT_ONCE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What of a stored article is matched."""

    article_id: str
    title: str
    text: str
    language: str | None
    translation: Translation | None = None


class Matcher:
    """All names of some lists, ready to be found. Made by ``compile_matcher``; safe to share between threads."""

    def __init__(self, table: FormTable) -> None:
        self._table = table
        self._finder = HitFinder(table)
        self._settler = Settler(table.watched)

    @property
    def form_count(self) -> int:
        """How many forms it knows."""
        return len(self._table.texts)

    def forms(self) -> Texts:
        """Return the text of every form, as it would be printed."""
        return self._table.texts

    def find(self, *, article_id: str, title: str, text: str, language: str | None = None) -> tuple[Mention, ...]:
        """Return the mentions in an article, title first, in the order of the text.

        ``language`` is ISO 639-1, or ``None`` where it is not known: then no name is held back for its language.
        """
        article = ArticleText(article_id=article_id, title=title, text=text, language=language)
        return self._find_at_once((article,)).get(0, ())

    def find_many(self, articles: Iterable[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        """Yield each article that has mentions, with them."""
        waiting = iter(articles)
        while some := tuple(itertools.islice(waiting, _AT_ONCE)):
            for number, found in self._find_at_once(some).items():
                yield some[number], found

    def _find_at_once(self, articles: Sequence[ArticleText]) -> dict[int, tuple[Mention, ...]]:
        """Return the mentions in each of the articles that has any, by its number."""
        found: dict[int, tuple[Mention, ...]] = {}
        folded = tuple(fold_many([content for article in articles for content in (article.title, article.text)]))
        for number, fields in self._met(folded, articles):
            if not (hits := self._finder.find(fields)):
                continue
            if kept := self._settler.settle(hits, partial(_field_of, folded, number)):
                article_id = articles[number].article_id
                found[number] = tuple([_mention(hit, article_id) for hit in kept])
        return found

    def _met(
        self, folded: Iterable[FoldedTexts], articles: Sequence[ArticleText]
    ) -> Iterator[tuple[int, list[FieldText]]]:
        """Yield the number of each article in which keys were met, with its fields where they were.

        A field with words hyphenated at the end of a line may be there twice.
        """
        found = [
            (texts.numbers[place], texts[place], placed)
            for texts in folded
            if (met := self._finder.automaton.find(texts))
            for place, placed in texts.place(met)
        ]
        found += [
            (texts.numbers[place], *joined)
            for texts in folded
            for place in texts.hyphenated
            if (joined := self._joined(texts.originals[place], texts.bare(place)))
        ]
        found.sort(key=itemgetter(0))
        for number, fields in itertools.groupby(found, key=lambda field: field[0] // len(_FIELDS)):
            language = articles[number].language
            known = None if language == "und" else language
            yield number, [FieldText(_FIELDS[each % len(_FIELDS)], text, known, met) for each, text, met in fields]

    def _joined(self, text: str, bare: Bare | None) -> tuple[Folded, list[Placed]] | None:
        """Return a text with its hyphenated words joined, and what is met in it."""
        if not (joined := dehyphenated(text)):
            return None
        texts, folded = joined
        folded.bare = bare
        met = self._finder.automaton.find(texts)
        placed = [each for _, of_text in texts.place(met) for each in of_text] if met else []
        return folded, [(key, at, until, *folded.span(at, until), DOUBTFUL) for key, at, until, _, _, _ in placed]

    def find_in_both(self, article: ArticleText) -> tuple[Mention, ...]:
        """Return the mentions in an article, then those of entities that only its translation names.

        These are marked, score lower, and their spans are those of the translated title and text. Glosses are not read.
        """
        return next((found for _, found in self.find_many_in_both((article,))), ())

    def find_many_in_both(self, articles: Iterable[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        """Yield each article that has mentions, or whose translation has, with what ``find_in_both`` finds."""
        waiting = iter(articles)
        while some := tuple(itertools.islice(waiting, _AT_ONCE)):
            originals = self._find_at_once(some)
            translations = {
                number: _as_text(each.translation)
                for number, each in enumerate(some)
                if each.translation and is_worth_reading(each.translation)
            }
            in_translations = self._find_at_once(tuple(translations.values()))
            translated = {number: in_translations.get(place, ()) for place, number in enumerate(translations)}
            for number, article in enumerate(some):
                found = originals.get(number, ())
                found += _only_translated(translated.get(number, ()), found)
                if found:
                    yield article, found


def _field_of(folded: Iterable[FoldedTexts], number: int, field: Field) -> Folded:
    """Return a folded field of one of the articles."""
    wanted = len(_FIELDS) * number + _FIELDS.index(field)
    return next(texts[texts.numbers.index(wanted)] for texts in folded if wanted in texts.numbers)


@lru_cache(maxsize=20_000)
def _told(of_form: tuple[str, ...], of_place: tuple[str, ...], *, weak: bool) -> tuple[tuple[str, ...], float]:
    """Return the reasons of a mention, those of its form first, and its score."""
    reasons = tuple(dict.fromkeys((*of_form, *of_place)))
    if not weak:
        reasons = tuple(reason for reason in reasons if reason != SURNAME_ALONE)
    return reasons or (AS_LISTED,), score_of(reasons)


def _mention(hit: Hit, article_id: str) -> Mention:
    field, start, end, form, of_place, weak, _, _, text = hit
    written, bare = text.folded.original, text.folded.bare
    if bare:
        (start, end), written = bare.span(start, end), bare.written
    reasons, score = _told(form.reasons, of_place, weak=weak)
    return Mention(
        article_id=article_id,
        entity_id=form.entity_id,
        list_id=form.list_id,
        list_version=form.list_version,
        field=field,
        start=start,
        end=end,
        surface=written[start:end],
        name=form.name,
        form=form.text,
        score=score,
        reasons=reasons,
    )


def _as_text(translation: Translation) -> ArticleText:
    return ArticleText(
        article_id=translation.article_id,
        title=translation.title,
        text=translated_part(translation.text),
        language=translation.target,
    )


def _only_translated(mentions: Iterable[Mention], found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return of the mentions in a translation those of entities that are not ``found`` in the original, marked so."""
    known = {(mention.list_id, mention.entity_id) for mention in found}
    return tuple(
        replace(
            mention,
            field="translated_title" if mention.field == "title" else "translated_text",
            reasons=(*(reason for reason in mention.reasons if reason != AS_LISTED), ONLY_IN_TRANSLATION),
            score=score_of((*mention.reasons, ONLY_IN_TRANSLATION)),
        )
        for mention in mentions
        if (mention.list_id, mention.entity_id) not in known
    )
