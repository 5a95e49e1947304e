"""Outlet files from the command line: shown, probed, discovered, carried to other readers."""
