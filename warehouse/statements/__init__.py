"""Writes, one statement a file."""
