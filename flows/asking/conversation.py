"""Questions asked one after the other of one published copy, and of the newer one when it takes its place."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from warehouse.asking import MAX_ROWS, TIMEOUT_SECONDS, Answer, ask_reader, open_reader
from warehouse.cataloguing import Catalogue, catalogue_of, vocabulary_of
from warehouse.opening import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What each question may take, and whether files of this machine may be read."""

    max_rows: int = MAX_ROWS
    timeout_seconds: float = TIMEOUT_SECONDS
    allow_files: bool = False


@dataclass
class Conversation:
    """An open copy. ``parameters`` fill ``$name`` in every question."""

    path: Path
    limits: Limits = field(default_factory=Limits)
    parameters: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    @property
    def catalogue(self) -> Catalogue:
        """Views and macros of the copy that is open."""
        return self._catalogue

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Keywords and functions, for completion."""
        return self._vocabulary

    @property
    def published_at(self) -> datetime:
        """When the copy that is open was put in place."""
        return datetime.fromtimestamp(self._identity[2] / 1e9, tz=UTC)

    def is_replaced(self) -> bool:
        """Return whether another copy lies where this one was opened; while none does, this one holds."""
        try:
            return _identity_of(self.path) != self._identity
        except FileNotFoundError:
            return False

    def follow(self) -> bool:
        """Open the copy that took the place of this one; returns whether there was one."""
        if not self.is_replaced():
            return False
        self._held.close()
        self._open()
        return True

    def ask(self, query: str) -> Answer:
        """Answer one question; raises as ``ask_reader``."""
        return ask_reader(
            self._reader,
            query,
            parameters={name: value for name, value in self.parameters.items() if f"${name}" in query},
            max_rows=self.limits.max_rows,
            timeout_seconds=self.limits.timeout_seconds,
        )

    def _open(self) -> None:
        self._held = ExitStack()
        self._reader: Warehouse = self._held.enter_context(open_reader(self.path, allow_files=self.limits.allow_files))
        self._identity = _identity_of(self.path)
        self._catalogue = catalogue_of(self._reader)
        self._vocabulary = vocabulary_of(self._reader)


def _identity_of(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)  # noqa: PTH116 - one call for all three
    return found.st_dev, found.st_ino, found.st_mtime_ns
