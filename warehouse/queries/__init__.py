"""Reads, one statement a file."""
