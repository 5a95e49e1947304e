"""What an outlet offers: feeds, sitemaps, list pages, JSON lists, Telegram previews."""

from extractors.sources.item_dates import DateReader
from extractors.sources.items import SourcePage
from extractors.sources.read import read_page, read_source, start_urls

__all__ = ["DateReader", "SourcePage", "read_page", "read_source", "start_urls"]
