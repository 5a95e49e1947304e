"""What trafilatura finds on a page, asked so that a short notice costs no more than a long article."""

from __future__ import annotations

from functools import cache

from lxml.html import HtmlElement

from extractors.reading.blocks import Block, article_lines
from extractors.reading.weight import one_line

# The beat's languages that justext has stop words for. It has none of Tajik, and Chinese has no words to count.
_STOP_WORDS = ("English", "Kazakh", "Kyrgyz", "Persian", "Russian", "Turkmen", "Uzbek")


def mined_lines(tree: HtmlElement, *, title: str) -> list[str]:
    """Return the lines trafilatura finds. It changes the tree: nothing may be read from it afterwards."""
    from trafilatura import bare_extraction, external  # noqa: PLC0415  half a second to import; most pages do without

    # For a short text it asks justext as well, with the stop words of a hundred languages: a second to read, once more
    # in every thread that comes meanwhile, and 20 ms of hashing a page.
    external.JT_STOPLIST = _stop_words()  # type: ignore[assignment]  # declared as None
    document = bare_extraction(tree, include_comments=False, include_tables=True)
    text = document.text if document is not None and not isinstance(document, dict) else ""
    lines = [line for part in (text or "").splitlines() if (line := one_line(part.removeprefix("- ")))]
    return article_lines([Block(line, 0, tree, heading=False) for line in lines], title=title)


@cache
def _stop_words() -> tuple[str, ...]:
    from justext import get_stoplist  # noqa: PLC0415  comes with trafilatura

    return tuple(sorted({word for language in _STOP_WORDS for word in get_stoplist(language)}))
