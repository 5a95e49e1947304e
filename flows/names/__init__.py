"""Watch-lists from the command line: shown, tried, edited, matched against the past."""
