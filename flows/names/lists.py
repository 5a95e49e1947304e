"""Watch-lists as the command line shows them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from flows.asking.tables import Look, clean, fold, table_of
from flows.console import table
from records import WatchlistError
from records.counting import count_of
from warehouse.asking import Answer
from watchlists.checking import Finding, check_lists
from watchlists.forms import Form, forms_of
from watchlists.listfile import Entity, WatchList

if TYPE_CHECKING:
    from rich.console import RenderableType

    from warehouse.judging import Judged

# Once or twice may be chance.
_WRONG_OFTEN = 3

Watched = tuple[WatchList, Entity]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCheck:
    """What a list holds and what is doubtful in it."""

    watch_list: WatchList
    active: int
    forms: int
    findings: tuple[Finding, ...]


def check_all(lists: Sequence[WatchList], judged: Sequence[Judged] = ()) -> tuple[ListCheck, ...]:
    """Check the lists by themselves, against each other, and by what readers said of their alerts."""
    today = datetime.now(UTC).date()
    there = {(each.id, entity.id) for each in lists for entity in each.entities if entity.is_active(today)}
    of_verdicts = judged_findings([each for each in judged if (each.list_id, each.entity_id) in there])
    findings = (*check_lists(lists, today=today), *of_verdicts)
    return tuple(
        ListCheck(
            watch_list=each,
            active=sum(entity.is_active(today) for entity in each.entities),
            forms=sum(len(forms_of(entity)) for entity in each.entities if entity.is_active(today)),
            findings=tuple(finding for finding in findings if finding.list_id == each.id),
        )
        for each in lists
    )


def judged_findings(judged: Sequence[Judged]) -> tuple[Finding, ...]:
    """Return a warning for each entity whose alerts were judged wrong more often than right, of three or more."""
    return tuple(
        Finding(
            severity="warning",
            list_id=each.list_id,
            entity_id=each.entity_id,
            problem=f"{each.wrong} of {count_of(each.judged, 'verdict')} say that its alert is wrong",
            fix=f"See them with `wakhan alerts --entity {each.entity_id} --verdict wrong`, and add `not` phrases",
        )
        for each in judged
        if each.wrong >= _WRONG_OFTEN and each.wrong * 2 > each.judged
    )


def check_lines(check: ListCheck) -> list[str]:
    """Return what a check says: a line for the list, a line a finding."""
    watch_list = check.watch_list
    retired = len(watch_list.entities) - check.active
    entities = count_of(check.active, "entity", "entities") + (f" ({retired} retired)" if retired else "")
    forms = count_of(check.forms, "form")
    head = f"{watch_list.id}: {watch_list.title}: {entities}, {forms}, version {watch_list.version}"
    return [head, *(_finding_line(finding) for finding in check.findings)]


def _finding_line(finding: Finding) -> str:
    where = f"{finding.list_id} [{finding.entity_id}]" if finding.entity_id else finding.list_id
    return f"{where}: {finding.severity}: {finding.problem}. {finding.fix}"


def check_json(check: ListCheck) -> dict[str, object]:
    """Return a check as JSON values."""
    watch_list = check.watch_list
    return {
        "list": watch_list.id,
        "title": watch_list.title,
        "version": watch_list.version,
        "entities": len(watch_list.entities),
        "active": check.active,
        "forms": check.forms,
        "findings": [
            {"severity": each.severity, "entity": each.entity_id, "problem": each.problem, "fix": each.fix}
            for each in check.findings
        ],
    }


def find_entities(lists: Sequence[WatchList], entity_id: str | None) -> tuple[Watched, ...]:
    """Return the entities with an id, of every list that has it, or all. Raises ``WatchlistError`` for none."""
    everyone = tuple((each, entity) for each in lists for entity in each.entities)
    found = tuple(pair for pair in everyone if entity_id in {None, pair[1].id})
    if entity_id is not None and not found:
        close = difflib.get_close_matches(entity_id, dict.fromkeys(entity.id for _, entity in everyone), n=3)
        hint = f"Did you mean {' or '.join(close)}? " if close else ""
        raise WatchlistError(
            f"no list has an entity {entity_id}", fix=f"{hint}`wakhan lists show` shows the ids there are"
        )
    return found


def list_text(path: Path | None) -> str:
    """Return the text of the one list file there is. Raises ``WatchlistError`` where there are several."""
    folder: Traversable = resources.files("watchlists.lists") if path is None else path
    files = [folder]
    if folder.is_dir():
        files = [file for file in folder.iterdir() if file.name.endswith((".yml", ".yaml"))]
    if len(files) != 1:
        names = ", ".join(sorted(file.name for file in files))
        raise WatchlistError(f"there are {len(files)} lists: {names}", path=path, fix="Name one file: --lists FILE")
    return files[0].read_text(encoding="utf-8-sig")


def entities_table(watched: Sequence[Watched], look: Look) -> str:
    """Return a table with a line an entity."""
    return _whole_table(
        ("id", "caption", "schema", "priority", "names", "languages", "list"),
        [
            (
                entity.id,
                entity.caption,
                entity.schema_name,
                entity.priority if entity.retired is None else f"retired {entity.retired}",
                sum(len(names) for listed in (entity.name, entity.weak) for names in listed.values()),
                " ".join(dict.fromkeys((*entity.name, *entity.weak))),
                watch_list.id,
            )
            for watch_list, entity in watched
        ],
        look,
    )


def _whole_table(headings: tuple[str, ...], rows: Sequence[tuple[object, ...]], look: Look) -> str:
    answer = Answer(columns=headings, rows=tuple(rows), cut=False, seconds=0)
    # Names are read letter by letter, and copied.
    return table_of(answer, replace(look, whole=True))


def entity_json(watch_list: WatchList, entity: Entity) -> dict[str, object]:
    """Return an entity as JSON values, with the keys of the file and the list it is in."""
    return {"list": watch_list.id} | entity.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def entity_description(watch_list: WatchList, entity: Entity) -> Iterator[RenderableType]:
    """Yield the parts of a page about an entity: what it is, then its names by language."""
    about = [
        ("list", f"{watch_list.id} ({watch_list.title})"),
        ("schema", entity.schema_name),
        ("priority", entity.priority),
        ("notes", entity.notes),
        ("source", entity.source),
        ("wikidata", entity.wikidata),
        ("added", entity.added),
        ("retired", entity.retired),
    ]
    facts = table(f"{entity.id}: {entity.caption}", (("", "left"), ("", "left")), [pair for pair in about if pair[1]])
    facts.show_header = False
    yield facts
    rows = [
        (kind, language, "\n".join(names))
        for kind, listed in (
            ("name", entity.name),
            ("weak", entity.weak),
            ("context", entity.context),
            ("not", entity.excluded),
        )
        for language, names in listed.items()
    ]
    yield table("Names", (("key", "left"), ("language", "left"), ("as listed", "left")), rows)


def form_json(watch_list: WatchList, entity: Entity, form: Form) -> dict[str, object]:
    """Return a form as JSON values."""
    return {
        "list": watch_list.id,
        "entity": entity.id,
        "form": form.text,
        "name": form.name,
        "language": form.language,
        "reasons": list(form.reasons),
        "weak": form.weak,
        "case": form.case,
        "edges": form.edges,
        "only_in": list(form.only_in),
    }


def forms_table(entity: Entity, forms: Sequence[Form], look: Look) -> str:
    """Return the entity in a line, then a table with a line a form."""
    shown = _whole_table(
        ("form", "language", "listed name", "how it comes from it", "weak", "counts"),
        [
            (
                form.text,
                form.language,
                form.name if form.name != form.text else "",
                ", ".join(form.reasons),
                "weak" if form.weak else "",
                _condition(form),
            )
            for form in forms
        ],
        look,
    )
    head = clean(f"{entity.id}: {entity.caption}")
    lines = fold(head, look.width, len(head) + 1) if look.width else [head]
    return "\n".join([*lines, shown])


def _condition(form: Form) -> str:
    """Say what must hold around a form, beyond its letters."""
    case = {"any": "", "capital": "with its capitals", "exact": "letter for letter"}[form.case]
    endings = "with Tajik endings" if form.edges == "tajik" else ""
    where = f"in articles in {', '.join(form.only_in)}" if form.only_in else ""
    return ", ".join(part for part in (case, endings, where) if part)
