"""Bytes to text: who says which charset, and whether to believe it.

In order: a byte-order mark, the HTTP header, strict UTF-8, the page's own words (meta or XML prolog), what the outlet's
file says, a detector. A claim that the bytes contradict falls to the next: bytes that are UTF-8 are not windows-1251,
and text in which the commonest letters of its script hardly occur was read with the wrong table. A body that is mostly
UTF-8 is read as that, whoever says what; the rest of it becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from extractors.legibility import common_ideographs, is_garbled, legibility
from records import Fetched

Rule = Literal["bom", "header", "utf-8", "declared", "outlet", "detector", "fallback"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call their charset, and the superset they mean by it (WHATWG Encoding Standard).
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_PROLOG = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.\-]{2,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
# The standard looks at 1,024 bytes; pages of this beat put scripts and comments before their meta.
_DECLARATION_BYTES = 4096
# Enough to detect by: a front page has its first headlines within it.
_SAMPLE_BYTES = 200_000
# One cut or mistyped byte in a comment must not cost a page its charset: up to 1 % of what is not ASCII may be wrong.
_TOLERATED_SHARE = 0.01
# By chance a text in another charset is valid UTF-8 for one or two letters, never for six in a row.
_CONVINCING_SEQUENCES = 6
# Where more is broken, a text is pasted into another: UTF-8 if so much of what is not ASCII is. Of Chinese in GB18030 a
# sixth is by chance, of Russian in cp866 a fifth.
_MOSTLY_SHARE = 0.7
# The two tables Chinese pages mistake for each other; bytes of the one mostly mean something in the other.
_CHINESE = {"gb18030": "big5hkscs", "big5hkscs": "gb18030"}
# A headline has so many of the commonest characters under the right table, and none under the wrong one.
_CONVINCING_IDEOGRAPHS = 3
_HIGH_BYTES = bytes(range(128, 256))
_LEAD_BYTES = bytes(range(0xC2, 0xF5))
# What the detector tries, commonest on this beat first; the first of equals wins.
_CANDIDATES = ("cp1251", "gb18030", "koi8-r", "big5hkscs", "cp866", "iso8859-5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a body, the Python name of the charset it was read with, and the rule that named it."""

    text: str
    charset: str
    rule: Rule


def decode_html(page: Fetched, *, charset: str | None = None, forced: str | None = None) -> str:
    """Return the text of a page.

    ``charset`` is the outlet's usual one, believed after what the page says; ``forced`` is one its file insists on for
    a source whose bytes cannot tell, believed whatever they say.
    """
    name = _python_name(forced)
    if name is not None:
        return _decoded(page.body.decode(name, "replace").removeprefix("\ufeff"), name, "outlet").text
    return decode_text(page.body, header=page.header("content-type"), charset=charset).text


