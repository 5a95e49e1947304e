"""The outbox: each alert is in at most one message to a reader, and a message is kept until a server takes it.

A message and the alerts it tells are written in one transaction before anything is sent. Just before it is handed over
it becomes ``sending``; what came of it is written right after. After a crash between the two nobody knows whether the
server took it. The doubt falls on the side of sending: minutes later it is handed over again, byte for byte, so under
the same Message-ID, by which mail servers and clients drop the second copy. The other way would lose alerts in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from records import Priority, WarehouseLockedError
from warehouse.locking import lock_path_of, owner_of, writer_lock
from warehouse.opening import Warehouse
from warehouse.parameters import aware, utc
from warehouse.sqlfiles import sql_of
from warehouse.transactions import transaction

Kind = Literal["digest", "alert"]
State = Literal["sending", "waiting", "sent", "refused", "withdrawn"]

# First pause of a message that was not taken, doubled each time: greylisting wants minutes, a broken server hours.
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message for a reader with the alerts it tells; ``day`` is that of a digest."""

    digest_id: str
    reader: str
    kind: Kind
    day: date | None
    since: datetime
    until: datetime
    subject: str
    message_id: str | None
    mail: bytes
    alert_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message to hand over; ``attempts`` were made before."""

    digest_id: str
    reader: str
    subject: str
    mail: bytes
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Up to when a reader has been told, when the last message was made, and where the first one began."""

    until: datetime | None
    made_at: datetime | None
    begun_at: datetime | None


@contextmanager
def outbox_lock(warehouse: Path, *, wait_seconds: float = 60) -> Iterator[None]:
    """Hold the outbox: one sender at a time, so that ``sending`` seen by its holder is what a crash left.

    Raises ``WarehouseLockedError`` naming the holder.
    """
    beside = warehouse.with_name("outbox")
    beside.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        try:
            held.enter_context(writer_lock(beside, wait_seconds=wait_seconds))
        except WarehouseLockedError as error:
            owner = owner_of(lock_path_of(beside))
            raise WarehouseLockedError(f"digests are being sent by {owner}. Wait for it to finish.") from error
        yield


def told_days(warehouse: Warehouse, reader: str) -> frozenset[date]:
    """Return the days whose digest a reader got, is getting, or refused."""
    rows = warehouse.connection.execute(sql_of("queries", "told_days"), {"reader": reader}).fetchall()
    return frozenset(day for (day,) in rows if day is not None)


def told_until(warehouse: Warehouse, reader: str, *, now: datetime) -> Told:
    """Return up to when a reader has been told; a clock that ran ahead is not believed before its hour comes."""
    values = {"reader": reader, "now": utc(now)}
    (row,) = warehouse.connection.execute(sql_of("queries", "told_until"), values).fetchall()
    until, made_at, begun_at = (None if moment is None else aware(moment) for moment in row)
    return Told(until=until, made_at=made_at, begun_at=begun_at)


def put_in_outbox(warehouse: Warehouse, message: NewMessage, *, now: datetime) -> None:
    """Keep a message and the alerts it tells, in one transaction."""
    with transaction(warehouse):
        warehouse.connection.execute(
            sql_of("statements", "put_in_outbox"),
            {
                "digest_id": message.digest_id,
                "reader": message.reader,
                "kind": message.kind,
                "day": message.day,
                "since_at": utc(message.since),
                "until_at": utc(message.until),
                "subject": message.subject,
                "message_id": message.message_id,
                "made_at": utc(now),
                "mail": message.mail,
            },
        )
        warehouse.connection.execute(
            sql_of("statements", "tell_alerts"),
            {"reader": message.reader, "digest_id": message.digest_id, "alert_id": list(message.alert_ids)},
        )


def withdraw_waiting(warehouse: Warehouse, reader: str, *, now: datetime) -> int:
    """Give up what no server has taken yet of a reader's messages, and free their alerts; return how many.

    Done before the next message is made, so that after days of a broken server one message tells everything.
    """
    rows = warehouse.connection.execute(sql_of("queries", "waiting"), {"reader": reader}).fetchall()
    return _withdraw(warehouse, [digest_id for (digest_id,) in rows], now=now)


def withdraw_astray(warehouse: Warehouse, *, kind: Kind, readers: Sequence[str], now: datetime) -> int:
    """Give up the messages of everybody but these readers, which nobody hands over any more; return how many."""
    values = {"kind": kind, "readers": list(readers)}
    rows = warehouse.connection.execute(sql_of("queries", "astray"), values).fetchall()
    return _withdraw(warehouse, [digest_id for (digest_id,) in rows], now=now)


def _withdraw(warehouse: Warehouse, digest_ids: Sequence[str], *, now: datetime) -> int:
    with transaction(warehouse):
        for digest_id in digest_ids:
            warehouse.connection.execute(sql_of("statements", "untell_alerts"), {"digest_id": digest_id})
            warehouse.connection.execute(
                sql_of("statements", "record_sending"),
                {"digest_id": digest_id, "state": "withdrawn", "last_error": None, "at": utc(now), "next_try_at": None},
            )
    return len(digest_ids)


def start_sending(warehouse: Warehouse, *, kind: Kind, readers: Sequence[str], now: datetime) -> tuple[Outgoing, ...]:
    """Return what is to be handed over now to these readers, marked as being sent."""
    outgoing = _outgoing(warehouse, kind=kind, readers=readers, now=now)
    with transaction(warehouse):
        for message in outgoing:
            warehouse.connection.execute(
                sql_of("statements", "start_sending"),
                {"digest_id": message.digest_id, "next_try_at": utc(now + _pause(message))},
            )
    return outgoing


def has_outgoing(warehouse: Warehouse, *, kind: Kind, readers: Sequence[str], now: datetime) -> bool:
    """Say whether ``start_sending`` would find something, and mark nothing."""
    return bool(_outgoing(warehouse, kind=kind, readers=readers, now=now))


def _outgoing(warehouse: Warehouse, *, kind: Kind, readers: Sequence[str], now: datetime) -> tuple[Outgoing, ...]:
    values = {"kind": kind, "readers": list(readers), "now": utc(now)}
    rows = warehouse.connection.execute(sql_of("queries", "outgoing"), values).fetchall()
    return tuple(
        Outgoing(digest_id=row[0], reader=row[1], subject=row[2], mail=bytes(row[3]), attempts=row[4]) for row in rows
    )


def count_untold(warehouse: Warehouse, reader: str, *, since: datetime, priorities: Sequence[Priority]) -> int:
    """Return how many live alerts, made since then, stand in no message to a reader."""
    values = {"reader": reader, "since": utc(since), "priorities": list(priorities)}
    ((count,),) = warehouse.connection.execute(sql_of("queries", "untold"), values).fetchall()
    return int(count)


def record_sending(
    warehouse: Warehouse, message: Outgoing, state: State, *, now: datetime, error: str | None = None
) -> None:
    """Write down what came of handing a message over. The alerts of a refused one are free for the next."""
    with transaction(warehouse):
        warehouse.connection.execute(
            sql_of("statements", "record_sending"),
            {
                "digest_id": message.digest_id,
                "state": state,
                "last_error": error,
                "at": utc(now),
                "next_try_at": utc(now + _pause(message)) if state in {"waiting", "sending"} else None,
            },
        )
        if state == "refused":
            warehouse.connection.execute(sql_of("statements", "untell_alerts"), {"digest_id": message.digest_id})


def _pause(message: Outgoing) -> timedelta:
    doubled: int = 1 << min(message.attempts, 10)
    return min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)
