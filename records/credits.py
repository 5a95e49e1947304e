"""Who a text is credited to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What an article says of its origin: the people, the agency it was taken from, the place it was written in.

    ``agency`` is how copying shows; ``raw`` is the dateline or source line it was read from. ``None`` and empty where
    the article does not say.
    """

    article_id: str
    authors: tuple[str, ...]
    agency: str | None
    place: str | None
    raw: str | None