def decode_text(body: bytes, *, header: str | None = None, charset: str | None = None) -> Decoded:
    """Decode a body of HTML, XML or plain text; never fails.

    ``header`` is the whole Content-Type. NULs are dropped and a byte-order mark is not part of the text. Letters that
    stay unreadable become U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(name, "replace")
            if name == "utf-8" or text.count("�") <= len(text) * _TOLERATED_SHARE:
                return _decoded(text, name, "bom")
    wide = _wide_charset(body)
    if wide is not None:
        return _decoded(body.decode(wide, "replace"), wide, "detector")
    strict = _strict_utf8(body)
    if strict is None and _is_mostly_utf8(body):
        claims: tuple[tuple[str | None, Rule], ...] = (
            (_charset_of_header(header), "header"),
            (_declared(body), "declared"),
            (charset, "outlet"),
        )
        rule: Rule = next((rule for claim, rule in claims if _python_name(claim) == "utf-8"), "detector")
        return _decoded(body.decode("utf-8", "replace"), "utf-8", rule)
    found = _believe(body, _charset_of_header(header), "header", strict)
    if found is not None:
        return found
    if strict is not None:
        return _decoded(strict, "utf-8", "utf-8")
    return (
        _believe(body, _declared(body), "declared", strict)
        or _believe(body, charset, "outlet", strict)
        or _detected(body)
    )


def _decoded(text: str, charset: str, rule: Rule) -> Decoded:
    return Decoded(text=text.replace("\x00", "") if "\x00" in text else text, charset=charset, rule=rule)


def _believe(body: bytes, claim: str | None, rule: Rule, strict: str | None) -> Decoded | None:
    """Decode as claimed, unless the name is unknown or the bytes contradict it."""
    name = _python_name(claim)
    if name is None:
        return None
    if strict is not None:
        # ASCII is the same in all of them, save for the escapes of ISO-2022 and HZ.
        if name in {"utf-8", "hz"} or name.startswith("iso2022"):
            return _decoded(strict if name == "utf-8" else body.decode(name, "replace"), name, rule)
        if _count(body, _LEAD_BYTES) >= _CONVINCING_SEQUENCES:
            return None
    text = body.decode(name, "replace")
    wrong = text.count("�")
    if wrong > max(1.0, _count(body, _HIGH_BYTES) * _TOLERATED_SHARE):
        return None
    if name != "utf-8" and (is_garbled(text) or _is_other_chinese(body, name, text)):
        return None
    return _decoded(text, name, rule)


def _is_other_chinese(body: bytes, name: str, text: str) -> bool:
    """Tell whether the other Chinese table makes words of bytes too few to be found out by themselves."""
    if name not in _CHINESE or common_ideographs(text) > 0:
        return False
    other = body[:_SAMPLE_BYTES].decode(_CHINESE[name], "replace")
    return common_ideographs(other) >= _CONVINCING_IDEOGRAPHS and not is_garbled(other)


def _python_name(claim: str | None) -> str | None:
    if not claim:
        return None
    try:
        name = codecs.lookup(claim.strip().lower()).name
    except LookupError:
        # Written in one word on old Chinese and Russian pages.
        loose = {
            "cp-1251": "cp1251",
            "win-1251": "cp1251",
            "windows1251": "cp1251",
            "koi8r": "koi8-r",
            "utf8mb4": "utf-8",
        }
        name = loose.get(claim.strip().lower(), "")
    if not name or name in {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}:
        return None
    if name in {"unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"}:
        return None
    return _MEANT.get(name, name)


def _charset_of_header(header: str | None) -> str | None:
    found = _HEADER.search(header or "")
    return found.group(1) if found else None


def _declared(body: bytes) -> str | None:
    top = body[:_DECLARATION_BYTES]
    found = _PROLOG.search(top) or _META.search(top)
    name = found.group(1).decode("ascii") if found else None
    # A declaration that can be read byte by byte is not UTF-16 (WHATWG); such pages are UTF-8, and failed at that.
    return None if name is not None and name.lower().startswith(("utf-16", "utf-32")) else name


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_mostly_utf8(body: bytes) -> bool:
    """Tell whether a body is UTF-8 with other bytes here and there."""
    valid = body.decode("utf-8", "ignore").encode("utf-8")
    if _count(valid, _LEAD_BYTES) < _CONVINCING_SEQUENCES:
        return False
    return _count(valid, _HIGH_BYTES) >= _count(body, _HIGH_BYTES) * _MOSTLY_SHARE


def _wide_charset(body: bytes) -> str | None:
    """Recognise UTF-16 without a mark: the upper bytes of markup are NULs at every second place."""
    top = body[:64]
    if len(top) < 8 or top.count(0) < len(top) // 4:
        return None
    even, odd = top[0::2].count(0), top[1::2].count(0)
    if even > 4 * odd:
        return "utf-16-be"
    return "utf-16-le" if odd > 4 * even else None


def _count(body: bytes, wanted: bytes) -> int:
    return len(body) - len(body.translate(None, wanted))


def _detected(body: bytes) -> Decoded:
    """Take the table under which the body reads best; for other scripts ask charset-normalizer."""
    sample = body[:_SAMPLE_BYTES]
    almost = _believe(body, "utf-8", "detector", None)
    if almost is not None:
        return almost
    scores = {name: legibility(sample.decode(name, "replace")) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    # Right tables score 0.5 and more on the languages of the beat, wrong ones under 0.4 (see legibility).
    if scores[best] >= 0.4:
        return _decoded(body.decode(best, "replace"), best, "detector")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and 40 ms to import

    match = from_bytes(sample).best()
    if match is None:
        return _decoded(body.decode("utf-8", "replace"), "utf-8", "fallback")
    return _decoded(body.decode(match.encoding, "replace"), match.encoding, "detector")
