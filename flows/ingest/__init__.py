"""One run: what the sources offer, fetched, read, understood, and landed."""
