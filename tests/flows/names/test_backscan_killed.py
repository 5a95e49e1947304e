"""A back-scan that is killed at any moment, and the one after it, land exactly what an undisturbed one lands."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from flows.names.backscan import backscan, waiting_articles
from flows.settings import Settings
from records.landing import Batch
from tests.warehouse.press import NOON, article, guess, translation
from warehouse import land, open_warehouse
from warehouse.caring import check
from watchlists.listfile import WatchList, load_lists

LIST = """\
title: Security
entities:
  - id: range
    schema: Address
    caption: Kharbmaydon range
    name: {ru: [Харбмайдон], en: [Kharbmaydon]}
  - id: exercise
    schema: Topic
    caption: exercise
    name: {ru: [учения]}
"""

# As many as need several batches, of which every article but one in four names somebody: twice, of two entities, or in
# its translation alone.
TEXTS = ["На полигоне Харбмайдон тихо, у Харбмайдона тоже.", "Ничего нового.", "Учения у Харбмайдона.", "Всё прошло."]
PAGES = tuple(
    article(f"p{number}", title="Сводка", text=TEXTS[number % 4], published_at=NOON + timedelta(hours=number))
    for number in range(160)
)
ENGLISH = tuple(
    replace(translation(page, title="Summary"), text="All went well at Kharbmaydon.")
    for page in PAGES
    if page.text == "Всё прошло."
)

# Says when each batch has landed; in two processes of its own, as on a large press.
SCANNER = """
import sys
from pathlib import Path
import flows.names.backscan as scanning
from flows.settings import Settings
from watchlists.listfile import load_lists

if __name__ == "__main__":
    scanning.BATCH, scanning._CHUNK, scanning._WORTH_A_PROCESS = 16, 4, 0
    scanning.os.cpu_count = lambda: 2
    (watch_list,) = load_lists(Path(sys.argv[2]))
    scanning.backscan(Settings(data_dir=Path(sys.argv[1])), watch_list, done=lambda count: print(count, flush=True))
"""

# By article; when it was found is the one thing that a kill changes.
LANDED = {
    "mentions": "select article_id, * exclude (article_id) from store.mentions order by all",
    "alerts": "select article_id, * exclude (article_id, created_at) from store.alerts order by all",
    "matchings": "select article_id, * exclude (article_id, matched_at) from store.matchings order by all",
}
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "security.yml").write_text(LIST, encoding="utf-8")
    return tmp_path / "lists"


def the_list(lists: Path) -> WatchList:
    (watch_list,) = load_lists(lists)
    return watch_list


@pytest.fixture
def settings(tmp_path: Path, lists: Path) -> Settings:
    """A warehouse whose articles all wait for the list; in half of them, an earlier version of it found something."""
    made = Settings(data_dir=tmp_path / "data")
    with open_warehouse(made.warehouse) as warehouse:
        half = Batch(landed_at=NOON, articles=PAGES[:80], languages=tuple(map(guess, PAGES[:80])))
        land(warehouse, half)
    earlier = the_list(lists).model_copy(update={"entities": the_list(lists).entities[1:]})
    waiting_articles(made, (earlier,))
    backscan(made, earlier, done=lambda _: None)
    with open_warehouse(made.warehouse) as warehouse:
        rest = Batch(landed_at=NOON, articles=PAGES[80:], languages=tuple(map(guess, PAGES[80:])), translations=ENGLISH)
        land(warehouse, rest)
    assert waiting_articles(made, (the_list(lists),)) == {"security": len(PAGES)}
    return made


def scan(settings: Settings, lists: Path, *, kill_after: tuple[int, float] | None = None) -> list[int]:
    """Back-scan in a process; kill it so many seconds after so many batches. Return what landed, batch by batch."""
    command = [sys.executable, "-c", SCANNER, str(settings.data_dir), str(lists)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as scanner:
        assert scanner.stdout is not None
        if kill_after is None:
            return list(map(int, scanner.stdout))
        batches, seconds = kill_after
        told = list(map(int, islice(scanner.stdout, batches)))
        time.sleep(seconds)
        scanner.kill()
        return told + list(map(int, scanner.stdout))


def landed(settings: Settings) -> Rows:
    with open_warehouse(settings.warehouse) as warehouse:
        assert [result for result in check(warehouse) if result.broken] == []
        return {name: warehouse.connection.execute(sql).fetchall() for name, sql in LANDED.items()}


def is_done_in_whole_articles(found: Rows, expected: Rows) -> bool:
    """Tell whether every article that has met the list has all it should have by then, and nothing else."""
    done = {row[0] for row in found["matchings"] if row in expected["matchings"]}
    return all(
        [row for row in found[name] if row[0] in done] == [row for row in expected[name] if row[0] in done]
        for name in LANDED
    )


@pytest.mark.slow
def test_kills_in_the_middle_change_nothing_of_what_is_found(tmp_path: Path, settings: Settings, lists: Path) -> None:
    undisturbed = Settings(data_dir=tmp_path / "undisturbed")
    shutil.copytree(settings.data_dir, undisturbed.data_dir)
    assert sum(scan(undisturbed, lists)) == len(PAGES)
    expected = landed(undisturbed)
    assert (len(expected["mentions"]), len(expected["alerts"])) == (200, 160)
    assert waiting_articles(undisturbed, (the_list(lists),)) == {"security": 0}

    moments = random.Random(4)
    told = 0
    for _ in range(3):
        told += sum(scan(settings, lists, kill_after=(1, moments.uniform(0, 0.15))))
        assert is_done_in_whole_articles(landed(settings), expected)
    waiting = waiting_articles(settings, (the_list(lists),))["security"]
    # A batch may have landed that was not told of any more; none was told of that had not landed.
    assert waiting <= len(PAGES) - told
    assert sum(scan(settings, lists)) == waiting
    assert landed(settings) == expected
