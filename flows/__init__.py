"""The only package that imports `prefect`: thin flows and tasks, settings, the command line."""
