"""A change to the lists tried on what has landed, before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import table
from records import WatchlistError
from warehouse.asking import open_reader
from warehouse.reading import articles_since
from watchlists.history import committed
from watchlists.listfile import WatchList, list_files, parse_list, read_list
from watchlists.trial import FLOOD_PER_WEEK, EntityTrial, StoredArticle, try_lists

if TYPE_CHECKING:
    from rich.console import RenderableType

_EXAMPLES_SHOWN = 40  # some two screens


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The lists before and after a change that is tried; ``told`` says what is compared where that is not plain."""

    before: tuple[WatchList, ...]
    after: tuple[WatchList, ...]
    told: str | None


def change_of(file: Path, in_use: Sequence[WatchList], files_in_use: Iterable[Path]) -> Change:
    """Return what becomes of the lists in use when those of a file, or of a folder of them, are put in their places.

    One that is in use itself is held against its last commit. One of another id that has most of its entities from a
    list in use takes the place of that. Raises ``WatchlistError`` where a list would be held against itself.
    """
    before = {each.id: each for each in in_use}
    after = dict(before)
    used = {each.resolve() for each in files_in_use}
    told = []
    for each in list_files(file):
        tried = read_list(each)
        if each.resolve() in used:
            before[tried.id] = _as_committed(each, tried)
            told.append(f"{each} is in use: held against its last commit.")
        elif (like := _like(tried, in_use)) is not None:
            told.append(f"{tried.id} has most entities of the list {like.id}, and is held against that.")
            tried = tried.model_copy(update={"id": like.id})
        after[tried.id] = tried
    return Change(before=tuple(before.values()), after=tuple(after.values()), told=" ".join(told) or None)


def _as_committed(file: Path, tried: WatchList) -> WatchList:
    content = committed(file)
    before = None if content is None else parse_list(content, path=file)
    if before is None or before.version == tried.version:
        raise WatchlistError(
            "this is the list in use, which would be held against itself",
            path=file,
            fix=f"Try a changed copy of that name in another folder, such as {Path('changed', file.name)}",
        )
    return before


def _like(tried: WatchList, in_use: Iterable[WatchList]) -> WatchList | None:
    """Return the list in use of another id that a list has more than half of its entities from."""
    ids = {entity.id for entity in tried.entities}
    if tried.id in {each.id for each in in_use} or not ids:
        return None
    shared = {each.id: len(ids.intersection(entity.id for entity in each.entities)) for each in in_use}
    return next((each for each in in_use if 2 * shared[each.id] > len(ids)), None)


def try_on_stored(published: Path, change: Change, *, since: timedelta) -> tuple[tuple[EntityTrial, ...], int]:
    """Match the articles of a span with the lists before a change and after it.

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

    trials = try_lists(change.before, change.after, counted())
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
        yield table("Examples", [(heading, "left") for heading in headings], rows[:_EXAMPLES_SHOWN])
    if len(rows) > _EXAMPLES_SHOWN:
        yield f"{len(rows) - _EXAMPLES_SHOWN:,} more examples with --json."
