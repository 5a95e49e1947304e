"""``wakhan revisions``: what an outlet changed, as a person and as a program read it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from flows.commands.comparison import revision_table
from records import Article, article_id_of, content_hash_of
from records.landing import Batch, MissedPage
from tests.flows.commands.conftest import run_wakhan
from warehouse.history import Version
from warehouse.landing import land
from warehouse.opening import open_warehouse
from warehouse.publishing import publish

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://press.example/news/pass"
BEFORE = ("Учения на перевале", "На перевале погибли 12 человек.\nПоиски продолжаются.\nДорога закрыта.")
AFTER = ("Учения на перевале", "На перевале пострадали 15 человек.\nПоиски продолжаются.\nДорога закрыта.")


def version(said: tuple[str, str], *, hours: int = 0) -> Version:
    return Version(title=said[0], text=said[1], seen_at=NOON + timedelta(hours=hours))


def article(said: tuple[str, str], *, hours: int) -> Article:
    return Article(
        article_id=article_id_of(URL),
        outlet_id="press",
        url=URL,
        canonical_url=URL,
        title=said[0],
        text=said[1],
        byline=None,
        section=None,
        published_at=NOON,
        published_raw=None,
        published_precision="minute",
        date_source="feed",
        extractor="selectors",
        content_hash=content_hash_of(*said),
        fetched_at=NOON + timedelta(hours=hours),
    )


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    with open_warehouse(tmp_path / "wakhan.duckdb") as warehouse:
        land(warehouse, Batch(landed_at=NOON, articles=(article(BEFORE, hours=0),)))
        land(warehouse, Batch(landed_at=NOON, articles=(article(AFTER, hours=2),)))
        for hours in (30, 42, 54):
            missed = MissedPage(url=URL, outlet_id="press", status=410, missed_at=NOON + timedelta(hours=hours))
            land(warehouse, Batch(landed_at=NOON, missed_pages=(missed,)))
    publish(tmp_path / "wakhan.duckdb")
    file = tmp_path / "wakhan.yml"
    file.write_text(f"data_dir: {tmp_path}\n", encoding="utf-8")
    return file


def printed(old: tuple[str, str], new: tuple[str, str], *, colours: bool = False, width: int = 100) -> str:
    console = Console(width=width, force_terminal=colours, color_system="standard" if colours else None)
    with console.capture() as captured:
        console.print(revision_table(1, version(old), version(new, hours=2), colours=colours))
    return captured.get()


@pytest.mark.parametrize("named", [article_id_of(URL), article_id_of(URL)[:8], URL], ids=["id", "beginning", "URL"])
def test_an_article_is_found_by_id_beginning_or_url(settings: Path, named: str) -> None:
    run = run_wakhan("--settings", settings, "revisions", named)
    assert run.returncode == 0, run.stderr
    assert "[-погибли 12-]" in run.stdout
    assert "{+пострадали 15+}" in run.stdout
    assert "2 paragraphs unchanged" in run.stdout
    assert "\x1b" not in run.stdout
    assert "vanished: status 410 since 2026-11-21 18:00 UTC, 3 tries" in run.stderr


def test_json_has_every_version_and_spans_that_fit_it(settings: Path) -> None:
    run = run_wakhan("--settings", settings, "revisions", URL, "--json")
    history = json.loads(run.stdout)
    old, new = history["versions"]
    assert (old["text"], new["text"]) == (BEFORE[1], AFTER[1])
    for change in history["revisions"][0]["changes"]:
        assert old[change["field"]][change["start"] : change["end"]] == change["old"]
        assert new[change["field"]][change["new_start"] : change["new_end"]] == change["new"]
    assert history["vanished_at"] == "2026-11-22T18:00:00+00:00"


def test_an_article_that_is_not_there_is_said_so(settings: Path) -> None:
    run = run_wakhan("--settings", settings, "revisions", "00000000")
    assert (run.returncode, "no article" in run.stderr) == (2, True)


def test_a_terminal_gets_colours_instead_of_marks() -> None:
    shown = printed(BEFORE, AFTER, colours=True)
    assert "\x1b[9;31mпогибли 12\x1b[0m" in shown
    assert "\x1b[32mпострадали 15\x1b[0m" in shown
    assert "[-" not in shown


def test_versions_stand_beside_each_other_in_one_line() -> None:
    (line,) = [line for line in printed(BEFORE, AFTER).splitlines() if "погибли" in line]
    assert line.index("[-погибли 12-]") < line.index("{+пострадали 15+}")


def test_a_paragraph_that_is_new_stands_beside_nothing() -> None:
    shown = printed(BEFORE, (BEFORE[0], BEFORE[1] + "\nПеревал открыт."))
    assert "{+Перевал открыт.+}" in shown
    assert "3 paragraphs unchanged" in shown


def test_a_changed_title_is_shown_and_chinese_fits_its_column() -> None:
    shown = printed(("边防部队举行训练", "训练结束。"), ("边防部队举行联合训练", "训练结束。"), width=60)
    assert "{+联合+}" in shown
    assert {Console(width=200).render_str(line).cell_len for line in shown.splitlines()[1:]} == {60}


def test_a_pages_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b]0;" not in printed(("Т", "Было."), ("Т", "Стало \x1b]0;взломано\x07."))
