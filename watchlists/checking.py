"""Look over lists for what loads but will not work as meant: ``wakhan lists check``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from watchlists.forms import forms_of
from watchlists.listfile import ByLanguage, Entity, WatchList
from watchlists.matching.folding import fold_name
from watchlists.phrase_faults import phrase_faults

_PLACES = frozenset({"Address", "Country"})
_SHORT = 3  # letters; anything shorter stands for many things in any language but Chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: an ``error`` must be put right, a ``warning`` may be meant."""

    severity: Literal["error", "warning"]
    list_id: str
    entity_id: str | None
    problem: str
    fix: str


def check_lists(lists: Sequence[WatchList], *, today: dt.date) -> tuple[Finding, ...]:
    """Return everything that is doubtful in the lists, errors first.

    Of entities that are no longer looked for only the ids matter, which are never used again.
    """
    active = [_without_retired(watch_list, today) for watch_list in lists]
    findings = [
        *_duplicate_ids(lists),
        *_shared_forms(active),
        *(finding for watch_list in active for finding in _of_list(watch_list, today)),
    ]
    return tuple(sorted(findings, key=lambda finding: finding.severity))


def _without_retired(watch_list: WatchList, today: dt.date) -> WatchList:
    active = tuple(entity for entity in watch_list.entities if entity.is_active(today))
    return watch_list.model_copy(update={"entities": active})


def _duplicate_ids(lists: Sequence[WatchList]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for watch_list in lists:
        for entity in watch_list.entities:
            other = first.setdefault(entity.id, watch_list.id)
            if other != watch_list.id:
                yield Finding(
                    severity="error",
                    list_id=watch_list.id,
                    entity_id=entity.id,
                    problem=f"the id is used in the list {other} too, and an article has one alert for an id",
                    fix="Give one of them another id, or keep the entity in one list",
                )


def _shared_forms(lists: Sequence[WatchList]) -> Iterator[Finding]:
    """Yield pairs of entities of which a full name of one is a form of the other's."""
    owners: dict[str, tuple[str, Entity, str]] = {}
    told: set[tuple[str, str]] = set()
    for watch_list in lists:
        for entity in watch_list.entities:
            for form in forms_of(entity):
                if form.weak:
                    continue
                _, owner, name = owners.setdefault(fold_name(form.text), (watch_list.id, entity, form.name))
                if owner.id == entity.id or (owner.id, entity.id) in told:
                    continue
                told.add((owner.id, entity.id))
                yield Finding(
                    severity="warning",
                    list_id=watch_list.id,
                    entity_id=entity.id,
                    problem=f"`{form.name}` and `{name}` of {owner.id} have the form `{form.text}` in common",
                    fix="An article with it alerts for both: make the name longer, or list it as `weak` with a context",
                )


def _of_list(watch_list: WatchList, today: dt.date) -> Iterator[Finding]:
    if watch_list.review_by and watch_list.review_by < today:
        yield Finding(
            severity="warning",
            list_id=watch_list.id,
            entity_id=None,
            problem=f"the review was due by {watch_list.review_by}",
            fix="Review the list and set a new `review_by`",
        )
    for entity in watch_list.entities:
        for problem, fix in (*_of_names(entity), *_of_weak_names(entity)):
            yield Finding(severity="warning", list_id=watch_list.id, entity_id=entity.id, problem=problem, fix=fix)


def _of_names(entity: Entity) -> Iterator[tuple[str, str]]:
    for language, name in _common_words(entity.name, entity.schema_name):
        if name == name.lower() and language != "zh":
            continue  # listed as the common word it is
        where = "it stands" if language == "zh" else "it is capitalised"
        problem = f"the full name `{name}` ({language}) is also a common word and counts wherever {where}"
        yield problem, "List it under `weak` with a `context`"
    for language, names in entity.name.items():
        for name in names:
            if len(fold_name(name)) < _SHORT and language != "zh":
                yield f"the full name `{name}` is very short", "List it under `weak` with a `context`"


def _of_weak_names(entity: Entity) -> Iterator[tuple[str, str]]:
    if entity.weak and not entity.context:
        for _, name in _common_words(entity.weak, entity.schema_name):
            problem = f"the weak name `{name}` is a common word and has no context: beside a full name it means little"
            yield problem, "Add a `context`, or a `not` line for what else it means"
    if entity.context and not entity.weak and entity.schema_name != "Person":
        yield "there is a `context` and no weak name to use it", "Add `weak` names or drop it"
    for fault in phrase_faults(entity, entity.excluded):
        yield fault.problem, fault.fix


def _common_words(names: ByLanguage, schema: str) -> Iterator[tuple[str, str]]:
    for language, listed in names.items():
        for name in listed:
            if " " not in name and _is_common(name, language, schema):
                yield language, name


def _is_common(name: str, language: str, schema: str) -> bool:
    # What is all capitals is an abbreviation; Chinese has none, and nor are its names told from words by them.
    if language == "zh":
        return _is_common_in_chinese(fold_name(name), schema)
    if name.isupper():
        return False
    # The dictionaries are loaded where there is something to look up.
    if language == "ru":
        from watchlists.forms.russian_words import is_common_word  # noqa: PLC0415

        return is_common_word(name)
    if language == "tg":
        from watchlists.forms.tajik import is_common_word as is_common_tajik_word  # noqa: PLC0415

        return is_common_tajik_word(name)
    if language == "en":
        from watchlists.forms.chinese_dictionary import english_words  # noqa: PLC0415

        return schema not in _PLACES and name.lower() in english_words()
    return False


def _is_common_in_chinese(name: str, schema: str) -> bool:
    """Tell whether a name in simplified characters counts as a word; a person's does beside a title or deed only."""
    from watchlists.forms.chinese_dictionary import is_place, means_no_name  # noqa: PLC0415

    return schema != "Person" and means_no_name(name) and not (schema in _PLACES and is_place(name))
