"""An element tree in, blocks of text out: paragraphs without what stands around the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from extractors.reading.boilerplate import READ_ALSO, SKIPPED_TAGS, is_boilerplate_name, is_furniture, is_hidden_style
from extractors.reading.weight import one_line, weight_of

_BLOCK_TAGS = frozenset(
    """
    address article blockquote body center dd details div dl dt h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p
    pre section summary table tbody td textarea tfoot th thead tr ul
    """.split()  # noqa: SIM905  as a list of strings it takes 40 lines
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# An element with a boilerplate class that holds more of the text than this is the article's own wrapper ("has-share").
_WRAPPER_SHARE = 0.4

# How many wrappers a page may have before their names are no longer looked at: measuring each reads all its text.
_MOST_WRAPPERS = 60

# Above this a block is a link with a label, below it a sentence with links.
_LINK_BLOCK_SHARE = 0.8
# Above this, and without the end of a sentence, a block inside an article is a card of another one ("headline, date").
_CARD_SHARE = 0.6
_SENTENCE_END = re.compile(r"[.!?…。！？；:：][\"”»’)）\]]*$")


_LENGTH: Callable[[HtmlElement], float] = etree.XPath("string-length()")  # type: ignore[assignment]  # a number, by its text


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or cell: its text and how many characters of it are links.

    ``parent`` is the element that directly holds the text.
    """

    text: str
    link_chars: int
    parent: HtmlElement
    heading: bool

    @property
    def is_links(self) -> bool:
        """Tell whether nearly all of the block is links."""
        return self.link_chars > _LINK_BLOCK_SHARE * len(self.text)

    @property
    def is_card(self) -> bool:
        """Tell whether the block is the link to another article rather than a sentence."""
        return self.link_chars > _CARD_SHARE * len(self.text) and not _SENTENCE_END.search(self.text)


class _Collector:
    """Text pieces between two block boundaries, until they make a block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._link_chars = 0

    def add(self, text: str | None, *, in_link: bool) -> None:
        if text:
            self._pieces.append(text)
            if in_link:
                self._link_chars += len(text.strip())

    def close(self, parent: HtmlElement, *, heading: bool) -> None:
        if self._pieces:
            text = one_line("".join(self._pieces))
            if text:
                self.blocks.append(Block(text, min(self._link_chars, len(text)), parent, heading))
            self._pieces.clear()
        self._link_chars = 0


def read_blocks(root: HtmlElement, *, text_chars: int | None = None) -> list[Block]:
    """Return the blocks of text under an element, in order, without scripts, captions, share buttons and the like.

    ``text_chars`` is the length of the element's whole text where it is known. Walks without recursion: pages nest
    deeper than Python's stack.
    """
    total = text_chars if text_chars is not None else _text_chars(root)
    found = _Collector()
    # (element, entering): an element is met twice, before and after its children.
    stack: list[tuple[HtmlElement, bool]] = [(root, True)]
    links = 0
    heading_depth = 0
    blocks_open = [root]
    wrappers = 0
    while stack:
        node, entering = stack.pop()
        tag = node.tag
        if entering:
            verdict = "kept" if node is root else _verdict(node, tag, total, by_name=wrappers < _MOST_WRAPPERS)
            if verdict == "skipped":
                found.add(node.tail, in_link=links > 0)
                continue
            wrappers += verdict == "wrapper"
            if tag in _BLOCK_TAGS:
                found.close(blocks_open[-1], heading=heading_depth > 0)
                blocks_open.append(node)
                heading_depth += tag in _HEADINGS
            elif tag == "br":
                found.close(blocks_open[-1], heading=heading_depth > 0)
            links += tag == "a"
            found.add(node.text, in_link=links > 0)
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node))
        else:
            if tag in _BLOCK_TAGS:
                found.close(node, heading=heading_depth > 0)
                blocks_open.pop()
                heading_depth -= tag in _HEADINGS
            links -= tag == "a"
            if node is not root:
                found.add(node.tail, in_link=links > 0)
    found.close(root, heading=False)
    return found.blocks


def _text_chars(element: HtmlElement) -> int:
    return int(_LENGTH(element))


def _verdict(node: HtmlElement, tag: object, total: int, *, by_name: bool) -> Literal["kept", "skipped", "wrapper"]:
    if not isinstance(tag, str) or tag in SKIPPED_TAGS:
        return "skipped"
    attributes = node.attrib
    if not attributes:
        return "kept"
    if "hidden" in attributes or ("style" in attributes and is_hidden_style(attributes["style"])):
        return "skipped"
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if names == " " or not by_name or not is_boilerplate_name(names[:500]):
        return "kept"
    return "skipped" if _text_chars(node) <= _WRAPPER_SHARE * total else "wrapper"


def article_lines(blocks: Sequence[Block], *, title: str = "") -> list[str]:
    """Return the lines of an article: blocks without furniture, announcements of other articles and trailing links."""
    lines = [block for block in _without_announcements(blocks) if not is_furniture(block.text)]
    sentences = [block for block in lines if not block.is_card]
    if len(sentences) > 2:  # fewer: the page is a list, and the cards are what there is
        lines = sentences
    while lines and (lines[-1].is_links or (lines[-1].heading and len(lines) > 1)):
        lines.pop()
    folded = title.casefold()
    while lines and folded and lines[0].text.casefold() == folded:
        lines.pop(0)
    return [block.text for block in lines]


def _without_announcements(blocks: Sequence[Block]) -> Iterator[Block]:
    announced = False
    for block in blocks:
        if READ_ALSO.match(block.text) and (block.heading or len(block.text) < 60 or block.link_chars):
            announced = True
        elif announced and (block.is_links or (block.heading and block.link_chars)):
            continue
        else:
            announced = False
            yield block


def lines_weight(lines: Sequence[str]) -> int:
    """Return the weight of lines together."""
    return sum(weight_of(line) for line in lines)
