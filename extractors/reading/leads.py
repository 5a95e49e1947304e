"""The sentence between headline and text that sites set apart: subheading, lead, standfirst."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.article_rules import ArticleRules
from extractors.reading.page import Page
from extractors.reading.selecting import select_text
from extractors.reading.weight import one_line, weight_of

# Classes that say so themselves.
_LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sub-?(?:title|header|heading|headline)|second-?title|lead|lede|standfirst|announce|anons|dek|"
    r"intro-?text|news-header__lead|article__announce)(?:$|[\s_-])",
    re.IGNORECASE,
)
# A lead is a sentence or a few, not a word and not an article.
_LEAST, _MOST = 30, 1500
# How many elements after the headline it may stand; further on begin the lists of other articles.
_REACH = 12


def find_lead(page: Page, *, rules: ArticleRules, title: str) -> str:
    """Return the lead that stands between headline and text, or an empty string.

    Without a selector of the outlet, that is an element shortly behind the headline whose class says so or whose text
    is the page's own description.
    """
    if rules.lead:
        return select_text(page.tree, rules.lead)
    heading = next((h1 for h1 in page.tree.iter("h1") if one_line(h1.text_content()) == title), None)
    if heading is None:
        return ""
    descriptions = {text for name in ("og:description", "description") if (text := page.metas.get(name))}
    for element in _behind(heading):
        named = _LEAD_CLASS.search(element.get("class") or "") is not None
        text = one_line(element.text_content()) if named or element.tag in {"h2", "p", "div"} else ""
        if _LEAST <= weight_of(text) <= _MOST and (named or text in descriptions):
            return text
    return ""


def _behind(heading: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    element: HtmlElement | None = heading
    while element is not None and len(found) < _REACH and element.tag not in {"body", "main", "article"}:
        for sibling in element.itersiblings():
            found.append(sibling)
            found.extend(sibling.iterchildren())
            if len(found) >= _REACH:
                break
        element = element.getparent()
    return [node for node in found[:_REACH] if isinstance(node.tag, str)]


def with_lead(lead: str, lines: list[str], *, title: str) -> list[str]:
    """Return the lines with the lead in front, unless they begin with it or it repeats the headline."""
    start = " ".join(lines[:3])
    known = not lead or lead == title or lead.rstrip(".…") in start
    return lines if known else [lead, *lines]
