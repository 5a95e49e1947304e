"""What an outlet offers: feeds, sitemaps, list pages, JSON lists, Telegram previews."""
