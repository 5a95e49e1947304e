"""Immediate alerts: what is too important to wait for the morning, told through Apprise.

Each address is a reader of its own in the outbox, so the rule of once only is the digest's. What came since the last
message goes out as one; a pause between two and quiet hours make bursts one message too.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from digest.wording import clean, headline_of, ids_of, is_translated, safe_url, summary_of
from records import ConfigError, Priority
from records.counting import count_of
from records.digests import DigestEdition, DigestItem, Evidence
from warehouse import Warehouse, open_warehouse, read_edition
from warehouse.digesting import LATE
from warehouse.outbox import (
    NewMessage,
    Outgoing,
    Told,
    count_untold,
    has_outgoing,
    outbox_lock,
    put_in_outbox,
    record_sending,
    start_sending,
    told_until,
    withdraw_astray,
    withdraw_waiting,
)

if TYPE_CHECKING:
    from flows.settings import NotifySettings, QuietHours, Settings

# A new address is not told the past: an alert older than this is no news.
_FIRST = timedelta(hours=1)

# What landed while the clock ran ahead bears an hour that is still to come, and is news all the same.
_AHEAD = timedelta(days=3650)

# Stories named in one message; a chat shows about that much without unfolding. The rest is counted.
_STORIES = 8

# What chats read as more than words: `<!channel>` and `@everyone` wake all, `[words](address)` hides where it leads.
_NO_MARKUP = str.maketrans("<>@[]", "‹›＠［］")

PRIORITIES: tuple[Priority, ...] = ("high", "normal", "low")

# An Apprise address, a title and a body go in; whether it was taken comes out.
Deliver = Callable[[str, str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of a message to an address, which is called by the name of its environment variable."""

    name: str
    state: Literal["sent", "waiting"]
    title: str


def notify(settings: Settings, *, now: datetime, deliver: Deliver | None = None) -> tuple[Notice, ...]:
    """Tell each address what is important and new at ``now`` (aware), and what an earlier try left.

    Safe to call after every run and as often as one likes. Raises ``ConfigError`` for a variable that is not set.
    """
    addresses = _addresses(settings.notify)
    if not addresses or not settings.warehouse.exists() or in_quiet_hours(settings.notify.quiet, now=now):
        return ()
    readers = _readers(settings.notify)
    done = []
    with outbox_lock(settings.warehouse):
        with open_warehouse(settings.warehouse) as warehouse:
            withdraw_astray(warehouse, kind="alert", readers=list(readers), now=now)
            for reader in readers:
                _make(warehouse, settings.notify, reader, now)
            outgoing = start_sending(warehouse, kind="alert", readers=list(readers), now=now)
        for message in outgoing:
            name = readers[message.reader]
            taken = (deliver or _deliver)(addresses[name], message.subject, message.mail.decode("utf-8"))
            _record(settings, message, taken=taken, now=now)
            done.append(Notice(name=name, state="sent" if taken else "waiting", title=message.subject))
    return tuple(done)


def has_news(settings: Settings, *, now: datetime) -> bool:
    """Say whether ``notify`` has something to tell now; nothing is written. Raises as it does."""
    wishes = settings.notify
    if not _addresses(wishes) or not settings.warehouse.exists() or in_quiet_hours(wishes.quiet, now=now):
        return False
    priorities = PRIORITIES[: PRIORITIES.index(wishes.min_priority) + 1]
    with open_warehouse(settings.warehouse) as warehouse:
        if has_outgoing(warehouse, kind="alert", readers=list(_readers(wishes)), now=now):
            return True
        for reader in _readers(wishes):
            told = told_until(warehouse, reader, now=now)
            since, late = _window(wishes, told, now)
            if not _pauses(wishes, told, now) and count_untold(
                warehouse, reader, since=since - late, priorities=priorities
            ):
                return True
    return False


def in_quiet_hours(quiet: QuietHours | None, *, now: datetime) -> bool:
    """Say whether nobody is to be disturbed; hours that begin in the evening end in the morning."""
    if quiet is None:
        return False
    clock = now.astimezone(ZoneInfo(quiet.timezone)).time()
    if quiet.begin <= quiet.end:
        return quiet.begin <= clock < quiet.end
    return clock >= quiet.begin or clock < quiet.end


def _begin(wishes: NotifySettings, now: datetime) -> datetime:
    """Return when an address that was told nothing yet could have been told last: before a night that is just over."""
    quiet = wishes.quiet
    if quiet is None or not in_quiet_hours(quiet, now=now - _FIRST):
        return now
    local = (now - _FIRST).astimezone(ZoneInfo(quiet.timezone))
    evening = local.replace(hour=quiet.begin.hour, minute=quiet.begin.minute, second=0, microsecond=0)
    return evening if evening <= local else evening - timedelta(days=1)


