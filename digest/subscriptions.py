"""Who gets which digest when: one YAML file a reader, written by a person."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from configfiles import FileKind, read_strict, read_text
from records import ConfigError, Priority

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

KIND = FileKind(error=ConfigError, start="name: Anna Petrova", docs="docs/digest.md")

# What mail servers take without SMTPUTF8, which many do not offer: ASCII before the @, and a domain.
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^\s@<>,;:\\\"()\[\]]+")

# RFC 5321, 4.5.3.1.3: a path has 256 characters with its two brackets.
_ADDRESS_CHARACTERS = 254


def ascii_address(value: str) -> str:
    """Return a mail address as servers take it, the domain in its ASCII form. Raises ``ValueError``."""
    local, _, domain = value.rpartition("@")
    try:
        # One label stays as it is: `localhost` has no dot, and IDNA 2003 is what SMTP servers look up.
        address = f"{local}@{domain.encode('idna').decode('ascii')}" if local else ""
    except UnicodeError:
        address = ""
    if not _ADDRESS.fullmatch(address) or len(address) > _ADDRESS_CHARACTERS:
        raise ValueError(f"{value!r} is not a mail address -> Write it like anna@example.org, without the name")
    return address


def _one_line(value: str) -> str:
    if not value.isprintable() or not value.strip():
        raise ValueError("a name is one line of text -> Remove line breaks and invisible characters")
    return " ".join(value.split())


@cache
def _zones() -> frozenset[str]:
    # Walks the zone files of the system: tens of milliseconds.
    return frozenset(available_timezones())


def _known_zone(value: str) -> str:
    known = _zones()
    if value not in known:
        close = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
        hint = f"Did you mean {close[0]}?" if close else "Write it like Asia/Dushanbe"
        raise ValueError(f"{value!r} is no time zone -> {hint}")
    return value


def _whole_minute(value: dt.time) -> dt.time:
    if value.second or value.microsecond or value.tzinfo:
        raise ValueError("an hour is hours and minutes, without a zone -> Write it like 07:00; the zone is `timezone`")
    return value


Address = Annotated[str, AfterValidator(ascii_address)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Clock = Annotated[dt.time, AfterValidator(_whole_minute)]


class Subscription(BaseModel):
    """One reader's wishes. ``id`` is the file's stem; ``None`` for lists or languages means all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    name: Annotated[str, Field(max_length=100), AfterValidator(_one_line)]
    address: Address
    lists: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    languages: Annotated[tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...], Field(min_length=1)] | None = None
    min_priority: Priority = "low"
    hour: Clock = dt.time(7, 0)
    timezone: Zone = "Asia/Dushanbe"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS
    format: Literal["html+text", "text"] = "html+text"

    @property
    def zone(self) -> ZoneInfo:
        """The zone its hour is counted in."""
        return ZoneInfo(self.timezone)


def load_subscriptions(folder: Path | None, *, known_lists: Sequence[str] | None = None) -> tuple[Subscription, ...]:
    """Read every ``*.yml`` of a folder, in the order of their names; ``None`` is nobody.

    Raises ``ConfigError`` with the file, the key with its line, and what to write instead: also for a list that is not
    among ``known_lists``, and for a folder that is not there.
    """
    if folder is None:
        return ()
    if not folder.is_dir():
        raise ConfigError("there is no such folder of subscriptions", path=folder, fix="Make it, or mend the setting")
    files = sorted(file for file in folder.iterdir() if file.suffix in {".yml", ".yaml"} and file.is_file())
    readers = tuple(read_subscription(file) for file in files)
    if len({reader.id for reader in readers}) < len(readers):
        raise ConfigError("two files have the same name but for .yml and .yaml", path=folder, fix="Rename one")
    for file, reader in zip(files, readers, strict=True):
        _refuse_unknown_lists(file, reader, known_lists)
    return readers


def read_subscription(path: Path) -> Subscription:
    """Read one subscription file. Raises ``ConfigError``."""
    text = read_text(path, error=ConfigError)
    return read_strict(text, Subscription, path=path, kind=KIND, given={"id": path.stem})


def _refuse_unknown_lists(path: Path, reader: Subscription, known: Sequence[str] | None) -> None:
    for list_id in reader.lists or ():
        if known is not None and list_id not in known:
            close = difflib.get_close_matches(list_id, known, n=1)
            hint = f"Did you mean {close[0]!r}? " if close else ""
            raise ConfigError(
                f"there is no watch-list {list_id!r}",
                path=path,
                key="lists",
                fix=f"{hint}There are: {', '.join(known)}",
            )
