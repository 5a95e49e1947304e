"""How the fetcher behaves towards hosts, mirrors and liars."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from bad_server import BadServer, Connection, Request, Rules, Target, feed

from extractors.fetching.conditional import next_state
from extractors.fetching.fetcher import Fetcher
from extractors.fetching.health import health_of
from extractors.fetching.policy import FetchPolicy
from extractors.fetching.polls import good_poll
from records import Fetched, FetchError, FetchState, NotModified

LOOPBACK = ["127.0.0.1"]


def policy_for(*servers: BadServer, **changes: object) -> FetchPolicy:
    given = {"contact": "desk@example.org", "pacing": False, "allowed_hosts": frozenset(one.host for one in servers)}
    return FetchPolicy(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def server() -> Iterator[BadServer]:
    with BadServer(name="press.test") as running:
        yield running


def test_a_request_says_who_asks_and_where_to_complain(server: BadServer) -> None:
    with Fetcher(policy_for(server), resolve=lambda *_: LOOPBACK) as fetcher:
        fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))
    for request in server.requests:
        assert request.headers["user-agent"].startswith("Wakhan/")
        assert "mailto:desk@example.org" in request.headers["user-agent"]
        assert request.headers["from"] == "desk@example.org"
        assert request.headers["host"] == server.host


def test_headers_of_the_outlet_file_replace_ours(server: BadServer) -> None:
    rules = Rules(headers={"accept": "application/json", "Referer": "http://press.test/"})
    with Fetcher(policy_for(server), resolve=lambda *_: LOOPBACK) as fetcher:
        fetcher.fetch(server.url("news"), outlet=Target(url=server.url(""), fetch=rules))
    sent = server.requests[-1].headers
    assert (sent["accept"], sent["referer"]) == ("application/json", "http://press.test/")


def test_a_host_with_a_fixed_address_is_not_looked_up(server: BadServer) -> None:
    policy = policy_for(allowed_hosts=frozenset(), addresses={"demo.example": ("127.0.0.1", server.port)})
    with Fetcher(policy, resolve=lambda *_: []) as fetcher:
        answer = fetcher.fetch("http://demo.example/news", outlet=Target(url="http://demo.example/"))
    assert isinstance(answer, Fetched)
    assert server.requests[-1].headers["host"] == "demo.example"


def test_a_dead_line_is_told_from_a_dead_outlet(server: BadServer) -> None:
    hosts = frozenset({server.host, *(f"dead{number}.test:9" for number in range(4))})
    with Fetcher(policy_for(allowed_hosts=hosts), resolve=lambda *_: LOOPBACK) as fetcher:
        verdicts = []
        for number in range(4):
            url = f"http://dead{number}.test:9/"
            with pytest.raises(FetchError):
                fetcher.fetch(url, outlet=Target(url=url))
            verdicts.append(fetcher.control_ok(url))
        fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))
        verdicts.append(fetcher.control_ok("http://dead0.test:9/"))
    assert verdicts == [None, None, None, False, True]


def test_two_runs_over_an_unchanged_press_send_conditional_requests_only(server: BadServer) -> None:
    states: dict[str, FetchState] = {}
    paths = ["not-modified?a", "not-modified?b", "not-modified?c"]
    for run in range(2):
        server.requests.clear()
        with Fetcher(policy_for(server), resolve=lambda *_: LOOPBACK) as fetcher:
            for path in paths:
                answer = fetcher.fetch(server.url(path), outlet=Target(url=server.url("")), state=states.get(path))
                assert isinstance(answer, NotModified if run else Fetched)
                states[path] = next_state(answer, states.get(path), outlet_id="press")
    pages = [request for request in server.requests if request.path != "/robots.txt"]
    assert [request.headers.get("if-none-match") for request in pages] == ['"one"'] * 3
    assert pages[0].headers["if-modified-since"] == "Fri, 20 Nov 2026 10:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_an_error(server: BadServer) -> None:
    server.pages["odd"] = lambda connection, _: connection.answer(status="304 Not Modified", length=None)
    with Fetcher(policy_for(server), resolve=lambda *_: LOOPBACK) as fetcher, pytest.raises(FetchError, match="304"):
        fetcher.fetch(server.url("odd"), outlet=Target(url=server.url("")))


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """DNS rebinding: the first answer is public, the second, a moment later, is loopback."""
    answers = [["192.0.2.1"], LOOPBACK]
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked) - 1, 1)]

    with BadServer() as inside, Fetcher(policy_for(), resolve=rebinding) as fetcher:
        for _ in range(2):
            with pytest.raises(FetchError, match="not public") as caught:
                fetcher.fetch(f"http://evil.test:{inside.port}/", outlet=Target(url="http://evil.test/"))
            assert caught.value.cause == "forbidden-address"
        assert inside.requests == []


def test_of_several_addresses_only_the_public_ones_are_tried(server: BadServer) -> None:
    tried: list[str] = []

    def mixed(host: str, port: int) -> list[str]:
        return ["10.1.2.3", "127.0.0.1", "::1", "fe80::1"]

    with Fetcher(policy_for(), resolve=mixed) as fetcher, pytest.raises(FetchError, match=r"10\.1\.2\.3.*not public"):
        fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))
    assert tried == []
    assert server.requests == []


def test_a_dead_address_is_passed_over_for_the_next(server: BadServer) -> None:
    # 127.0.0.2 is this machine too, and nothing listens on the port there.
    with Fetcher(policy_for(server), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]) as fetcher:
        assert isinstance(fetcher.fetch(server.url("news"), outlet=Target(url=server.url(""))), Fetched)


def test_an_allowed_host_is_allowed_on_its_port_only(server: BadServer) -> None:
    with (
        BadServer(name="press.test") as other,
        Fetcher(policy_for(server), resolve=lambda *_: LOOPBACK) as fetcher,
        pytest.raises(FetchError, match="not public"),
    ):
        fetcher.fetch(other.url("news"), outlet=Target(url=other.url("")))


@pytest.mark.parametrize(
    ("failure", "cause", "retryable"),
    [(socket.EAI_NONAME, "name-unknown", False), (socket.EAI_AGAIN, "name-lookup", True)],
)
def test_a_name_that_is_not_there_and_a_resolver_that_is_not_there_differ(
    failure: int, cause: str, retryable: bool
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(failure, "no")

    with Fetcher(policy_for(), resolve=resolve) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch("http://gone.test/rss", outlet=Target(url="http://gone.test/"))
    assert (caught.value.cause, caught.value.retryable) == (cause, retryable)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://press.test/x", "gopher://press.test/", "//press.test/x", "news/1", "http://", "",
     "http://user:secret@press.test/", "http://[::1", "http://press.test:99999/", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_without_a_request(url: str) -> None:
    with Fetcher(policy_for()) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(url, outlet=Target(url="http://press.test/"))
    assert (caught.value.cause, caught.value.retryable) == ("bad-url", False)


class TestMirrors:
    def test_a_mirror_answers_for_a_host_that_cannot_be_reached(self) -> None:
        with BadServer(name="mirror.test") as mirror:
            target = Target(url="http://home.test:9/", mirrors=(mirror.url(""),))
            policy = policy_for(mirror, allowed_hosts=frozenset({mirror.host, "home.test:9"}))
            with Fetcher(policy, resolve=lambda *_: LOOPBACK, sleep=lambda _: None) as fetcher:
                answer = fetcher.fetch("http://home.test:9/ru/news?page=2", outlet=target)
                assert isinstance(answer, Fetched)
                assert answer.url == "http://home.test:9/ru/news?page=2"
                assert answer.final_url == mirror.url("ru/news?page=2")
                poll = good_poll(
                    answer,
                    outlet_id="press",
                    source_url=answer.url,
                    items=3,
                    new_items=3,
                    first=True,
                    known=target.mirrors,
                )
                assert (poll.ok, poll.trouble, poll.moved_to) == (True, "blocked", None)
                assert "mirror" in health_of([poll], every_minutes=30, now=poll.polled_at).advice
                # What worked is tried first from then on.
                fetcher.fetch("http://home.test:9/ru/news/3", outlet=target)
            assert mirror.paths() == ["/ru/news?page=2", "/ru/news/3"]

    @pytest.mark.parametrize("path", ["forbidden-by-agent", "status-451", "empty-answer"])
    def test_a_refusal_or_a_cut_connection_asks_for_the_mirror(self, path: str) -> None:
        with BadServer(name="home.test") as home, BadServer(name="mirror.test", pages={path: fine}) as mirror:
            target = Target(url=home.url(""), mirrors=(mirror.url(""),))
            with Fetcher(policy_for(home, mirror), resolve=lambda *_: LOOPBACK, sleep=lambda _: None) as fetcher:
                answer = fetcher.fetch(home.url(path), outlet=target)
            assert isinstance(answer, Fetched)
            assert answer.final_url == mirror.url(path)

    @pytest.mark.parametrize("path", ["status-404", "status-410", "truncated-gzip", "redirect-loop"])
    def test_what_a_mirror_would_repeat_asks_for_none(self, path: str) -> None:
        with BadServer(name="home.test") as home, BadServer(name="mirror.test") as mirror:
            target = Target(url=home.url(""), mirrors=(mirror.url(""),))
            fetcher = Fetcher(policy_for(home, mirror), resolve=lambda *_: LOOPBACK, sleep=lambda _: None)
            with fetcher, pytest.raises(FetchError):
                fetcher.fetch(home.url(path), outlet=target)
            assert mirror.requests == []

    def test_the_first_failure_is_the_one_reported(self) -> None:
        target = Target(url="http://home.test:9/", mirrors=("http://mirror.test:9/",))
        policy = policy_for(allowed_hosts=frozenset({"home.test:9"}))
        fetcher = Fetcher(policy, resolve=lambda *_: LOOPBACK, sleep=lambda _: None)
        with fetcher, pytest.raises(FetchError) as caught:
            fetcher.fetch("http://home.test:9/rss", outlet=target)
        assert caught.value.cause == "connect"

    def test_a_mirror_is_never_sent_the_validators_of_the_home(self) -> None:
        with BadServer(name="mirror.test") as mirror:
            target = Target(url="http://home.test:9/", mirrors=(mirror.url(""),))
            policy = policy_for(mirror, allowed_hosts=frozenset({mirror.host, "home.test:9"}))
            state = FetchState(
                url="http://home.test:9/not-modified",
                outlet_id="press",
                etag='"one"',
                last_modified=None,
                body_hash="0" * 64,
                fetched_at=datetime.now(UTC),
            )
            with Fetcher(policy, resolve=lambda *_: LOOPBACK, sleep=lambda _: None) as fetcher:
                assert isinstance(fetcher.fetch(state.url, outlet=target, state=state), Fetched)


def fine(connection: Connection, request: Request) -> None:
    connection.answer(feed())


def test_a_dead_host_costs_three_timeouts_and_not_thirty() -> None:
    tries: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        tries.append(host)
        return LOOPBACK

    # Nothing listens on port 9. Each request would try to connect; after three the host is left alone.
    rules = Rules(ignore_robots="there is none")
    policy = policy_for(allowed_hosts=frozenset({"dead.test:9"}), attempts=1)
    causes = []
    with Fetcher(policy, resolve=resolve) as fetcher:
        for number in range(30):
            with pytest.raises(FetchError) as caught:
                fetcher.fetch(f"http://dead.test:9/{number}", outlet=Target(url="http://dead.test:9/", fetch=rules))
            causes.append(caught.value.cause)
    assert causes == ["connect"] * 3 + ["held"] * 27
    assert len(tries) == 3


def test_many_threads_share_one_fetcher_and_one_robots_txt() -> None:
    together = 0
    most = 0
    lock = threading.Lock()

    def count(connection: Connection, request: Request) -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        connection.server.release.wait(0.02)
        with lock:
            together -= 1
        connection.answer(request.path.encode())

    with BadServer(pages={f"page{number}": count for number in range(40)}) as server:
        with Fetcher(policy_for(server, connections_per_host=3)) as fetcher, ThreadPoolExecutor(16) as threads:
            target = Target(url=server.url(""), fetch=Rules(timeout_seconds=30))
            answers = list(
                threads.map(lambda number: fetcher.fetch(server.url(f"page{number}"), outlet=target), range(40))
            )
        assert [answer.body.decode() for answer in answers if isinstance(answer, Fetched)] == [
            f"/page{number}" for number in range(40)
        ]
        assert server.asked["/robots.txt"] == 1
        assert most <= 3


def test_requests_to_one_host_are_spaced_as_outlet_and_robots_txt_ask() -> None:
    waits: list[float] = []
    with BadServer(robots="User-agent: *\nCrawl-delay: 120\n") as server:
        policy = policy_for(server, pacing=True, crawl_delay_cap_seconds=30.0)
        with Fetcher(policy, sleep=waits.append) as fetcher:
            for number in range(3):
                fetcher.fetch(
                    server.url(f"{number}"), outlet=Target(url=server.url(""), fetch=Rules(min_delay_seconds=2))
                )
    # 120 s is asked for, 30 s is the cap; the clock stands still, so the third waits for two turns.
    assert [round(wait) for wait in waits] == [30, 60]


def test_fetched_at_is_when_the_request_was_sent() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with BadServer() as server, Fetcher(policy_for(server), clock=lambda: noon) as fetcher:
        answer = fetcher.fetch(server.url("news"), outlet=Target(url=server.url("")))
    assert answer.fetched_at == noon
    assert answer.fetched_at.utcoffset() == timedelta(0)
