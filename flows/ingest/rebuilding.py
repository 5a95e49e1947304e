"""``wakhan db rebuild``: the warehouse made again from what was kept of every page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from flows.ingest.once import replay_once
from records import ConfigError, RunReport
from warehouse.publishing import publish
from warehouse.rebuilding import take_place

if TYPE_CHECKING:
    from flows.settings import Settings


def rebuild(settings: Settings, archive: Path | None = None) -> tuple[RunReport, Path | None]:
    """Rebuild the warehouse from ``archive`` (default: our own) and return the replay's report and where the old is.

    The rebuilt one is made beside the old, which runs may go on using; it takes the old one's place at the end (see
    ``warehouse.rebuilding``). Nothing is translated here: what has no translation yet is left to the next run. Raises
    ``ConfigError`` when there is no archive, ``WarehouseError`` when the result does not hold its rules.
    """
    beside = settings.data_dir / "rebuilding"
    shutil.rmtree(beside, ignore_errors=True)
    there = settings.model_copy(
        update={
            "data_dir": beside,
            "translation": settings.translation.model_copy(update={"engines": (), "models_dir": settings.models}),
        }
    )
    try:
        report = replay_once(there, archive or settings.archive)
    except ConfigError:
        # Before anything was read: there is nothing to look at.
        shutil.rmtree(beside, ignore_errors=True)
        raise
    moved = take_place(there.warehouse, settings.warehouse)
    publish(settings.warehouse, settings.published)
    shutil.rmtree(beside)
    return report, moved
