"""One polite request at a time: limits, robots, pacing, conditional GET, charset, archive."""

from extractors.fetching.archive import Archive
from extractors.fetching.conditional import next_state
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.policy import FetchPolicy, FetchTarget

__all__ = ["Archive", "FetchPolicy", "FetchTarget", "Fetcher", "next_state"]
