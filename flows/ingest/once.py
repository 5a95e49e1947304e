"""One run from the command line, with a progress bar, and everything that stands at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import progress, say
from flows.ingest.opening import open_road
from flows.ingest.replaying import collect_from_archive
from flows.ingest.run import collect_plainly, ingest
from flows.ingest.turn import turn_of_run
from records import ConfigError, OutletReport, RunReport

if TYPE_CHECKING:
    from flows.settings import Settings


def run_once(
    settings: Settings,
    *,
    outlet_ids: Sequence[str] = (),
    since: datetime | None = None,
    limit: int | None = None,
    due_only: bool = False,
    addresses: Mapping[str, tuple[str, int]] | None = None,
) -> RunReport:
    """Collect every outlet once and return the report.

    ``due_only`` leaves out sources whose next poll is still to come, as schedules want it. ``addresses`` sends the
    named hosts to a fixed loopback address: the demo's press. Raises ``ConfigError`` before anything is fetched,
    ``WarehouseError`` when nothing can be landed.
    """
    say("Reading outlets and compiling watch-lists ...")
    with (
        turn_of_run(settings),
        open_road(
            settings, outlet_ids=outlet_ids, since=since, limit=limit, due_only=due_only, addresses=addresses
        ) as road,
        progress("Outlets", len(road.outlets)) as advance,
    ):

        def landed(report: OutletReport) -> None:
            advance(f"{report.outlet_id}: {report.new} new")

        return ingest(road, landed=landed, collect=collect_plainly)


def replay_once(settings: Settings, archive: Path, *, outlet_ids: Sequence[str] = ()) -> RunReport:
    """Send an archive (a WARC file, or a folder of them) through the road and return the report; nobody is asked.

    Raises ``ConfigError`` when there is no archive or no page of the outlets in it, ``WarehouseError`` when nothing can
    be landed.
    """
    say("Reading outlets and compiling watch-lists ...")
    with (
        turn_of_run(settings),
        open_road(settings, outlet_ids=outlet_ids, kind="replay") as road,
        progress("Outlets", len(road.outlets)) as advance,
    ):
        report = ingest(
            road,
            landed=lambda report: advance(f"{report.outlet_id}: {report.new} new"),
            collect=lambda road: collect_from_archive(road, archive),
        )
    if not report.outlets:
        raise ConfigError(
            "holds no page of an outlet of this run", path=archive, fix="`wakhan outlets list` shows their addresses"
        )
    return report
