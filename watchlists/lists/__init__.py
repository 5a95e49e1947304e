"""Starter watch-lists: one YAML file a list, no code."""
