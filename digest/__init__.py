"""Rows in, mail out: pure rendering, plus one sender."""

from digest.rendering import RenderedDigest, render_digest

__all__ = ["RenderedDigest", "render_digest"]
