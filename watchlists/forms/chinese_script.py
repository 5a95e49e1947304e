"""Simplified and traditional characters, by OpenCC's tables."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@cache
def converter(config: str) -> Any:
    """Return the converter of one of OpenCC's configurations: ``t2s``, ``s2tw`` ..."""
    from opencc import OpenCC  # noqa: PLC0415 - loads dictionaries

    return OpenCC(config)


@lru_cache(maxsize=1)
def simplified() -> dict[int, int]:
    """Return the table that writes each traditional character as its simplified one (from OpenCC), length kept."""
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    # One to a line, so that no phrase of OpenCC's reaches over two of them.
    converted = converter("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(character): ord(simple)
        for character, simple in zip(characters, converted, strict=True)
        if simple != character and len(simple) == 1
    }
