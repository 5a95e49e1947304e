"""The answer sheet of the bundled press: what a right run finds, field by field, and what it must not find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from records import FailureKind, Field, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A name in an article: ``surface`` stands in ``field``, and a mention of the entity must meet it."""

    entity_id: str
    field: Field
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A passage that looks like a name and is none; ``entity_id`` is ``None`` where nothing at all may be found."""

    entity_id: str | None
    field: Field
    surface: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What must be found out about one article. ``is_read`` is false for the page that never answers."""

    key: str
    outlet_id: str
    language: str
    title: str
    days_ago: int
    story: str | None
    is_read: bool
    planted: tuple[Planted, ...]
    near_misses: tuple[NearMiss, ...]

    @property
    def entities(self) -> frozenset[str]:
        """Ids of the entities that the article must alert for, and of no others."""
        return frozenset(planted.entity_id for planted in self.planted)

    def published_on(self, today: date) -> date:
        """Return the day of publication in the outlet's own zone."""
        return today - timedelta(days=self.days_ago)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFailure:
    """A failure that a run must report; ``article`` is the key of the page, ``None`` for an outlet's feed."""

    outlet_id: str
    step: str
    article: str | None
    error: str
    kind: FailureKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The whole sheet. All totals are counted from its lines."""

    articles: tuple[Answer, ...]
    failures: tuple[ExpectedFailure, ...]

    @property
    def read(self) -> tuple[Answer, ...]:
        """The articles that a first run lands."""
        return tuple(answer for answer in self.articles if answer.is_read)

    @property
    def alerts(self) -> int:
        """Alerts of a first run: one for each article and entity."""
        return sum(len(answer.entities) for answer in self.read)

    @property
    def articles_by_language(self) -> Mapping[str, int]:
        """Articles of a first run, by language."""
        return Counter(answer.language for answer in self.read)

    @property
    def stories(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the articles that tell the same story, by its name."""
        names = dict.fromkeys(answer.story for answer in self.read if answer.story)
        return {name: tuple(answer.key for answer in self.read if answer.story == name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong with the mentions found in one article; all three empty when nothing is."""

    missed: tuple[Planted, ...]
    fooled: tuple[NearMiss, ...]
    unexpected: tuple[Mention, ...]

    @property
    def is_right(self) -> bool:
        """Tell whether everything planted was found and nothing else."""
        return not (self.missed or self.fooled or self.unexpected)


def judge(answer: Answer, mentions: Iterable[Mention], *, title: str, text: str) -> Verdict:
    """Hold the mentions found in an article, whose title and text are those they count in, against the sheet.

    A planted name is found when a mention of its entity overlaps one of the places where its surface stands.
    """
    found = tuple(mentions)
    fields: dict[Field, str] = {"title": title, "text": text}

    def meets(entity_id: str | None, field: Field, surface: str) -> bool:
        spans = _places(surface, fields[field])
        return any(
            mention.field == field and mention.start < end and start < mention.end
            for mention in found
            if entity_id in (None, mention.entity_id)
            for start, end in spans
        )

    return Verdict(
        missed=tuple(p for p in answer.planted if not meets(p.entity_id, p.field, p.surface)),
        fooled=tuple(n for n in answer.near_misses if meets(n.entity_id, n.field, n.surface)),
        unexpected=tuple(mention for mention in found if mention.entity_id not in answer.entities),
    )


@cache
def load_answers() -> Answers:
    """Read the answer sheet that comes with the program."""
    text = resources.files("flows.demo").joinpath("answers.yml").read_text(encoding="utf-8")
    sheet = YAML(typ="safe").load(text)
    return Answers(
        articles=tuple(_answer(key, line) for key, line in sheet["articles"].items()),
        failures=tuple(
            ExpectedFailure(outlet_id=line.pop("outlet"), article=line.pop("article", None), **line)
            for line in sheet["failures"]
        ),
    )


def _answer(key: str, line: dict[str, Any]) -> Answer:
    return Answer(
        key=key,
        outlet_id=line["outlet"],
        language=line["language"],
        title=line["title"],
        days_ago=line["days_ago"],
        story=line.get("story"),
        is_read=line.get("read", True),
        planted=tuple(
            Planted(entity_id=entity_id, field=field, surface=surface)
            for entity_id, fields in line.get("mentions", {}).items()
            for field, surfaces in fields.items()
            for surface in surfaces
        ),
        near_misses=tuple(
            NearMiss(entity_id=miss.get("entity"), field=miss["field"], surface=miss["surface"], why=miss["why"])
            for miss in line.get("near_misses", ())
        ),
    )


def _places(surface: str, text: str) -> list[tuple[int, int]]:
    places = []
    start = text.find(surface)
    while start >= 0:
        places.append((start, start + len(surface)))
        start = text.find(surface, start + 1)
    return places
