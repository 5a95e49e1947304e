"""Every way the press of the beat prints a date is read, in its zone; what is no date is none."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.dates import parse_date

# A Monday: 13:00 in Dushanbe, 11:00 in Moscow, 16:00 in Shanghai.
SEEN_AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

with Path(__file__).with_name("dates.tsv").open(encoding="utf-8", newline="") as table:
    CASES = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}: {case['text']}" for case in CASES])
def test_a_date_is_read_as_it_was_meant(case: dict[str, str]) -> None:
    zone = ZoneInfo(case["zone"])
    language = None if case["language"] == "any" else case["language"]
    found = parse_date(case["text"], zone=zone, seen_at=SEEN_AT, language=language)
    if not case["expected"]:
        assert found is None
        return
    expected = datetime.fromisoformat(case["expected"])
    expected = expected if expected.tzinfo else expected.replace(tzinfo=zone)
    assert found is not None
    assert found.published_at == expected
    assert found.published_at.tzinfo is UTC
    assert (found.precision, found.raw) == (case["precision"], case["text"].strip())


def test_the_table_covers_three_languages() -> None:
    assert len(CASES) >= 150
    assert {"ru", "tg", "zh"} <= {case["language"] for case in CASES}


MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "en": "January February March April May June July August September October November December",
}
MOMENTS = st.integers(min_value=13_700_000, max_value=29_800_000).map(
    lambda minutes: datetime.fromtimestamp(60 * minutes, UTC)
)


@given(moment=MOMENTS, language=st.sampled_from(["ru", "tg", "en"]))
def test_any_day_written_out_is_read_back(moment: datetime, language: str) -> None:
    text = f"{moment.day} {MONTHS[language].split()[moment.month - 1]} {moment.year}, {moment:%H:%M}"
    found = parse_date(text, zone=UTC, seen_at=SEEN_AT, language=language)
    assert found is not None
    assert found.published_at == moment


@given(text=st.text(max_size=60))
def test_no_text_is_a_date_beyond_belief(text: str) -> None:
    found = parse_date(text, zone="Asia/Dushanbe", seen_at=SEEN_AT)
    assert found is None or datetime(1995, 1, 1, tzinfo=UTC) <= found.published_at <= SEEN_AT + timedelta(days=1)
