"""What no engine translated when it landed is translated later, by the best engine there is then."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extractors.translation.batches import WINDOW_SENTENCES
from extractors.translation.gloss import GlossTranslator
from flows.door import Door
from flows.ingest.backlog import translate_backlog
from flows.ingest.engines import WarehouseCache
from flows.settings import Settings, TranslationSettings
from records import Article, LanguageGuess, Translation
from records.landing import Batch
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.sentences import find_sentences

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

    def find_in_both(self, _: object) -> tuple[()]:
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
            text="Граница закрыта.\nПосты работают.",
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


def catch_up(warehouse: Path, *translators: Any, **translation: Any) -> int:
    settings = Settings(translation=TranslationSettings(**translation))
    road: Any = SimpleNamespace(
        door=Door(warehouse), translators=translators, lists=(), matcher=NoNames(), settings=settings
    )
    return translate_backlog(road).articles


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


def english_of(warehouse: Path) -> set[tuple[str, str, str]]:
    with open_warehouse(warehouse) as opened:
        rows = opened.connection.execute("select title_en, text_en, translated_extent from store.articles").fetchall()
    return set(rows)


@pytest.mark.parametrize(
    ("order", "text", "extent"),
    [
        (("title",), "[gloss] Border closed.\n[gloss] Posts work.", "title"),
        (("title", "lead"), "by the model\n[gloss] Posts work.", "lead"),
        (("title", "lead", "alerted"), "by the model\n[gloss] Posts work.", "lead"),
        (("title", "lead", "alerted", "full"), "by the model", "full"),
    ],
    ids=["titles", "leads", "no alerts", "everything"],
)
def test_what_the_model_has_not_come_to_is_a_gloss_and_says_so(
    warehouse: Path, order: tuple[str, ...], text: str, extent: str
) -> None:
    assert catch_up(warehouse, Model(), GlossTranslator(), order=order) == 2
    assert english_of(warehouse) == {("by the model", text, extent)}


def test_a_budget_of_nothing_leaves_the_model_alone(warehouse: Path) -> None:
    assert catch_up(warehouse, Model(), GlossTranslator(), backlog_minutes=0) == 0


def test_titles_of_everything_go_before_the_first_text(warehouse: Path) -> None:
    asked: list[list[str]] = []

    class Listening(Model):
        def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
            asked.append([text for text in texts if text])
            return super().translate(texts, source=source, target=target)

    catch_up(warehouse, Listening())
    assert asked[0] == ["Граница закрыта", "Граница закрыта"]
    assert any("Посты работают" in text for text in asked[-1])


def test_a_gloss_of_an_unchanged_page_does_not_undo_what_the_model_said(warehouse: Path) -> None:
    catch_up(warehouse, Model(), GlossTranslator())
    gloss = Translation(
        article_id="one",
        source="ru",
        target="en",
        title="Border closed",
        text="Border closed.",
        engine="gloss",
        model_version="1",
        dropped_names=(),
    )
    with open_warehouse(warehouse) as opened:
        assert land(opened, Batch(landed_at=NOW, translations=(gloss,))).translations == 0
    assert engines_of(warehouse) == {("argos", "by the model")}


KILLED = """
import sys, time
from pathlib import Path
from extractors.translation.batches import translate_by_sentence, with_cache
from flows.door import Door
from flows.ingest.engines import WarehouseCache

def run(sentences):
    with open(sys.argv[2], "a") as asked:
        asked.write("\\n".join(sentences) + "\\n")
    if len(sys.argv) > 3 and "Sentence 600." in sentences:
        print("second window", flush=True)
        time.sleep(60)
    return [f"English of {sentence}" for sentence in sentences]

find, keep = with_cache(WarehouseCache(Door(Path(sys.argv[1]))), engine="argos", model_version="1")
text = " ".join(f"Sentence {number}." for number in range(1200))
(done,) = translate_by_sentence([text], run, language="en", known=find, keep=keep)
assert done == " ".join(f"English of Sentence {number}." for number in range(1200))
"""


def test_a_run_that_is_killed_in_the_middle_of_a_batch_translates_nothing_twice(tmp_path: Path) -> None:
    asked = tmp_path / "asked.txt"
    command = [sys.executable, "-c", KILLED, str(tmp_path / "wakhan.duckdb"), str(asked)]
    with subprocess.Popen([*command, "hang"], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "second window\n"
        killed.send_signal(signal.SIGKILL)
    first = asked.read_text().splitlines()
    assert len(first) == 2 * WINDOW_SENTENCES
    asked.unlink()
    subprocess.run(command, check=True)
    kept, lost = set(first[:WINDOW_SENTENCES]), set(first[WINDOW_SENTENCES:])
    second = asked.read_text().splitlines()
    assert len(second) == len(set(second)) == 1200 - WINDOW_SENTENCES
    assert not kept & set(second)
    assert lost <= set(second)
    with open_warehouse(tmp_path / "wakhan.duckdb") as opened:
        sentences = [f"Sentence {number}." for number in range(1200)]
        found = find_sentences(opened, sentences, engine="argos", model_version="1")
    assert found == {each: f"English of {each}" for each in sentences}


def test_the_cache_of_one_model_version_says_nothing_to_another(tmp_path: Path) -> None:
    cache = WarehouseCache(Door(tmp_path / "wakhan.duckdb"))
    cache.keep({"Мост": "Bridge"}, engine="argos", model_version="1")
    cache.keep({"Мост": "another", "Дом": "House"}, engine="argos", model_version="1")
    found = cache.find(["Мост", "Дом", "Сад", "Мост"], engine="argos", model_version="1")
    assert found == {"Мост": "Bridge", "Дом": "House"}
    assert cache.find(["Мост"], engine="argos", model_version="2") == {}
    assert cache.find(["Мост"], engine="nllb", model_version="1") == {}
