"""Outlet files as the command line shows and changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from configfiles import replace_file
from extractors.outlet import find_outlet_file
from extractors.sources.patch import patch_of, with_moved_sources
from flows.console import table
from records import ConfigError
from records.counting import count_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extractors.outlet import Outlet, Source
    from flows.settings import Settings
    from flows.sources.probing import OutletCheck


def choose_outlets(outlets: Sequence[Outlet], ids: Sequence[str]) -> tuple[Outlet, ...]:
    """Return the outlets named, or all that are not paused; raises ``ConfigError`` for an id that is not there."""
    if not ids:
        return tuple(outlet for outlet in outlets if outlet.paused is None)
    by_id = {outlet.id: outlet for outlet in outlets}
    missing = [each for each in ids if each not in by_id]
    if missing:
        raise ConfigError(f"no outlet {', '.join(missing)}", fix="`wakhan outlets list` shows the ids there are.")
    return tuple(by_id[each] for each in ids)


def outlets_table(outlets: Sequence[Outlet]) -> Table:
    """Return a table with a line an outlet."""
    left = ("id", "title", "country", "languages", "sources", "confidence", "paused")
    return table(
        "",
        [(heading, "left") for heading in left],
        [
            (each.id, each.title, each.country, " ".join(each.languages), _kinds(each), each.confidence, each.paused)
            for each in outlets
        ],
    )


def _kinds(outlet: Outlet) -> str:
    kinds = [source.kind for source in outlet.sources]
    return ", ".join(f"{kinds.count(kind)} {kind}" if kinds.count(kind) > 1 else kind for kind in dict.fromkeys(kinds))


def outlet_json(outlet: Outlet) -> dict[str, object]:
    """Return an outlet as JSON values: what its file says, and the defaults of what it does not say."""
    return outlet.model_dump(mode="json")


def outlet_description(outlet: Outlet, file: Path) -> Iterator[RenderableType]:
    """Yield the parts of a page about an outlet: who it is, its sources, how its pages are read, what is expected."""
    yield _pairs(f"{outlet.id}: {outlet.title}", _about(outlet, file))
    yield table(
        "Sources, in order of trust",
        [(heading, "left") for heading in ("kind", "address", "language", "evidence", "more")],
        [
            (source.kind, source.url, source.language, source.evidence, _more_of_source(source))
            for source in outlet.sources
        ],
    )
    for title, section in (
        ("Articles", outlet.article),
        ("Fetching", outlet.fetch),
        ("Expected at least", outlet.assertions.min),
        ("Expected at most", outlet.assertions.max),
        ("Corrections", outlet.lookups),
    ):
        given = section.model_dump(mode="json", exclude_defaults=True)
        if given:
            yield _pairs(title, [(key, _worded(value)) for key, value in given.items()])
    if outlet.evidence:
        yield _pairs("Evidence", [("", outlet.evidence)])
    if outlet.notes:
        yield _pairs("Notes", [("", note) for note in outlet.notes])


def _about(outlet: Outlet, file: Path) -> list[tuple[str, object]]:
    publisher = outlet.publisher and f"{outlet.publisher.name} ({outlet.publisher.kind})"
    pairs: list[tuple[str, object]] = [
        ("file", file),
        ("front page", outlet.url),
        ("mirrors", "\n".join(outlet.mirrors)),
        ("country", outlet.country),
        ("languages", ", ".join(outlet.languages)),
        ("publisher", publisher),
        ("timezone", outlet.timezone),
        ("character set", outlet.charset),
        ("query kept", None if outlet.keep_query is None else ", ".join(outlet.keep_query) or "nothing"),
        ("rewrites", "\n".join(f"{each.match}  ->  {each.replace}" for each in outlet.rewrites)),
        ("confidence", outlet.confidence),
        ("checked", outlet.checked),
        ("paused", outlet.paused),
    ]
    return [(key, value) for key, value in pairs if value]


def _more_of_source(source: Source) -> str:
    given = source.model_dump(mode="json", exclude_defaults=True, exclude={"kind", "url", "language", "evidence"})
    return "\n".join(f"{key}: {_worded(value)}" for key, value in given.items())


def _worded(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_worded(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_worded, value))
    if value is None:
        return "nothing"
    return str(value) if not isinstance(value, bool) else "yes" if value else "no"


def _pairs(title: str, pairs: Sequence[tuple[str, object]]) -> Table:
    shown = table(title, (("", "left"), ("", "left")), pairs)
    shown.show_header = False
    return shown


def check_lines(check: OutletCheck) -> list[str]:
    """Return what a check found, a line a finding; one line where all is well."""
    outlet = check.outlet
    if outlet.paused:
        return [f"{outlet.id}: paused: {outlet.paused}"]
    if not check.findings:
        return [f"{outlet.id}: ok: {_counts(check)}"]
    return [f"{outlet.id}: {finding.severity}: {finding.problem}" for finding in check.findings]


def _counts(check: OutletCheck) -> str:
    pages = f", {check.pages_read} of {check.pages_tried} pages read" if check.pages_tried else ""
    newest = f", the newest {_age(check.checked_at, check.newest_at)} old" if check.newest_at else ""
    return f"{count_of(check.items, 'item')}{pages}{newest}"


def _age(now: datetime, then: datetime) -> str:
    hours = (now - then).total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


def check_json(check: OutletCheck, patch: str) -> dict[str, object]:
    """Return a check as JSON values."""
    return {
        "outlet": check.outlet.id,
        "verdict": check.verdict,
        "checked_at": check.checked_at.isoformat(timespec="seconds"),
        "items": check.items,
        "pages_tried": check.pages_tried,
        "pages_read": check.pages_read,
        "newest_at": check.newest_at.isoformat() if check.newest_at else None,
        "findings": [{"severity": each.severity, "problem": each.problem} for each in check.findings],
        "moves": dict(check.moves),
        "patch": patch or None,
    }


def patch_for(check: OutletCheck, settings: Settings) -> str:
    """Return the patch to the outlet's file that gives its moved sources their new addresses; ``""`` for none."""
    if not check.moves:
        return ""
    path, old, new = _patched(check, settings)
    return patch_of(old, new, path=path)


def write_patch(check: OutletCheck, settings: Settings) -> Path:
    """Put the new addresses into the outlet's file, which must be the analyst's own; return it."""
    own_folder(settings)
    path, _, new = _patched(check, settings)
    replace_file(path, new.encode())
    return path


def own_folder(settings: Settings) -> Path:
    """Return the analyst's own folder of outlets. Raises ``ConfigError`` where the bundled ones are used."""
    if settings.outlets is None:
        raise ConfigError(
            "the bundled outlets are not written to",
            key="outlets",
            fix="Copy the file (`wakhan outlets show ID --yaml > mine/ID.yml`) and name the folder: --outlets mine",
        )
    return settings.outlets


def _patched(check: OutletCheck, settings: Settings) -> tuple[Path, str, str]:
    path = find_outlet_file(check.outlet.id, settings.outlets)
    text = path.read_text(encoding="utf-8-sig")
    return path, text, with_moved_sources(text, check.outlet, path=path, moves=check.moves)
