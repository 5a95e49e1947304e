"""What ``wakhan up`` does: the name of each piece of work, when it is looked at, and how it may be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.schedule.clock import DailyAt, Every, Rhythm

if TYPE_CHECKING:
    from flows.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One piece of work.

    What takes longer than ``limit`` hangs, and is ended. What is ``undivided`` (a message handed over and not yet
    written down) is not interrupted by a stop but waited for. ``after`` names work whose end makes this one due.
    """

    name: str
    rhythm: Rhythm
    does: str
    limit: timedelta = timedelta(minutes=30)
    undivided: bool = False
    after: str | None = None


def plans_of(settings: Settings) -> tuple[Plan, ...]:
    """Return all the work, in the order in which it is begun when several come due together."""
    wish = settings.schedule
    minute = timedelta(minutes=1)
    plans = [
        Plan(
            name="collect",
            rhythm=Every(pause=wish.collect_minutes * minute),
            does="asks the sources whose time has come",
            # The first run over fifty outlets, paced as outlets wish, takes an hour or two.
            limit=timedelta(hours=6),
        ),
        Plan(
            name="notify",
            rhythm=Every(pause=minute),
            does="tells at once what is important",
            undivided=True,
            after="collect",
        ),
        Plan(name="digest", rhythm=Every(pause=minute), does="sends the digests that are due", undivided=True),
        Plan(
            name="publish",
            # It keeps its own pause by what a copy takes.
            rhythm=Every(pause=minute),
            does="puts the copy for readers in place",
            after="collect",
        ),
        Plan(
            name="translate",
            rhythm=Every(pause=wish.translate_minutes * minute),
            does="translates what waits",
            limit=timedelta(minutes=30 + settings.translation.backlog_minutes),
        ),
        Plan(name="health", rhythm=Every(pause=wish.health_minutes * minute), does="says what is late, silent or full"),
        Plan(
            name="prune",
            rhythm=DailyAt(hour=wish.prune_at, timezone=wish.timezone),
            does="removes what is older than useful",
        ),
    ]
    left_out = set()
    if not settings.notify.urls:
        left_out.add("notify")
    if settings.subscriptions is None or not settings.mail.host:
        left_out.add("digest")
    return tuple(plan for plan in plans if plan.name not in left_out)
