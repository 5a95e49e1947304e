"""One polite request at a time: limits, robots, pacing, conditional GET, charset, archive."""
