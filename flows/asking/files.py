"""An answer as CSV or JSON: every row and every letter, for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from warehouse.asking import Answer


def csv_of(answer: Answer) -> str:
    """Return an answer as CSV with a header; lists and structs are JSON, NULL is nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        plain = (_plain(value) for value in row)
        writer.writerow(json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for v in plain)
    return out.getvalue()


def json_of(answer: Answer) -> str:
    """Return an answer as a JSON list of objects; columns of the same name are numbered: ``title``, ``title_1``."""
    names = _distinct(answer.columns)
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _distinct(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: moments are UTC with a Z, what JSON has no number for is null."""
    match value:
        case datetime():
            utc = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            plain: Any = utc.isoformat(timespec="seconds") + "Z"
        case date():
            plain = value.isoformat()
        case Decimal():
            plain = int(value) if value == value.to_integral_value() else float(value)
        case float():
            plain = value if math.isfinite(value) else None
        case list() | tuple():
            plain = [_plain(each) for each in value]
        case dict():
            plain = {str(key): _plain(each) for key, each in value.items()}
        case bytes():
            plain = value.hex()
        case None | str() | int():
            plain = value
        case _:
            plain = str(value)
    return plain
