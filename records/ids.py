"""Stable ids: the same thing gets the same id on every machine and in every run."""

from __future__ import annotations

import hashlib


def _digest(*parts: str, length: int) -> str:
    # U+001F between the parts, so that ("ab", "c") and ("a", "bc") differ.
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_id_of(canonical_url: str) -> str:
    """Return the id of an article: 16 hex digits of the SHA-256 of its canonical URL.

    64 bits: a collision among ten million articles has a chance of about 3 in a million.
    """
    return _digest(canonical_url, length=16)


def alert_id_of(article_id: str, entity_id: str) -> str:
    """Return the id of the one alert that an article and an entity can have (20 hex digits)."""
    return _digest(article_id, entity_id, length=20)


def content_hash_of(title: str, text: str) -> str:
    """Return the hash that changes when title or text changes (SHA-256, 64 hex digits)."""
    return _digest(title, text, length=64)
