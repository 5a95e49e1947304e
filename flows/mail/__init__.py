"""Digests and immediate alerts on their way to readers."""
