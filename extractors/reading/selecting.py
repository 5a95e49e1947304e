"""What an outlet's own selectors find on a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from extractors.reading.blocks import Block, read_blocks
from extractors.reading.weight import one_line
from extractors.selectors import compile_selector


def select_elements(tree: HtmlElement, selectors: Sequence[str]) -> list[HtmlElement | str]:
    """Return what the first selector that finds something with text finds: elements, or strings of an XPath."""
    for selector in selectors:
        found = compile_selector(selector)(tree)
        if isinstance(found, list):
            kept = [node for node in found if _has_text(node)]
            if kept:
                return kept
        elif isinstance(found, str) and found.strip():
            return [found]
    return []


def _has_text(node: object) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    return isinstance(node, HtmlElement) and (
        any(piece.strip() for piece in node.itertext()) or bool(node.get("datetime") or node.get("content"))
    )


def select_text(tree: HtmlElement, selectors: Sequence[str]) -> str:
    """Return the text of the first node that the selectors find, on one line; meta tags give their content."""
    for node in select_elements(tree, selectors)[:1]:
        if isinstance(node, str):
            return one_line(node)
        return one_line(node.text_content()) or one_line(node.get("content") or node.get("datetime") or "")
    return ""


def select_texts(tree: HtmlElement, selectors: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of all nodes that the selectors find."""
    texts = (
        one_line(node) if isinstance(node, str) else one_line(node.text_content() or node.get("content") or "")
        for node in select_elements(tree, selectors)
    )
    return tuple(text for text in texts if text)


def select_blocks(tree: HtmlElement, selectors: Sequence[str]) -> list[Block]:
    """Return the blocks of text of all nodes that the selectors find.

    The text of a ``textarea`` is HTML in itself (Huanqiu, escaped once or twice) and read as such.
    """
    nodes = [node for node in select_elements(tree, selectors) if isinstance(node, HtmlElement)]
    inside: set[HtmlElement] = set()
    blocks: list[Block] = []
    for node in nodes:
        if node in inside:
            continue  # ".text, .text p" finds the same words twice
        inside.update(node.iter())
        if node.tag == "textarea":
            blocks.extend(_escaped_blocks(node))
        else:
            blocks.extend(read_blocks(node))
    return blocks


def _escaped_blocks(node: HtmlElement) -> list[Block]:
    text = node.text_content()
    return html_blocks(unescape(text) if "<" not in text and "&lt;" in text else text)


def html_blocks(text: str) -> list[Block]:
    """Return the blocks of a fragment of HTML, as feeds and textareas carry it."""
    if not text.strip():
        return []
    try:
        return read_blocks(html.fragment_fromstring(text, create_parent="div"))
    except ParserError:
        return []


def remove_elements(tree: HtmlElement, selectors: Sequence[str]) -> None:
    """Take everything the selectors find out of the tree; the text behind it stays."""
    for selector in selectors:
        found = compile_selector(selector)(tree)
        for node in found if isinstance(found, list) else []:
            if isinstance(node, HtmlElement) and node.getparent() is not None:
                node.drop_tree()
