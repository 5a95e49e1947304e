"""What is decided about a source, apart from doing it: weights, delays, rhythm, diagnosis, conditional requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.fetching.backoff import (
    LONGEST_DELAY,
    failure_delay,
    parse_retry_after,
    poll_interval,
    retry_delay_seconds,
    weight_of,
)
from extractors.fetching.conditional import conditional_headers, next_state
from extractors.fetching.diagnosis import Evidence, diagnose, moved_to, site_of
from extractors.fetching.mirrors import mirror_urls
from extractors.fetching.robots import robots_rules
from records import FailureWeight, FeedError, FetchCause, Fetched, FetchError, FetchState, NotModified, Trouble

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


class TestBackoff:
    @pytest.mark.parametrize(
        ("cause", "status", "weight"),
        [
            ("http", 404, "soft"),
            ("http", 429, "soft"),
            ("http", 500, "soft"),
            ("http", 503, "soft"),
            ("http", 403, "hard"),
            ("http", 410, "hard"),
            ("http", 451, "hard"),
            ("bad-url", None, "hard"),
            ("robots", None, "hard"),
            ("robots-unreachable", None, "temporary"),
            ("name-lookup", None, "temporary"),
            ("held", None, "temporary"),
            ("name-unknown", None, "soft"),
            ("tls-certificate", None, "soft"),
            ("reset", None, "soft"),
            ("deadline", None, "soft"),
        ],
    )
    def test_a_failure_weighs_what_ten_years_of_feeds_say(
        self, cause: FetchCause, status: int | None, weight: FailureWeight
    ) -> None:
        error = FetchError("x", outlet_id="press", url="u", status=status, retryable=False, cause=cause)
        assert weight_of(error) == weight

    def test_html_for_a_feed_is_soft(self) -> None:
        assert weight_of(FeedError("HTML", outlet_id="press", url="u")) == "soft"

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("120", 120.0),
            (" 0 ", 0.0),
            ("Fri, 20 Nov 2026 12:10:00 GMT", 600.0),
            ("Friday, 20-Nov-26 12:10:00 GMT", 600.0),
            ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
            ("99999999999999999999", 999_999_999.0),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("٣", None),
            ("", None),
            (None, None),
        ],
    )
    def test_retry_after_is_read_in_both_forms(self, value: str | None, seconds: float | None) -> None:
        assert parse_retry_after(value, NOW) == seconds

    @settings(deadline=None)  # a busy machine is no failure
    @given(
        weight=st.floats(0, 10_000),
        minutes=st.integers(1, 24 * 60),
        luck=st.floats(0, 1),
        asked=st.none() | st.floats(0, 10**9),
    )
    def test_a_source_is_never_given_up_and_never_hammered(
        self, weight: float, minutes: int, luck: float, asked: float | None
    ) -> None:
        interval = timedelta(minutes=minutes)
        delay = failure_delay(weight, interval=interval, luck=luck, retry_after_seconds=asked)
        assert interval <= delay <= LONGEST_DELAY
        assert delay >= timedelta(seconds=min(asked or 0, 86_400))

    @settings(deadline=None)  # a busy machine is no failure
    @given(weight=st.floats(0, 50), luck=st.floats(0, 1))
    def test_more_failures_never_mean_a_shorter_delay(self, weight: float, luck: float) -> None:
        shorter = failure_delay(weight, interval=HALF_HOUR, luck=luck)
        assert failure_delay(weight + 0.25, interval=HALF_HOUR, luck=luck) >= shorter

    def test_delays_double_with_each_whole_failure(self) -> None:
        delays = [failure_delay(weight, interval=HALF_HOUR, luck=0.0) for weight in (0.5, 1, 2, 3, 4)]
        assert delays == [HALF_HOUR, HALF_HOUR, 2 * HALF_HOUR, 4 * HALF_HOUR, 8 * HALF_HOUR]

    def test_sources_that_failed_together_come_back_apart(self) -> None:
        assert failure_delay(3, interval=HALF_HOUR, luck=0.9) > failure_delay(3, interval=HALF_HOUR, luck=0.1)
        assert 0.5 <= retry_delay_seconds(0, 0.0) < retry_delay_seconds(0, 1.0) <= 1.0

    @pytest.mark.parametrize(
        ("gaps", "interval"),
        [
            ([], HALF_HOUR),
            ([timedelta(minutes=20)] * 9, HALF_HOUR),
            ([timedelta(hours=24)] * 5, timedelta(hours=3)),
            ([timedelta(days=7)] * 4, timedelta(hours=6)),
            ([timedelta(minutes=10)] * 5 + [timedelta(days=3)], HALF_HOUR),
        ],
        ids=["unknown", "a wire", "a daily", "a weekly", "a wire after a holiday"],
    )
    def test_a_source_is_asked_in_its_own_rhythm(self, gaps: list[timedelta], interval: timedelta) -> None:
        assert poll_interval(gaps, every_minutes=30) == interval

    def test_an_outlet_file_that_asks_for_less_is_obeyed(self) -> None:
        assert poll_interval([timedelta(minutes=5)] * 9, every_minutes=720) == timedelta(hours=12)


class TestDiagnosis:
    @pytest.mark.parametrize(
        ("evidence", "trouble"),
        [
            (Evidence(cause="tls-reset", control_ok=True), "blocked"),
            (Evidence(cause="tls-reset", control_ok=False), "offline"),
            (Evidence(cause="tls-reset"), "down"),
            (Evidence(cause="connect-timeout", control_ok=True), "down"),
            (Evidence(cause="connect-timeout", control_ok=True, mirror_ok=True), "blocked"),
            (Evidence(cause="connect-timeout", control_ok=False), "offline"),
            (Evidence(cause="name-unknown", control_ok=True), "down"),
            (Evidence(cause="name-unknown", control_ok=True, mirror_ok=True), "blocked"),
            (Evidence(cause="name-unknown", control_ok=False), "offline"),
            (Evidence(cause="forbidden-address", control_ok=True), "blocked"),
            (Evidence(cause="connect", control_ok=True), "down"),
            (Evidence(cause="tls-certificate", control_ok=True), "down"),
            (Evidence(cause="robots"), "refused"),
            (Evidence(cause="http", status=403, control_ok=True), "refused"),
            (Evidence(cause="http", status=451), "blocked"),
            (Evidence(cause="http", status=410), "gone"),
            (Evidence(cause="http", status=404), "gone"),
            (Evidence(cause="http", status=503), "down"),
            (Evidence(cause="too-large"), "other"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    def test_blocked_down_moved_refused_and_gone_are_told_apart(self, evidence: Evidence, trouble: Trouble) -> None:
        assert diagnose(evidence).trouble == trouble

    @pytest.mark.parametrize(
        ("asked", "final", "moved"),
        [
            ("https://rus.ozodi.org/rss", "https://www.azattyqasia.org/rss", "azattyqasia.org"),
            ("https://press.tj/rss", "https://www.press.tj/feed", None),
            ("http://press.com.cn/", "https://news.press.com.cn/", None),
            ("https://one.com.cn/", "https://two.com.cn/", "two.com.cn"),
            ("https://press.tj/rss", "https://mirror.press.info/rss", None),
            ("http://127.0.0.1:80/", "http://127.0.0.1:81/", "127.0.0.1:81"),
        ],
    )
    def test_a_move_is_a_move_to_another_registered_domain(self, asked: str, final: str, moved: str | None) -> None:
        assert moved_to(asked, final, known=["https://press.info/"]) == moved

    def test_a_host_without_a_registered_domain_stands_for_itself(self) -> None:
        assert site_of("http://localhost:8000/x") == "localhost"


class TestConditional:
    @staticmethod
    def fetched(body: bytes, *, etag: str | None = '"a"', modified: str | None = None, hours: float = 0) -> Fetched:
        return Fetched(
            url="u", final_url="u", status=200, headers=(), body=body, etag=etag, last_modified=modified,
            fetched_at=NOW + timedelta(hours=hours),
        )  # fmt: skip

    def test_the_first_request_is_unconditional(self) -> None:
        assert conditional_headers(None, NOW) == []

    def test_a_day_after_the_last_body_it_is_asked_for_in_full(self) -> None:
        state = next_state(self.fetched(b"x"), None, outlet_id="press")
        assert conditional_headers(state, NOW + timedelta(hours=23)) == [(b"If-None-Match", b'"a"')]
        assert conditional_headers(state, NOW + timedelta(hours=24)) == []

    def test_after_twelve_times_not_modified_it_is_asked_for_in_full(self) -> None:
        state: FetchState = next_state(self.fetched(b"x"), None, outlet_id="press")
        for minutes in range(12):
            assert conditional_headers(state, NOW)
            moment = NOW + timedelta(minutes=minutes)
            state = next_state(NotModified(url="u", fetched_at=moment), state, outlet_id="press")
        assert conditional_headers(state, NOW) == []

    @pytest.mark.parametrize(
        ("first", "second", "caught"),
        [
            ({"etag": '"a"'}, {"etag": '"a"'}, True),
            ({"etag": '"a"'}, {"etag": '"b"'}, False),
            ({"etag": None, "modified": "Fri"}, {"etag": None, "modified": "Fri"}, True),
            ({"etag": None, "modified": "Fri"}, {"etag": None, "modified": "Sat"}, False),
            ({"etag": '"a"', "modified": "Fri"}, {"etag": '"b"', "modified": "Fri"}, False),
            ({"etag": None}, {"etag": None}, False),
        ],
    )
    def test_new_content_under_old_validators_is_caught(
        self, first: dict[str, str | None], second: dict[str, str | None], caught: bool
    ) -> None:
        before = next_state(self.fetched(b"old", **first), None, outlet_id="press")  # type: ignore[arg-type]
        after = next_state(self.fetched(b"new", hours=1, **second), before, outlet_id="press")  # type: ignore[arg-type]
        assert (after.distrusted_at is not None) is caught

    def test_a_caught_server_gets_another_chance_after_a_month(self) -> None:
        before = next_state(self.fetched(b"old"), None, outlet_id="press")
        caught = next_state(self.fetched(b"new", hours=1), before, outlet_id="press")
        later = next_state(self.fetched(b"new", hours=24 * 29), caught, outlet_id="press")
        assert conditional_headers(later, NOW + timedelta(days=29)) == []
        forgiven = next_state(self.fetched(b"new", hours=24 * 31), later, outlet_id="press")
        assert forgiven.distrusted_at is None
        assert conditional_headers(forgiven, NOW + timedelta(days=31)) == [(b"If-None-Match", b'"a"')]


class TestMirrorUrls:
    HOME = "https://press.tj/"
    MIRRORS = ("https://press.info/", "http://press.test:8080/")

    def test_a_mirror_has_the_same_path(self) -> None:
        assert mirror_urls("https://press.tj/ru/a?b=1", self.HOME, self.MIRRORS) == [
            "https://press.tj/ru/a?b=1",
            "https://press.info/ru/a?b=1",
            "http://press.test:8080/ru/a?b=1",
        ]

    def test_a_link_on_a_mirror_leads_home_too(self) -> None:
        assert "https://press.tj/a" in mirror_urls("https://press.info/a", self.HOME, self.MIRRORS)

    def test_a_link_off_host_stands_alone(self) -> None:
        assert mirror_urls("https://t.me/s/press", self.HOME, self.MIRRORS) == ["https://t.me/s/press"]

    def test_what_worked_last_comes_first(self) -> None:
        urls = mirror_urls("https://press.tj/a", self.HOME, self.MIRRORS, first="https://press.info/b")
        assert urls[:2] == ["https://press.info/a", "https://press.tj/a"]


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /", False),
        (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a", False),
        (200, b"User-agent: other\nDisallow: /", True),
        (200, b"<!DOCTYPE html><p>Disallow: /</p>", True),
        (200, b"\xff\xfe\x00", True),
        (200, b"", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (403, b"", True),
    ],
)
def test_robots_txt_is_read_as_rfc_9309_says(status: int, body: bytes, allowed: bool) -> None:
    rules = robots_rules(status, body)
    assert rules.problem is None
    assert rules.allows("https://press.tj/a", "wakhan") is allowed
