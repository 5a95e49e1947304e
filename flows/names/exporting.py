"""Watch-lists written for other programs and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from configfiles import replace_file
from flows.names.lists import entity_json
from records import WatchlistError
from watchlists.interchange import write_ftm, write_opensanctions_csv
from watchlists.listfile import WatchList

# By this a spreadsheet knows that a CSV file is UTF-8; without it, Excel shows Cyrillic and Chinese as other letters.
_MARK = "\ufeff"


def chosen_lists(lists: Sequence[WatchList], list_id: str | None) -> tuple[WatchList, ...]:
    """Return the list of an id, or all. Raises ``WatchlistError`` for an id that none has."""
    chosen = tuple(each for each in lists if list_id in {None, each.id})
    if not chosen:
        ids = ", ".join(each.id for each in lists)
        raise WatchlistError(f"there is no list {list_id}", key="--list", fix=f"Name one of: {ids}")
    return chosen


def format_of(file: Path) -> str:
    """Return the format that a file's ending tells."""
    return "csv" if file.suffix.lower() == ".csv" else "ftm"


def export_text(lists: Sequence[WatchList], how: str) -> str:
    """Return all entities of lists as ``ftm``, ``csv`` or ``json``."""
    if how == "csv":
        return write_opensanctions_csv(lists)
    return "".join(f"{line}\n" for line in (_ftm_lines(lists) if how == "ftm" else _json_lines(lists)))


def write_export(file: Path, text: str, how: str) -> None:
    """Put an export in a file. Raises ``WatchlistError`` for a list file, which an export would destroy."""
    if file.suffix.lower() in {".yml", ".yaml"}:
        raise WatchlistError(
            "an export is no list file",
            path=file,
            fix="Name a .json or .csv file; lists to be exported are named with --lists",
        )
    try:
        replace_file(file, (_MARK + text if how == "csv" else text).encode())
    except OSError as error:
        raise WatchlistError(f"cannot be written: {error.strerror}", path=file, fix="Name another file") from error


def _ftm_lines(lists: Sequence[WatchList]) -> Iterator[str]:
    for watch_list in lists:
        yield from write_ftm(watch_list)


def _json_lines(lists: Sequence[WatchList]) -> Iterator[str]:
    for watch_list in lists:
        for entity in watch_list.entities:
            yield json.dumps(entity_json(watch_list, entity), ensure_ascii=False)
