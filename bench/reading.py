"""Reading measured: text, titles, dates against peers; pages per second against trafilatura; copies found.

Peers, installed for the bench only: newspaper4k, readability-lxml (trafilatura is a dependency). Without them their
columns are left out. Real pages and the text expected of them come from the folder given (``pages/pages.jsonl``), made
ones from the tests. Alone: ``python -m bench.reading [--pages | --full] [FOLDER]``, for pages only or for copies only,
all 100,000.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html

from bench.result import Result
from bench.syndication import made_press
from extractors.charset import decode_html
from extractors.outlet import Outlet, load_outlets
from extractors.reading import extract_article
from extractors.reading.dates import parse_date
from extractors.reading.stories import StoryIndex, sign_text
from records import Article, Fetched

SEEN_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# Ids in pages.jsonl that are not the name of a file in extractors/outlets.
_OUTLET_IDS = {"sina": "sina_mil"}
# Enough for three rounds of the pages; the best counts, as the machine is not ours alone.
_ROUNDS = 3
_COPIES = 10_000  # of the 100,000 of the promise; ``--full`` runs them all
_MADE = Path(__file__).parent.parent / "tests" / "extractors" / "reading" / "pages" / "outlets"
_LEVEL = 0.002  # F1 within rounding of each other is level


@dataclass(frozen=True, slots=True)
class Case:
    """One page and what is expected of it."""

    page: Fetched
    outlet: Outlet | None
    expected: Mapping[str, Any]


def run(gold: Path | None) -> list[Result]:
    """Return all figures; those on real pages only where ``gold`` is given."""
    return [*stories(_COPIES), *pages(gold)]


def pages(gold: Path | None) -> list[Result]:
    """Return what is measured on pages: on those of the tests, and on real ones where ``gold`` is given."""
    results = quality("made pages", made_cases())
    if gold is not None and (gold / "pages" / "pages.jsonl").exists():
        cases = read_cases(gold)
        results += [*quality("real pages", cases), *speed(cases)]
    return results


def made_cases() -> list[Case]:
    """Return the golden pages of the tests, which are built as the outlets build theirs."""
    outlets = {outlet.id: outlet for outlet in load_outlets()}
    cases = []
    for each in json.loads((_MADE / "gold.json").read_text(encoding="utf-8")):
        expected = {**each, "authors": [each["byline"]]} if each["byline"] else each
        page = _page(each["url"], (_MADE / f"{each['page']}.html").read_bytes())
        cases.append(Case(page, outlets[each["outlet"]], expected))
    return cases


def read_cases(gold: Path) -> list[Case]:
    """Return the pages of the gold folder with their outlets."""
    outlets = {outlet.id: outlet for outlet in load_outlets()}
    cases = []
    for line in (gold / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        expected = json.loads(line)
        page = _page(expected.get("url", ""), gzip.decompress((gold / "pages" / expected["file"]).read_bytes()))
        name = expected.get("outlet", "")
        outlet = outlets.get(_OUTLET_IDS.get(name, name))
        cases.append(Case(page, outlet, expected))
    return cases


def _page(url: str, body: bytes) -> Fetched:
    return Fetched(
        url=url, final_url=url, status=200, headers=(), body=body, etag=None, last_modified=None, fetched_at=SEEN_AT
    )


def f1(found: str, expected: str) -> float:
    """Return the F1 of words, of characters in Chinese, as bags."""
    mine, theirs = (Counter(re.findall(r"[\u4e00-\u9fff]|\w+", text.casefold())) for text in (found, expected))
    both = sum((mine & theirs).values())
    return 2 * both / max(1, mine.total() + theirs.total())


def peers() -> dict[str, Callable[[str], str]]:
    """Return the peers that are installed: page in, text out."""
    found: dict[str, Callable[[str], str]] = {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or ""
    }
    if importlib.util.find_spec("newspaper"):
        import newspaper  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415  not installed everywhere

        def newspaper4k(page: str) -> str:
            article = newspaper.Article(
                "https://example.org/", language="zh" if re.search("[\u4e00-\u9fff]", page) else "ru"
            )
            article.download(input_html=page)
            article.parse()
            return str(article.text)

        found["newspaper4k"] = newspaper4k
    if importlib.util.find_spec("readability"):
        import readability  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415  not installed everywhere

        def readability_lxml(page: str) -> str:
            summary = readability.Document(page).summary(html_partial=True)
            return str(html.fragment_fromstring(summary, create_parent="div").text_content())

        found["readability-lxml"] = readability_lxml
    return found


def quality(kind: str, cases: Sequence[Case]) -> list[Result]:
    """Return F1 with and without the outlets' files and of the peers; titles, days and authors; pages read at all."""
    ours: list[float] = []
    bare: list[float] = []
    scores: dict[str, list[float]] = {}
    beaten: list[str] = []
    titles, days, authors, read = [], [], [], 0
    for case in cases:
        article = extract_article(case.page, outlet=case.outlet)
        read += bool(article.text)
        if "text" in case.expected:
            text = decode_html(case.page)
            mine = f1(article.text, case.expected["text"])
            ours.append(mine)
            bare.append(f1(extract_article(case.page).text, case.expected["text"]))
            for name, reader in peers().items():
                theirs = f1(reader(text), case.expected["text"])
                scores.setdefault(name, []).append(theirs)
                if mine < theirs - _LEVEL:
                    beaten.append(case.page.url)
        if "title" in case.expected:
            # The gold of one site keeps the site's name behind the headline.
            titles.append(case.expected["title"].split("--")[0] == article.title)
        if "published_at" in case.expected:
            days.append(_same_day(article, case))
        if "authors" in case.expected:
            authors.append(", ".join(case.expected["authors"]) == article.byline)
    return [
        Result(f"{kind} read without an error", read / len(cases), "share", 1.0),
        Result(f"{kind}: text F1, mean", _mean(ours), "F1", 0.98),
        Result(f"{kind}: text F1 without outlet files, mean", _mean(bare), "F1", 0.98),
        *(Result(f"{kind}: text F1, mean: {name}", _mean(found), "F1") for name, found in scores.items()),
        Result(f"{kind} where a peer is better {' '.join(beaten)}".strip(), len(beaten), "pages", 0, at_most=True),
        Result(f"{kind}: titles right", _mean(titles), "share", 1.0),
        Result(f"{kind}: days right", _mean(days), "share", 1.0),
        Result(f"{kind}: authors right", _mean(authors), "share", 1.0),
    ]


