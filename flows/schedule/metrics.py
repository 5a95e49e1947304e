"""The figures of ``wakhan status`` for Prometheus, on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric

from flows.schedule.prefect_home import HOST
from flows.schedule.status import Status, read_status
from records import ConfigError, WarehouseError

if TYPE_CHECKING:
    from flows.settings import Settings

# Several scrapers, or one in a hurry, do not ask the warehouse each time.
_FRESH_SECONDS = 10.0


@contextmanager
def serve_metrics(settings: Settings) -> Iterator[None]:
    """Answer /metrics until the block ends, when the settings name a port. Raises ``ConfigError`` when it is taken."""
    port = settings.schedule.metrics_port
    if port is None:
        yield
        return
    registry = CollectorRegistry()
    registry.register(_Figures(settings))
    try:
        server, thread = start_http_server(port, addr=HOST, registry=registry)
    except OSError as error:
        raise ConfigError(
            f"port {port} of this machine is taken ({error.strerror})",
            key="schedule.metrics_port",
            fix="Set it to a free one, or to null.",
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def metrics_address(settings: Settings) -> str:
    """Return where the figures are."""
    return f"http://{HOST}:{settings.schedule.metrics_port}/metrics"


class _Figures:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._read_at = 0.0
        self._families: list[Metric] = []

    def describe(self) -> Iterable[Metric]:
        """Return nothing: names depend on what there is, and are known when asked for."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Return all figures."""
        with self._lock:
            if time.monotonic() - self._read_at > _FRESH_SECONDS:
                # Asked for from within `wakhan up`, which therefore runs.
                self._families = list(families_of(_status(self._settings)))
                self._read_at = time.monotonic()
            return self._families


def _status(settings: Settings) -> Status | None:
    try:
        return read_status(settings, now=datetime.now(UTC), up=True)
    except WarehouseError:
        # A copy that cannot be read (of a newer program, say) is what `wakhan_readable 0` tells.
        return None


def families_of(status: Status | None) -> Iterator[Metric]:
    """Yield the figures of a status; times are Unix seconds."""
    yield _gauge("wakhan_readable", "1 when the published copy could be read", 1 if status else 0)
    if status is None:
        return
    yield from _jobs(status)
    disk = GaugeMetricFamily("wakhan_bytes", "Size of what lies in data_dir", labels=["part"])
    for part, size in status.disk.sizes.items():
        disk.add_metric([part], size)
    yield disk
    yield _gauge("wakhan_disk_free_bytes", "Free bytes where data_dir lies", status.disk.free)
    yield _gauge("wakhan_prefect_up", "1 while Prefect's server answers", 1 if status.journal.prefect else 0)
    if status.published_at is not None:
        yield _gauge(
            "wakhan_published_at_seconds", "When readers' copy was put in place", status.published_at.timestamp()
        )
    standing = status.standing
    if standing is None:
        return
    sources = GaugeMetricFamily("wakhan_sources", "Sources by how they do", labels=["status"])
    for name in ("normal", "degraded", "failing", "silent", "unknown"):
        sources.add_metric([name], standing.sources.get(name, 0))
    yield sources
    yield _gauge("wakhan_articles", "Articles in the warehouse", standing.articles)
    yield _gauge("wakhan_alerts", "Alerts in the warehouse", standing.alerts)
    yield _gauge("wakhan_untranslated", "Articles that wait for translation", standing.untranslated)
    yield _gauge("wakhan_glossed", "Articles that have a word-by-word gist only", standing.glossed)
    yield _gauge("wakhan_outbox_waiting", "Messages no server has taken yet", standing.waiting)
    yield _gauge("wakhan_outbox_refused_24h", "Messages refused for good in 24 hours", standing.refused)
    yield _gauge("wakhan_failures_24h", "Failures of sources and pages in 24 hours", standing.failures)
    if standing.runs:
        yield _gauge(
            "wakhan_last_run_started_at_seconds", "When the last run began", standing.runs[0].started_at.timestamp()
        )


def _jobs(status: Status) -> Iterator[Metric]:
    late = GaugeMetricFamily("wakhan_job_late_seconds", "How long a piece of work is overdue", labels=["job"])
    running = GaugeMetricFamily("wakhan_job_running_seconds", "For how long it has been running", labels=["job"])
    failures = GaugeMetricFamily("wakhan_job_failures", "How many times in a row it failed", labels=["job"])
    looked = GaugeMetricFamily("wakhan_job_looked_at_seconds", "When it was looked at last", labels=["job"])
    finished = GaugeMetricFamily("wakhan_job_finished_at_seconds", "When it last ended with work done", labels=["job"])
    for job in status.jobs:
        late.add_metric([job.name], job.late.total_seconds() if job.late else 0)
        running.add_metric([job.name], (status.at - job.running_since).total_seconds() if job.running_since else 0)
        failures.add_metric([job.name], job.failures)
        if job.looked_at is not None:
            looked.add_metric([job.name], job.looked_at.timestamp())
        if job.finished_at is not None:
            finished.add_metric([job.name], job.finished_at.timestamp())
    yield from (late, running, failures, looked, finished)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
