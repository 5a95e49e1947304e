"""Package indexes and packages over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from records import ConfigError


def usual_index() -> str:
    """Return the address of the index that argostranslate itself uses."""
    from argostranslate import settings  # noqa: PLC0415  (heavy)

    return str(settings.remote_package_index)


def read_json(url: str, *, timeout_seconds: float, advice: str) -> Any:
    """Return the JSON at an address; raises ``ConfigError`` with the advice when it cannot be had."""
    import httpx  # noqa: PLC0415  (only where models are fetched)

    try:
        return httpx.get(url, timeout=timeout_seconds, follow_redirects=True).raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ConfigError(f"the index of models cannot be read: {error}", key=url, fix=advice) from error


def read_chunks(url: str, *, timeout_seconds: float, advice: str) -> tuple[int, Iterator[bytes]]:
    """Return the length of a file (0 where the server does not say) and its bytes piece by piece.

    Raises ``ConfigError`` with the advice when it cannot be had or breaks off.
    """
    import httpx  # noqa: PLC0415  (only where models are fetched)

    client = httpx.Client(timeout=timeout_seconds, follow_redirects=True)
    try:
        response = client.send(client.build_request("GET", url), stream=True).raise_for_status()
    except httpx.HTTPError as error:
        client.close()
        raise ConfigError(f"the model cannot be fetched: {error}", key=url, fix=advice) from error

    def chunks() -> Iterator[bytes]:
        try:
            yield from response.iter_bytes()
        except httpx.HTTPError as error:
            raise ConfigError(f"the model broke off: {error}", key=url, fix=advice) from error
        finally:
            client.close()

    return int(response.headers.get("content-length", 0)), chunks()