def _addresses(wishes: NotifySettings) -> dict[str, str]:
    addresses = {name: os.environ.get(name, "") for name in wishes.urls}
    for name, address in addresses.items():
        if not address:
            raise ConfigError(
                f"the environment has no {name}",
                key="notify.urls",
                fix="Put an Apprise address into it, or take it out of the list.",
            )
    return addresses


def _readers(wishes: NotifySettings) -> dict[str, str]:
    """Return the variables that hold addresses, by the name of their reader in the outbox."""
    return {f"notify:{name}": name for name in wishes.urls}


def _window(wishes: NotifySettings, told: Told, now: datetime) -> tuple[datetime, timedelta]:
    """Return from when on an address is told, and how far before that what it was not told yet is looked for.

    As far as the digest looks: the last message may be one of a clock that ran ahead and cover hours to come.
    But never so far that a new address is told the past.
    """
    if told.until is None or told.begun_at is None:
        return _begin(wishes, now) - _FIRST, timedelta(0)
    return told.until, min(LATE, told.until - told.begun_at)


def _pauses(wishes: NotifySettings, told: Told, now: datetime) -> bool:
    return told.made_at is not None and now - told.made_at < timedelta(minutes=wishes.every_minutes)


def _make(warehouse: Warehouse, wishes: NotifySettings, reader: str, now: datetime) -> None:
    told = told_until(warehouse, reader, now=now)
    # Also while one waits: it is tried again at its own pace, and what is new joins it after the pause.
    if _pauses(wishes, told, now):
        return
    if withdraw_waiting(warehouse, reader, now=now):
        # Asked again: what was waiting is told by this message.
        told = told_until(warehouse, reader, now=now)
    since, late = _window(wishes, told, now)
    timezone = wishes.quiet.timezone if wishes.quiet else "UTC"
    edition = read_edition(
        warehouse,
        since=since,
        until=now + _AHEAD,
        timezone=timezone,
        min_priority=wishes.min_priority,
        untold_by=reader,
        late=late,
    )
    if not edition.items:
        return
    message = NewMessage(
        digest_id=f"{reader}.{now.isoformat()}",
        reader=reader,
        kind="alert",
        day=None,
        since=edition.since,
        until=now,
        subject=f"Wakhan: {summary_of(_live(edition))}",
        message_id=None,
        mail=_body(edition).encode("utf-8"),
        alert_ids=tuple(dict.fromkeys(alert for item in edition.items for alert in item.alert_ids)),
    )
    put_in_outbox(warehouse, message, now=now)


def _live(edition: DigestEdition) -> DigestEdition:
    # What a back-scan found is old: it waits for the digest.
    return replace(edition, backscanned=())


def _body(edition: DigestEdition) -> str:
    told = [_story(item) for item in edition.items[:_STORIES]]
    if len(edition.items) > _STORIES:
        told.append(f"And {count_of(len(edition.items) - _STORIES, 'story more', 'stories more')} in the next digest.")
    return "\n\n".join(told)


def _story(item: DigestItem) -> str:
    captions = ", ".join(dict.fromkeys(_caption(shown) for shown in item.evidence))
    told = f"{headline_of(item, 200)}\n{clean(item.outlet, 80)}: {captions}".translate(_NO_MARKUP)
    ids = ids_of(item).strip("[]")  # brackets are markup to some channels
    return f"{told}{f' · {ids}' if ids else ''}\n{safe_url(item.url) or ''}"


def _caption(shown: Evidence) -> str:
    caption = clean(shown.caption, 80)
    return f"{caption} (named only in the machine translation)" if is_translated(shown) else caption


def _record(settings: Settings, message: Outgoing, *, taken: bool, now: datetime) -> None:
    with open_warehouse(settings.warehouse, wait_seconds=600) as warehouse:
        # Apprise says yes or no, and logs why without the address.
        record_sending(
            warehouse, message, "sent" if taken else "waiting", now=now, error=None if taken else "not delivered"
        )


def _deliver(address: str, title: str, body: str) -> bool:
    import apprise  # noqa: PLC0415 - a second of imports, and most calls have nothing to tell

    channel = apprise.Apprise(
        asset=apprise.AppriseAsset(app_id="Wakhan", app_desc="Wakhan", app_url="", secure_logging=True)
    )
    return bool(channel.add(address)) and bool(
        channel.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
    )
