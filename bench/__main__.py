"""``make bench``: every benchmark, a table, and exit 1 when a figure misses its floor.

Real data comes from the folder that ``WAKHAN_GOLD`` names (default ``../shared``); without it what needs none is
measured. Name benchmarks to run only those: ``python -m bench names language``.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.result import Result
from flows.console import say, stdout, table

# Module -> the folder below WAKHAN_GOLD it reads.
BENCHES = {
    "language": "gold",
    "names": "gold",
    "reading": ".",
    "fetching": ".",
    "translation": "gold",
    "gloss": "gold",
    "warehouse": ".",
    "backscan": ".",
    "schedule": ".",
    "kills": ".",
}


def main(chosen: Sequence[str]) -> int:
    """Run the benchmarks chosen, or all, and return the exit code."""
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        say(f"No benchmark {', '.join(unknown)}; there are: {', '.join(BENCHES)}.")
        return 2
    root = Path(os.environ.get("WAKHAN_GOLD", "../shared"))
    if not root.is_dir():
        say(f"{root} is not there: only what needs no real data is measured. Set WAKHAN_GOLD to the folder of it.")
    missed = 0
    for name in chosen or BENCHES:
        started = time.perf_counter()
        say(f"{name} ...")
        gold = (root / BENCHES[name]).resolve() if root.is_dir() else None
        results = importlib.import_module(f"bench.{name}").run(gold)
        missed += _show(f"{name} ({time.perf_counter() - started:.0f} s)", results)
    say("Every floor holds." if not missed else f"{missed} figures miss their floor.")
    return 1 if missed else 0


def _show(title: str, results: Sequence[Result]) -> int:
    rows, missed = [], 0
    for result in results:
        missed += not result.passed
        verdict = "" if result.floor is None else "holds" if result.passed else "MISSED"
        floor = "" if result.floor is None else f"{result.floor:,.6g}"
        rows.append((result.name, f"{result.value:,.4g}", result.unit, floor, verdict))
    columns = (("figure", "left"), ("value", "right"), ("unit", "left"), ("floor", "right"), ("", "left"))
    stdout().print(table(title, columns, rows))
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
