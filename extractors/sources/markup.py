"""HTML pages as trees to select from."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree, html

from extractors.selectors import compile_selector
from extractors.sources.plain_text import clean_controls


def parse_html(text: str) -> Any | None:
    """Return the tree of a page, or ``None`` when there is nothing in it."""
    clean = clean_controls(text)
    if not clean.strip():
        return None
    # Bytes, because lxml refuses text that names its own encoding.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except etree.ParserError:
        return None


def select(node: Any, selectors: Sequence[str]) -> list[Any]:
    """Return what the first selector that finds anything finds, in document order."""
    for selector in selectors:
        found = compile_selector(selector)(_local(node, selector))
        if isinstance(found, list) and found:
            return found
    return []


def text_of(found: Any) -> str:
    """Return the text of an element (of ``meta`` its content, of ``time`` its datetime), or of an XPath's string."""
    if isinstance(found, str):
        return found.strip()
    for attribute in ("content", "datetime"):
        if value := found.get(attribute):
            return str(value).strip()
    return " ".join("".join(found.itertext()).split())


def _local(node: Any, selector: str) -> Any:
    """Return what the selector is run on: CSS looks below the node, and so does an XPath, by way of a copy."""
    if node.getparent() is None or not selector.startswith(("/", "(")):
        return node
    # An absolute XPath would start from the page. A copy of the row is a page of its own.
    return etree.ElementTree(deepcopy(node))
