"""What a change to the lists would mean for stored articles: alerts added and lost, told before it is saved."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records import Field, Mention
from watchlists.listfile import Entity, WatchList
from watchlists.matching import ArticleText, Matcher, compile_matcher

# Examples an analyst reads before saving; and the alerts a week above which nobody reads them any more.
_EXAMPLES = 5
FLOOD_PER_WEEK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(ArticleText):
    """An article as the warehouse has it; ``seen_at`` is when it was published, or fetched where that is unknown."""

    outlet_id: str
    url: str
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One mention that a change brings or takes away, with some text about it."""

    article_id: str
    outlet_id: str
    title: str
    surface: str
    around: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTrial:
    """What a change does to one entity: alerts added and lost, by the Monday of their week, with examples.

    ``floods`` is set where a week has more alerts than anyone reads (``FLOOD_PER_WEEK``).
    """

    list_id: str
    entity_id: str
    added_by_week: tuple[tuple[dt.date, int], ...]
    lost_by_week: tuple[tuple[dt.date, int], ...]
    added_examples: tuple[Example, ...]
    lost_examples: tuple[Example, ...]
    floods: bool

    @property
    def added(self) -> int:
        """Alerts that the change adds."""
        return sum(count for _, count in self.added_by_week)

    @property
    def lost(self) -> int:
        """Alerts that the change takes away."""
        return sum(count for _, count in self.lost_by_week)


class _Tally:
    def __init__(self) -> None:
        self.weeks: Counter[dt.date] = Counter()
        self.examples: list[Example] = []

    def add(self, article: StoredArticle, mention: Mention) -> None:
        day = article.seen_at.date()
        self.weeks[day - dt.timedelta(days=day.weekday())] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(_example(article, mention))


def try_lists(
    before: Sequence[WatchList], after: Sequence[WatchList], articles: Iterable[StoredArticle]
) -> tuple[EntityTrial, ...]:
    """Match stored articles with the lists as they are and as they would be; return what differs, by entity."""
    old_entities, new_entities = changed_entities(before, after), changed_entities(after, before)
    old, new = compile_matcher(old_entities), compile_matcher(new_entities)
    added: dict[tuple[str, str], _Tally] = {}
    lost: dict[tuple[str, str], _Tally] = {}
    totals: dict[tuple[str, str], Counter[dt.date]] = {}
    for article in articles:
        of_old, of_new = _first_mentions(old, article), _first_mentions(new, article)
        for key in of_new.keys() - of_old.keys():
            added.setdefault(key, _Tally()).add(article, of_new[key])
        for key in of_old.keys() - of_new.keys():
            lost.setdefault(key, _Tally()).add(article, of_old[key])
        day = article.seen_at.date()
        for key in of_new:
            totals.setdefault(key, Counter())[day - dt.timedelta(days=day.weekday())] += 1
    return tuple(
        EntityTrial(
            list_id=key[0],
            entity_id=key[1],
            added_by_week=tuple(sorted(added.get(key, _Tally()).weeks.items())),
            lost_by_week=tuple(sorted(lost.get(key, _Tally()).weeks.items())),
            added_examples=tuple(added.get(key, _Tally()).examples),
            lost_examples=tuple(lost.get(key, _Tally()).examples),
            floods=any(count > FLOOD_PER_WEEK for count in totals.get(key, Counter()).values()),
        )
        for key in sorted({*added, *lost})
    )


def changed_entities(lists: Sequence[WatchList], others: Sequence[WatchList]) -> tuple[WatchList, ...]:
    """Return the lists with only those entities that are new in them or differ from the others'."""
    known = {(watch_list.id, entity.id): entity for watch_list in others for entity in watch_list.entities}
    reduced = []
    for watch_list in lists:
        entities = tuple(entity for entity in watch_list.entities if known.get((watch_list.id, entity.id)) != entity)
        if entities:
            reduced.append(_only(watch_list, entities))
    return tuple(reduced)


def _only(watch_list: WatchList, entities: tuple[Entity, ...]) -> WatchList:
    # Mentions name the version of the whole list: it is worked out before the copy, and goes with it.
    version = watch_list.version
    reduced = watch_list.model_copy(update={"entities": entities})
    assert reduced.version == version
    return reduced


def _first_mentions(matcher: Matcher, article: StoredArticle) -> dict[tuple[str, str], Mention]:
    mentions = matcher.find_in_both(article)
    first: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        first.setdefault((mention.list_id, mention.entity_id), mention)
    return first


def _example(article: StoredArticle, mention: Mention) -> Example:
    fields: dict[Field, str] = {"title": article.title, "text": article.text}
    if article.translation is not None:
        fields |= {"translated_title": article.translation.title, "translated_text": article.translation.text}
    around = fields[mention.field][max(0, mention.start - 60) : mention.end + 60]
    return Example(
        article_id=article.article_id,
        outlet_id=article.outlet_id,
        title=article.title,
        surface=mention.surface,
        around=" ".join(around.split()),
        reasons=mention.reasons,
    )
