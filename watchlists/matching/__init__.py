"""Find the names of the watch-lists in articles, and make alerts of them."""

from watchlists.matching.compiling import compile_matcher
from watchlists.matching.matcher import Matcher

__all__ = ["Matcher", "compile_matcher"]
