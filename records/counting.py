"""Counts in words."""

from __future__ import annotations


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 alert``, ``2 alerts``, ``1,204 alerts``; ``many`` is the plural where it is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
