"""Which outlets a schedule asks now."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.outlet import FeedSource, Outlet
from flows.ingest.polling import due_outlets

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(minutes=5), NOW - timedelta(minutes=5)


def outlet(*, fallback=False):
    feeds = [FeedSource(kind="feed", url="https://a.example/1.xml")]
    feeds.append(FeedSource(kind="feed", url="https://a.example/2.xml", fallback=fallback))
    return Outlet(
        id="a",
        title="A",
        country="TJ",
        languages=("ru",),
        url="https://a.example/",
        timezone="Asia/Dushanbe",
        sources=tuple(feeds),
    )


@pytest.mark.parametrize(
    ("first", "second", "fallback", "with_pages", "due"),
    [
        pytest.param(None, None, False, False, True, id="never asked"),
        pytest.param(LATER, LATER, False, False, False, id="both later"),
        pytest.param(LATER, EARLIER, False, False, True, id="one has come"),
        pytest.param(LATER, NOW, False, False, True, id="one comes now"),
        pytest.param(LATER, None, False, False, True, id="one is new"),
        pytest.param(LATER, EARLIER, True, False, False, id="a fallback has no time of its own"),
        pytest.param(LATER, None, True, False, False, id="a fallback that was never called for"),
        pytest.param(LATER, LATER, False, True, True, id="a killed run left pages"),
    ],
)
def test_an_outlet_is_due(first, second, fallback, with_pages, due):
    polls = {("a", f"https://a.example/{number}.xml"): at for number, at in ((1, first), (2, second)) if at is not None}
    found = due_outlets([outlet(fallback=fallback)], polls, {"a"} if with_pages else set(), now=NOW)
    assert found == (("a",) if due else ())
