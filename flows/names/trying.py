"""A change to the lists tried on what has landed, before it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import table
from warehouse.asking import open_reader
from warehouse.reading import articles_since
from watchlists.listfile import WatchList
from watchlists.trial import FLOOD_PER_WEEK, EntityTrial, StoredArticle, try_lists

if TYPE_CHECKING:
    from rich.console import RenderableType


def changed(before: Sequence[WatchList], new: Sequence[WatchList]) -> tuple[WatchList, ...]:
    """Return the lists as they would be: ``new`` ones in the place of those with their ids, or added."""
    by_id = {each.id: each for each in before} | {each.id: each for each in new}
    return tuple(by_id.values())


def try_on_stored(
    published: Path, before: Sequence[WatchList], new: Sequence[WatchList], *, since: timedelta
) -> tuple[tuple[EntityTrial, ...], int]:
    """Match the articles of a span with the lists as they are and as they would be.

    Returns what differs, by entity, and how many articles were looked at. Raises ``WarehouseError`` where nothing has
    landed.
    """
    looked_at = 0

    def counted() -> Iterator[StoredArticle]:
        nonlocal looked_at
        with open_reader(published) as reader:
            for row in articles_since(reader, since=datetime.now(UTC) - since):
                looked_at += 1
                yield StoredArticle(
                    article_id=row.article_id,
                    outlet_id=row.outlet_id,
                    url=row.url,
                    title=row.title,
                    text=row.text,
                    language=row.language,
                    seen_at=row.dated_at,
                    translation=row.translation,
                )

    trials = try_lists(before, changed(before, new), counted())
    return trials, looked_at


def trial_json(trial: EntityTrial) -> dict[str, object]:
    """Return what a change does to an entity, as JSON values."""
    return {
        "list": trial.list_id,
        "entity": trial.entity_id,
        "added": trial.added,
        "lost": trial.lost,
        "added_by_week": {str(week): count for week, count in trial.added_by_week},
        "lost_by_week": {str(week): count for week, count in trial.lost_by_week},
        "floods": trial.floods,
        "examples": [
            {"change": sign, "article": each.article_id, "outlet": each.outlet_id, "title": each.title,
             "surface": each.surface, "around": each.around, "reasons": list(each.reasons)}
            for sign, examples in (("added", trial.added_examples), ("lost", trial.lost_examples))
            for each in examples
        ],
    }  # fmt: skip


def trial_description(trials: Sequence[EntityTrial]) -> Iterator[RenderableType]:
    """Yield a table of what changes by entity, then the examples."""
    yield table(
        "Alerts that the change would have added and lost",
        (("list", "left"), ("entity", "left"), ("added", "right"), ("lost", "right"), ("", "left")),
        [
            (
                each.list_id,
                each.entity_id,
                each.added,
                each.lost,
                f"a flood: more than {FLOOD_PER_WEEK} alerts in a week" if each.floods else "",
            )
            for each in trials
        ],
    )
    rows = [
        (sign, trial.entity_id, example.outlet_id, example.around, ", ".join(example.reasons))
        for trial in trials
        for sign, examples in (("+", trial.added_examples), ("-", trial.lost_examples))
        for example in examples
    ]
    if rows:
        headings = ("", "entity", "outlet", "where", "because")
        yield table("Examples", [(heading, "left") for heading in headings], rows)
