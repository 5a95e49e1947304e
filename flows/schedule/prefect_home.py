"""How Prefect is told to live here: its own folder, loopback alone, nothing sent to anybody.

Everything goes by the environment, since Prefect reads its settings when it is first imported. Nothing here imports it.
"""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flows.logs import DATABASE_PASSWORD

if TYPE_CHECKING:
    from flows.settings import Settings

HOST = "127.0.0.1"


def server_address(settings: Settings) -> str:
    """Return where Prefect's pages are."""
    return f"http://{HOST}:{settings.schedule.port}"


def prefect_home(settings: Settings) -> Path:
    """Return the folder of Prefect's database and nothing else."""
    return settings.data_dir.absolute() / "prefect"


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Return the environment for Prefect's server and for every process that talks to it.

    The user's own ``PREFECT_*`` variables are left out: another server's address or database must not get in.
    """
    address = server_address(settings)
    kept = str(int(timedelta(days=settings.schedule.keep_runs_days).total_seconds()))
    wished = {
        "PREFECT_HOME": str(prefect_home(settings)),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(settings.schedule.port),
        "PREFECT_SERVER_UI_API_URL": f"{address}/api",
        # A page of the web that is open in a browser on this machine must not read these runs.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": address,
        # Nothing phones home: the server's heartbeat to Prefect, the client's usage events, the promotion in the pages.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # When something runs is decided in flows/schedule/clock.py, see docs/decisions/0003.
        "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
        # Its database is pruned by the server itself.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": kept,
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{settings.schedule.keep_runs_days}D",
        "PREFECT_LOGGING_SETTINGS_PATH": str(files("flows.schedule") / "prefect-logging.yml"),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,warehouse,extractors,digest",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # A server that went away must be noticed, not replaced by one for a moment.
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    }
    if settings.schedule.database:
        wished["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = _database_url(settings.schedule.database)
    kept_environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept_environment | wished


def _database_url(address: str) -> str:
    """Return a PostgreSQL address as SQLAlchemy wants it, with the password of the environment."""
    parts = urlsplit(address)
    password = os.environ.get(DATABASE_PASSWORD, "")
    host = parts.netloc.rpartition("@")[2]
    who = f"{parts.username or ''}{':' + quote(password, safe='') if password else ''}"
    return parts._replace(scheme="postgresql+asyncpg", netloc=f"{who}@{host}" if who else host).geturl()
