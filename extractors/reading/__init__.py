"""A page in, an Article out: text, title, date, byline."""

from extractors.reading.article import Reading, article_of_item, extract_article, join_pages, read_page
from extractors.reading.dates import ParsedDate, parse_date

__all__ = [
    "ParsedDate",
    "Reading",
    "article_of_item",
    "extract_article",
    "join_pages",
    "parse_date",
    "read_page",
]
