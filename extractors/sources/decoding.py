"""Bytes to text where the declaration may lie: the text itself is the witness.

Order of trust: what the outlet's file forces, a byte order mark, strict UTF-8, then the HTTP header and the document's
own declaration, each only if the result looks like writing, then what looks most like writing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from records import Fetched

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOG = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# A declaration further down than this is not one (HTML 5 says 1,024 bytes; Chinese portals put scripts before it).
_DECLARED_WITHIN_BYTES = 4096
# GB2312 names a subset; what is sent under it is GBK or GB 18030, which contain it. Likewise Big5 and its supplement.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
# The encodings of this press, tried when no declaration fits.
_USUAL = ("windows-1251", "gb18030", "big5hkscs", "koi8-r", "windows-1252")
# Characters beyond ASCII that are weighed: some paragraphs settle it.
_SAMPLE_CHARACTERS = 1500
# Declared and at least this much like writing: believed. Russian prose gets 0.95 and above; KOI8-R read as
# windows-1251, which turns lower case into capitals, 0.4; GB 18030 read as Big5 0.5.
_LOOKS_RIGHT = 0.7
# The characters of half of any Chinese page, simplified and traditional: what misreading never produces.
_FREQUENT_HAN = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和地出道也时年得就要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还"
    "发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知现分将外但身些与高意进把法此实回二理美点月明其种全"
    "工者向情部正名定问力机给等几业最间新打便位因重被走电四第门相次东政海口使教西再平真世气信北少关并内加化由代军产入先山五太水"
    "万市防边队联合反演习原京报社记务员民党会议部安华统战兵武器导弹基地塔吉克斯坦"
    "這個來國說們為時過對裡後麼沒於發還開當會學動兩長樣現將與進實點種聲話兒問機給幾業間從頭見經東門電關軍產萬無氣聽邊隊聯報"
    "記務員黨議華統戰導彈習"
)
_LEAST_FAULTY = 0.02  # more broken characters than this, and UTF-8 was only a claim


def decode(page: Fetched, *, forced: str | None = None, fallback: str | None = None) -> str:
    """Return the text of a feed, page or JSON document, without its byte order mark.

    ``forced`` is believed whatever the bytes say, ``fallback`` (the outlet's ``charset``) after the declarations.
    Bytes that fit nowhere become U+FFFD.
    """
    body = page.body
    if forced is not None:
        return body.decode(_wider(forced), "replace").removeprefix("\ufeff")
    marked = next((name for mark, name in _BOMS if body.startswith(mark)), None) or _without_mark(body)
    if marked is not None:
        return body.decode(marked, "replace").removeprefix("\ufeff")
    try:
        # Text in another encoding is valid UTF-8 by chance only if it is a few letters long.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _most_like_writing(body, tuple(_declared(page, fallback)))


def _without_mark(body: bytes) -> str | None:
    """Return the UTF-16 that a document begins with when every other byte of ``<?`` or ``<r`` is zero."""
    if re.match(rb"<\x00[?!a-zA-Z]\x00", body):
        return "utf-16-le"
    return "utf-16-be" if re.match(rb"\x00<\x00[?!a-zA-Z]", body) else None


def _declared(page: Fetched, fallback: str | None) -> Iterator[str]:
    head = page.body[:_DECLARED_WITHIN_BYTES]
    header = _HEADER.search(page.header("content-type") or "")
    names = [header[1] if header else None]
    names += [found[1].decode("ascii") for pattern in (_PROLOG, _META) if (found := pattern.search(head))]
    names.append(fallback)
    for name in names:
        if name is not None and (known := _known(name)) is not None:
            yield known


def _known(name: str) -> str | None:
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return _wider(name)


def _wider(name: str) -> str:
    return _WIDER.get(codecs.lookup(name).name, name)


def _most_like_writing(body: bytes, declared: tuple[str, ...]) -> str:
    utf8 = body.decode("utf-8", "replace")
    # A feed that cuts summaries by bytes breaks a letter here and there and is UTF-8 all the same.
    beyond_ascii = sum(char > "\x7f" for char in utf8)
    if utf8.count("\ufffd") <= max(1, beyond_ascii * _LEAST_FAULTY):
        return utf8
    readings: dict[str, float] = {}
    for name in declared:
        readings[name] = _likeness(body.decode(name, "replace"))
        if readings[name] >= _LOOKS_RIGHT:
            return body.decode(name, "replace")
    for name in _USUAL:
        readings.setdefault(name, _likeness(body.decode(name, "replace")))
    return body.decode(max(readings, key=lambda name: readings[name]), "replace")


def _likeness(text: str) -> float:
    """Return how much of the text beyond ASCII is what this press writes, 0 to 1."""
    sample = []
    for char in text:
        if char > "\x7f" and not "\u2000" <= char <= "\u206f" and char not in "\xa0«»№":
            sample.append(char)
            if len(sample) == _SAMPLE_CHARACTERS:
                break
    return sum(map(_weight, sample)) / len(sample) if sample else 1.0


@lru_cache(maxsize=8192)
def _weight(char: str) -> float:
    if "\u0400" <= char <= "\u04ff":
        return 1.0 if char.islower() else 0.4
    if "\u4e00" <= char <= "\u9fff":
        return 1.0 if char in _FREQUENT_HAN else 0.6 if _is_common_han(char) else 0.2
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uff65" or "\u0600" <= char <= "\u06ff":
        return 1.0
    if char == "\ufffd" or "\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff":
        return -3.0
    # Accented Latin, box drawing and the rest: they occur, but a text made of them was misread.
    return 0.3


def _is_common_han(char: str) -> bool:
    """Tell whether it is in the first level of GB 2312 (3,755 by frequency) or of Big5 (5,401)."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            lead = char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False
