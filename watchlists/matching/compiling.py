"""Make a matcher from lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from watchlists.listfile import Entity, WatchList
from watchlists.matching.cache import cache_key, read_table, write_table
from watchlists.matching.matcher import Matcher
from watchlists.matching.table import build_table


def compile_matcher(
    lists: Sequence[WatchList], *, cache_dir: Path | None = None, today: dt.date | None = None
) -> Matcher:
    """Spell out every name of the lists and return what finds them.

    Entities that are retired by ``today`` (UTC now, if not given) are left out. With ``cache_dir``, forms spelt out
    before for the same lists by the same program are read from there.
    """
    day = today or dt.datetime.now(tz=dt.UTC).date()
    entities: list[tuple[WatchList, Entity]] = [
        (watch_list, entity) for watch_list in lists for entity in watch_list.entities if entity.is_active(day)
    ]
    if cache_dir is None:
        return Matcher(build_table(entities))
    key = cache_key(entities)
    table = read_table(cache_dir, key)
    if table is None:
        table = build_table(entities)
        write_table(cache_dir, key, table)
    return Matcher(table)
