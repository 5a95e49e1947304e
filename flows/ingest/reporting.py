"""What a run did, for a person and for a script."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from flows.console import say, stdout, table
from flows.ingest.failures import PROMISES
from records import OutletReport, RunReport
from records.counting import count_of

if TYPE_CHECKING:
    from flows.settings import Settings


def report_json(report: RunReport) -> dict[str, object]:
    """Return a run's report as JSON values; times in ISO 8601."""

    def plain(value: object) -> object:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return value

    return {key: plain(value) for key, value in dataclasses.asdict(report).items()}


def reason_of(report: OutletReport) -> str:
    """Return what failed at an outlet, one line: the first message, and how many more there were.

    Promises of its file that it did not keep stand in ``report.broken``, each a line of its own.
    """
    messages = Counter(failure.message for failure in report.failures if failure.step != PROMISES)
    if not messages:
        return ""
    (message, _), *others = messages.most_common()
    more = sum(messages.values()) - 1
    return f"{message} (+{more} more)" if more and others else message if not more else f"{message} (x{more + 1})"


def wrongs_of(report: OutletReport) -> list[str]:
    """Return what is wrong with an outlet, a line each: why it had failures, what its file expects and did not come."""
    failed = reason_of(report)
    return [*([failed] if failed else ()), *(f"not as expected: {broken}" for broken in report.broken)]


def show_outlets(report: RunReport) -> None:
    """Print a line an outlet: what it offered, what landed, what is wrong with it."""
    stdout().print(
        table(
            "Outlets",
            (("outlet", "left"), ("items", "right"), ("pages", "right"), ("new", "right"), ("revised", "right"),
             ("alerts", "right"), ("wrong", "left")),
            [
                (
                    each.outlet_id, each.items, each.fetched, each.new, each.revised, each.alerts,
                    "\n".join(wrongs_of(each)),
                )
                for each in report.outlets
            ],
        )
    )  # fmt: skip


def show_wrongs(report: RunReport) -> None:
    """Say on stderr, one line each, what is wrong with which outlet."""
    for each in report.outlets:
        for wrong in wrongs_of(each):
            say(f"{each.outlet_id}: {wrong}")
    if report.outlets and not any(map(_answered, report.outlets)):
        say("No outlet answered at all: is this machine offline? What has landed before is untouched.")


def _answered(report: OutletReport) -> bool:
    return bool(report.items or report.fetched or report.unchanged or not report.failures)


def show_last_line(
    report: RunReport, settings: Settings, *, look: str = "Look: wakhan digest preview, or wakhan sql."
) -> None:
    """Say on stderr what landed and where to look."""
    new, revised, alerts = (
        sum(getattr(each, name) for each in report.outlets) for name in ("new", "revised", "alerts")
    )
    failed = sum(1 for each in report.outlets if each.failures)
    seconds = (report.finished_at - report.started_at).total_seconds()
    outlets = f"{len(report.outlets) - failed} of {count_of(len(report.outlets), 'outlet')}"
    say(
        f"{count_of(new, 'new article')}, {count_of(alerts, 'new alert')}, {count_of(revised, 'revision')} landed in "
        f"{settings.warehouse} ({outlets} without failure, "
        f"{seconds:.0f} s). {look}"
    )
