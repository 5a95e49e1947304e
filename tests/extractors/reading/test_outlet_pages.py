"""Pages built as the outlets build theirs, read with the bundled outlet files: title, text, moment, author, exactly."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.outlet import load_outlets
from extractors.reading import extract_article, read_page
from records import Fetched

PAGES = Path(__file__).parent / "pages" / "outlets"
GOLD: list[dict[str, Any]] = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
# Huanqiu keeps every part in a textarea of its own, Xinhua's mobile page sets the editor apart: the files tell.
NEED_THEIR_FILE = {"huanqiu", "xinhua_mobile"}
OUTLETS = {outlet.id: outlet for outlet in load_outlets()}


def fetched(case: dict[str, Any]) -> Fetched:
    return Fetched(
        url=case["url"],
        final_url=case["url"],
        status=200,
        headers=(("content-type", "text/html"),),
        body=(PAGES / f"{case['page']}.html").read_bytes(),
        etag=None,
        last_modified=None,
        fetched_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize("case", GOLD, ids=lambda case: str(case["page"]))
def test_an_outlets_page_gives_exactly_its_article(case: dict[str, Any]) -> None:
    article = extract_article(fetched(case), outlet=OUTLETS[case["outlet"]])
    found = {
        "title": article.title,
        "text": article.text,
        "published_at": article.published_at and article.published_at.isoformat(),
        "precision": article.published_precision,
        "byline": article.byline,
    }
    assert found == {name: case[name] for name in found}


@pytest.mark.parametrize(
    "case", [case for case in GOLD if case["page"] not in NEED_THEIR_FILE], ids=lambda case: str(case["page"])
)
def test_an_outlets_page_gives_the_same_text_without_its_file(case: dict[str, Any]) -> None:
    article = extract_article(fetched(case))
    assert (article.title, article.text) == (case["title"], case["text"])


def test_a_paged_article_leads_to_its_next_page() -> None:
    (case,) = [case for case in GOLD if case["page"] == "mnd_cn"]
    page = read_page(fetched(case), outlet=OUTLETS["mnd_cn"])
    assert page.next_url == "http://www.mod.gov.cn/gfbw/qwfb/16420001_2.html"
