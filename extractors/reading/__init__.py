"""A page in, an Article out: text, title, date, byline."""
