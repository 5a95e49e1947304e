"""Bytes in, records out: fetch, feeds, pages, dates, language, translation. `outlets/*.yml` describe sources."""
