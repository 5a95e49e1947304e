"""Questions in SQL as a person asks them: the prompt, tables, charts."""
