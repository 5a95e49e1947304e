"""Text and compiled forms in, mentions with spans and reasons out."""
