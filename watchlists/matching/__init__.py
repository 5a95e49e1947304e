"""Find the names of the watch-lists in articles, and make alerts of them."""

from watchlists.matching.alerts import alerts_of
from watchlists.matching.compiling import compile_matcher
from watchlists.matching.matcher import ArticleText, Matcher

__all__ = ["ArticleText", "Matcher", "alerts_of", "compile_matcher"]
