"""Lists of other programs taken into a list file: told by what stands in them, and nothing left out without a word."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from configfiles import decode
from flows.console import progress
from records import WatchlistError
from records.counting import count_of
from watchlists.editing import add_entities, write_list
from watchlists.interchange import Guess, Reading, is_wikidata, read_ftm, read_opensanctions_csv, read_wikidata
from watchlists.listfile import Entity, WatchList, read_list

_FAULTS_SHOWN = 5  # a screenful; the rest are probably the same slip repeated
_EXAMPLES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of entities that were to be added. ``same`` are those that are there under another id."""

    added: int
    there: int
    same: tuple[tuple[Entity, str], ...]
    """The entity that was not added, and the id that its Wikidata item has."""


def read_foreign(file: Path) -> Reading:
    """Return what stands in a file of another program, told by its content.

    It may be FollowTheMoney JSON lines, OpenSanctions' ``targets.simple.csv`` or a Wikidata entity file. Raises
    ``WatchlistError`` where it is none of these.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WatchlistError(f"cannot be read: {error.strerror}", path=file, fix="Name a file") from error
    with progress(f"Reading {file.name}", 1):
        return _read(decode(content, path=file, error=WatchlistError), file)


def _read(text: str, file: Path) -> Reading:
    if file.suffix.lower() == ".csv":
        return read_opensanctions_csv(io.StringIO(text, newline=""), path=file)
    if not text.lstrip().startswith("{"):
        raise WatchlistError(
            "this is no list that can be imported",
            path=file,
            fix="Give FollowTheMoney JSON lines, OpenSanctions' targets.simple.csv or a Wikidata EntityData .json",
        )
    whole = _json_in(text)
    if is_wikidata(whole):
        return read_wikidata(whole, path=file)
    # Not splitlines: a name may have one of the ends of line that only Unicode knows, U+2028 or U+0085.
    return read_ftm(re.split(r"\r?\n", text) if whole is None else [json.dumps(whole)], path=file)


def _json_in(text: str) -> object:
    """Return what a text says that is one value of JSON, on however many lines; ``None`` where it is not."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def import_into(target: Path, entities: Sequence[Entity]) -> Added:
    """Put entities into a list file in one change, all or none; the file is made where there is none.

    One whose id the list has stays as it is, and so does one whose Wikidata item it has under another id.
    """
    there = read_list(target).entities if target.exists() else ()
    ids = {entity.id for entity in there}
    by_item = {entity.wikidata: entity.id for entity in there if entity.wikidata}
    new: list[Entity] = []
    same: list[tuple[Entity, str]] = []
    for entity in entities:
        if entity.id in ids:
            continue
        if entity.wikidata and entity.wikidata in by_item:
            same.append((entity, by_item[entity.wikidata]))
            continue
        new.append(entity)
        if entity.wikidata:
            by_item[entity.wikidata] = entity.id
    if new:
        _write(target, new)
    return Added(added=len(new), there=len(entities) - len(new) - len(same), same=tuple(same))


def _write(target: Path, new: Sequence[Entity]) -> None:
    with progress(f"Writing {count_of(len(new), 'entity', 'entities')}", 1):
        if target.exists():
            add_entities(target, new)
        else:
            write_list(target, WatchList(id=target.stem, title=target.stem, entities=tuple(new)))


def check_target(target: Path) -> None:
    """Raise ``WatchlistError`` where a list file cannot be, before anything is read."""
    if target.suffix not in {".yml", ".yaml"}:
        raise WatchlistError("a watch-list is a .yml file", path=target, fix="Name it so, that runs find it")
    if not target.parent.is_dir():
        raise WatchlistError("there is no such folder", path=target.parent, fix=f"Make it: mkdir -p {target.parent}")


def nothing_usable(reading: Reading, file: Path) -> WatchlistError:
    """Return the error of a file of which nothing can be taken."""
    if reading.faults:
        others = f"; left out: {_left_out(reading)}" if reading.left_out else ""
        return WatchlistError(f"nothing in it could be taken{others}", path=file, fix="Correct what is named above")
    if not reading.left_out:
        return WatchlistError("the file has no entities", path=file, fix="Export it once more")
    return WatchlistError(
        f"nothing in it can be watched: {_left_out(reading)}",
        path=file,
        fix="Export persons, organisations, places or things, with their names",
    )


def import_lines(reading: Reading, added: Added, target: Path) -> Iterator[str]:
    """Yield what an import did: counts first, then what was not taken, and why."""
    entities = count_of(added.added, "entity", "entities")
    more = f", {len(reading.left_out):,} left out" if reading.left_out else ""
    more += f", {len(reading.faults):,} with mistakes" if reading.faults else ""
    yield f"{target}: {entities} added, {added.there + len(added.same):,} there already{more}."
    for entity, known in added.same[:_FAULTS_SHOWN]:
        yield f"There already under another id: {entity.id} ({entity.caption}) is {known}, both {entity.wikidata}."
    yield from _and_more(len(added.same))
    if reading.left_out:
        yield f"Left out: {_left_out(reading)}."
    yield from _guess_lines(reading.guesses)
    if reading.unread:
        names = [name for _, name in reading.unread]
        yield f"{count_of(len(names), 'name')} in letters that are not matched left out: {_examples(names)}."


def fault_lines(reading: Reading) -> Iterator[str]:
    """Yield the first mistakes of a file in full, and how many more there are."""
    if reading.faults:
        yield f"{count_of(len(reading.faults), 'entity', 'entities')} not taken:"
    for fault in reading.faults[:_FAULTS_SHOWN]:
        yield f"  {fault}"
    yield from _and_more(len(reading.faults))


def _and_more(number: int) -> Iterator[str]:
    if number > _FAULTS_SHOWN:
        yield f"  ... and {number - _FAULTS_SHOWN:,} more"


def _left_out(reading: Reading) -> str:
    counted = Counter(each.what for each in reading.left_out)
    return ", ".join(f"{number:,} {what}" for what, number in counted.most_common())


def _guess_lines(guesses: Sequence[Guess]) -> Iterator[str]:
    by_reason: dict[tuple[str, str], list[str]] = {}
    for guess in guesses:
        by_reason.setdefault((guess.language, guess.reason), []).append(guess.name)
    for (language, reason), names in by_reason.items():
        yield f"{count_of(len(names), 'name')} put under `{language}` by a guess, since {reason}: {_examples(names)}."


def _examples(names: Sequence[str]) -> str:
    more = len(names) - _EXAMPLES_SHOWN
    return ", ".join(names[:_EXAMPLES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
