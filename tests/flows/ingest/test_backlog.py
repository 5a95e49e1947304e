"""What no engine translated when it landed is translated later, by the best engine there is then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extractors.translation.gloss import GlossTranslator
from flows.door import Door
from flows.ingest.backlog import translate_backlog
from flows.settings import Settings
from records import Article, LanguageGuess
from records.landing import Batch
from warehouse.landing import land
from warehouse.opening import open_warehouse

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Model:
    """An engine with a model for Russian."""

    name = "argos"

    def model_version(self, source: str, target: str) -> str | None:
        return "ru-en 1" if (source, target) == ("ru", "en") else None

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:  # noqa: ARG002
        return ["by the model" for _ in texts]


class NoNames:
    """A matcher of empty lists."""

    def find(self, **_: object) -> tuple[()]:
        return ()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "wakhan.duckdb"
    articles = tuple(
        Article(
            article_id=key,
            outlet_id="outlet",
            url=f"https://outlet.example/{key}",
            canonical_url=f"https://outlet.example/{key}",
            title="Граница закрыта",
            text="Граница закрыта.",
            byline=None,
            section=None,
            published_at=None,
            published_raw=None,
            published_precision=None,
            date_source=None,
            extractor="test",
            content_hash=key,
            fetched_at=NOW,
        )
        for key in ("one", "two")
    )
    languages = tuple(
        LanguageGuess(article_id=each.article_id, language="ru", script="Cyrl", confidence=1.0, method="test")
        for each in articles
    )
    with open_warehouse(path) as opened:
        land(opened, Batch(landed_at=NOW, articles=articles, languages=languages))
    return path


def catch_up(warehouse: Path, *translators: Any) -> int:
    road: Any = SimpleNamespace(
        door=Door(warehouse), translators=translators, lists=(), matcher=NoNames(), settings=Settings()
    )
    return translate_backlog(road)


def engines_of(warehouse: Path) -> set[tuple[str, str]]:
    with open_warehouse(warehouse) as opened:
        return set(opened.connection.execute("select engine, title_en from store.articles").fetchall())


def test_nothing_is_done_without_an_engine_and_a_model_goes_before_a_gloss(warehouse: Path) -> None:
    assert catch_up(warehouse) == 0
    assert catch_up(warehouse, Model(), GlossTranslator()) == 2
    assert engines_of(warehouse) == {("argos", "by the model")}


def test_glosses_are_upgraded_by_a_model_that_was_installed_since(warehouse: Path) -> None:
    assert catch_up(warehouse, GlossTranslator()) == 2
    assert {engine for engine, _ in engines_of(warehouse)} == {"gloss"}
    assert catch_up(warehouse, GlossTranslator()) == 0
    assert catch_up(warehouse, Model(), GlossTranslator()) == 2
    assert catch_up(warehouse, Model(), GlossTranslator()) == 0
