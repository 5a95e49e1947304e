"""Find the names of all lists in an article, decide which count, and say why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from records import Field, Mention, Translation
from watchlists.matching import namesakes
from watchlists.matching.brackets import spelt_in_brackets
from watchlists.matching.folding import FoldedTexts, dehyphenated, fold_many
from watchlists.matching.hits import FieldText, Hit, HitFinder
from watchlists.matching.people import has_another_bearer, stands_alone
from watchlists.matching.scores import AS_LISTED, ONLY_IN_TRANSLATION, score_of
from watchlists.matching.table import CASES, FormTable, Texts
from watchlists.matching.translated import is_worth_reading, translated_part

_CONTEXT_REACH = 200  # characters on either side of a weak name, of the format (docs: watch-list files)
_SOUNDED = frozenset(
    {"Person", "Address", "Country", "Asset"}
)  # whose names are spelt in another script, not translated
_FIELDS: tuple[Field, Field] = ("title", "text")
# Articles folded and scanned as one: enough to make nothing of what numpy takes to start, and still in the cache.
_AT_ONCE = 64
_CAPITAL = CASES.index("capital")
_MAY_BE_A_WORD = "at the head of a sentence"
_TYPED_PLAIN = "typed without Tajik letters"
_SURNAME, _GIVEN = "surname alone", "given name alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What of a stored article is matched."""

    article_id: str
    title: str
    text: str
    language: str | None
    translation: Translation | None = None


class _FoldedFields(dict[Field, str]):
    """The folded fields of one article, taken out for the few whose neighbourhood is looked at."""

    def __init__(self, folded: Iterable[FoldedTexts], number: int) -> None:
        super().__init__()
        self._folded = folded
        self._number = number

    def __missing__(self, field: Field) -> str:
        wanted = len(_FIELDS) * self._number + _FIELDS.index(field)
        text = next(texts.text_of(texts.numbers.index(wanted)) for texts in self._folded if wanted in texts.numbers)
        self[field] = text
        return text


