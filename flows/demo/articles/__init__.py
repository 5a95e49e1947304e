"""Data of the bundled press; no code."""