def _same_day(article: Article, case: Case) -> bool:
    zone = case.outlet.timezone if case.outlet else "Asia/Shanghai"
    expected = parse_date(case.expected["published_at"], zone=zone, seen_at=SEEN_AT)
    if expected is None or article.published_at is None:
        return False
    apart = abs(article.published_at - expected.published_at)
    # Gold at midnight is a day; else it is the moment, to the second.
    return apart < (timedelta(days=1) if case.expected["published_at"].endswith("00:00:00") else timedelta(seconds=1))


def _mean(values: Sequence[float | bool]) -> float:
    return sum(values) / max(1, len(values))


def speed(cases: Sequence[Case]) -> list[Result]:
    """Return pages per second relative to ``bare_extraction`` with metadata, on the same pages in the same run."""
    selected = [case for case in cases if case.outlet is not None and case.outlet.article.body]
    results = [
        *_speed("pages of outlets with selectors", selected, lambda c: extract_article(c.page, outlet=c.outlet), 1.5),
        *_speed("all pages, no outlet file", cases, lambda c: extract_article(c.page), 0.9),
    ]
    slowest = min(
        _slowest(cases, lambda c: extract_article(c.page)), _slowest(cases, lambda c: extract_article(c.page))
    )
    return [*results, Result("slowest page against trafilatura", slowest, "x", 0.9)]


def _speed(name: str, cases: Sequence[Case], work: Callable[[Case], object], floor: float) -> list[Result]:
    mine = min(_seconds(cases, work) for _ in range(_ROUNDS))
    theirs = min(_seconds(cases, _bare_extraction) for _ in range(_ROUNDS))
    return [
        Result(f"speed against trafilatura, {name}", theirs / mine, "x", floor),
        Result(f"pages per second of CPU, {name}", len(cases) / mine, "pages/s"),
    ]


def _bare_extraction(case: Case) -> object:
    return trafilatura.bare_extraction(case.page.body, url=case.page.url or None, with_metadata=True)


def _seconds(cases: Sequence[Case], work: Callable[[Case], object]) -> float:
    started = time.process_time()
    for case in cases:
        work(case)
    return time.process_time() - started


def _slowest(cases: Sequence[Case], work: Callable[[Case], object]) -> float:
    """Return the worst ratio of trafilatura's time to ours on one page."""
    worst = float("inf")
    for case in cases:
        theirs = min(_seconds([case], _bare_extraction) for _ in range(2))
        worst = min(worst, theirs / min(_seconds([case], work) for _ in range(2)))
    return worst


def stories(articles: int) -> list[Result]:
    """Return recall and precision of pairs of copies in a made press, and the time 100,000 articles would take."""
    index = StoryIndex(window=timedelta(days=3650))
    started = time.process_time()
    making = 0.0
    placed: dict[str, str] = {}
    truth: dict[str, int] = {}
    press = made_press(articles)
    while True:
        before = time.process_time()
        made = next(press, None)
        making += time.process_time() - before
        if made is None:
            break
        truth[made.article_id] = made.story
        placed[made.article_id] = index.place(made.article_id, sign_text(made.text), seen_at=SEEN_AT).story_id
    seconds = time.process_time() - started - making
    recall, precision = _pairs(placed, truth)
    scaled = seconds * 100_000 / articles
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Result(f"copies found, recall of pairs, {articles:,} articles", recall, "share", 0.98),
        Result(f"copies found, precision of pairs, {articles:,} articles", precision, "share", 0.99),
        Result("seconds of one CPU for 100,000 articles", scaled, "s", 300, at_most=True),
        Result("memory at the end", peak, "MB"),
    ]


def _pairs(placed: Mapping[str, str], truth: Mapping[str, int]) -> tuple[float, float]:
    def pairs(sizes: Counter[Any]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes.values())

    right = pairs(Counter((placed[article], truth[article]) for article in placed))
    return right / max(1, pairs(Counter(truth.values()))), right / max(1, pairs(Counter(placed.values())))


def main(arguments: Sequence[str]) -> None:
    """Measure what the arguments ask for, and print it."""
    folder = next((Path(each) for each in arguments if not each.startswith("--")), None)
    measured = pages if "--pages" in arguments else run
    for result in stories(100_000) if "--full" in arguments else measured(folder):
        mark = "ok  " if result.passed else "FAIL"
        print(f"{mark} {result.name}: {result.value:.4g} {result.unit} (floor {result.floor})")


if __name__ == "__main__":
    main(sys.argv[1:])
