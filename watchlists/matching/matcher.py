"""Find the names of all lists in an article, decide which count, and say why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from records import Field, Mention, Translation
from watchlists.matching.folding import dehyphenated, fold, fold_together, may_be_hyphenated
from watchlists.matching.hits import FieldText, Hit, HitFinder
from watchlists.matching.people import grown, has_another_bearer, stands_alone
from watchlists.matching.scores import AS_LISTED, ONLY_IN_TRANSLATION, score_of
from watchlists.matching.table import FormTable

_CONTEXT_REACH = 200  # characters on either side of a weak name, of the format (docs: watch-list files)
_BATCH = 200  # articles: some 400,000 characters, where the cost of starting numpy no longer shows
_SURNAME, _GIVEN = "surname alone", "given name alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What of a stored article is matched."""

    article_id: str
    title: str
    text: str
    language: str | None


class Matcher:
    """All names of some lists, ready to be found. Made by ``compile_matcher``; safe to share between threads."""

    def __init__(self, table: FormTable) -> None:
        self._table = table
        self._finder = HitFinder(table)
        self._rows = self._finder.rows

    @property
    def form_count(self) -> int:
        """How many forms it knows."""
        return len(self._table.texts)

    def forms(self) -> Sequence[str]:
        """Return the text of every form, as it would be printed."""
        return self._table.texts

    def find(self, *, article_id: str, title: str, text: str, language: str | None = None) -> tuple[Mention, ...]:
        """Return the mentions in an article, title first, in the order of the text.

        ``language`` is ISO 639-1, or ``None`` where it is not known: then no name is held back for its language.
        """
        fields = _fields(title, text, language)
        hits = self._finder.find(fields)
        if not hits:
            return ()
        folded: dict[Field, str] = {"title": "", "text": ""}
        folded.update({field.name: field.folded.text for field in reversed(fields)})
        originals: dict[Field, str] = {"title": title, "text": text}
        kept = self._settle(hits, folded, originals)
        return tuple(self._mention(hit, article_id, originals[hit.field]) for hit in kept)

    def find_many(self, articles: Iterable[ArticleText]) -> Iterator[tuple[ArticleText, tuple[Mention, ...]]]:
        """Yield each article that has mentions, with them: as ``find``, several times faster where most have none.

        Articles are folded and scanned by the hundred; only those in which a name may stand are looked at one by one.
        """
        waiting = iter(articles)
        while batch := list(itertools.islice(waiting, _BATCH)):
            for article in self._candidates(batch):
                found = self.find(
                    article_id=article.article_id,
                    title=article.title,
                    text=article.text,
                    language=article.language,
                )
                if found:
                    yield article, found

    def _candidates(self, batch: Sequence[ArticleText]) -> Iterator[ArticleText]:
        folded, starts = fold_together([f"{article.title}\n\n{article.text}" for article in batch])
        needs_more = self._rows.needs_more
        places = [at + 1 for key, at, _ in self._finder.automaton.find(folded.text) if not needs_more[key]]
        met = set((np.searchsorted(starts, folded.index[places], side="right") - 1).tolist()) if places else set()
        for number, article in enumerate(batch):
            if number in met or may_be_hyphenated(article.title) or may_be_hyphenated(article.text):
                yield article

    def find_in_translation(self, translation: Translation, found: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the mentions in a translation of entities that were not ``found`` in the original.

        They are marked, score lower, and their spans are those of the translated title and text.
        """
        known = {(mention.list_id, mention.entity_id) for mention in found}
        mentions = self.find(
            article_id=translation.article_id,
            title=translation.title,
            text=translation.text,
            language=translation.target,
        )
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

    def _settle(self, hits: Iterable[Hit], folded: dict[Field, str], originals: dict[Field, str]) -> list[Hit]:
        by_entity: dict[int, list[Hit]] = {}
        for hit in hits:
            by_entity.setdefault(self._rows.entity[hit.form], []).append(hit)
        kept: list[Hit] = []
        for entity, of_entity in by_entity.items():
            counting = [hit for hit in of_entity if not self._is_excluded(entity, hit, folded[hit.field])]
            kept.extend(_leftmost_longest(self._strong_enough(entity, counting, folded, originals)))
        return sorted(kept, key=lambda hit: (hit.field == "text", hit.start, hit.end, hit.form))

    def _is_excluded(self, entity: int, hit: Hit, folded: str) -> bool:
        """Tell whether the hit stands inside a phrase of the entity's ``not`` lines."""
        for key in self._table.watched[entity].excluded:
            at = folded.find(key, max(0, hit.until - len(key)), hit.at + len(key))
            if at >= 0:
                return True
        return False

    def _strong_enough(
        self, entity: int, hits: Sequence[Hit], folded: dict[Field, str], originals: dict[Field, str]
    ) -> list[Hit]:
        """Keep full names, and weak ones that grow to a full name or stand beside one or beside their context."""
        if not any(hit.weak for hit in hits):
            return list(hits)
        settled = [of_person for hit in hits if (of_person := self._of_person(hit, originals[hit.field])) is not None]
        full = any(not hit.weak for hit in settled)
        kept = []
        for hit in settled:
            if not hit.weak:
                kept.append(hit)
            elif full:
                kept.append(replace(hit, reasons=(*hit.reasons, "full name in the article")))
            elif _GIVEN in self._table.reason_lists[self._table.reasons[hit.form]]:
                continue  # a given name says nothing without its surname somewhere
            elif word := self._context_of(entity, hit, folded):
                kept.append(replace(hit, reasons=(*hit.reasons, f"near {word}")))
        return kept

    def _of_person(self, hit: Hit, original: str) -> Hit | None:
        """Let a surname alone grow to what stands with it; ``None`` where that is somebody else's."""
        table = self._table
        reasons = table.reason_lists[table.reasons[hit.form]]
        if not hit.weak or not reasons:
            return hit
        if reasons[0] == _GIVEN:
            return hit if stands_alone(original, hit.start, hit.end) else None
        if reasons[0] != _SURNAME:
            return hit
        name = table.names[table.name[hit.form]]
        if found := grown(original, hit.start, hit.end, name=name):
            start, end, why = found
            return replace(hit, start=start, end=end, reasons=(*hit.reasons, *why), weak=False)
        return None if has_another_bearer(original, hit.start, hit.end, name=name) else hit

    def _context_of(self, entity: int, hit: Hit, folded: dict[Field, str]) -> str | None:
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
        table = self._table
        watched = table.watched[self._rows.entity[hit.form]]
        reasons = tuple(dict.fromkeys((*table.reason_lists[table.reasons[hit.form]], *hit.reasons)))
        if not hit.weak and "surname alone" in reasons:
            reasons = tuple(reason for reason in reasons if reason != _SURNAME)
        return Mention(
            article_id=article_id,
            entity_id=watched.entity_id,
            list_id=watched.list_id,
            list_version=watched.list_version,
            field=hit.field,
            start=hit.start,
            end=hit.end,
            surface=original[hit.start : hit.end],
            name=table.names[table.name[hit.form]],
            form=table.texts[hit.form],
            score=score_of(reasons),
            reasons=reasons or (AS_LISTED,),
        )


def _fields(title: str, text: str, language: str | None) -> list[FieldText]:
    fields = []
    contents: tuple[tuple[Field, str], ...] = (("title", title), ("text", text))
    for name, content in contents:
        if not content:
            continue
        fields.append(FieldText(name, fold(content), language))
        if joined := dehyphenated(content):
            fields.append(FieldText(name, joined, language))
    return fields


def _leftmost_longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of the hits of one entity that overlap, keep the leftmost, of those the longest, of those the full name."""
    kept: list[Hit] = []
    ends: dict[Field, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.field, hit.start, -hit.end, hit.weak, len(hit.reasons), hit.form)):
        if hit.start >= ends.get(hit.field, 0):
            kept.append(hit)
            ends[hit.field] = hit.end
    return kept
