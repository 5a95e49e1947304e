"""The headline of a page: where it stands, and without the name of the site behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from extractors.outlet import Outlet
from extractors.reading.page import Page
from extractors.reading.weight import one_line, weight_of

# What stands between a headline and the site's name, tried from the right.
_SEPARATOR = re.compile(
    r"\s*(?:--+|\||｜|::|_)\s*|\s+[-–—―•·/»]\s+|\s+[-–—―]|(?<=[\u4e00-\u9fff”》！？])\s?[-–—](?=\S)|:\s+"
)
# A piece that names a site or section whoever publishes it. Longer pieces are headlines.
_SITE_WORDS = re.compile(
    r"(?:网|新闻|新闻网|频道|在线|资讯|日报|晚报|中心|客户端|The Paper|news|новости|агентство|газета|журнал|радио|"
    r"online|хабарҳо|ахбор|хабаргузорӣ|озодӣ|Ведомости)$|^(?:новости|иа|ниат|амит|сми|радиои?|агентство)\b"
    r"|\.(?:ru|com|tj|kg|kz|uz|cn|org|info|net|news|agency|asia|tv)$|^(?:ТАСС|РИА Новости|BBC|Sputnik|Reuters)",
    re.IGNORECASE,
)
_SITE_MAX_CHARS = 40
# Once a site's name is off, shorter pieces before the same separator are sections: "--时政", ": Мир".
_SECTION_MAX_WEIGHT = 24
# What is left must be a headline, not a word: "Таджикистан | Азия-Плюс" keeps its first half all the same.
_HEADLINE_MIN_WEIGHT = 6
# Longer ones are attacks, or a whole page in its heading.
_TITLE_MAX_CHARS = 1000
_LETTERS = re.compile(r"[\W_]+")


def _folded(text: str) -> str:
    return _LETTERS.sub("", text.casefold())


def strip_site(title: str, *, sites: Sequence[str] = ()) -> str:
    """Return a title without the names of site and section behind (or before) it; ``sites`` are names known."""
    title = title[:_TITLE_MAX_CHARS]
    known = {folded for site in sites if (folded := _folded(site))}
    separators = list(_SEPARATOR.finditer(title))
    kept, off = title, ""
    for match in reversed(separators):
        piece, rest = title[match.end() : len(kept)].strip(), title[: match.start()].strip()
        mark = match[0].strip()
        if weight_of(rest) < _HEADLINE_MIN_WEIGHT:
            break
        is_section = bool(off) and mark in off and weight_of(piece) <= _SECTION_MAX_WEIGHT
        if not (_names_site(piece, known, colon=mark == ":") or is_section):
            break
        kept, off = rest, off + mark
    if kept == title and separators:
        first = separators[0]
        if _folded(title[: first.start()]) in known and first[0].strip() != ":":
            return title[first.end() :].strip()
    return kept


def _names_site(piece: str, known: set[str], *, colon: bool) -> bool:
    folded = _folded(piece)
    if not folded or len(piece) > _SITE_MAX_CHARS:
        return not folded
    # After a colon only a name known for certain: "Эмомали Рахмон: новости" is a headline.
    if folded in known:
        return True
    if colon:
        return bool(re.search(r"\.[a-z]{2,6}$", piece, re.IGNORECASE))
    return any(site in folded for site in known if len(site) >= 4) or _SITE_WORDS.search(piece) is not None


def site_names(page: Page, outlet: Outlet | None) -> tuple[str, ...]:
    """Return the names the page's site goes by: of the outlet file, of its meta tags, of its host."""
    names = [page.first_meta("og:site_name", "application-name", "twitter:site", "source", "copyright")]
    if outlet is not None:
        names += [outlet.title, outlet.host]
        names += [outlet.publisher.name] if outlet.publisher else []
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    if host:
        names += [host, *(label for label in host.split(".")[:-1] if len(label) >= 3)]
    return tuple(name for name in names if name)


def find_title(page: Page, *, outlet: Outlet | None, selected: str, hint: str) -> str:
    """Return the headline: the outlet's selector, the heading that the page's title repeats, JSON-LD, og:title, title.

    ``selected`` is what the outlet's selector found, ``hint`` the feed's title; both may be empty, and the result too.
    """
    sites = site_names(page, outlet)
    if selected:
        return strip_site(selected, sites=sites)
    head = page.tree.find(".//head/title")
    if head is None:
        head = page.tree.find(".//title")
    document = one_line("" if head is None else head.text_content()[:_TITLE_MAX_CHARS])
    shared = page.first_meta("og:title", "twitter:title", "title", "dc.title")
    stated = page.json_ld.headline
    headings = [text for h1 in page.tree.iter("h1") if (text := one_line(h1.text_content()[:_TITLE_MAX_CHARS]))]
    if heading := _repeated(headings, (document, shared, stated, hint)):
        return heading
    if stated and _agrees(stated, (document, shared, hint, *headings)):
        return strip_site(stated, sites=sites)
    for found in (shared, document):
        if found:
            return strip_site(found, sites=sites)
    return headings[0] if headings else stated or hint


def _repeated(headings: Sequence[str], others: Sequence[str]) -> str:
    """Return the longest heading that one of the other titles contains."""
    folded = [_folded(other) for other in others if other]
    repeated = [
        h for h in headings if weight_of(h) >= _HEADLINE_MIN_WEIGHT and any(_starts(o, _folded(h)) for o in folded)
    ]
    return max(repeated, key=len, default="")


def _starts(title: str, heading: str) -> bool:
    if not heading:
        return False
    return heading in title or (len(title) >= 0.5 * len(heading) and heading.startswith(title))


def _agrees(title: str, others: Sequence[str]) -> bool:
    folded = _folded(title)
    return not any(others) or any(folded in _folded(other) or _folded(other) in folded for other in others if other)
