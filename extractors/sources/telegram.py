"""Public preview pages of Telegram channels (t.me/s/NAME), where outlets live that are blocked at home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from extractors.charset import decode_html
from extractors.outlet import Outlet, TelegramSource
from extractors.sources.item_dates import DateReader, read_date
from extractors.sources.items import Offer, SourcePage, items_of, refuse
from extractors.sources.markup import parse_html, select, text_of
from extractors.sources.plain_text import plain_text
from extractors.urls import canonical_url
from records import Fetched

_MESSAGE = (".tgme_widget_message[data-post]",)
_TEXT = (".tgme_widget_message_text.js-message_text", ".tgme_widget_message_text")
_TIME = (".tgme_widget_message_date time[datetime]", "time[datetime]")
_PREVIEWED = ("a.tgme_widget_message_link_preview",)
# The headline of a message is its first line; longer ones are text without a headline and are cut at a word.
_TITLE_CHARACTERS = 200


def read_telegram(
    source: TelegramSource, outlet: Outlet, fetched: Fetched, *, in_words: DateReader | None = None
) -> SourcePage:
    """Return the messages of a channel, newest first.

    A message that links to an article of the outlet is an item for that article, on whatever mirror; any other is an
    item for the message itself, with its text as summary. Raises ``FeedError`` for a channel without a public preview.
    """
    tree = parse_html(decode_html(fetched, forced=source.encoding))
    messages = [] if tree is None else select(tree, _MESSAGE)
    if not messages:
        raise refuse(f"no messages: {source.url} has no public preview, or its page has changed", outlet, fetched)
    offers = list(_offers(messages, outlet, fetched, in_words))
    return SourcePage(
        items=items_of(reversed(offers), outlet=outlet, fetched=fetched, only_articles=False, keep_lines=True)
    )


def _offers(messages: list[Any], outlet: Outlet, fetched: Fetched, in_words: DateReader | None) -> Iterator[Offer]:
    for message in messages:
        post = str(message.get("data-post"))
        bodies = select(message, _TEXT)
        # The last is the message; one before it is the quotation of what it answers.
        markup = etree.tostring(bodies[-1], encoding="unicode", with_tail=False) if bodies else ""
        text = plain_text(markup, keep_lines=True)
        moment = select(message, _TIME)
        yield Offer(
            link=_article_linked(message, outlet) or f"https://t.me/{post}",
            guid=f"https://t.me/{post}",
            title=_headline(text),
            summary=text,
            published_at=read_date(
                text_of(moment[-1]) if moment else None,
                outlet=outlet,
                fetched_at=fetched.fetched_at,
                in_words=in_words,
            ),
        )


def _article_linked(message: Any, outlet: Outlet) -> str | None:
    """Return the first address in the message that is an article of the outlet."""
    for link in [*select(message, _PREVIEWED), *message.iter("a")]:
        url = str(link.get("href") or "")
        if not url.startswith(("http://", "https://")) or urlsplit(url).hostname in {"t.me", "telegram.me"}:
            continue
        canonical = canonical_url(url, outlet=outlet)
        known = outlet.article.url is not None or urlsplit(canonical).hostname == outlet.host
        if known and (outlet.article.matches(url) or outlet.article.matches(canonical)):
            return url
    return None


def _headline(text: str) -> str:
    first = text.split("\n", 1)[0].strip()
    if len(first) <= _TITLE_CHARACTERS:
        return first
    return first[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"
