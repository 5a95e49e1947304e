"""Public previews of Telegram channels."""

from datetime import UTC, datetime

import pytest

from extractors.sources import read_source
from records import FeedError

MESSAGE = """<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="gazette/{number}">
<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">старое</div></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>{preview}
<a class="tgme_widget_message_date" href="https://t.me/gazette/{number}">
<time datetime="2026-11-21T1{number}:00:00+00:00">1{number}:00</time></a></div></div>"""


def channel(*messages: str) -> str:
    return f'<html><body class="tgme_page">{"".join(messages)}</body></html>'


def message(number: int, text: str, preview: str = "") -> str:
    return MESSAGE.replace("{number}", str(number)).replace("{text}", text).replace("{preview}", preview)


@pytest.fixture
def read(outlet_with, answer):
    def run(body):
        outlet, made = outlet_with({"kind": "telegram", "url": "https://t.me/s/gazette"})
        return read_source(made, outlet, answer(body, url="https://t.me/s/gazette"))

    return run


def test_messages_come_newest_first_with_text_and_time(read):
    newest, oldest = read(channel(message(1, "Первое"), message(2, "<b>Второе</b><br/>Текст &amp; всё")))
    assert (newest.url, newest.title, newest.summary) == ("https://t.me/gazette/2", "Второе", "Второе\nТекст & всё")
    assert newest.published_at == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert (oldest.url, oldest.position) == ("https://t.me/gazette/1", 1)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param("https://gazette.example/news/7", "https://gazette.example/news/7", id="own_article"),
        pytest.param(
            "https://gazette-mirror.example/news/7", "https://gazette-mirror.example/news/7", id="on_a_mirror"
        ),
        pytest.param("https://gazette.example/about", "https://t.me/gazette/1", id="own_page_that_is_no_article"),
        pytest.param("https://elsewhere.example/news/7", "https://t.me/gazette/1", id="another_site"),
        pytest.param("https://t.me/other", "https://t.me/gazette/1", id="another_channel"),
    ],
)
def test_a_message_that_links_to_an_article_is_that_article(read, link, expected):
    (found,) = read(channel(message(1, f'Весть <a href="{link}">подробнее</a>')))
    assert found.url == expected
    assert found.guid == "https://t.me/gazette/1"


def test_the_previewed_link_comes_before_others(read):
    preview = '<a class="tgme_widget_message_link_preview" href="https://gazette.example/news/8">x</a>'
    (found,) = read(channel(message(1, '<a href="https://gazette.example/news/7">x</a>', preview)))
    assert found.url == "https://gazette.example/news/8"


def test_a_long_message_has_a_headline_that_ends_with_a_word(read):
    (found,) = read(channel(message(1, "слово " * 80)))
    assert len(found.title) <= 201
    assert found.title.endswith("слово…")


def test_a_picture_without_words_is_an_item_all_the_same(read):
    body = channel(message(1, "a")).replace(
        '<div class="tgme_widget_message_text js-message_text" dir="auto">a</div>', ""
    )
    assert read(body)[0].published_at is not None


@pytest.mark.parametrize("body", ["", "<html><body><div class='tgme_page_title'>Gazette</div></body></html>"])
def test_a_channel_without_preview_is_a_failure(read, body):
    with pytest.raises(FeedError, match="no public preview"):
        read(body)
