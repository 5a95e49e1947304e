"""Titles and summaries as plain text: no tags, no entities, no control characters, one kind of blank."""

from __future__ import annotations

import html
import re

# Tags of HTML only, by name: "погибло <10 человек" is text.
_NAMES = (
    "a|abbr|acronym|address|article|aside|audio|b|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|div|dl"
    "|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main"
    "|mark|meta|nav|nobr|noindex|noscript|object|ol|option|p|param|picture|pre|q|s|section|select|small|source|span|strike"
    "|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|video|wbr"
)
_DROPPED = re.compile(
    r"(?is)<(script|style|iframe|noscript|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>"
)
_BREAK = re.compile(
    r"(?i)</?(?:address|article|aside|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|ol|p"
    r"|pre|section|table|td|th|tr|ul)\b[^<>]*>"
)
# Nothing in it reaches past the next "<", so that a page of unclosed tags costs no more than another.
_TAG = re.compile(rf"(?i)</?(?:{_NAMES})\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*/?>")
# Escaped twice is common, three times is not.
_ROUNDS = 2
# Invisible: soft hyphen, zero-width space, word joiner, byte order mark, and what turns the direction of writing round.
# The zero-width joiners stay, Persian needs them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def plain_text(markup: str, *, keep_lines: bool = False) -> str:
    """Return what a reader would see; ``keep_lines`` leaves a line break between paragraphs."""
    text = markup
    for _ in range(_ROUNDS):
        if "<" in text:
            text = _TAG.sub("", _BREAK.sub("\n", _DROPPED.sub(" ", text)))
        if "&" not in text:
            break
        text = html.unescape(text)
    text = clean_controls(text)
    text = _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
    return text if keep_lines else text.replace("\n", " ")


def clean_controls(text: str) -> str:
    """Return the text without control characters, invisible ones and halves of surrogate pairs."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