class Matcher:
    """All names of some lists, ready to be found. Made by ``compile_matcher``; safe to share between threads."""

    def __init__(self, table: FormTable) -> None:
        self._table = table
        self._finder = HitFinder(table)
        self._rows = self._finder.rows
        self._longest_excluded = [max(map(len, watched.excluded), default=0) for watched in table.watched]

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
        return next((found for _, found in self._find_at_once((article,))), ())

    def find_many(self, articles: Iterable[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        """Yield each article that has mentions, with them."""
        waiting = iter(articles)
        while some := tuple(itertools.islice(waiting, _AT_ONCE)):
            yield from self._find_at_once(some)

    def _find_at_once(self, articles: Sequence[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        folded = tuple(fold_many([content for article in articles for content in (article.title, article.text)]))
        for number, fields in self._met(folded, articles):
            if not (hits := self._finder.find(fields)):
                continue
            article = articles[number]
            originals: dict[Field, str] = {"title": article.title, "text": article.text}
            if kept := self._settle(hits, _FoldedFields(folded, number), originals):
                yield article, tuple(self._mention(hit, article.article_id, originals[hit.field]) for hit in kept)

    def _met(
        self, folded: Iterable[FoldedTexts], articles: Sequence[ArticleText]
    ) -> Iterator[tuple[int, list[FieldText]]]:
        """Yield the number of each article in which keys were met, with its fields where they were.

        A field with words hyphenated at the end of a line may be there twice.
        """
        find = self._finder.automaton.find
        found = [(texts.numbers[place], texts[place], met) for texts in folded for place, met in find(texts).items()]
        for texts in folded:
            for place in texts.hyphenated:
                if joined := dehyphenated(texts.originals[place]):
                    own, whole = joined
                    found.extend((texts.numbers[place], whole, met) for met in find(own).values())
        found.sort(key=itemgetter(0))
        for number, fields in itertools.groupby(found, key=lambda field: field[0] // len(_FIELDS)):
            language = articles[number].language
            known = None if language == "und" else language
            yield number, [FieldText(_FIELDS[each % len(_FIELDS)], text, known, met) for each, text, met in fields]

    def find_in_translation(self, translation: Translation, found: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the mentions in a translation of entities that were not ``found`` in the original.

        They are marked, score lower, and their spans are those of the translated title and text. Glosses are not read.
        """
        if not is_worth_reading(translation):
            return ()
        return next((_only_translated(mentions, found) for _, mentions in self.find_many((_as_text(translation),))), ())

    def find_in_both(self, article: ArticleText) -> tuple[Mention, ...]:
        """Return the mentions in an article, then those of entities that only its translation names."""
        return next((found for _, found in self.find_many_in_both((article,))), ())

    def find_many_in_both(self, articles: Iterable[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        """Yield each article that has mentions, or whose translation has, with what ``find_in_both`` finds."""
        waiting = iter(articles)
        while some := tuple(itertools.islice(waiting, _AT_ONCE)):
            translations = [
                each.translation for each in some if each.translation and is_worth_reading(each.translation)
            ]
            originals = {article.article_id: found for article, found in self._find_at_once(some)}
            translated = {
                article.article_id: _only_translated(found, originals.get(article.article_id, ()))
                for article, found in self._find_at_once([_as_text(each) for each in translations])
            }
            for article in some:
                found = originals.get(article.article_id, ())
                if article.translation is not None:
                    found += translated.get(article.article_id, ())
                if found:
                    yield article, found

    def _settle(self, hits: Mapping[int, list[Hit]], folded: _FoldedFields, originals: dict[Field, str]) -> list[Hit]:
        kept: list[Hit] = []
        for entity, found in hits.items():
            of_entity = self._itself(entity, found, originals)
            if self._table.watched[entity].excluded or any(hit.weak for hit in of_entity):
                standing = self._standing(entity, of_entity, folded, originals)
            else:
                standing = _leftmost_longest(of_entity)
            kept.extend(standing)
            if any("(" in originals[hit.field][hit.end : hit.end + 3] for hit in standing):
                kept.extend(self._in_brackets(standing, originals))
        return sorted(kept, key=_place_of) if len(kept) > 1 else kept

    def _itself(self, entity: int, hits: list[Hit], originals: dict[Field, str]) -> list[Hit]:
        """Leave out hits of something that is only called like the entity; make those weak that may be a mere word."""
        schema = self._table.watched[entity].schema
        kept = []
        words = False
        cases = self._rows.case
        for hit in hits:
            text = originals[hit.field]
            if namesakes.is_something_else(text, hit.start, hit.end, schema=schema):
                continue
            if hit.reasons and _TYPED_PLAIN in hit.reasons and namesakes.is_another_word(text, hit.start, hit.end):
                continue
            if cases[hit.form] != _CAPITAL or not namesakes.may_be_a_word(text, hit.start, hit.end, schema=schema):
                kept.append(hit)
            elif schema not in namesakes.PLACES:
                words = words or not hit.weak
                kept.append(hit._replace(weak=True, reasons=(*hit.reasons, _MAY_BE_A_WORD)))
        if words and all(hit.weak or namesakes.is_quoted(originals[hit.field], hit.start) for hit in kept):
            # Where the name has its quotes, what has none is the word.
            kept = [hit for hit in kept if _MAY_BE_A_WORD not in hit.reasons]
        return kept

    def _standing(
        self, entity: int, hits: Sequence[Hit], folded: _FoldedFields, originals: dict[Field, str]
    ) -> list[Hit]:
        """Return those of the hits of an entity that count, none within another."""
        counting = [hit for hit in hits if not self._is_excluded(entity, hit, folded)]
        return _leftmost_longest(self._strong_enough(entity, _outside_full(counting), folded, originals))

    def _in_brackets(self, hits: Sequence[Hit], originals: dict[Field, str]) -> Iterator[Hit]:
        """Yield the original spellings that stand in brackets behind full names and are not found by themselves."""
        for hit in hits:
            original = originals[hit.field]
            if hit.weak:
                continue
            schema = self._table.watched[self._rows.entity[hit.form]].schema
            is_sounded = schema in _SOUNDED
            if not (span := spelt_in_brackets(original, hit.start, hit.end, is_sounded=is_sounded)):
                continue
            if not any(other.field == hit.field and other.start < span[1] and other.end > span[0] for other in hits):
                yield hit._replace(start=span[0], end=span[1], reasons=(*hit.reasons, "original spelling in brackets"))

    def _is_excluded(self, entity: int, hit: Hit, folded: _FoldedFields) -> bool:
        """Tell whether the hit stands inside a phrase of the entity's ``not`` lines."""
        excluded = self._table.watched[entity].excluded
        if not excluded:
            return False
        reach = self._longest_excluded[entity]
        since = max(0, hit.until - reach)
        near = folded[hit.field][since : hit.at + reach]
        at, until = hit.at - since, hit.until - since
        return any(key in near and near.find(key, max(0, until - len(key)), at + len(key)) >= 0 for key in excluded)

    def _strong_enough(
        self, entity: int, hits: Sequence[Hit], folded: _FoldedFields, originals: dict[Field, str]
    ) -> list[Hit]:
        """Keep full names, and weak ones that stand beside one or beside their context."""
        full = any(not hit.weak for hit in hits)
        if not full and not self._table.watched[entity].context:
            return []
        kept = []
        for hit in hits:
            if not hit.weak:
                kept.append(hit)
            elif self._is_of_another(hit, originals[hit.field]):
                continue
            elif full:
                kept.append(hit._replace(reasons=(*hit.reasons, "full name in the article")))
            elif self._kind(hit) == _GIVEN:
                continue  # a given name says nothing without its surname somewhere
            elif word := self._context_of(entity, hit, folded):
                kept.append(hit._replace(reasons=(*hit.reasons, f"near {word}")))
        return kept

    def _kind(self, hit: Hit) -> str:
        reasons = self._table.reason_lists[self._rows.reasons[hit.form]]
        return reasons[0] if reasons else ""

    def _is_of_another(self, hit: Hit, original: str) -> bool:
        """Tell whether a part of a name stands in the name of somebody else."""
        kind = self._kind(hit)
        if kind == _GIVEN:
            return not stands_alone(original, hit.start, hit.end)
        name = self._table.names[self._rows.name[hit.form]]
        return kind == _SURNAME and has_another_bearer(original, hit.start, hit.end, name=name)

    def _context_of(self, entity: int, hit: Hit, folded: _FoldedFields) -> str | None:
        words = self._table.watched[entity].context
        if not words:
            return None
        own = folded[hit.field]
        near = own[max(0, hit.at - _CONTEXT_REACH) : hit.until + _CONTEXT_REACH]
        # The headline stands right before the text.
        if hit.field == "text" and hit.at < _CONTEXT_REACH:
            near = f"{folded['title']} {near}"
        elif hit.field == "title":
            near = f"{near} {folded['text'][:_CONTEXT_REACH]}"
        return next((word.strip() for word in words if word in near), None)

    def _mention(self, hit: Hit, article_id: str, original: str) -> Mention:
        table, rows = self._table, self._rows
        watched = table.watched[rows.entity[hit.form]]
        reasons, score = _told(table.reason_lists[rows.reasons[hit.form]], hit.reasons, is_full=not hit.weak)
        return Mention(
            article_id=article_id,
            entity_id=watched.entity_id,
            list_id=watched.list_id,
            list_version=watched.list_version,
            field=hit.field,
            start=hit.start,
            end=hit.end,
            surface=original[hit.start : hit.end],
            name=table.names[self._rows.name[hit.form]],
            form=table.texts[hit.form],
            score=score,
            reasons=reasons,
        )


@lru_cache(maxsize=20_000)
def _told(of_form: tuple[str, ...], of_place: tuple[str, ...], *, is_full: bool) -> tuple[tuple[str, ...], float]:
    """Return the reasons of a mention, those of its form first, and its score."""
    reasons = tuple(dict.fromkeys((*of_form, *of_place)))
    if is_full:
        reasons = tuple(reason for reason in reasons if reason != _SURNAME)
    return reasons or (AS_LISTED,), score_of(reasons)


def _as_text(translation: Translation) -> ArticleText:
    return ArticleText(
        article_id=translation.article_id,
        title=translation.title,
        text=translated_part(translation.text),
        language=translation.target,
    )


def _only_translated(mentions: Iterable[Mention], found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in a translation of entities that the original does not name, marked so."""
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


def _place_of(hit: Hit) -> tuple[bool, int, int, int]:
    return hit.field == "text", hit.start, hit.end, hit.form


def _outside_full(hits: list[Hit]) -> list[Hit]:
    """Leave out the weak hits of an entity that stand inside a full name: a surname, a given name."""
    full = [(hit.field, hit.start, hit.end) for hit in hits if not hit.weak]
    if not full or len(full) == len(hits):
        return hits
    return [
        hit
        for hit in hits
        if not hit.weak
        or not any(field == hit.field and start < hit.start and hit.end <= end for field, start, end in full)
    ]


def _leftmost_longest(hits: Sequence[Hit]) -> list[Hit]:
    """Of the hits of one entity that overlap, keep the leftmost, of those the longest, of those the full name."""
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    ends: dict[Field, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.field, hit.start, -hit.end, hit.weak, len(hit.reasons), hit.form)):
        if hit.start >= ends.get(hit.field, 0):
            kept.append(hit)
            ends[hit.field] = hit.end
    return kept
