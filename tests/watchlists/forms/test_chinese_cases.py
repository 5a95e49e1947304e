from __future__ import annotations

import re
from pathlib import Path

import pytest

from watchlists.forms.chinese_edges import chinese_reasons

_LINES = Path(__file__).with_name("chinese_cases.txt").read_text(encoding="utf-8").splitlines()
_CASES = [line.split("|") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("schema", sorted({schema for schema, *_ in _CASES}))
def test_a_name_counts_where_it_stands_and_only_there(schema: str) -> None:
    told = {(name, text): _count(name, text, schema=of) for of, name, text, _ in _CASES if of == schema}
    assert told == {(name, text): int(times) for of, name, text, times in _CASES if of == schema}


def _count(name: str, text: str, *, schema: str) -> int:
    places = re.finditer(name.replace("-", "-?"), text)
    return sum(chinese_reasons(text, *place.span(), schema=schema) is not None for place in places)
