"""Outlet files: one YAML file an outlet, no code."""
