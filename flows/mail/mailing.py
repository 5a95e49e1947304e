"""Send the digests that are due: decided from clock and outbox, made in one transaction, handed over one by one."""

from __future__ import annotations

import email
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import SMTP
from typing import TYPE_CHECKING, Literal

from digest.due import Slot, due_slot
from digest.mail import Recipient, Sender, build_mail
from digest.rendering import render_digest
from digest.sending import MailServer, Outcome, send_mail
from digest.subscriptions import Subscription, load_subscriptions
from digest.wording import summary_of
from records import ConfigError, MailError
from records.digests import DigestEdition
from warehouse import Warehouse, open_warehouse, read_edition
from warehouse.opening import need_warehouse
from warehouse.outbox import (
    NewMessage,
    Outgoing,
    State,
    has_outgoing,
    outbox_lock,
    put_in_outbox,
    record_sending,
    start_sending,
    told_days,
    told_until,
    withdraw_astray,
    withdraw_waiting,
)

if TYPE_CHECKING:
    from flows.settings import Settings

Became = Literal["due", "sent", "waiting", "refused", "doubtful"]

# A run may hold the warehouse while it lands; what a server took is written down however long that lasts.
_RECORD_WAIT_SECONDS = 600.0

_STATES: dict[str, State] = {"accepted": "sent", "deferred": "waiting", "refused": "refused", "doubtful": "sending"}

_WORDS: dict[str, Became] = {"accepted": "sent", "deferred": "waiting", "refused": "refused", "doubtful": "doubtful"}

# A server that swallows a mail and never answers may deliver each copy; five copies are enough.
_DOUBTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What became of a reader's digest: ``due`` in a dry run; ``doubtful`` is handed over again by the next call."""

    reader: str
    state: Became
    subject: str
    said: str = ""


def readers_of(settings: Settings, only: Sequence[str] = ()) -> tuple[Subscription, ...]:
    """Return the subscriptions, or those named. Raises ``ConfigError`` for a wrong file or a name that is not there."""
    if settings.subscriptions is None:
        raise ConfigError(
            "nobody is subscribed",
            key="subscriptions",
            fix="Set it to a folder with one file a reader, as docs/digest.md shows.",
        )
    readers = load_subscriptions(settings.subscriptions)
    if any(reader.lists for reader in readers):
        # Reading all watch-lists takes a second or two: only where somebody names one.
        from watchlists.listfile import load_lists  # noqa: PLC0415

        known = [each.id for each in load_lists(settings.lists)]
        readers = load_subscriptions(settings.subscriptions, known_lists=known)
    missing = sorted(set(only) - {reader.id for reader in readers})
    if missing:
        names = ", ".join(reader.id for reader in readers) or "none"
        raise ConfigError(f"no subscription {missing[0]!r}", path=settings.subscriptions, fix=f"There are: {names}.")
    return tuple(reader for reader in readers if not only or reader.id in only)


def send_due(
    settings: Settings,
    *,
    now: datetime,
    only: Sequence[str] = (),
    sleep: Callable[[float], None] | None = None,
) -> tuple[Sending, ...]:
    """Make the digests that are due at ``now`` (aware), and hand over whatever is in the outbox.

    Safe to call as often as one likes. Raises ``ConfigError`` for settings and subscriptions, ``MailError`` when the
    server cannot be used as set up (the digests stay in the outbox), ``WarehouseError`` without a warehouse.
    """
    readers = readers_of(settings, only)
    sender, server = _sender(settings), _server(settings)
    need_warehouse(settings.warehouse)
    with outbox_lock(settings.warehouse):
        with open_warehouse(settings.warehouse) as warehouse:
            if not only:
                withdraw_astray(warehouse, kind="digest", readers=[reader.id for reader in readers], now=now)
            for reader in readers:
                slot = due_slot(reader, now=now, told_days=told_days(warehouse, reader.id))
                if slot is not None:
                    _make(warehouse, settings, reader, slot, sender=sender, now=now)
            outgoing = start_sending(warehouse, kind="digest", readers=[reader.id for reader in readers], now=now)
        return _hand_over_all(settings, outgoing, sender=sender, server=server, now=now, sleep=sleep)


def anything_due(settings: Settings, *, now: datetime) -> bool:
    """Say whether ``send_due`` has something to do now; nothing is written. Raises ``ConfigError``."""
    readers = readers_of(settings)
    if not readers or not settings.warehouse.exists():
        return False
    with open_warehouse(settings.warehouse) as warehouse:
        return has_outgoing(warehouse, kind="digest", readers=[reader.id for reader in readers], now=now) or any(
            due_slot(reader, now=now, told_days=told_days(warehouse, reader.id)) for reader in readers
        )


