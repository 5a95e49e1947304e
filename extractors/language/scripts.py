"""Which script a text is written in, counted character by character.

The script is decided before the language: only languages written in it are candidates, and letters of other scripts
(a Latin company name in a Tajik sentence) are no evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

# What says nothing of the language around it: addresses, mail, handles, hashtags in Latin, file names.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[A-Za-z0-9_]+|#[A-Za-z0-9_]+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|ru|tj|kz|kg|uz|cn|info|me|gov|jpg|png|pdf)\b(?:/\S*)?",
    re.IGNORECASE | re.ASCII,
)
_MAY_HAVE_ADDRESS = re.compile(r"[@#]|\w\.[A-Za-z]|://")
_LETTERS = {
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u02bb\u02bc",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
    "\ufb50-\ufdff\ufe70-\ufefc",
    "Hani": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f",
    "Kana": "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Armn": "\u0531-\u0556\u0561-\u0587",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u05d0-\u05ea",
    "Deva": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Mong": "\u1800-\u18af",
    "Tibt": "\u0f00-\u0fff",
}
_RUNS = {script: re.compile(f"[{ranges}]+") for script, ranges in _LETTERS.items()}


class _ScriptInitial(dict[int, str]):
    """Each character's script as one letter, a space for none; looked up once."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        found = (initial for script, initial in _INITIALS.items() if _RUNS[script].match(char))
        self[point] = initial = next(found, " ")
        return initial


_INITIALS = dict(zip(_LETTERS, "ABCDEFGHIJKLMN", strict=True))
_SCRIPT_INITIAL = _ScriptInitial()

# One ideograph carries what several letters do, and nobody strews ideographs over an English sentence. Latin counts for
# half: names, units and abbreviations are typed in it everywhere, Cyrillic or Arabic words in an English text are rare.
_WEIGHT = {"Hani": 5.0, "Kana": 2.0, "Hang": 2.0, "Latn": 0.5}


def without_addresses(text: str) -> str:
    """Return the text with links, mail addresses, handles and host names blanked out."""
    return _ADDRESS.sub(" ", text) if _MAY_HAVE_ADDRESS.search(text) else text


def letters_by_script(text: str) -> Counter[str]:
    """Count the letters of each script (ISO 15924; ``Hani`` for all ideographs, ``Kana`` for both kana)."""
    initials = text.translate(_SCRIPT_INITIAL)
    return Counter({script: found for script, initial in _INITIALS.items() if (found := initials.count(initial))})


def main_script(counts: Counter[str]) -> str | None:
    """Return the script that carries the text, ``Jpan`` for ideographs with kana, or ``None`` without letters."""
    if not counts:
        return None
    if counts["Kana"] * 10 > counts["Hani"] + counts["Kana"] and counts["Kana"] * 4 > counts.total() - counts["Hani"]:
        # Every Japanese sentence has kana between its ideographs, a third of it or more; a Chinese one quotes a name.
        return "Jpan"
    return max(counts, key=lambda script: counts[script] * _WEIGHT.get(script, 1.0))


def keep_script(text: str, script: str) -> str:
    """Return the text with everything that is not a letter of the script turned into single spaces."""
    return " ".join(_RUNS[script].findall(text))


def chinese_script(text: str) -> tuple[str, float]:
    """Tell simplified from traditional by characters that only one of the two uses.

    Returns ``Hans`` or ``Hant`` and the share of the telling characters that say so; ``("Hans", 0.5)`` when none tells.
    The tables are OpenCC's.
    """
    simplified, traditional = _telling_characters()
    hans = sum(map(simplified.__contains__, text))
    hant = sum(map(traditional.__contains__, text))
    if not hans and not hant:
        return "Hans", 0.5
    return ("Hant", hant / (hans + hant)) if hant > hans else ("Hans", hans / (hans + hant))


@cache
def _telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    import opencc  # noqa: PLC0415  (loads its tables; only Chinese text needs them)

    ideographs = [chr(point) for point in range(0x4E00, 0xA000)]
    joined = "\n".join(ideographs)
    to_simplified = opencc.OpenCC("t2s").convert(joined).split("\n")
    to_traditional = opencc.OpenCC("s2t").convert(joined).split("\n")
    traditional = frozenset(char for char, changed in zip(ideographs, to_simplified, strict=True) if changed != char)
    simplified = frozenset(
        char
        for char, changed in zip(ideographs, to_traditional, strict=True)
        if changed != char and char not in traditional
    )
    return simplified, traditional
