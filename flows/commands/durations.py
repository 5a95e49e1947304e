"""Spans of time as a person types them: ``3d``, ``12h``, ``90m``."""

from __future__ import annotations

import re
from datetime import timedelta

import click

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Span(click.ParamType[timedelta]):
    """The parameter type of ``--since``."""

    name = "3d|12h|90m"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the span; anything else is refused with examples."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,4})([mhdw])", str(value).strip().lower())
        if found is None:
            self.fail(f"{value!r} is not a span of time. Write 3d, 12h, 90m or 2w.", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
