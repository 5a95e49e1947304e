"""Fonts of this machine that have the letters a chart needs: Cyrillic with its Tajik letters, and Chinese."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
# Sans-serif faces that ship with Linux, macOS and Windows, the best for small sizes first.
_WESTERN = (
    "NotoSans-Regular.ttf",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "segoeui.ttf",
    "arial.ttf",
)
_CHINESE = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "PingFang.ttc",
    "STHeiti Light.ttc",
    "msyh.ttc",
    "simsun.ttc",
    "NotoSerifCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
)
# Han with its extensions, punctuation of Chinese print, and full-width forms.
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def lacking(texts: str) -> str | None:
    """Return what to install for letters that no font here has, or ``None``."""
    files = _font_files()
    if _HAN.search(texts) and not any(name in files for name in _CHINESE):
        return "no font with Chinese characters on this machine: install one, fonts-noto-cjk for instance"
    if not texts.isascii() and not any(name in files for name in (*_WESTERN, *_CHINESE)):
        return "no font with Cyrillic letters on this machine: install one, fonts-dejavu for instance"
    return None


def text_width(text: str, size: int) -> float:
    """Return how wide a text is drawn, in pixels."""
    return sum(_font(run, size).getlength(run) for run in _runs(text))


def draw_text(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, colour: str, *, align: float = 0
) -> None:
    """Draw a text, each run in a font that has it; ``place`` is its left (``align`` 0) or right (1) on the baseline."""
    left = place[0] - align * text_width(text, size)
    for run in _runs(text):
        pen.text((left, place[1]), run, fill=colour, font=_font(run, size), anchor="ls")
        left += _font(run, size).getlength(run)


def _runs(text: str) -> list[str]:
    """Return a text cut where the font changes."""
    runs, end = [], 0
    for found in _HAN.finditer(text):
        runs += [text[end : found.start()], found[0]]
        end = found.end()
    return [run for run in [*runs, text[end:]] if run]


@cache
def _font(run: str, size: int) -> Font:
    return _loaded(_CHINESE + _WESTERN if _HAN.match(run) else _WESTERN + _CHINESE, size)


@cache
def _loaded(names: tuple[str, ...], size: int) -> Font:
    files = _font_files()
    for name in names:
        if name in files:
            return ImageFont.truetype(files[name], size)
    # Pillow's own has Latin letters alone; `lacking` says so.
    return ImageFont.load_default(size)


@cache
def _font_files() -> dict[str, str]:
    folders = [Path(folder).expanduser() for folder in _FOLDERS]
    wanted = {*_WESTERN, *_CHINESE}
    found = (file for folder in folders if folder.is_dir() for file in folder.rglob("*.[to]t[fc]"))
    return {file.name: str(file) for file in found if file.name in wanted}
