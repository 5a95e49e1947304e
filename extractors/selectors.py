"""CSS and XPath as outlet files write them, compiled once."""

from __future__ import annotations

from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

# As many as all selectors of a hundred outlets; a compiled one is a few kilobytes.
_COMPILED_KEPT = 2048


@lru_cache(maxsize=_COMPILED_KEPT)
def compile_selector(selector: str) -> etree.XPath:
    """Return the compiled selector: XPath when it starts with ``/`` or ``(``, CSS otherwise.

    Raises ``ValueError`` with a line for a person when it is neither. The result is called with a tree or an element
    and gives elements, or strings where an XPath ends in ``text()`` or ``@attribute``.
    """
    text = selector.strip()
    if not text:
        raise ValueError("an empty selector selects nothing")
    if text.startswith(("/", "(")):
        try:
            return etree.XPath(text)
        except etree.XPathError as error:
            raise ValueError(f"not an XPath expression: {selector!r} ({error})") from error
    try:
        return CSSSelector(text, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"not a CSS selector: {selector!r} ({error})") from error
