"""Articles in several pages: where the next one is."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.article_rules import ArticleRules
from extractors.reading.page import Page
from extractors.reading.selecting import select_elements
from extractors.reading.weight import one_line

# Ministry of Defence and its family of sites draw their pager by script: createManuscriptPageHTML('3', '0', ...).
_SCRIPTED_PAGES = re.compile(r"create\w*PageHTML\(\s*['\"]?(\d{1,2})['\"]?\s*,\s*['\"]?(\d{1,2})['\"]?")
_NEXT_WORDS = re.compile(
    r"^\W*(?:下一页|下页|余下全文|следующая(?: страница)?|дальше|далее|саҳифаи (?:навбатӣ|оянда)|next(?: page)?)\W*$",
    re.IGNORECASE,
)
# The last part of an address without its page: content_123 of content_123_2.html.
_NUMBERED = re.compile(r"^(?P<stem>.*?)(?:_(?P<number>\d{1,2}))?(?P<end>\.s?html?)$")


def next_page_url(page: Page, *, rules: ArticleRules) -> str | None:
    """Return the address of the page on which the article goes on, or ``None`` on the last (or only) one.

    The outlet's ``next`` selector, ``<link rel=next>``, a link that says so, or a pager drawn by script. Only addresses
    that are those of this article with another number count: "next" often leads to the next article.
    """
    if page.url.startswith(("http://", "https://")) is False:
        return None
    if rules.whole is not None and re.search(rules.whole.match, page.url):
        whole = re.sub(rules.whole.match, rules.whole.replace, page.url)
        return None if whole == page.url else whole
    for node in select_elements(page.tree, rules.next):
        address = node if isinstance(node, str) else node.get("href") or ""
        if address and (found := _other_page(page.url, address)):
            return found
    for link in page.tree.iter("link", "a"):
        if _says_next(link) and (found := _numbered_page(page.url, link.get("href") or "")):
            return found
    return _scripted(page)


def _says_next(link: HtmlElement) -> bool:
    return "next" in (link.get("rel") or "").split() or (
        link.tag == "a" and _NEXT_WORDS.match(one_line(link.text_content())) is not None
    )


def _other_page(url: str, href: str) -> str | None:
    found = urldefrag(urljoin(url, href)).url
    same_host = urlsplit(found).hostname == urlsplit(url).hostname
    return found if found != urldefrag(url).url and same_host and found.startswith("http") else None


def _numbered_page(url: str, href: str) -> str | None:
    """Return the address if it is this one with a higher page number."""
    found = _other_page(url, href)
    if not href or found is None:
        return None
    here, there = urlsplit(url), urlsplit(found)
    if here.path == there.path:
        return found if re.search(r"(?:^|&)(?:p|page)=\d{1,2}(?:&|$)", there.query) else None
    mine, other = _NUMBERED.match(here.path), _NUMBERED.match(there.path)
    if mine and other and other["number"]:
        stem = mine["stem"] if mine["number"] is None or mine["stem"] == other["stem"] else here.path
        if other["stem"] == stem and int(other["number"]) > int(mine["number"] or 1 if mine["stem"] == stem else 0):
            return found
    return found if re.fullmatch(re.escape(here.path.rstrip("/")) + r"/(?:page/)?\d{1,2}/?", there.path) else None


def _scripted(page: Page) -> str | None:
    match = _SCRIPTED_PAGES.search(page.source)
    parts = urlsplit(page.url)
    path = _NUMBERED.match(parts.path)
    if match is None or path is None:
        return None
    # The script counts pages from 0; the address of the first has no number, that of the second ends in _2.
    current = int(path["number"]) if path["number"] else 1
    if current >= int(match[1]):
        return None
    return parts._replace(path=f"{path['stem']}_{current + 1}{path['end']}", query="", fragment="").geturl()
