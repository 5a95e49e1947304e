"""What was seen is kept: every answer goes to a WARC file before anything is read from it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from extractors.fetching.cdxj import Capture, index_line, key_of, parse_index_line
from extractors.fetching.client import Answer
from extractors.fetching.repair import repair_warc
from extractors.fetching.warc import new_record_id, sha1_of, warc_records, warcinfo_record
from records import ConfigError, Fetched

if TYPE_CHECKING:
    from typing import BinaryIO

log = logging.getLogger(__name__)

# 1 GB is the size the WARC guidelines recommend and other people's tools expect.
_DEFAULT_MAX_BYTES = 1_000_000_000


class Archive:
    """A folder of WARC files with an index beside each; threads may share it, and processes each write their own file.

    A file is closed when it passes ``max_bytes`` or the day (UTC) is over. Records are handed to the system whole, so a
    killed process leaves at most one cut record, which the next opening removes. Raises ``ConfigError`` when the folder
    cannot be written to.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = _DEFAULT_MAX_BYTES,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = folder
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._warc: BinaryIO | None = None
        self._index: BinaryIO | None = None
        self._path = folder
        self._day = date.min

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the current file; the next answer opens it again."""
        with self._lock:
            self._close()

    def write(self, answer: Answer) -> Capture:
        """Append one answer, whole or cut, and its request; return where it lies."""
        record_id = new_record_id()
        response, request = warc_records(answer, record_id)
        mime = (
            "warc/revisit" if answer.status == 304 else (answer.header("content-type") or "unk").split(";")[0].strip()
        )
        with self._lock:
            try:
                warc, index = self._open()
                offset = warc.seek(0, os.SEEK_END)
                capture = Capture(
                    url=answer.url,
                    at=answer.asked_at,
                    # A cut answer is kept but not offered as the page: status 0 in the index.
                    status=answer.status if answer.fault is None else 0,
                    mime=mime or "unk",
                    digest=sha1_of(answer.payload),
                    offset=offset,
                    length=len(response),
                    path=self._path,
                    record_id=record_id,
                )
                _append(warc, response + request, offset)
                index.write(index_line(capture))
            except OSError as exc:
                raise ConfigError(
                    f"the archive cannot be written: {exc.strerror or exc}",
                    path=self.folder,
                    fix="Make room, or point the archive setting to another folder",
                ) from exc
        return capture

    def captures(self, url: str) -> Iterator[Capture]:
        """Yield everything kept under a URL, newest day first, in no order within a day."""
        start = key_of(url).encode() + b" "
        for path in sorted(self.folder.glob("*.cdxj"), reverse=True):
            with path.open("rb") as lines:
                for line in lines:
                    if line.startswith(start):
                        capture = parse_index_line(line, self.folder)
                        if capture is not None:
                            yield capture

    def find(self, url: str, at: datetime | None = None) -> Capture | None:
        """Return the last good answer (status 200) for a URL, no later than ``at``."""
        best: Capture | None = None
        for capture in self.captures(url):
            if best is not None and capture.at.date() < best.at.date():
                break
            wanted = capture.status == 200 and (at is None or capture.at <= at)
            if wanted and (best is None or capture.at > best.at):
                best = capture
        return best

    def read(self, capture: Capture) -> Fetched:
        """Return a kept answer as it was fetched."""
        from extractors.fetching.replay import read_capture  # noqa: PLC0415 - fastwarc is needed for reading only

        return read_capture(capture)

    def _open(self) -> tuple[BinaryIO, BinaryIO]:
        today = self._clock().astimezone(UTC).date()
        if self._warc is not None and (self._day != today or self._warc.tell() >= self._max_bytes):
            self._close()
        if self._warc is None or self._index is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path, self._warc = self._claim(today)
            self._day = today
            index_path = index_path_of(self._path)
            cut = repair_warc(self._path, index_path)
            if cut:
                log.warning("%s: removed %d bytes of a record that a killed process had begun", self._path, cut)
            self._index = index_path.open("ab", buffering=0)
            if self._warc.seek(0, os.SEEK_END) == 0:
                self._warc.write(warcinfo_record(self._path.name, self._clock(), "Wakhan"))
        return self._warc, self._index

    def _claim(self, today: date) -> tuple[Path, BinaryIO]:
        """Open the day's first file that has room and that no other process is writing."""
        serial = 0
        while True:
            path = self.folder / f"wakhan-{today:%Y%m%d}-{serial:05d}.warc.gz"
            serial += 1
            if path.exists() and path.stat().st_size >= self._max_bytes:
                continue
            file = path.open("ab", buffering=0)
            if _lock_file(file):
                return path, file
            file.close()

    def _close(self) -> None:
        for file in (self._warc, self._index):
            if file is not None:
                file.close()
        self._warc = self._index = None


def index_path_of(warc: Path) -> Path:
    """Return the path of a WARC file's index."""
    return warc.with_name(warc.name.removesuffix(".warc.gz") + ".cdxj")


def _append(file: BinaryIO, data: bytes, offset: int) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[file.write(view) :]
    except OSError:
        file.truncate(offset)  # a full disk must not leave half a record in the middle of the file
        raise


def _lock_file(file: BinaryIO) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where an open file is locked enough
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
