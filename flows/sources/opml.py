"""Lists of feeds from and for other feed readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.outlet import load_outlets, parse_outlet
from extractors.sources.draft import draft_listed, outlet_id_for
from extractors.sources.opml import OpmlList, OpmlSite, import_opml
from extractors.urls import canonical_url
from records import ConfigError, FeedError, Fetched
from records.counting import count_of

if TYPE_CHECKING:
    from extractors.outlet import Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one site: the ``file`` written, or the outlet that has its feeds ``already``."""

    site: OpmlSite
    file: Path | None = None
    already: str | None = None


def read_opml(path: Path) -> OpmlList:
    """Return what an OPML file lists. Raises ``ConfigError`` where there is none, or no feed in it."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=path, fix="Name an OPML file") from error
    address = path.resolve().as_uri()
    fetched = Fetched(
        url=address,
        final_url=address,
        status=200,
        headers=(),
        body=body,
        etag=None,
        last_modified=None,
        fetched_at=datetime.now(UTC),
    )
    try:
        return import_opml(fetched)
    except FeedError as error:
        raise ConfigError(error.problem, path=path, fix="Export it as OPML from the feed reader once more") from error


def not_exported(outlets: Sequence[Outlet]) -> Iterator[str]:
    """Say what of the outlets OPML has no place for, a line each: outlets without a feed, sources that are none."""
    silent = [each.id for each in outlets if not any(source.kind == "feed" for source in each.sources)]
    if silent:
        lack = "has no feed and is" if len(silent) == 1 else "have no feed and are"
        yield f"{len(silent)} of {count_of(len(outlets), 'outlet')} {lack} left out: {', '.join(silent)}"
    others = Counter(source.kind for each in outlets for source in each.sources if source.kind != "feed")
    if others:
        counted = ", ".join(f"{count} {kind}" for kind, count in others.most_common())
        yield f"OPML holds feeds only; {count_of(others.total(), 'source')} of other kinds left out: {counted}"


def write_outlets(sites: Sequence[OpmlSite], folder: Path) -> Iterator[Imported]:
    """Write an outlet file for each site into a folder; what is there already is never overwritten nor doubled."""
    folder.mkdir(parents=True, exist_ok=True)
    there = load_outlets(folder) if any(folder.rglob("*.y*ml")) else ()
    feeds = {canonical_url(source.url): outlet.id for outlet in there for source in outlet.sources}
    taken = {outlet.id for outlet in there}
    today = datetime.now(UTC).date()
    for site in sites:
        new = [feed for feed in site.feeds if canonical_url(feed.url) not in feeds]
        if not new:
            yield Imported(site=site, already=feeds[canonical_url(site.feeds[0].url)])
            continue
        outlet_id = site.id if site.id and site.id not in taken else outlet_id_for(site.url, taken=taken)
        file = folder / f"{outlet_id}.yml"
        text = draft_listed(site, feeds=new, today=today)
        outlet: Outlet = parse_outlet(text, path=file)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
        taken.add(outlet.id)
        feeds |= {canonical_url(feed.url): outlet.id for feed in new}
        yield Imported(site=site, file=file)
