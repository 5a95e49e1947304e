"""Append-only DDL, one transaction a file."""