def due_now(settings: Settings, *, now: datetime, only: Sequence[str] = ()) -> tuple[Sending, ...]:
    """Return what ``send_due`` would make now, and send and write nothing."""
    readers = readers_of(settings, only)
    need_warehouse(settings.warehouse)
    found = []
    with open_warehouse(settings.warehouse) as warehouse:
        for reader in readers:
            slot = due_slot(reader, now=now, told_days=told_days(warehouse, reader.id))
            if slot is not None:
                edition = edition_for(warehouse, reader, first=slot.since, now=now)
                found.append(Sending(reader=reader.id, state="due", subject=summary_of(edition), said=reader.address))
    return tuple(found)


def edition_for(
    warehouse: Warehouse, reader: Subscription, *, first: datetime, now: datetime, again_from: datetime | None = None
) -> DigestEdition:
    """Read what a reader has not been told yet; ``first`` is where that starts when nothing was told before.

    ``again_from`` reads everything from then on instead, told or not.
    """
    told = told_until(warehouse, reader.id, now=now)
    return read_edition(
        warehouse,
        since=again_from or told.until or first,
        until=now,
        reader=reader.name,
        timezone=reader.timezone,
        lists=reader.lists,
        languages=reader.languages,
        min_priority=reader.min_priority,
        untold_by=None if again_from else reader.id,
    )


def _make(
    warehouse: Warehouse, settings: Settings, reader: Subscription, slot: Slot, *, sender: Sender, now: datetime
) -> None:
    withdraw_waiting(warehouse, reader.id, now=now)
    edition = edition_for(warehouse, reader, first=slot.since, now=now)
    rendered = render_digest(edition, archive_url=settings.mail.archive_url)
    recipient = Recipient(reader=reader.id, address=reader.address, name=reader.name, format=reader.format)
    mail = build_mail(rendered, sender=sender, recipient=recipient, day=slot.day, made_at=now)
    told = dict.fromkeys(alert_id for item in (*edition.items, *edition.backscanned) for alert_id in item.alert_ids)
    message = NewMessage(
        digest_id=f"{reader.id}.{slot.day.isoformat()}",
        reader=reader.id,
        kind="digest",
        day=slot.day,
        since=edition.since,
        until=edition.until,
        subject=rendered.subject,
        message_id=str(mail["Message-ID"]),
        mail=mail.as_bytes(),
        alert_ids=tuple(told),
    )
    put_in_outbox(warehouse, message, now=now)


def _hand_over_all(
    settings: Settings,
    outgoing: Sequence[Outgoing],
    *,
    sender: Sender,
    server: MailServer,
    now: datetime,
    sleep: Callable[[float], None] | None,
) -> tuple[Sending, ...]:
    done = []
    for place, message in enumerate(outgoing):
        pause = {} if sleep is None else {"sleep": sleep}
        try:
            outcome = send_mail(
                message.mail, sender=sender.address, recipient=_address_in(message.mail), server=server, **pause
            )
        except MailError as error:
            # The same would happen to all the others: none was taken, all wait.
            _record(settings, outgoing[place:], Outcome(kind="deferred", said=str(error)), now)
            raise
        if outcome.kind == "doubtful" and message.attempts + 1 >= _DOUBTS:
            outcome = Outcome(kind="refused", said=f"no answer to {_DOUBTS} whole mails: {outcome.said}")
        _record(settings, [message], outcome, now)
        done.append(
            Sending(reader=message.reader, state=_WORDS[outcome.kind], subject=message.subject, said=outcome.said)
        )
    return tuple(done)


def _record(settings: Settings, messages: Sequence[Outgoing], outcome: Outcome, now: datetime) -> None:
    error = None if outcome.kind == "accepted" else outcome.said
    with open_warehouse(settings.warehouse, wait_seconds=_RECORD_WAIT_SECONDS) as warehouse:
        for message in messages:
            record_sending(warehouse, message, _STATES[outcome.kind], now=now, error=error)


def _address_in(mail: bytes) -> str:
    """Return the address a mail is for, as it stands in it: a mail made before the file changed goes where it says."""
    to = email.message_from_bytes(mail, policy=SMTP)["To"]
    return str(to.addresses[0].addr_spec)


def _sender(settings: Settings) -> Sender:
    mail = settings.mail
    if not mail.host or mail.sender is None:
        raise ConfigError(
            "no mail server is set up", key="mail.host", fix="Set mail.host and mail.sender; see docs/settings.md."
        )
    return Sender(
        address=mail.sender,
        name=mail.sender_name,
        unsubscribe=mail.unsubscribe,
        unsubscribe_url=mail.unsubscribe_url,
    )


def _server(settings: Settings) -> MailServer:
    mail = settings.mail
    password = os.environ.get("WAKHAN_SMTP_PASSWORD", "")
    if mail.user and not password:
        raise ConfigError(
            f"mail.user is {mail.user} and there is no password for it",
            key="mail.user",
            fix="Put it into the environment as WAKHAN_SMTP_PASSWORD.",
        )
    return MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=password,
        ca_file=mail.ca_file,
        timeout_seconds=mail.timeout_seconds,
    )


def utc_now() -> datetime:
    """Return the moment: the one place where the sending of mail looks at the clock."""
    return datetime.now(UTC)
