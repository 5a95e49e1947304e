"""Traditional Chinese as the mainland writes it, which is what models and dictionaries of Chinese read."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractors.language.scripts import chinese_script


def in_simplified(text: str) -> str:
    """Return a text in simplified characters, with the mainland's words for Taiwan's (老挝 for 寮國), where it is not.

    The tables are OpenCC's.
    """
    if chinese_script(text)[0] != "Hant":
        return text
    # Taiwan says 塔吉克 for 塔吉克斯坦; OpenCC 1.1.9 lengthens a name that is long already.
    return str(_converter().convert(text)).replace("斯坦斯坦", "斯坦")


@cache
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  (loads its tables; only traditional text needs them)

    return OpenCC("tw2sp")
