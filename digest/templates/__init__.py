"""What a digest looks like: HTML with its style, and plain text."""
