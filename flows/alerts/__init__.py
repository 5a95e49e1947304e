"""Alerts from the command line: listed, judged, and a wrong one mended in its list."""
