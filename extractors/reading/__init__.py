"""A page in, an Article out: text, title, date, byline."""

from extractors.reading.article import extract_article

__all__ = ["extract_article"]
