"""Trend charts small enough for a mail: eight weeks as bars, the usual week as a line across them."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import wording
from records.digests import Trend

if TYPE_CHECKING:
    from PIL import ImageDraw

# Shown at half this size, so that it is sharp on the screens of phones.
SCALE = 2
WIDTH, HEIGHT = 132, 30

# Mid-tones that stand out on white and on near-black alike: the picture is transparent and cannot know the theme.
_NOW = (201, 84, 58, 255)
_BEFORE = (150, 145, 135, 255)
_USUAL = (110, 140, 165, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A PNG of an entity's weeks; ``cid`` is its name within the mail, ``alt`` says the same in words."""

    entity_id: str
    cid: str
    png: bytes
    alt: str

    @property
    def data_url(self) -> str:
        """The picture as an address that needs no mail around it."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"


def draw_charts(trends: Sequence[Trend]) -> tuple[Chart, ...]:
    """Draw a chart of each trend, in their order."""
    return tuple(
        Chart(entity_id=trend.entity_id, cid=f"trend-{place}@wakhan", png=_png(trend), alt=_alt(trend))
        for place, trend in enumerate(trends, start=1)
    )


def _alt(trend: Trend) -> str:
    weeks = ", ".join(str(count) for count in trend.weeks)
    usual = "not known yet" if trend.usual is None else f"{trend.usual:.1f}"
    return f"{wording.clean(trend.caption, 80)}, articles a week, oldest first: {weeks}; usual {usual}"


def _png(trend: Trend) -> bytes:
    # Imported here: the command line must answer without it.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (0, 0, 0, 0))
    _draw(ImageDraw.Draw(image), trend)
    # A handful of colours: as a palette it is a few hundred bytes.
    buffer = io.BytesIO()
    image.quantize(colors=8).save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _draw(pen: ImageDraw.ImageDraw, trend: Trend) -> None:
    floor, width = HEIGHT * SCALE - 1, WIDTH * SCALE
    usual = trend.usual or 0
    top = max(*trend.weeks, usual, 1)
    step = width / len(trend.weeks)
    for place, count in enumerate(trend.weeks):
        # A week without any keeps a hairline, so that eight weeks are seen.
        height = max(SCALE, round(count / top * (floor - SCALE)))
        left = round(place * step) + SCALE
        colour = _NOW if place == len(trend.weeks) - 1 else _BEFORE
        pen.rectangle((left, floor - height, round((place + 1) * step) - SCALE, floor), fill=colour)
    if usual > 0:
        level = floor - round(usual / top * (floor - SCALE))
        for left in range(0, width, 6 * SCALE):
            pen.line((left, level, left + 3 * SCALE, level), fill=_USUAL, width=SCALE)
