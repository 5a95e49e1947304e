"""Rows in, mail out: pure rendering, plus one sender."""
